use crate::{
    association::LoginName,
    company::Company,
    error::{Code, Error, Result},
    id::Id,
    value::{EmailAddress, name_key},
};

/// What a person signs in with.
#[derive(Clone, Debug)]
pub(crate) enum SignInName {
    /// The address of the login.
    Address(EmailAddress),
    /// The name that a company gave to a person who works with no other.
    Local { company: Id<Company>, folded: String },
}

impl SignInName {
    /// An address, or with a company its own login name. Errors: `wrong_password` for whatever is neither, which is
    /// what an unknown one answers too.
    pub(crate) fn parse(name: &str, company: Option<Id<Company>>) -> Result<Self> {
        let unknown = || Error::new(Code::WrongPassword);
        if name.contains('@') {
            return EmailAddress::parse(name).map(SignInName::Address).map_err(|_| unknown());
        }
        let company = company.ok_or_else(unknown)?;
        let folded = LoginName::parse(name).map(|name| folded(&name)).map_err(|_| unknown())?;
        Ok(SignInName::Local { company, folded })
    }
}

/// What makes two login names one. A name without any letter or digit is itself.
pub(crate) fn folded(name: &LoginName) -> String {
    name_key(name.as_str())
}
