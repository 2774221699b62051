use serde::Deserialize;

use crate::{
    error::{Code, Error, Result},
    store::choice_columns,
    value::choices,
};

choices! {
    /// Whether something is on.
    pub enum Switch {
        /// It is on.
        On = "on",
        /// It is off.
        Off = "off",
    }
}

choices! {
    /// Who can check out, as it is stored. That nobody can has no name here, so it cannot come to be, whatever a company and
    /// its departments set in whichever order.
    pub enum CheckoutWays {
        /// Guests, and customers with an account.
        Both = "both",
        /// Guests only.
        Guests = "guests",
        /// Customers with an account only.
        Accounts = "accounts",
    }
}

choice_columns!(CheckoutWays);

/// Who is to check out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckoutInput {
    /// Guest checkout.
    pub guests: Switch,
    /// Checkout with an account.
    pub accounts: Switch,
}

impl CheckoutInput {
    /// Errors: `nobody_could_order`.
    pub(crate) fn ways(self) -> Result<CheckoutWays> {
        match (self.guests, self.accounts) {
            (Switch::On, Switch::On) => Ok(CheckoutWays::Both),
            (Switch::On, Switch::Off) => Ok(CheckoutWays::Guests),
            (Switch::Off, Switch::On) => Ok(CheckoutWays::Accounts),
            (Switch::Off, Switch::Off) => Err(Error::new(Code::NobodyCouldOrder)),
        }
    }
}

impl CheckoutWays {
    /// Whether guests can check out.
    pub const fn guests(self) -> Switch {
        match self {
            CheckoutWays::Both | CheckoutWays::Guests => Switch::On,
            CheckoutWays::Accounts => Switch::Off,
        }
    }

    /// Whether customers with an account can.
    pub const fn accounts(self) -> Switch {
        match self {
            CheckoutWays::Both | CheckoutWays::Accounts => Switch::On,
            CheckoutWays::Guests => Switch::Off,
        }
    }
}
