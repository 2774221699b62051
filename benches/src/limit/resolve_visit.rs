//! Who is signed in, where that is a partner in a client's account.

use handfast::{
    Timestamp,
    secret::{Purpose, Token},
};
use rusqlite::OptionalExtension;

use super::{Hand, at_home::Held};
use crate::{
    Result,
    job::{Answer, Who},
};

/// The session, its login with its own identity, and what the visit rests on: designation, partner, member, delegation.
/// A partner's session is of one login. Joined in this order: left to itself, SQLite goes through the partner's clients.
const ON_A_VISIT: &str = "\
SELECT s.id, s.state, s.seen, s.expires, i.value, l.id, l.name, l.email, l.era, l.disabled, l.two_factor, \
 (SELECT o.value FROM json_each(s.identities) AS o WHERE o.value ->> '$.login' = s.login LIMIT 1), \
 d.state, p.standing, v.state \
FROM handfast_session AS s \
CROSS JOIN json_each(s.identities) AS i ON i.value ->> '$.id' = s.current \
CROSS JOIN handfast_login AS l ON l.id = s.login AND l.id = i.value ->> '$.login' \
CROSS JOIN handfast_company AS c ON c.id = i.value ->> '$.context.company' \
CROSS JOIN handfast_delegation AS v ON v.id = i.value ->> '$.context.delegation' AND v.company = c.id AND v.login = l.id \
CROSS JOIN handfast_designation AS d ON d.company = c.id AND d.era = v.era \
CROSS JOIN handfast_partner AS p ON p.id = d.partner AND p.id = i.value ->> '$.context.partner' \
CROSS JOIN handfast_member AS m ON m.login = l.id AND m.partner = p.id \
WHERE s.token = ?1";

pub(super) fn resolve_visit(hand: &Hand, token: &str) -> Result<Answer> {
    let token = Token::parse(token)?;
    let digest = hand.keyring.digest(Purpose::SessionToken, &[token.expose().as_bytes()]).to_text();
    let now = hand.now();
    let mut statement = hand.reader.prepare_cached(ON_A_VISIT)?;
    let who = statement.query_row([digest], |row| {
        let (seen, expires) = (row.get(2).map(Timestamp::from_millis)?, row.get(3).map(Timestamp::from_millis)?);
        let held = |at| Ok::<_, rusqlite::Error>(serde_json::from_str::<Held<'_>>(row.get_ref(at)?.as_str()?));
        let (Ok(held), Ok(root)) = (held(4)?, held(11)?) else { return Ok(None) };
        let (era, disabled, two_factor): (i64, Option<i64>, bool) = (row.get(8)?, row.get(9)?, row.get(10)?);
        let text = |at| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
        let open = text(1)? == "active" && now < expires && now < seen + hand.policy.session_idle;
        let of_era = held.era == era && root.era == era && disabled.is_none();
        let strong = two_factor && held.two_factor.is_some() && root.two_factor.is_some();
        let stands = text(12)? == "live" && text(13)? == "good" && text(14)? == "open";
        if !(open && of_era && strong && stands && held.context.r#as == "delegated") {
            return Ok(None);
        }
        Ok(Some(Who {
            session: row.get(0)?,
            identity: held.id.to_owned(),
            login: row.get(5)?,
            name: row.get(6)?,
            email: row.get(7)?,
            company: held.context.company.map(str::to_owned),
            customer: None,
            role: None,
            two_factor: true,
            expires: expires.millis(),
        }))
    });
    Ok(Answer::Who(Box::new(who.optional()?.flatten().ok_or("nobody is signed in")?)))
}
