use crate::{
    clock::Timestamp,
    id::Id,
    record,
    secret::PasswordHash,
    value::{EmailAddress, Name},
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
    }
    unique by_address(address: &str);
}
