use crate::{
    clock::Timestamp,
    company::Company,
    id::Id,
    record,
    secret::PasswordHash,
    value::{EmailAddress, Locale, Name},
};

record! {
    /// A person who can sign in.
    pub struct Login in "login" {
        /// The id.
        id: Id<Login>,
        /// The e-mail address as the person wrote it.
        email: EmailAddress,
        /// The same, canonical: what makes two addresses one.
        address: String,
        /// How the person is called.
        name: Name,
        /// `None` until the person has chosen one.
        password: Option<PasswordHash>,
        /// When the person proved that the address is theirs, by a link or a code that was mailed to it. A password
        /// that was set before that may be a stranger's, and is chosen anew then.
        verified: Option<Timestamp>,
        /// When the login was made.
        created: Timestamp,
        /// The person's only company, while there is one: that company's login name opens then, too.
        home: Option<Id<Company>>,
        /// Grows when all that was signed in with this login ends at once (invariant 33): what was obtained in an
        /// earlier era is worth nothing.
        era: i64,
        /// Whether a second factor is asked for at sign-in.
        two_factor: bool,
        /// When the host shut this login out, if it did.
        disabled: Option<Timestamp>,
        /// The language of mails about the login; English when nobody has said.
        locale: Option<Locale>,
    }
    unique by_address(address: &str);
}

record! {
    /// The address that a login is to have once it is confirmed.
    pub(crate) struct AddressChange in "address_change" {
        /// The id.
        id: Id<AddressChange>,
        /// The login.
        login: Id<Login>,
        /// The address.
        email: EmailAddress,
    }
    unique by_login(login: Id<Login>);
}
