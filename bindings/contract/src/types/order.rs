use handfast::{checkout as place, order as core};

use super::{Association, CompanyId, Customer, CustomerId, DepartmentId, Event, OrderId, Tag};
use crate::{
    scalar::{Answers, Decimal, Timestamp},
    shape::{Lend, Outward, choice, record},
};

choice! {
    /// Whether something is on.
    pub enum Switch of place::Switch {
        /// It is on.
        On,
        /// It is off.
        Off,
    }
}

choice! {
    /// Where a setting comes from.
    pub enum SettingOrigin of place::SettingOrigin {
        /// From the company.
        Company,
        /// From the department, which has its own.
        Department,
    }
}

record! {
    /// Who is to check out.
    pub struct CheckoutInput into place::CheckoutInput {
        /// Guest checkout.
        guests: Switch,
        /// Checkout with an account.
        accounts: Switch,
    }
}

record! {
    /// What a host shows at checkout.
    pub struct CheckoutOptions from place::CheckoutOptions {
        /// Whether guests can check out.
        guests: Switch,
        /// Whether customers can, signed in to their account.
        accounts: Switch,
        /// Where both come from.
        origin: SettingOrigin,
    }
}

choice! {
    /// Whose an order is.
    pub enum OrderState of core::OrderState {
        /// A guest's: no customer has it.
        Guest,
        /// It was a guest's, and was linked to a customer.
        Linked,
        /// A customer's, who was signed in to its account: it stays so.
        Account,
    }
}

record! {
    /// An order as the host gives it.
    pub struct OrderInput into core::OrderInput {
        /// The host's own number, unique at the company letter by letter: one line of at most 60 characters.
        number: String,
        /// What it comes to: 0 or more, with at most four decimals.
        amount: Decimal,
        /// In which currency: three letters of ISO 4217.
        currency: String,
        /// When it was placed.
        placed: Timestamp,
    } optional {
        /// The department it was placed in; none for the company as a whole.
        department: DepartmentId,
        /// The customer that placed it, signed in to its account; none for a guest.
        customer: CustomerId,
        /// The buyer's address; a customer's own when left out. A guest's is required.
        email: String,
        /// The buyer's name: one line of at most 120 characters; a customer's own when left out. A guest's is required.
        name: String,
        /// What was ordered, as the host writes it: at most 65,536 bytes, in which nothing is looked at.
        lines: String,
        /// What was answered at checkout, by the keys of the questions: see `questions.asked`.
        answers: Answers,
    }
}

record! {
    /// A reference to an order that the host has taken.
    pub struct Order from core::Order {
        /// The id.
        id: OrderId,
        /// The company.
        company: CompanyId,
        /// The department it was placed in; none for the company as a whole.
        department: Option<DepartmentId>,
        /// The host's own number.
        number: String,
        /// Whose it is.
        state: OrderState,
        /// The customer that has it; none while it is a guest's.
        customer: Option<CustomerId>,
        /// The buyer's address.
        email: String,
        /// The buyer's name.
        name: String,
        /// What it comes to.
        amount: Decimal,
        /// In which currency.
        currency: String,
        /// When it was placed.
        placed: Timestamp,
        /// What was ordered, as the host wrote it.
        lines: Option<String>,
        /// When it was recorded.
        recorded: Timestamp,
    }
}

impl Outward<String> for core::OrderLines {
    fn outward(self) -> String {
        self.as_str().to_owned()
    }
}

record! {
    /// What a search for orders is narrowed to; nothing narrows it unless told.
    pub struct OrderFilter into core::OrderFilter {
    } optional {
        /// Only those placed in this department.
        department: DepartmentId,
        /// Only those of this state: guest orders that nobody has, say.
        state: OrderState,
    }
}

impl Lend for Option<core::OrderFilter> {
    type Lent<'a> = &'a core::OrderFilter;
    fn lend(&self) -> &core::OrderFilter {
        const ALL: &core::OrderFilter = &core::OrderFilter { department: None, state: None };
        self.as_ref().unwrap_or(ALL)
    }
}

record! {
    /// What one box finds.
    pub struct LookedUp from core::LookedUp {
        /// Customers, at most ten.
        customers: Vec<Customer>,
        /// Orders, at most ten.
        orders: Vec<Order>,
    }
}

record! {
    /// What a customer has ordered in one place and one currency.
    pub struct OrderTotal from core::OrderTotal {
        /// The department; none for the company as a whole.
        department: Option<DepartmentId>,
        /// The currency.
        currency: String,
        /// How many orders.
        orders: i64,
        /// What they come to.
        amount: Decimal,
    }
}

record! {
    /// All that a customer's page shows. Lists show their beginning.
    pub struct CustomerOverview from handfast::customer::CustomerOverview {
        /// The customer, with its contact data.
        customer: Customer,
        /// Its tags.
        tags: Vec<Tag>,
        /// Its users, the first 20, in the order they were asked: more by `users.of_customer`.
        users: Vec<Association>,
        /// Its orders, the newest 20: more by `orders.of_customer`.
        orders: Vec<Order>,
        /// What it has ordered, by place and currency.
        totals: Vec<OrderTotal>,
        /// Guest orders of its address that nobody has, the newest 20: they may be its own, to be linked.
        unclaimed: Vec<Order>,
        /// What happened to it, its users and its orders, the newest 20: more by `customers.timeline`.
        timeline: Vec<Event>,
    }
}
