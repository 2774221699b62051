use crate::{
    error::{Code, Error, Result},
    value::choices,
};

choices! {
    /// Whether a customer is let in.
    pub enum CustomerState {
        /// Not activated yet, or deactivated. Where every customer begins (invariant 3).
        Inactive = "inactive",
        /// Let in.
        Active = "active",
        /// Kept out until unblocked.
        Blocked = "blocked",
        /// The person it was about is erased: what is left is the fact that there was a customer. For good.
        Erased = "erased",
    }
}

choices! {
    /// What happens to a customer.
    pub enum CustomerEvent {
        /// The company lets the customer in, the first time or again.
        Activate = "activate",
        /// The company takes that back.
        Deactivate = "deactivate",
        /// The company keeps the customer out.
        Block = "block",
        /// The company ends that; the customer is inactive then.
        Unblock = "unblock",
        /// The person it is about is erased.
        Erase = "erase",
    }
}

/// The one transition function of customers. Doing again what was done changes nothing.
/// Errors: `wrong_state`.
pub fn next(state: CustomerState, event: CustomerEvent) -> Result<CustomerState> {
    use CustomerEvent::{Activate, Block, Deactivate, Erase, Unblock};
    use CustomerState::{Active, Blocked, Erased, Inactive};
    match (state, event) {
        (Inactive | Active, Activate) => Ok(Active),
        (Inactive | Active, Deactivate) => Ok(Inactive),
        (Inactive | Active | Blocked, Block) => Ok(Blocked),
        (Blocked, Unblock) => Ok(Inactive),
        (Inactive | Active | Blocked | Erased, Erase) => Ok(Erased),
        (Erased, Activate | Deactivate | Block | Unblock) => {
            Err(Error::because(Code::WrongState, "this customer is erased"))
        }
        (Blocked, Activate | Deactivate) => {
            Err(Error::because(Code::WrongState, "a blocked customer must be unblocked first"))
        }
        (Inactive | Active, Unblock) => Err(Error::because(Code::WrongState, "this customer is not blocked")),
    }
}
