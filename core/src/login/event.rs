//! What happened to a login: the person's own history, which no company sees (invariant 29).

use serde::Serialize;

use super::Login;
use crate::{clock::Timestamp, error::Result, id::Id, record, store::choice_columns, value::choices, work::Work};

choices! {
    /// What happened to a login.
    pub enum LoginEventKind {
        /// The person changed the password.
        PasswordChanged = "password_changed",
        /// A new password was chosen by a link that was mailed.
        PasswordReset = "password_reset",
        /// The person asked to sign in with another address.
        EmailChangeAsked = "email_change_asked",
        /// The other address was confirmed.
        EmailChanged = "email_changed",
        /// Two-factor was turned on, or another app took the place of the one before.
        TwoFactorOn = "two_factor_on",
        /// Two-factor was turned off.
        TwoFactorOff = "two_factor_off",
        /// New recovery codes took the place of the older ones.
        RecoveryCodesRenewed = "recovery_codes_renewed",
        /// A recovery code was used.
        RecoveryCodeUsed = "recovery_code_used",
    }
}

choice_columns!(LoginEventKind);

record! {
    /// One thing that happened to a login.
    #[derive(Serialize)]
    pub struct LoginEvent in "login_event" {
        /// The id; ids sort by time.
        id: Id<LoginEvent>,
        /// The login.
        login: Id<Login>,
        /// When.
        at: Timestamp,
        /// What.
        what: LoginEventKind,
    }
    index of_login(login: Id<Login>) by ();
}

impl Work<'_> {
    /// Notes what happens to a login in this change.
    pub(crate) fn login_event(&mut self, login: Id<Login>, what: LoginEventKind) -> Result<()> {
        let (id, at) = (self.new_id()?, self.now());
        self.insert(&LoginEvent { id, login, at, what });
        Ok(())
    }
}
