use std::fmt;

use serde::Serialize;
use serde_json::json;

use super::{StoredCode, TwoFactor, TwoFactorEvent, TwoFactorState, check, next, totp::Seed};
use crate::{
    clock::Timestamp,
    course::{self, Account, Fields},
    error::{Code, Error, Result},
    handfast::Handfast,
    id::Id,
    invite::QrOptions,
    login::{Login, LoginEventKind},
    mail::{Letter, MailKind},
    partner::Member,
    qr,
    secret::{Password, PasswordMinimum},
    session::Session,
    work::Work,
};

/// The verbs of second factors: `handfast.two_factor()`. They are for the person who is signed in.
#[derive(Clone, Copy, Debug)]
pub struct TwoFactors<'a>(&'a Handfast);

impl Handfast {
    /// Two-factor: enrol an app, confirm it, turn it off, get new recovery codes.
    pub fn two_factor(&self) -> TwoFactors<'_> {
        TwoFactors(self)
    }
}

/// What an authenticator app needs: shown once, to the person alone. [`fmt::Debug`] does not show it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Enrolment {
    /// The secret, to be typed into an app that cannot scan: 32 characters of base 32 (RFC 4648).
    pub secret: String,
    /// The same as the `otpauth` address that an app scans.
    pub uri: String,
    /// That address as a QR code, an SVG picture.
    pub qr_svg: String,
    /// The same as a PNG picture, black on white, of at most 512 pixels a side.
    #[serde(skip)]
    pub qr_png: Vec<u8>,
    /// Until when the app can be confirmed.
    pub expires: Timestamp,
}

/// Codes that open the door once each, where a code of the app is asked for. Shown once: only hashes are kept.
/// [`fmt::Debug`] does not show them.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct RecoveryCodes(pub Vec<String>);

/// Where the second factor of a login stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TwoFactorStatus {
    /// The state.
    pub state: TwoFactorState,
    /// Since when it is on.
    pub since: Option<Timestamp>,
    /// Until when a new app can be confirmed, where one waits.
    pub expires: Option<Timestamp>,
    /// Recovery codes that were not used yet.
    pub recovery_codes: i64,
}

impl TwoFactors<'_> {
    /// Where the second factor of the person stands. Errors: `not_signed_in`, `second_factor_needed`.
    pub fn status(&self, session_token: &str) -> Result<TwoFactorStatus> {
        self.0.view(|work| {
            let (_, login) = Session::person(work, session_token)?;
            let found = work.get(TwoFactor::by_login(login.id))?;
            Ok(found.map_or_else(TwoFactorStatus::off, |factor| TwoFactorStatus::of(&factor, work.now())))
        })
    }

    /// Begins to set an app up: shows its secret, to be confirmed within `enrolment_lifetime`. Nothing is asked for at
    /// sign-in before that; where two-factor is on, the present app counts until then.
    ///
    /// `code` is a code of the present app, or a recovery code, where two-factor is on.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `wrong_password`, `required` (a code), `wrong_code`,
    /// `too_often`.
    pub fn enrol(&self, session_token: &str, password: &str, code: Option<&str>) -> Result<Enrolment> {
        self.0.change_with_proof(session_token, password, code, |work, (_, login)| enrolled(work, &login))
    }

    /// Confirms the app by a code that it shows: from now on one is asked for at sign-in. Gives ten recovery codes;
    /// older ones are worth nothing any more. Every other session of the login ends.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `wrong_state` (no app waits), `code_expired` (it waited for too
    /// long), `wrong_code` with the tries left, `too_often` with the time to wait.
    pub fn confirm(&self, session_token: &str, code: &str) -> Result<RecoveryCodes> {
        // a wrong code must be counted, so it is no error until the change is committed
        self.0.change(|work| {
            let person = Session::person(work, session_token)?;
            confirmed(work, person, code)
        })?
    }

    /// Turns two-factor off. The password must be long enough to stand alone. Every other session of the login ends,
    /// and what this one could do by its second factor.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `wrong_password`, `required` (a code), `wrong_code`,
    /// `too_often`, `wrong_state` (it is not on), `too_short` (choose a longer password first).
    pub fn disable(&self, session_token: &str, password: &str, code: Option<&str>) -> Result<()> {
        let alone = PasswordMinimum::new(self.0.policy().password_length)?;
        let long = Password::accepted(password).and_then(|password| password.must_have(alone));
        self.0.change_with_proof(session_token, password, code, |work, person| {
            if !person.1.two_factor {
                return Err(Error::new(Code::WrongState));
            }
            long.as_ref().map_err(|_| too_short(alone))?;
            disabled(work, person)
        })
    }

    /// Turns off the second factor of a login whose person has lost both the app and the codes: the host's own verb, once
    /// it has made sure who asks. Every session of the login ends, and the person is told.
    ///
    /// Errors: `not_found`, `wrong_state` (it is not on).
    pub fn remove(&self, login: Id<Login>) -> Result<()> {
        self.0.change(|work| {
            let mut login = work.need(login)?;
            if !login.two_factor {
                return Err(Error::new(Code::WrongState));
            }
            turn_off(work, &mut login)?;
            login.end_sessions();
            work.put(&login);
            tell(work, &login, MailKind::TwoFactorOff)?;
            work.login_event(login.id, LoginEventKind::TwoFactorOff)
        })
    }

    /// Gives ten new recovery codes; the older ones are worth nothing any more.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `wrong_password`, `required` (a code), `wrong_code`,
    /// `too_often`, `wrong_state` (two-factor is not on).
    pub fn renew_recovery_codes(
        &self,
        session_token: &str,
        password: &str,
        code: Option<&str>,
    ) -> Result<RecoveryCodes> {
        self.0.change_with_proof(session_token, password, code, |work, (_, login)| {
            let found = work.get(TwoFactor::by_login(login.id))?.filter(TwoFactor::is_on);
            let mut factor = found.ok_or_else(|| Error::new(Code::WrongState))?;
            let codes = RecoveryCodes::issue(work, &mut factor)?;
            work.put(&factor);
            tell(work, &login, MailKind::RecoveryCodesRenewed)?;
            work.login_event(login.id, LoginEventKind::RecoveryCodesRenewed)?;
            Ok(codes)
        })
    }
}

fn enrolled(work: &mut Work<'_>, login: &Login) -> Result<Enrolment> {
    let handfast = work.handfast();
    let found = work.get(TwoFactor::by_login(login.id))?;
    let known = found.is_some();
    let old = found.map_or_else(|| TwoFactor::off(work, login.id), Ok)?;
    let seed = Seed::generate(handfast.random())?;
    let expires = work.now() + handfast.policy().enrolment_lifetime;
    let state = next(old.state, TwoFactorEvent::Enrol)?;
    let next_seed = Some(seed.sealed(handfast.keyring(), handfast.random(), login.id)?);
    let new = TwoFactor { state, next_seed, expires: Some(expires), ..old };
    if known {
        work.put(&new)
    } else {
        work.insert(&new)
    }
    let uri = seed.uri(handfast.brand().product_name(), login.email.original())?;
    let (qr_svg, qr_png) = (qr::qr_svg(&uri, &QrOptions::default())?, qr::qr_png(&uri, &QrOptions::default())?);
    Ok(Enrolment { secret: seed.base32(), uri, qr_svg, qr_png, expires })
}

fn confirmed(
    work: &mut Work<'_>,
    (mut session, mut login): (Session, Login),
    code: &str,
) -> Result<Result<RecoveryCodes>> {
    let old = work.get(TwoFactor::by_login(login.id))?.ok_or_else(|| Error::new(Code::WrongState))?;
    let state = next(old.state, TwoFactorEvent::Confirm)?;
    let now = work.now();
    if old.expires.is_none_or(|expires| now >= expires) {
        let state = next(old.state, TwoFactorEvent::Lapse)?;
        work.put(&TwoFactor { state, next_seed: None, expires: None, ..old });
        return Ok(Err(Error::because(Code::CodeExpired, "this app was not confirmed in time: begin again")));
    }
    let step =
        check::digits(code).and_then(|code| old.waiting(work).map(|seed| seed.step_of(&code, now, -1)).transpose());
    let step = step.transpose()?;
    if let Err(refusal) = check::counted(work, login.id, step.is_some())? {
        return Ok(Err(refusal));
    }
    let step = step.ok_or_else(|| Error::new(Code::WrongCode))?;
    let (seed, since) = (old.next_seed.clone(), old.since.or(Some(now)));
    let mut new = TwoFactor { state, seed, next_seed: None, expires: None, step, since, ..old };
    let codes = RecoveryCodes::issue(work, &mut new)?;
    work.put(&new);
    login.two_factor = true;
    go_on_alone(work, &mut session, &mut login, Some(now));
    work.mail(Letter::to_login(MailKind::TwoFactorOn, &login, json!({ "name": login.name })))?;
    work.login_event(login.id, LoginEventKind::TwoFactorOn)?;
    if let Some(member) = work.get(Member::by_login(login.id))? {
        course::note(work, Account::Partner(member.partner), "two_factor_enabled", Fields::default())?;
    }
    Ok(Ok(codes))
}

fn disabled(work: &mut Work<'_>, (mut session, mut login): (Session, Login)) -> Result<()> {
    turn_off(work, &mut login)?;
    // what the person did in clients' accounts rested on it (invariant 19); when it is on again, each is entered anew
    session.leave_visits(work, login.id)?;
    go_on_alone(work, &mut session, &mut login, None);
    tell(work, &login, MailKind::TwoFactorOff)?;
    work.login_event(login.id, LoginEventKind::TwoFactorOff)
}

/// The login is not put yet.
fn turn_off(work: &mut Work<'_>, login: &mut Login) -> Result<()> {
    let old = work.need(TwoFactor::by_login(login.id))?;
    let state = next(old.state, TwoFactorEvent::Disable)?;
    let (seed, next_seed, expires, since) = Default::default();
    work.put(&TwoFactor { state, seed, next_seed, expires, since, codes: 0, ..old });
    login.two_factor = false;
    Ok(())
}

/// Ends every other session of the login: what they were opened with is not what opens it from now on. This one goes on
/// with the second factor that was given, if one was.
fn go_on_alone(work: &mut Work<'_>, session: &mut Session, login: &mut Login, factor: Option<Timestamp>) {
    login.end_sessions();
    work.put(login);
    session.follow(login);
    session.identities.verify(login.id, factor);
    work.put(session);
}

/// Tells the person by mail, with the way to a new password in case it was someone else.
fn tell(work: &mut Work<'_>, login: &Login, kind: MailKind) -> Result<()> {
    let values = json!({ "name": login.name, "link": work.handfast().brand().page("password") });
    work.mail(Letter::to_login(kind, login, values))
}

fn too_short(alone: PasswordMinimum) -> Error {
    let message = format!("your password is shorter than {} characters: choose a longer one first", alone.characters());
    Error::because(Code::TooShort, message)
}

impl fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Enrolment").field("expires", &self.expires).finish_non_exhaustive()
    }
}

impl RecoveryCodes {
    fn issue(work: &mut Work<'_>, factor: &mut TwoFactor) -> Result<Self> {
        let codes = StoredCode::issue(work, factor)?;
        Ok(RecoveryCodes(codes.iter().map(|code| code.in_groups().to_string()).collect()))
    }
}

impl fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecoveryCodes({} codes)", self.0.len())
    }
}

impl TwoFactorStatus {
    fn off() -> Self {
        TwoFactorStatus { state: TwoFactorState::Off, since: None, expires: None, recovery_codes: 0 }
    }

    /// As it is now: an app that was not confirmed in time waits no longer, whether or not that was written down yet.
    fn of(factor: &TwoFactor, now: Timestamp) -> Self {
        let (since, recovery_codes) = (factor.since, factor.codes);
        let lapsed = factor.expires.is_some_and(|expires| now >= expires);
        let state = if lapsed { next(factor.state, TwoFactorEvent::Lapse) } else { Ok(factor.state) };
        let expires = factor.expires.filter(|_| !lapsed);
        TwoFactorStatus { state: state.unwrap_or(factor.state), since, expires, recovery_codes }
    }
}
