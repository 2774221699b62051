use serde::{Deserialize, Serialize};

use super::OrderState;
use crate::{
    clock::Timestamp,
    company::{Company, Department},
    customer::Customer,
    error::{Code, Error, Result},
    id::Id,
    question::Answers,
    record,
    secret::Digest,
    store::{Cell, CellType, Field, Listing, ToCell, choice_columns},
    value::{Amount, Currency, EmailAddress, Line, Name},
};

choice_columns!(OrderState);

/// The number of an order, as the host gave it; unique at the company, letter by letter.
pub type OrderNumber = Line<60>;

record! {
    /// A reference to an order that the host has taken.
    #[derive(Serialize)]
    pub struct Order in "order" {
        /// The id.
        id: Id<Order>,
        /// The company.
        company: Id<Company>,
        /// The department it was placed in; `None` for the company as a whole.
        department: Option<Id<Department>>,
        /// The host's own number.
        number: OrderNumber,
        /// Whose it is.
        state: OrderState,
        /// The customer that has it; `None` while it is a guest's.
        customer: Option<Id<Customer>>,
        /// The buyer's address.
        email: EmailAddress,
        /// The same, canonical.
        address: String,
        /// The buyer's name.
        name: Name,
        /// What it comes to.
        amount: Amount,
        /// In which currency.
        currency: Currency,
        /// When it was placed.
        placed: Timestamp,
        /// What was ordered, as the host wrote it.
        lines: Option<OrderLines>,
        /// What was answered at checkout.
        answers: Answers,
        /// When it was recorded.
        recorded: Timestamp,
        /// The keyed hash of what was recorded: the same once more is no other.
        #[serde(skip)]
        asked: Digest,
    }
    unique by_number(company: Id<Company>, number: &OrderNumber);
    index of_company(company: Id<Company>) by (placed);
    index of_department(company: Id<Company>, department: Id<Department>) by (placed);
    index of_customer(customer: Id<Customer>) by (placed);
    index of_address(company: Id<Company>, state: OrderState, address: &str) by (placed);
    search find(company: Id<Company>) over (number, email, name) marks (state, department);
}

impl Order {
    /// The guest orders of an address that nobody has.
    pub(crate) fn unclaimed(company: Id<Company>, address: &str) -> Listing<Order> {
        Order::of_address(company, OrderState::Guest, address)
    }
}

/// What was ordered: text of the host's own, kept as it is, at most 65,536 bytes. Nothing in it is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderLines(String);

impl OrderLines {
    /// The most bytes that it can have.
    pub const LIMIT: usize = 65_536;

    /// Takes a text. Errors: `too_long`, `forbidden_character` (NUL, which not every database keeps).
    pub fn parse(text: &str) -> Result<Self> {
        if text.len() > Self::LIMIT {
            return Err(Error::because(Code::TooLong, format!("is longer than {} bytes", Self::LIMIT)));
        }
        if text.contains('\0') { Err(Error::new(Code::ForbiddenCharacter)) } else { Ok(OrderLines(text.to_owned())) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ToCell for OrderLines {
    const TYPE: CellType = CellType::Text;
    fn to_cell(&self) -> Cell {
        Cell::Text(self.0.clone())
    }
}

impl Field for OrderLines {
    fn from_cell(cell: &Cell) -> Result<Self> {
        String::from_cell(cell).map(OrderLines)
    }
}
