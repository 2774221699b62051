//! The table of codes. A code, once published, keeps its name and its meaning.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The family of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// The input is wrong; the same input will always be refused.
    Invalid,
    /// Who acts is not known.
    Unauthenticated,
    /// Who acts is known and may not do this.
    Forbidden,
    /// There is no such thing, or none that the caller may know of.
    NotFound,
    /// It does not fit the state things are in.
    Conflict,
    /// It was valid once.
    Expired,
    /// Too often; wait.
    RateLimited,
    /// Something that the library needs does not answer.
    Unavailable,
    /// A fault of the library or of its data.
    Internal,
}

impl Category {
    /// The category as it is written everywhere outside Rust.
    pub const fn as_str(self) -> &'static str {
        match self {
            Category::Invalid => "invalid",
            Category::Unauthenticated => "unauthenticated",
            Category::Forbidden => "forbidden",
            Category::NotFound => "not_found",
            Category::Conflict => "conflict",
            Category::Expired => "expired",
            Category::RateLimited => "rate_limited",
            Category::Unavailable => "unavailable",
            Category::Internal => "internal",
        }
    }
}

macro_rules! codes {
    ($($category:ident: { $($(#[$retry:ident])? $Code:ident = $text:literal, $sentence:literal, $advice:literal;)+ })+) => {
        /// What went wrong, as programs know it. `docs/errors.md` lists all with what to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[doc = $sentence] $Code,)+)+ }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Code] = &[$($(Code::$Code,)+)+];

            /// The code as it is written everywhere outside Rust; it never changes.
            pub const fn as_str(self) -> &'static str {
                match self { $($(Code::$Code => $text,)+)+ }
            }

            /// The family.
            pub const fn category(self) -> Category {
                match self { $($(Code::$Code)|+ => Category::$category,)+ }
            }

            /// Whether the same call may succeed later.
            pub const fn retryable(self) -> bool {
                $($($(codes!(@$retry); if matches!(self, Code::$Code) { return true })?)+)+
                false
            }

            /// What it says, when nothing more precise is known.
            pub const fn sentence(self) -> &'static str {
                match self { $($(Code::$Code => $sentence,)+)+ }
            }

            /// What to do about it.
            pub const fn advice(self) -> &'static str {
                match self { $($(Code::$Code => $advice,)+)+ }
            }
        }
    };
    (@retryable) => {};
}

codes! {
    Invalid: {
        InvalidInput = "invalid_input", "something in the input is wrong", "show each fault beside its field";
        Required = "required", "is required", "give a value";
        TooLong = "too_long", "is too long", "shorten it to the limit that the message names";
        TooShort = "too_short", "is too short", "lengthen it to the limit that the message names";
        TooMany = "too_many", "has too many entries", "send fewer at once";
        ForbiddenCharacter = "forbidden_character", "holds a control character or a direction override", "remove what cannot be seen";
        NotAnEmail = "not_an_email", "is not an e-mail address", "check the spelling: `name@example.com`";
        NotAPhone = "not_a_phone", "is not a phone number", "digits with an optional `+`, spaces, dots, dashes and brackets, 5 to 20 digits";
        NotACountry = "not_a_country", "is not a country code", "use two letters of ISO 3166-1: `ES`";
        NotACurrency = "not_a_currency", "is not a currency code", "use three letters of ISO 4217: `EUR`";
        NotALocale = "not_a_locale", "is not a locale", "use a language and an optional region: `es`, `en-US`";
        NotATimeZone = "not_a_time_zone", "is not a time zone", "use an IANA name: `Europe/Madrid`";
        NotAWebsite = "not_a_website", "is not a web address", "use a host with an optional path: `https://example.com`";
        NotADecimal = "not_a_decimal", "is not a decimal number", "digits with an optional point: `12.50`";
        NotAnId = "not_an_id", "is not an id", "send the id as it was given";
        NotACursor = "not_a_cursor", "is not a cursor of this list", "begin again from the first page";
        NotAPartnerNumber = "not_a_partner_number", "is not the number of a partner", "20 digits, with or without spaces and dashes";
        MistypedNumber = "mistyped_partner_number", "has a wrong digit, or two that changed places", "compare it with the partner's settings page";
        NotATime = "not_a_time", "is not a point in time", "use RFC 3339: `2026-11-22T10:00:00Z`";
        NotADate = "not_a_date", "is not a date", "use year, month and day: `2026-11-22`";
        OutOfRange = "out_of_range", "is out of range", "stay within the limits that the message names";
        UnknownChoice = "unknown_choice", "is none of the choices", "use one of the choices that the message names";
        UnknownField = "unknown_field", "is not asked for", "remove it";
        DuplicateEntry = "duplicate_entry", "stands there twice", "send it once";
        WeakPassword = "weak_password", "is too easy to guess", "choose a longer one";
        PolicyOutOfBounds = "policy_out_of_bounds", "lies outside the safe bounds", "stay within the bounds that the message names";
        NotADatabase = "not_a_database", "is not a database", "use `memory:`, `sqlite:shop.db`, the path of a file or `postgres://host/shop`";
        BadTemplate = "bad_template", "is not a mail template", "see `handfast::mail` for the format";
        NotACourse = "not_a_course", "is not a course", "see docs/courses.md for the format; the message names the line";
        NobodyCouldOrder = "nobody_could_order", "guest checkout and accounts cannot both be off", "leave one of them on";
        BadKey = "bad_key", "is not a root key", "give 32 random bytes that were not used before";
    }
    Unauthenticated: {
        WrongPassword = "wrong_password", "the address or the password is wrong", "try again";
        WrongCode = "wrong_code", "this is not the code that was sent", "look at the newest mail; see the attempts left";
        UnknownToken = "unknown_token", "this link is not valid", "use the link of the newest mail";
        NotSignedIn = "not_signed_in", "nobody is signed in here, or no longer", "sign in";
        SecondFactorNeeded = "second_factor_needed", "this sign-in waits for its second factor", "finish it with a code, or cancel it";
        SignInFirst = "sign_in_first", "this person has a password already", "sign in, then confirm";
    }
    Forbidden: {
        RoleTooLow = "role_too_low", "your role does not allow this", "ask an Admin of the company";
        TwoFactorRequired = "two_factor_required", "this company asks its staff for a second factor", "set one up for your login, then sign in again";
        Delegated = "delegated", "a partner in a client's account may not do this", "switch back to your own account, or ask an Admin of the company";
        PartnerOnly = "partner_only", "this is for those who act for a partner account", "enter your partner account first";
        CustomerOnly = "customer_only", "this is for the users of a customer", "enter the customer first";
        CannotLogIn = "cannot_log_in", "you cannot enter this account", "see what stands in the way: set two-factor up, sign in with it, or ask the client";
        AccessEnded = "access_ended", "this access has ended", "choose another, or ask the company";
        CustomerInactive = "customer_inactive", "this customer is not active", "ask the company";
    }
    NotFound: {
        NotFound = "not_found", "there is no such thing here", "check the id";
        UnknownLink = "unknown_link", "there is no such link", "ask the company, or the partner, for its link";
        UnknownPartner = "unknown_partner", "there is no partner account with this number", "ask the partner for the number";
    }
    Conflict: {
        PartnerSuspended = "partner_suspended", "this partner account is suspended", "ask the host";
        OlderCourse = "older_course", "the course that is published is as new, or another one", "count its version up, and keep its key";
        AlreadyDecided = "already_decided", "this request was decided before", "look at its state";
        AlreadyThere = "already_there", "it exists already", "use the one that is there";
        AlreadyStaff = "already_staff", "this person is on the staff already", "change the role instead";
        AlreadyCustomer = "already_customer", "this address is a customer already", "sign in instead of asking again";
        RequestOpen = "request_open", "a request of this address is still open", "wait for the decision, or withdraw it";
        TooSoonAfterRejection = "too_soon_after_rejection", "the last request of this address was rejected", "wait until the time in `retry_after`";
        LastAdmin = "last_admin", "a company needs at least one Admin", "make someone else an Admin first";
        LinkDisabled = "link_disabled", "this invite link does not take requests now", "ask the company";
        LinkReplaced = "link_replaced", "this invite link was replaced by a newer one", "ask the company for the newer link";
        WrongState = "wrong_state", "this cannot be done in the state it is in", "look at its state first";
        CannotOrder = "cannot_order", "this customer cannot order now", "see what is missing: `can_order`";
        GuestsOff = "guest_checkout_off", "guest checkout is off here", "let the buyer sign in, or turn guest checkout on";
        AccountsOff = "account_checkout_off", "checkout with an account is off here", "let the buyer order as a guest, or turn accounts on";
        Retired = "retired", "this is no longer offered", "choose another";
        NotACopy = "not_a_copy", "the target is neither empty nor an earlier copy of the source", "copy into an empty database";
        CopyDiffers = "copy_differs", "the copy is not the same as its source", "stop whoever writes to either, copy again, then verify";
        KeyReused = "idempotency_key_reused", "this idempotency key was used for another call", "use a new key for a new call";
    }
    Expired: {
        CodeExpired = "code_expired", "this code has expired", "ask for a new one";
        CodeSpent = "code_spent", "this code was tried too often or used", "ask for a new one";
        TokenExpired = "token_expired", "this link has expired", "ask for a new one";
        TokenSpent = "token_spent", "this link was used", "ask for a new one if you need it";
        VisitExpired = "visit_expired", "the verification of this address has expired", "verify the address again";
    }
    RateLimited: {
        #[retryable] TooOften = "too_often", "this was asked too often", "wait for the time in `retry_after`";
    }
    Unavailable: {
        #[retryable] Contention = "contention", "too many changes to the same thing at once", "try again";
        #[retryable] StoreBusy = "store_busy", "the database does not answer now", "try again";
        #[retryable] InDoubt = "in_doubt", "the answer of the database was lost", "read before you try again: it may have happened";
        StoreFull = "store_full", "the disk is full or cannot be written", "make room, then try again";
        StoreFailed = "store_failed", "the database failed", "see the cause; restore the database file if it is damaged";
        NewerSchema = "newer_schema", "the database was made by a newer version", "update this program";
        #[retryable] MailerFailed = "mailer_failed", "the mailer did not take the mail", "it stays in the outbox and is tried again";
        SourceFailed = "source_failed", "the rows could not be read to their end", "see the cause; call again with the same key: what is done stays done";
        TargetFailed = "target_failed", "the rows could not be written to their end", "see the cause; make room, then export again";
        KeyMissing = "key_missing", "the key that this was made with is not in the keyring", "give the retired root key too";
        Closed = "closed", "this handle was closed", "open another one";
        Forked = "forked", "this handle was opened before the process forked", "open another one in the new process";
        NoRandomness = "no_randomness", "the system gave no randomness", "check the operating system";
    }
    Internal: {
        Corrupt = "corrupt", "a stored value is not what it should be", "someone else changed the database: restore it";
        Internal = "internal", "the library made a mistake", "report it with the message";
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let known = Code::ALL.iter().find(|code| code.as_str() == text);
        known.copied().ok_or_else(|| de::Error::custom("not a code"))
    }
}
