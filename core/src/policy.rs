//! Every number the library decides by, with its source and its safe bounds.
//!
//! ```
//! use std::time::Duration;
//! use handfast::{Code, Policy};
//!
//! let mut policy = Policy::default();
//! policy.code_lifetime = Duration::from_secs(15 * 60);
//! policy.check()?;
//!
//! policy.code_attempts = 100;
//! let error = policy.check().unwrap_err();
//! assert_eq!(error.faults()[0].field, "code_attempts");
//! assert_eq!(error.faults()[0].code, Code::PolicyOutOfBounds);
//! # Ok::<_, handfast::Error>(())
//! ```

use std::{fmt::Display, ops::RangeInclusive, time::Duration};

use serde::{Deserialize, Serialize};

use crate::{
    error::{Code, Error, Faults, Result},
    value::choices,
};

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

const fn minutes(minutes: u64) -> Duration {
    seconds(minutes * 60)
}

const fn hours(hours: u64) -> Duration {
    minutes(hours * 60)
}

const fn days(days: u64) -> Duration {
    hours(days * 24)
}

macro_rules! policy {
    ($($(#[$doc:meta])+ $name:ident: $Type:ty = $default:expr, $bounds:expr;)+) => {
        /// The numbers a host may change, each within bounds that keep the library's promises.
        /// In JSON, what is left out has its default.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct Policy { $($(#[$doc])+ pub $name: $Type,)+ }

        impl Default for Policy {
            fn default() -> Self {
                Policy { $($name: $default,)+ }
            }
        }

        impl Policy {
            /// Whether every number lies within its bounds. Errors: `invalid_input` with a fault
            /// `policy_out_of_bounds` for each that does not.
            pub fn check(&self) -> Result<()> {
                let mut faults = Faults::default();
                $(faults.check(stringify!($name), within(&self.$name, $bounds));)+
                faults.finish()
            }
        }
    };
}

policy! {
    /// Digits of a code sent by mail: 6 to 10. NIST SP 800-63B 3.1.3.2 asks for 6 at least.
    code_digits: u8 = 8, 6..=10;
    /// How long such a code is good: 10 minutes, as NIST SP 800-63B 3.1.3.2 allows at most.
    code_lifetime: Duration = minutes(10), minutes(1)..=minutes(60);
    /// Wrong tries before a code is spent. With 8 digits, one code is guessed once in 20 million tries.
    code_attempts: u8 = 5, 1..=10;
    /// The least time between two codes, or links, to one address.
    code_interval: Duration = seconds(60), seconds(0)..=hours(1);
    /// Codes to one address at one company within an hour.
    codes_per_address: u32 = 5, 1..=100;
    /// Codes that one company's link sends within an hour, to all addresses together.
    codes_per_company: u32 = 600, 1..=1_000_000;
    /// How long a verified visitor may file, look at and withdraw a request before verifying again.
    visit_lifetime: Duration = hours(24), minutes(10)..=days(30);
    /// How long a request waits for a decision before it expires; `Duration::MAX`: for ever.
    request_lifetime: Duration = Duration::MAX, hours(1)..=Duration::MAX;
    /// How long after a rejection the same address may file again.
    refile_after: Duration = days(30), seconds(0)..=days(3650);
    /// How long the link in an invitation to the staff is good.
    staff_invitation_lifetime: Duration = days(7), hours(1)..=days(30);
    /// Characters a password has at least: 15 where it is the only factor (NIST SP 800-63B-4 3.1.1.2).
    password_length: u8 = 15, 8..=64;
    /// Characters a password has at least where a second factor is asked for too: 8 (NIST SP 800-63B-4 3.1.1.2).
    password_length_with_two_factor: u8 = 8, 8..=64;
    /// Wrong passwords in a row before an address is locked for a while (ASVS 6.3.1); the same of second factors, whose
    /// codes are counted for themselves and for each login.
    sign_in_attempts: u32 = 5, 1..=100;
    /// The first lock; each further wrong try doubles it.
    first_lockout: Duration = seconds(30), seconds(1)..=hours(1);
    /// The longest lock. With it, a second factor is guessed once in some 14,000 days (NIST SP 800-63B-4 3.2.2).
    longest_lockout: Duration = hours(1), seconds(1)..=days(1);
    /// How long after the last wrong try all are forgotten. A right one clears them at once.
    lockout_memory: Duration = hours(24), hours(1)..=days(30);
    /// How long an authenticator app may take to give its first code.
    enrolment_lifetime: Duration = minutes(15), minutes(1)..=days(1);
    /// How long the link that lets a new password be chosen is good: 1 hour (ASVS 6.4.3 asks for a short time).
    password_reset_lifetime: Duration = hours(1), minutes(5)..=hours(24);
    /// How long the link that confirms another address is good.
    email_change_lifetime: Duration = hours(1), minutes(5)..=hours(24);
    /// Mails with such a link to one address, or for one login, within an hour.
    account_mails_per_hour: u32 = 5, 1..=100;
    /// How long an invitation of a user of a customer can be answered.
    user_invitation_lifetime: Duration = days(7), hours(1)..=days(30);
    /// How long a temporary password opens its own change.
    temporary_password_lifetime: Duration = hours(24), minutes(10)..=hours(24);
    /// Invitations of one address by one company within an hour.
    user_invitations_per_address: u32 = 5, 1..=100;
    /// How long a session lasts however much it is used: a day, as NIST SP 800-63B-4 2.2.3 allows where two factors
    /// are needed; 30 days, the most where one is enough (2.1.3).
    session_lifetime: Duration = hours(24), minutes(15)..=days(30);
    /// How long a session lasts that is not used: an hour, as NIST SP 800-63B-4 2.2.3 allows where two factors are
    /// needed (ASVS 7.3.1).
    session_idle: Duration = hours(1), minutes(15)..=days(30);
    /// How often it is noted that a session is used: so much earlier may it end when it is not.
    session_noted: Duration = minutes(5), seconds(0)..=minutes(10);
    /// How long a sign-in waits for its second factor: ten minutes, as for a code (NIST SP 800-63B-4 3.1.3.2).
    second_factor_wait: Duration = minutes(10), minutes(1)..=minutes(30);
    /// Identities that one session holds.
    session_identities: u32 = 20, 2..=100;
    /// How long a visitor may take from a partner's referral link to a sign-up that counts as referred.
    attribution_lifetime: Duration = days(30), days(1)..=days(365);
    /// Which link counts when a visitor has opened those of several partners: the last one, since who convinced the
    /// visitor in the end did most for it, or the first.
    attribution_touch: Touch = Touch::Last, Touch::First..=Touch::Last;
    /// How far ahead of the library's clock a signal may say that it occurred.
    signal_ahead: Duration = minutes(5), seconds(0)..=hours(24);
    /// How long one worker may take to deliver what it has taken from the outbox.
    mail_lease: Duration = minutes(5), seconds(10)..=hours(1);
    /// Tries before a mail is given up (RFC 5321 4.5.4.1 asks for four to five days).
    mail_attempts: u32 = 12, 1..=100;
    /// The wait after the first failed try; each further one doubles it.
    first_mail_wait: Duration = minutes(1), seconds(1)..=hours(1);
    /// The longest wait between two tries.
    longest_mail_wait: Duration = hours(12), minutes(1)..=days(2);
    /// Rows of one bulk call.
    bulk_rows: u32 = 1_000, 1..=10_000;
}

choices! {
    /// Which of several referral links counts.
    pub enum Touch {
        /// The one that was opened first, while it is good.
        First = "first",
        /// The one that was opened last.
        Last = "last",
    }
}

fn within<T: PartialOrd + Shown>(value: &T, bounds: RangeInclusive<T>) -> Result<()> {
    if bounds.contains(value) {
        return Ok(());
    }
    let message = format!("must lie between {} and {}", bounds.start().shown(), bounds.end().shown());
    Err(Error::because(Code::PolicyOutOfBounds, message))
}

trait Shown {
    fn shown(&self) -> String;
}

macro_rules! shown {
    ($($Number:ty)+) => {$(
        impl Shown for $Number {
            fn shown(&self) -> String {
                number(self)
            }
        }
    )+};
}
shown! { u8 u32 }

impl Shown for Touch {
    fn shown(&self) -> String {
        format!("`{self}`")
    }
}

fn number(number: &impl Display) -> String {
    number.to_string()
}

impl Shown for Duration {
    fn shown(&self) -> String {
        if *self == Duration::MAX { "for ever".to_owned() } else { format!("{} s", self.as_secs()) }
    }
}
