use crate::{
    error::{Code, Error, Result},
    value::choices,
};

choices! {
    /// Whose an order is.
    pub enum OrderState {
        /// A guest's: no customer has it.
        Guest = "guest",
        /// It was a guest's, and was linked to a customer.
        Linked = "linked",
        /// A customer's, who was signed in to its account: it stays so.
        Account = "account",
    }
}

choices! {
    /// What happens to an order.
    pub enum OrderEvent {
        /// A customer gets it.
        Link = "link",
        /// It is taken from the customer again.
        Unlink = "unlink",
    }
}

/// The one transition function of orders. A guest order belongs to one customer at most (invariant 36).
/// Errors: `already_there`, `wrong_state`.
pub fn next(state: OrderState, event: OrderEvent) -> Result<OrderState> {
    use OrderEvent::{Link, Unlink};
    use OrderState::{Account, Guest, Linked};
    match (state, event) {
        (Guest, Link) => Ok(Linked),
        (Linked, Unlink) => Ok(Guest),
        (Linked, Link) => Err(Error::because(Code::AlreadyThere, "this order is linked already: unlink it first")),
        (Account, Link | Unlink) => {
            Err(Error::because(Code::WrongState, "this order was placed with an account, and stays there"))
        }
        (Guest, Unlink) => Err(Error::because(Code::WrongState, "this order is linked to nobody")),
    }
}
