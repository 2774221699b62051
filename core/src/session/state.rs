use crate::{
    error::{Code, Error, Result},
    value::choices,
};

choices! {
    /// Where a session stands.
    pub enum SessionState {
        /// The password was right; it waits for the second factor and can do nothing else.
        Pending = "pending",
        /// Signed in.
        Active = "active",
        /// Over.
        Ended = "ended",
    }
}

choices! {
    /// What happens to a session.
    pub enum SessionEvent {
        /// The second factor is given.
        Verify = "verify",
        /// Signed out, cancelled, ended from another session, or out of time.
        End = "end",
    }
}

/// The one transition function of sessions. Ending again what has ended changes nothing. Errors: `not_signed_in`,
/// `wrong_state`.
pub fn next(state: SessionState, event: SessionEvent) -> Result<SessionState> {
    use SessionEvent::{End, Verify};
    use SessionState::{Active, Ended, Pending};
    match (state, event) {
        (Pending, Verify) => Ok(Active),
        (Pending | Active | Ended, End) => Ok(Ended),
        (Active, Verify) => Err(Error::new(Code::WrongState)),
        (Ended, Verify) => Err(Error::new(Code::NotSignedIn)),
    }
}
