use std::time::Duration;

use handfast::{
    Actor, Id, Timestamp,
    company::{Carrier, Company, Department, PriceType, Role, SignUp, Staff, StaffInput},
    customer::{Customer, CustomerInput, Notice, PricingInput},
    mail::MailKind,
    order::{Order, OrderInput},
    request::{BusinessInput, Decision, Request},
    tag::Tag,
    value::PostalAddressInput,
};

use crate::World;

/// The password of everyone who has one.
pub const PASSWORD: &str = "correct horse battery staple";

/// A company that has signed up.
#[derive(Clone, Debug)]
pub struct Firm {
    /// The company.
    pub company: Id<Company>,
    /// Its first Admin.
    pub admin: Actor,
    /// The first Admin as staff.
    pub first: Id<Staff>,
    /// The first Admin's address.
    pub email: String,
    /// The last part of its invite link.
    pub slug: String,
}

impl Firm {
    /// The host, acting for this company.
    pub fn host(&self) -> Actor {
        Actor::host(self.company)
    }
}

/// A person on the staff.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// The person, acting.
    pub actor: Actor,
    /// The row.
    pub staff: Id<Staff>,
}

/// A request that was filed.
#[derive(Clone, Debug)]
pub struct Filed {
    /// What the visitor holds.
    pub pass: String,
    /// The request.
    pub request: Id<Request>,
}

/// The details of a business.
pub fn business() -> BusinessInput {
    BusinessInput {
        legal_name: "Rosas del Valle S.A.".into(),
        contact: "Bea Rosas".into(),
        phone: "+593 2 600 1122".into(),
        billing: PostalAddressInput {
            line1: "Av. Amazonas 12".into(),
            city: "Quito".into(),
            country: "EC".into(),
            ..PostalAddressInput::default()
        },
        ..BusinessInput::default()
    }
}

/// A guest's order of 12.50 euros, placed in the company as a whole.
pub fn order(number: &str, email: &str, placed: Timestamp) -> OrderInput {
    OrderInput {
        number: number.into(),
        email: Some(email.into()),
        name: Some("Rosa Campos".into()),
        amount: "12.50".into(),
        currency: "EUR".into(),
        ..OrderInput::placed(placed)
    }
}

/// Fixtures, made through the verbs that a host uses.
impl World {
    /// What a company of this name gives to sign up; its Admin is `admin@<name>.example`.
    pub fn sign_up_input(name: &str) -> SignUp {
        let domain: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        SignUp {
            name: name.into(),
            country: "EC".into(),
            locale: "en".into(),
            time_zone: "America/Guayaquil".into(),
            trial_ends: None,
            attribution: None,
            admin_name: "Ada Flores".into(),
            admin_email: format!("admin@{domain}.example"),
            admin_password: PASSWORD.into(),
        }
    }

    /// A company of this name.
    pub fn firm(&self, name: &str) -> Firm {
        let input = World::sign_up_input(name);
        let signed_up = self.companies().sign_up(&input).unwrap();
        let admin = signed_up.actor();
        let slug = self.invites().link(admin).unwrap().slug.to_string();
        Firm { company: signed_up.company.id, admin, first: signed_up.admin.id, email: input.admin_email, slug }
    }

    /// A person on the staff of the company, who has accepted the invitation.
    pub fn member(&self, firm: &Firm, role: Role, email: &str) -> Member {
        let input = StaffInput { email: email.into(), name: "Pedro Paz".into(), role };
        let staff = self.staff().invite(firm.host(), &input).unwrap();
        let token = self.mailed(email, MailKind::StaffInvited).token();
        let staff = self.staff().accept(&token, Some(PASSWORD)).unwrap_or_else(|error| panic!("{error}: {staff:?}"));
        Member { actor: Actor::staff(staff.login, firm.company), staff: staff.id }
    }

    /// Somebody who has verified an address; gives the pass.
    pub fn verified(&self, firm: &Firm, email: &str) -> String {
        // the link may have been replaced since the company signed up
        let slug = self.invites().link(firm.host()).unwrap().slug.to_string();
        let started = self.invites().start(&slug, email, None).unwrap();
        let code = self.mailed(email, MailKind::VisitorCode).code();
        self.invites().verify(started.visit, &code).unwrap().pass.expose().to_owned()
    }

    /// Somebody who has filed a request.
    pub fn filed(&self, firm: &Firm, email: &str) -> Filed {
        let pass = self.verified(firm, email);
        let request = self.invites().submit(&pass, &business()).unwrap().id;
        Filed { pass, request }
    }

    /// An approved customer, inactive.
    pub fn approved(&self, firm: &Firm, email: &str) -> Id<Customer> {
        let filed = self.filed(firm, email);
        self.tick();
        self.requests().approve(firm.host(), filed.request, &Decision::default()).unwrap().customer.id
    }

    /// A price type of the company.
    pub fn price_type(&self, firm: &Firm, name: &str) -> Id<PriceType> {
        self.price_types().add(firm.host(), name).unwrap().id
    }

    /// A carrier of the company.
    pub fn carrier(&self, firm: &Firm, name: &str) -> Id<Carrier> {
        self.carriers().add(firm.host(), name).unwrap().id
    }

    /// A department of the company.
    pub fn department(&self, firm: &Firm, name: &str) -> Id<Department> {
        self.departments().add(firm.host(), name).unwrap().id
    }

    /// A tag of the company.
    pub fn tag(&self, firm: &Firm, name: &str) -> Id<Tag> {
        self.tags().create(firm.host(), name).unwrap().id
    }

    /// A customer that the staff created and that has not heard of it.
    pub fn silent(&self, firm: &Firm, email: &str) -> Id<Customer> {
        let input = CustomerInput { name: "Rosa Campos".into(), email: email.into(), ..CustomerInput::default() };
        self.customers().create(firm.host(), &input, Notice::Later).unwrap().customer.id
    }

    /// An order of a guest, of 12.50 euros.
    pub fn guest_order(&self, firm: &Firm, number: &str, email: &str, department: Option<Id<Department>>) -> Id<Order> {
        let input = OrderInput { department, ..order(number, email, self.now()) };
        self.orders().record(firm.host(), &input).unwrap().id
    }

    /// A customer who can order.
    pub fn ready(&self, firm: &Firm, email: &str) -> Id<Customer> {
        let customer = self.approved(firm, email);
        self.tick();
        self.make_ready(firm, customer);
        customer
    }

    /// Takes the three steps with a customer.
    pub fn make_ready(&self, firm: &Firm, customer: Id<Customer>) {
        let price_type = self.price_type(firm, &format!("Price of {customer}"));
        let carrier = self.carrier(firm, &format!("Carrier of {customer}"));
        let (host, customers) = (firm.host(), self.customers());
        customers.activate(host, customer).unwrap();
        self.tick();
        customers.set_pricing(host, customer, &PricingInput::of(price_type)).unwrap();
        customers.set_service(host, customer, &[("monday".into(), carrier)]).unwrap();
        assert!(customers.can_order(host, customer).unwrap().yes);
    }

    /// How many mails of a kind are delivered now.
    pub fn delivered_now(&self, kind: MailKind) -> usize {
        self.deliver().of(kind).len()
    }

    /// Lets pass what must lie between two codes to one address.
    pub fn wait_for_next_code(&self) {
        self.later(self.policy().code_interval + Duration::from_millis(1));
    }
}
