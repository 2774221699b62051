//! The one table of operations: every verb of the core once, with what it takes, what it gives, who may and what it
//! refuses. Each binding hands the name of a macro of its own to [`operations!`](crate::operations) and makes its
//! methods from what comes back.

mod company;
mod directory;
mod partner;
mod people;

/// Hands the table to the macro `$bind`, group by group:
///
/// ```text
/// group Group "about" {
///     #[doc = "what it does"]
///     kind verb(required: Type, ...) [optional: Type, ...] -> Result, who Permission, refuses [Code ...];
/// }
/// ```
///
/// Kinds: `read` and `list` are done in microseconds; `list` gives a page, and its last optional argument is the
/// paging; `change` writes; `bulk` writes many rows, and takes a listener who hears how far it has come; `special` takes
/// another callback, and every binding writes it by hand.
/// Who may: `Anyone`, `SignedIn` (who has the token of a session), `HostOnly` (what the host itself does, for all companies), or one of the core's permissions.
/// Beside the codes that are named, every operation can be refused with those of the store, and with `not_an_id`; one
/// with an actor of a session also with `not_signed_in`, `second_factor_needed`, `access_ended`, `two_factor_required`,
/// and one with a session's token with `access_ended`, when the login that it acts as was signed out elsewhere. A Certified
/// Partner in a client's account is refused with `delegated` whatever stays with the client's own Admins, and whatever
/// takes a session's token.
#[macro_export]
macro_rules! operations {
    ($bind:ident) => {
        $crate::operations_of_companies! { $bind }
    };
}
