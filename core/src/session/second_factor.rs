use crate::{
    error::{Code, Error, Result},
    login::Login,
    one_use::Redeemed,
    work::Work,
};

/// Gives a second factor of a login: a code of its authenticator, or a recovery code. A wrong try is counted, so the
/// change must be committed all the same.
pub(super) fn verify(_work: &mut Work<'_>, _login: &Login, _code: &str) -> Result<Redeemed> {
    Err(Error::because(Code::Internal, "no login has a second factor yet"))
}
