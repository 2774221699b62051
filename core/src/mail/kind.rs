//! The kinds of mails, and the values of each.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use serde_json::Map;

use super::placeholder::*;
use crate::error::{Code, Error, Result};

macro_rules! kinds {
    ($($Kind:ident = $text:literal, $sentence:literal, [$($value:expr),+];)+) => {
        /// The kinds of mails: one for each thing that people are told.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "&'static str")]
        pub enum MailKind { $(#[doc = $sentence] $Kind,)+ }

        impl MailKind {
            /// Every kind, in the order of the story.
            pub const ALL: &[MailKind] = &[$(MailKind::$Kind,)+];

            /// The kind as it is written everywhere outside Rust; it never changes.
            pub const fn as_str(self) -> &'static str {
                match self { $(MailKind::$Kind => $text,)+ }
            }

            /// To whom it goes and what it tells.
            pub const fn about(self) -> &'static str {
                match self { $(MailKind::$Kind => $sentence,)+ }
            }

            /// The values that its templates may use.
            pub const fn values(self) -> &'static [Placeholder] {
                match self { $(MailKind::$Kind => &[$($value,)+],)+ }
            }

            /// The shipped templates with their languages. A kind without its two files does not compile.
            pub(super) const fn shipped(self) -> [(&'static str, &'static str); 2] {
                match self { $(MailKind::$Kind => [
                    ("en", include_str!(concat!("templates/en/", $text, ".md"))),
                    ("es", include_str!(concat!("templates/es/", $text, ".md"))),
                ],)+ }
            }

            /// Reads what [`as_str`](Self::as_str) wrote. Otherwise [`Code::UnknownChoice`].
            pub fn parse(text: &str) -> Result<MailKind> {
                match text {
                    $($text => Ok(MailKind::$Kind),)+
                    _ => Err(Error::because(Code::UnknownChoice, concat!("is none of ", $("`", $text, "` ",)+).trim_end())),
                }
            }
        }
    };
}

kinds! {
    VisitorCode = "visitor_code", "To a visitor: the code that proves the address.", [COMPANY, CODE, MINUTES];
    RequestReceived = "request_received", "To a visitor: the request has arrived.", [COMPANY, NAME];
    NewRequest = "new_request", "To Admins and Procurement Managers: a request to review.",
        [COMPANY, APPLICANT, LEGAL_NAME, CONTACT, EMAIL, PHONE, TAX_ID, WEBSITE, BILLING, SHIPPING, ANSWERS, MESSAGE, LINK];
    RequestApproved = "request_approved", "To the customer: approved, not yet able to order.", [COMPANY, NAME];
    RequestRejected = "request_rejected", "To a visitor: the request was declined.", [COMPANY, NAME, REASON];
    RequestWithdrawn = "request_withdrawn", "To Admins and Procurement Managers: nothing left to decide.", [COMPANY, APPLICANT];
    RequestExpired = "request_expired", "To a visitor: nobody decided in time.", [COMPANY, NAME];
    ActivationGuide = "activation_guide", "To Admins and Procurement Managers: the three steps that activate a customer.",
        [COMPANY, CUSTOMER, LINK];
    ReadyToBuy = "ready_to_buy", "To the customer: orders are possible from now on.", [COMPANY, NAME, LINK];
    StaffInvited = "staff_invited", "To a person: an invitation to the staff of a company.",
        [COMPANY, INVITER, ROLE, INVITATION, DAYS];
    StaffAdded = "staff_added", "To a member of staff: welcome.", [COMPANY, ROLE];
    StaffRoleChanged = "staff_role_changed", "To a member of staff: another role.", [COMPANY, ROLE];
    StaffRemoved = "staff_removed", "To a former member of staff: no more access.", [COMPANY];
    UserInvited = "user_invited", "To a new user of a customer: a link to choose a password.",
        [COMPANY, CUSTOMER, USER_NAME, INVITATION, DAYS];
    UserPassword = "user_password", "To a new user of a customer: the user name and a temporary password.",
        [COMPANY, CUSTOMER, USER_NAME, TEMPORARY_PASSWORD, HOURS, LINK];
    AssociationAsked = "association_asked", "To a person with a login: a company asks for an association.",
        [COMPANY, CUSTOMER, USER_NAME, INVITATION, DAYS];
    UserRemoved = "user_removed", "To a former user of a customer: no more access.", [COMPANY, CUSTOMER];
    CompanyWelcome = "company_welcome", "To the first Admin of a company: how to begin.", [COMPANY, LINK];
    PartnerLinked = "partner_linked", "To Admins: the company designates a partner.", [COMPANY, PARTNER, NUMBER, LINK];
    PartnerCleared = "partner_cleared", "To Admins: the company designates its partner no longer.", [COMPANY, PARTNER];
    PartnerEntered = "partner_entered", "To Admins who want to hear of it: the partner entered the account.",
        [COMPANY, PARTNER, PERSON, REASON, LINK];
    PasswordReset = "password_reset", "To a person: the link to choose a new password.", [NAME, SECRET_LINK, HOURS];
    PasswordResetUnknown = "password_reset_unknown", "To an address without a login: there is no password to choose.", [LINK];
    PasswordChanged = "password_changed", "To a person: the password was changed.", [NAME, LINK];
    EmailChange = "email_change", "To the new address of a person: the link that confirms it.", [NAME, SECRET_LINK, HOURS];
    EmailChangeTaken = "email_change_taken", "To an address that someone wants to sign in with and that has a login already.",
        [LINK];
    EmailChangeAsked = "email_change_asked", "To a person: someone asked to sign in with another address.", [NAME, NEW_EMAIL, LINK];
    EmailChanged = "email_changed", "To the former address of a person: another one counts now.", [NAME];
    TwoFactorOn = "two_factor_on", "To a person: two-factor is on.", [NAME];
    TwoFactorOff = "two_factor_off", "To a person: two-factor is off.", [NAME, LINK];
    RecoveryCodesRenewed = "recovery_codes_renewed", "To a person: the older recovery codes are worth nothing.", [NAME, LINK];
    RecoveryCodeUsed = "recovery_code_used", "To a person: a recovery code was used.", [NAME, LEFT, LINK];
    PartnerWelcome = "partner_welcome", "To the owner of a partner account: how to begin.", [NAME, PARTNER, NUMBER, LINK];
    ClientLinked = "client_linked", "To the owner of a partner account: a client more.", [NAME, CLIENT, LINK];
    ClientCleared = "client_cleared", "To the owner of a partner account: a client less.", [NAME, CLIENT, LINK];
    PartnerCertified = "partner_certified", "To the owner of a partner account: certified.",
        [NAME, PARTNER, COURSE, CERTIFICATE, LINK];
}

impl MailKind {
    /// Whether it is about a company; the others are about a person's own login.
    pub fn is_of_company(self) -> bool {
        self.values().iter().any(|value| value.name == "company")
    }

    /// Values as a real mail could have them, for previews.
    pub fn sample(self) -> Map<String, serde_json::Value> {
        self.values().iter().map(|value| (value.name.to_owned(), value.sample())).collect()
    }
}

impl fmt::Display for MailKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for MailKind {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        MailKind::parse(text)
    }
}

impl TryFrom<String> for MailKind {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        MailKind::parse(&text)
    }
}

impl From<MailKind> for &'static str {
    fn from(kind: MailKind) -> &'static str {
        kind.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_as_it_was_written() {
        for &kind in MailKind::ALL {
            assert_eq!(MailKind::parse(kind.as_str()).unwrap(), kind);
            assert_eq!(serde_json::from_value::<MailKind>(serde_json::to_value(kind).unwrap()).unwrap(), kind);
        }
        let error = MailKind::parse("Visitor_Code").unwrap_err();
        assert_eq!(error.code(), Code::UnknownChoice);
        assert!(error.message().contains("`visitor_code` `request_received`"), "{error}");
    }

    #[test]
    fn every_kind_names_its_company_or_is_about_a_login_and_no_value_twice() {
        for kind in MailKind::ALL {
            let mut names: Vec<_> = kind.values().iter().map(|value| value.name).collect();
            let about_a_login = *kind >= MailKind::PasswordReset;
            assert_eq!(names[0] == "company", !about_a_login, "{kind}: the footer shows it");
            names.sort_unstable();
            assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{kind}: {names:?}");
        }
    }
}
