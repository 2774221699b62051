use crate::{
    error::{Code, Error, Result},
    value::choices,
};

choices! {
    /// Where the second factor of a login stands.
    pub enum TwoFactorState {
        /// There is none.
        Off = "off",
        /// An app was shown its secret and has not proved yet that it holds it. Nothing is asked for at sign-in.
        Enrolling = "enrolling",
        /// A code is asked for at every sign-in.
        On = "on",
        /// The same, with the present app; another one was shown its secret and will take its place.
        Replacing = "replacing",
    }
}

choices! {
    /// What happens to the second factor of a login.
    pub enum TwoFactorEvent {
        /// An app is shown its secret.
        Enrol = "enrol",
        /// It gives a right code.
        Confirm = "confirm",
        /// It did not in time.
        Lapse = "lapse",
        /// The person turns the second factor off.
        Disable = "disable",
    }
}

/// The one transition function of second factors. Errors: `wrong_state`.
pub fn next(state: TwoFactorState, event: TwoFactorEvent) -> Result<TwoFactorState> {
    use TwoFactorEvent::{Confirm, Disable, Enrol, Lapse};
    use TwoFactorState::{Enrolling, Off, On, Replacing};
    match (state, event) {
        (Off | Enrolling, Enrol) => Ok(Enrolling),
        (On | Replacing, Enrol) => Ok(Replacing),
        (Enrolling | Replacing, Confirm) => Ok(On),
        (Enrolling, Lapse) => Ok(Off),
        (Replacing, Lapse) => Ok(On),
        (On | Replacing, Disable) => Ok(Off),
        (Off | On, Confirm | Lapse) | (Off | Enrolling, Disable) => Err(Error::new(Code::WrongState)),
    }
}

impl TwoFactorState {
    /// Whether a code is asked for at sign-in.
    pub const fn is_on(self) -> bool {
        matches!(self, TwoFactorState::On | TwoFactorState::Replacing)
    }
}
