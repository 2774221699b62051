use std::str::FromStr;

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

/// Declares a ground: what it is of, each thing once.
macro_rules! ground {
    ($(#[$meta:meta])* pub struct Ground { $($(#[$doc:meta])* $name:ident: $Of:ident,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct Ground {
            /// Makes names unique.
            pub number: u64,
            $($(#[$doc])* pub $name: Id<$Of>,)+
        }

        impl Ground {
            /// Ids that name nothing.
            pub fn missing(number: u64) -> Self {
                Ground { number, $($name: id(number),)+ }
            }

            /// It in one line of words, for another process that acts on the same things.
            pub fn to_words(&self) -> String {
                [self.number.to_string(), $(self.$name.to_string(),)+].join(" ")
            }

            /// What [`to_words`](Self::to_words) wrote.
            pub fn from_words(line: &str) -> Self {
                let mut words = line.split(' ');
                Ground { number: word(&mut words), $($name: word(&mut words),)+ }
            }
        }
    };
}

ground! {
    /// Something of everything that a company's verbs act on, fresh.
    pub struct Ground {
        /// A member of the staff, in the role Staff.
        staff: Staff,
        /// A request that waits for a decision.
        request: Request,
        /// A customer that is inactive and has neither price nor service.
        inactive: Customer,
        /// A customer that is active and has neither.
        active: Customer,
        /// A customer that is blocked.
        blocked: Customer,
        /// The association of a person who was invited and has not answered.
        pending: Association,
        /// That of a person who is a user.
        user: Association,
        /// A customer that the staff created and that has not heard of it.
        silent: Customer,
        /// A department, in which guests alone can check out.
        department: Department,
        /// A price type.
        price_type: PriceType,
        /// A carrier.
        carrier: Carrier,
        /// A tag that nobody has.
        tag: Tag,
        /// A tag that the active customer has.
        worn: Tag,
        /// A guest's order, placed in the department, that nobody has.
        guest: Order,
        /// One that is linked to the active customer.
        linked: Order,
        /// A visit of a partner that nobody has ended; grounds of one company may share it.
        visit: Delegation,
    }
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
}

/// The next word.
fn word<'a, T: FromStr>(words: &mut impl Iterator<Item = &'a str>) -> T {
    words.next().and_then(|word| word.parse().ok()).expect("a ground as it was written")
}

/// An id that names nothing.
fn id<T>(number: u64) -> Id<T> {
    format!("019a0000-0000-7000-8000-{number:012x}").parse().unwrap()
}
