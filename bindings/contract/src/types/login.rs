use handfast::{login as core, two_factor};

use super::{LoginEventId, LoginId};
use crate::{
    scalar::{Bytes, Secret, Timestamp},
    shape::{Outward, choice, record},
};

choice! {
    /// What happened to a login.
    pub enum LoginEventKind of core::LoginEventKind {
        /// The person changed the password.
        PasswordChanged,
        /// A new password was chosen by a link that was mailed.
        PasswordReset,
        /// The person asked to sign in with another address.
        EmailChangeAsked,
        /// The other address was confirmed.
        EmailChanged,
        /// Two-factor was turned on, or another app took the place of the one before.
        TwoFactorOn,
        /// Two-factor was turned off.
        TwoFactorOff,
        /// New recovery codes took the place of the older ones.
        RecoveryCodesRenewed,
        /// A recovery code was used.
        RecoveryCodeUsed,
    }
}

choice! {
    /// Where the second factor of a login stands.
    pub enum TwoFactorState of two_factor::TwoFactorState {
        /// There is none.
        Off,
        /// An app was shown its secret and has not proved yet that it holds it. Nothing is asked for at sign-in.
        Enrolling,
        /// A code is asked for at every sign-in.
        On,
        /// The same, with the present app; another one was shown its secret and will take its place.
        Replacing,
    }
}

record! {
    /// One thing that happened to a login.
    pub struct LoginEvent from core::LoginEvent {
        /// The id; ids sort by time.
        id: LoginEventId,
        /// The login.
        login: LoginId,
        /// When.
        at: Timestamp,
        /// What.
        what: LoginEventKind,
    }
}

record! {
    /// What the link shows under which a new password is chosen.
    pub struct ResetLink from core::ResetLink {
        /// The address whose password it is.
        email: String,
        /// Until when the link is good.
        expires: Timestamp,
        /// Characters that the new password needs at least.
        least_characters: u32,
    }
}

record! {
    /// What the link shows that confirms another address.
    pub struct EmailChange from core::EmailChangeView {
        /// The address that the person is to sign in with.
        new_email: String,
        /// Until when the link is good.
        expires: Timestamp,
    }
}

record! {
    /// What an authenticator app needs: shown once, to the person alone.
    pub struct Enrolment from two_factor::Enrolment {
        /// The secret, to be typed into an app that cannot scan: 32 characters of base 32 (RFC 4648).
        secret: Secret,
        /// The same as the `otpauth` address that an app scans.
        uri: Secret,
        /// That address as a QR code, an SVG picture.
        qr_svg: Secret,
        /// The same as a PNG picture of at most 512 pixels a side.
        qr_png: Bytes,
        /// Until when the app can be confirmed.
        expires: Timestamp,
    }
}

impl Outward<Vec<Secret>> for two_factor::RecoveryCodes {
    fn outward(self) -> Vec<Secret> {
        self.0.into_iter().map(Secret).collect()
    }
}

record! {
    /// Where the second factor of a login stands.
    pub struct TwoFactorStatus from two_factor::TwoFactorStatus {
        /// The state.
        state: TwoFactorState,
        /// Since when it is on.
        since: Option<Timestamp>,
        /// Until when a new app can be confirmed, where one waits.
        expires: Option<Timestamp>,
        /// Recovery codes that were not used yet.
        recovery_codes: i64,
    }
}
