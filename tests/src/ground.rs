use std::{fmt::Display, str::FromStr};

use handfast::{
    Id,
    association::Association,
    checkout::{CheckoutInput, Switch},
    company::{Carrier, Department, PriceType, Role, Staff},
    customer::Customer,
    order::Order,
    partner::Delegation,
    request::Request,
    tag::Tag,
};

use crate::{Firm, World, fresh_number};

/// Something of everything that a company's verbs act on, fresh.
#[derive(Clone, Copy, Debug)]
pub struct Ground {
    /// Makes names unique.
    pub number: u64,
    /// A member of the staff, in the role Staff.
    pub staff: Id<Staff>,
    /// A request that waits for a decision.
    pub request: Id<Request>,
    /// A customer that is inactive and has neither price nor service.
    pub inactive: Id<Customer>,
    /// A customer that is active and has neither.
    pub active: Id<Customer>,
    /// A customer that is blocked.
    pub blocked: Id<Customer>,
    /// The association of a person who was invited and has not answered.
    pub pending: Id<Association>,
    /// That of a person who is a user.
    pub user: Id<Association>,
    /// A customer that the staff created and that has not heard of it.
    pub silent: Id<Customer>,
    /// A department, in which guests alone can check out.
    pub department: Id<Department>,
    /// A price type.
    pub price_type: Id<PriceType>,
    /// A carrier.
    pub carrier: Id<Carrier>,
    /// A tag that nobody has.
    pub tag: Id<Tag>,
    /// A tag that the active customer has.
    pub worn: Id<Tag>,
    /// A guest's order, placed in the department, that nobody has.
    pub guest: Id<Order>,
    /// One that is linked to the active customer.
    pub linked: Id<Order>,
    /// A visit of a partner that nobody has ended; grounds of one company may share it.
    pub visit: Id<Delegation>,
}

impl Ground {
    /// Lays it out at a company.
    pub fn new(world: &World, firm: &Firm) -> Self {
        let number = fresh_number();
        let host = firm.host();
        let staff = world.member(firm, Role::Staff, &format!("staff{number}@people.example")).staff;
        let address = |name: &str| format!("{name}{number}@buyers.example");
        let inactive = world.approved(firm, &address("inactive"));
        let active = world.approved(firm, &address("active"));
        world.customers().activate(host, active).unwrap();
        let blocked = world.approved(firm, &address("blocked"));
        world.customers().block(host, blocked).unwrap();
        let request = world.filed(firm, &address("pending")).request;
        let price_type = world.price_type(firm, &format!("Price {number}"));
        let carrier = world.carrier(firm, &format!("Carrier {number}"));
        let department = world.department(firm, &format!("Department {number}"));
        let tag = world.tag(firm, &format!("Tag {number}"));
        let worn = world.tag(firm, &format!("Worn {number}"));
        world.tags().add(host, active, worn).unwrap();
        let guests = CheckoutInput { guests: Switch::On, accounts: Switch::Off };
        world.checkout().set(host, &guests, Some(department)).unwrap();
        let [guest, linked] = ["G", "L"]
            .map(|letter| world.guest_order(firm, &format!("{letter}-{number}"), &address("guest"), Some(department)));
        world.orders().link(host, linked, active).unwrap();
        let silent = world.silent(firm, &address("silent"));
        let pending = world.invited(firm, active, &format!("asked{number}@users.example")).id;
        let user = world.first_user(firm, active);
        let visit = world.visited(firm);
        Ground {
            number,
            staff,
            request,
            inactive,
            active,
            blocked,
            pending,
            user,
            silent,
            department,
            price_type,
            carrier,
            tag,
            worn,
            guest,
            linked,
            visit,
        }
    }

    /// The same things, for a call that names something new.
    pub fn renamed(self) -> Self {
        Ground { number: fresh_number(), ..self }
    }

    /// It in one line of words, for another process that acts on the same things.
    pub fn to_words(&self) -> String {
        let Ground {
            number,
            staff,
            request,
            inactive,
            active,
            blocked,
            pending,
            user,
            silent,
            department,
            price_type,
            carrier,
            tag,
            worn,
            guest,
            linked,
            visit,
        } = self;
        let words: [&dyn Display; 17] = [
            number, staff, request, inactive, active, blocked, pending, user, silent, department, price_type, carrier,
            tag, worn, guest, linked, visit,
        ];
        words.map(ToString::to_string).join(" ")
    }

    /// What [`to_words`](Self::to_words) wrote.
    pub fn from_words(line: &str) -> Self {
        let mut words = line.split(' ');
        let words = &mut words;
        Ground {
            number: word(words),
            staff: word(words),
            request: word(words),
            inactive: word(words),
            active: word(words),
            blocked: word(words),
            pending: word(words),
            user: word(words),
            silent: word(words),
            department: word(words),
            price_type: word(words),
            carrier: word(words),
            tag: word(words),
            worn: word(words),
            guest: word(words),
            linked: word(words),
            visit: word(words),
        }
    }

    /// Ids that name nothing.
    pub fn missing(number: u64) -> Self {
        Ground {
            number,
            staff: id(number),
            request: id(number),
            inactive: id(number),
            active: id(number),
            blocked: id(number),
            pending: id(number),
            user: id(number),
            silent: id(number),
            department: id(number),
            price_type: id(number),
            carrier: id(number),
            tag: id(number),
            worn: id(number),
            guest: id(number),
            linked: id(number),
            visit: id(number),
        }
    }
}

/// The next word.
fn word<'a, T: FromStr>(words: &mut impl Iterator<Item = &'a str>) -> T {
    words.next().and_then(|word| word.parse().ok()).expect("a ground as it was written")
}

/// An id that names nothing.
fn id<T>(number: u64) -> Id<T> {
    format!("019a0000-0000-7000-8000-{number:012x}").parse().unwrap()
}
