//! The one check of second factors: whatever asks for a code asks here, so that all tries are counted together.

use super::{StoredCode, TwoFactor};
use crate::{
    error::{Code, Error, Result},
    id::Id,
    limit::{Limit, Lockout, Tried},
    login::{Login, LoginEventKind},
    mail::{Letter, MailKind},
    secret::RecoveryCode,
    value::choices,
    work::Work,
};

choices! {
    /// What was given as the second factor.
    pub enum Factor {
        /// A code of the authenticator app.
        App = "app",
        /// A recovery code.
        RecoveryCode = "recovery_code",
    }
}

/// What came of giving a code.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It is right, and is used up.
    Accepted(Factor),
    /// It is not: `wrong_code` with the tries left, or `too_often` with the time to wait. The try is counted, so the
    /// change must be committed all the same.
    Refused(Error),
}

impl Outcome {
    /// The factor, to go on with in the same change; a refusal is what the change is to give.
    pub(crate) fn accepted(self) -> Result<Factor, Error> {
        match self {
            Outcome::Accepted(factor) => Ok(factor),
            Outcome::Refused(refusal) => Err(refusal),
        }
    }
}

/// Checks a code of the app or a recovery code, and uses it up. Tries of both are counted together and for the login,
/// whoever makes them and wherever: after `sign_in_attempts` wrong ones in a row, `first_lockout` must pass before
/// another is looked at, and twice as long after each further one, up to `longest_lockout`.
///
/// Errors: `wrong_state` when no second factor is on; what is wrong with the code is an [`Outcome`].
pub(crate) fn check(work: &mut Work<'_>, login: Id<Login>, code: &str) -> Result<Outcome> {
    let typed = Typed::read(code);
    let digests = match &typed {
        Typed::Recovery(code) => StoredCode::digests(work, login, code),
        Typed::App(_) | Typed::Neither => Vec::new(),
    };
    let scope = scope(login);
    let codes: Vec<_> = digests.iter().map(StoredCode::by_digest).collect();
    let (factor, limit, codes) = work.get((TwoFactor::by_login(login), Limit::by_scope(&scope), codes))?;
    let factor = factor.filter(TwoFactor::is_on).ok_or_else(|| Error::new(Code::WrongState))?;
    let lockout = Lockout::of(work, limit, &scope)?;
    if let Some(wait) = lockout.wait(work) {
        return Ok(Outcome::Refused(locked(wait)));
    }
    let used = match typed {
        Typed::App(code) => used_step(work, &factor, &code)?.then_some(Factor::App),
        Typed::Recovery(_) => {
            let unused = |code: &StoredCode| code.login == login && code.used.is_none();
            let found = codes.into_iter().flatten().find(unused);
            found.map(|code| use_up(work, &factor, code)).transpose()?
        }
        Typed::Neither => None,
    };
    let tried = lockout.tried(work, used.is_some());
    Ok(used.map_or_else(|| Outcome::Refused(refusal(tried)), Outcome::Accepted))
}

/// Counts a code that was given to confirm an app; whether it opens. `right` is not looked at while the lock is on.
pub(super) fn counted(work: &mut Work<'_>, login: Id<Login>, right: bool) -> Result<Result<(), Error>> {
    let scope = scope(login);
    let limit = work.get(Limit::by_scope(&scope))?;
    let tried = Lockout::of(work, limit, &scope)?.tried(work, right);
    Ok(if tried == Tried::Right { Ok(()) } else { Err(refusal(tried)) })
}

/// One count for each login.
pub(crate) fn scope(login: Id<Login>) -> String {
    format!("second_factor {login}")
}

fn locked(wait: std::time::Duration) -> Error {
    Error::because(Code::TooOften, "too many wrong codes").retry_after(wait)
}

fn refusal(tried: Tried) -> Error {
    match tried {
        Tried::Locked(wait) => locked(wait),
        Tried::Right => Error::new(Code::WrongCode),
        Tried::Wrong { left } => {
            Error::because(Code::WrongCode, format!("this is not the code; tries left: {}", left.max(0)))
        }
    }
}

/// A code as it was typed.
enum Typed {
    App(String),
    Recovery(RecoveryCode),
    Neither,
}

impl Typed {
    /// Six digits are of the app; anything else can only be a recovery code.
    fn read(code: &str) -> Self {
        match digits(code) {
            Some(digits) => Typed::App(digits),
            None => RecoveryCode::parse(code).map_or(Typed::Neither, Typed::Recovery),
        }
    }
}

/// The six digits of an app's code, with whatever spaces between them.
pub(super) fn digits(code: &str) -> Option<String> {
    // four times as long leaves room for every space that people put between
    let typed = (code.len() <= 24).then_some(code)?;
    let digits: String = typed.chars().filter(|typed| !typed.is_whitespace()).collect();
    (digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_digit())).then_some(digits)
}

/// Whether the code is right; its step is never accepted again (invariant 24).
fn used_step(work: &mut Work<'_>, factor: &TwoFactor, code: &str) -> Result<bool> {
    let Some(step) = factor.present(work)?.step_of(code, work.now(), factor.step) else { return Ok(false) };
    work.put(&TwoFactor { step, ..factor.clone() });
    Ok(true)
}

/// Uses a recovery code up, and tells the person: it may have been found by another.
fn use_up(work: &mut Work<'_>, factor: &TwoFactor, code: StoredCode) -> Result<Factor> {
    let login = work.need(factor.login)?;
    work.put(&StoredCode { used: Some(work.now()), ..code });
    let codes = (factor.codes - 1).max(0);
    work.put(&TwoFactor { codes, ..factor.clone() });
    work.login_event(login.id, LoginEventKind::RecoveryCodeUsed)?;
    let link = work.handfast().brand().page("password");
    let values = serde_json::json!({ "name": login.name, "left": codes, "link": link });
    work.mail(Letter::to_login(MailKind::RecoveryCodeUsed, &login, values))?;
    Ok(Factor::RecoveryCode)
}
