//! A partner who is signed in, and at home.

use handfast::{
    Timestamp,
    secret::{Purpose, Token},
};
use rusqlite::{Connection, OptionalExtension};
use serde::Deserialize;

use super::Hand;
use crate::Result;

/// The partner, the person and the session.
pub(super) struct AtHome {
    pub(super) session: String,
    pub(super) session_version: i64,
    pub(super) expires: i64,
    pub(super) identities: String,
    pub(super) login: String,
    pub(super) login_version: i64,
    pub(super) era: i64,
    pub(super) two_factor: Option<String>,
    pub(super) member: (String, i64),
    pub(super) partner: String,
    pub(super) partner_version: i64,
    /// What one click needs beside the link: a second factor, given in this session, and a partner in good standing.
    pub(super) can_log_in: bool,
}

/// An identity as a session's row holds it.
#[derive(Deserialize)]
pub(super) struct Held<'a> {
    pub(super) id: &'a str,
    pub(super) login: &'a str,
    pub(super) era: i64,
    pub(super) two_factor: Option<&'a str>,
    pub(super) context: Context<'a>,
}

#[derive(Deserialize)]
pub(super) struct Context<'a> {
    pub(super) r#as: &'a str,
    pub(super) company: Option<&'a str>,
    pub(super) partner: Option<&'a str>,
}

pub(super) const SESSION_VERSION: &str = "SELECT version FROM handfast_session WHERE id = ?1";
pub(super) const LOGIN_VERSION: &str = "SELECT version FROM handfast_login WHERE id = ?1";
pub(super) const MEMBER_VERSION: &str = "SELECT version FROM handfast_member WHERE id = ?1";
pub(super) const PARTNER_VERSION: &str = "SELECT version FROM handfast_partner WHERE id = ?1";

const SESSION: &str = "SELECT id, version, state, seen, expires, current, identities, login FROM handfast_session \
     WHERE token = ?1";
const PERSON: &str = "SELECT l.version, l.era, l.disabled, l.two_factor, m.id, m.version, p.id, p.version, p.standing \
     FROM handfast_login AS l JOIN handfast_member AS m ON m.login = l.id JOIN handfast_partner AS p ON p.id = m.partner \
     WHERE l.id = ?1";

pub(super) fn at_home(hand: &Hand, db: &Connection, token: &str) -> Result<AtHome> {
    let token = Token::parse(token)?;
    let digest = hand.keyring.digest(Purpose::SessionToken, &[token.expose().as_bytes()]).to_text();
    let now = hand.now();
    let mut statement = db.prepare_cached(SESSION)?;
    let found = statement.query_row([digest], |row| {
        let (seen, expires) = (row.get(3).map(Timestamp::from_millis)?, row.get(4).map(Timestamp::from_millis)?);
        let open = row.get_ref(2)?.as_str()? == "active" && now < expires && now < seen + hand.policy.session_idle;
        let texts: [String; 4] = [row.get(0)?, row.get(5)?, row.get(6)?, row.get(7)?];
        Ok(open.then_some((texts, row.get(1)?, expires.millis())))
    });
    let Some(([session, current, identities, owner], session_version, expires)) = found.optional()?.flatten() else {
        return Err("nobody is signed in".into());
    };
    let held: Vec<Held<'_>> = serde_json::from_str(&identities)?;
    let own = held.iter().find(|held| held.id == current).ok_or("nobody")?;
    let root = held.iter().find(|held| held.login == owner).ok_or("nobody")?;
    let (Some(partner), "partner") = (own.context.partner, own.context.r#as) else { return Err("no partner".into()) };
    if own.login != owner {
        return Err("a session of two is not what is measured".into());
    }
    let verified = root.two_factor.is_some() && own.two_factor.is_some();
    let mut statement = db.prepare_cached(PERSON)?;
    let found = statement.query_row([own.login], |row| {
        let (era, disabled): (i64, Option<i64>) = (row.get(1)?, row.get(2)?);
        let of_era = own.era == era && root.era == era && disabled.is_none();
        let two_factor: bool = row.get(3)?;
        let good = row.get_ref(8)?.as_str()? == "good";
        Ok((of_era && row.get_ref(6)?.as_str()? == partner).then_some(AtHome {
            session: session.clone(),
            session_version,
            expires,
            identities: identities.clone(),
            login: own.login.to_owned(),
            login_version: row.get(0)?,
            era,
            two_factor: own.two_factor.map(str::to_owned),
            member: (row.get(4)?, row.get(5)?),
            partner: partner.to_owned(),
            partner_version: row.get(7)?,
            can_log_in: two_factor && verified && good,
        }))
    });
    found.optional()?.flatten().ok_or_else(|| "no partner".into())
}
