//! Who is signed in.

use handfast::{
    Timestamp,
    secret::{Purpose, Token},
};
use rusqlite::OptionalExtension;
use serde::Deserialize;

use super::Hand;
use crate::{
    Result,
    job::{Answer, Who},
};

/// The session, the identity it acts as now, the login of that, the login whose session it is with its own identity, and
/// what the identity rests on.
const SIGNED_IN: &str = "\
SELECT s.id, s.state, s.seen, s.expires, i.value, l.id, l.name, l.email, l.era, l.disabled, r.era, r.disabled, \
 (SELECT o.value ->> '$.era' FROM json_each(s.identities) AS o WHERE o.value ->> '$.login' = s.login LIMIT 1), \
 c.two_factor_required, f.role, f.state, a.state, u.state \
FROM handfast_session AS s \
JOIN json_each(s.identities) AS i ON i.value ->> '$.id' = s.current \
JOIN handfast_login AS l ON l.id = i.value ->> '$.login' \
JOIN handfast_login AS r ON r.id = s.login \
LEFT JOIN handfast_company AS c ON c.id = i.value ->> '$.context.company' \
LEFT JOIN handfast_staff AS f ON f.company = c.id AND f.login = l.id AND i.value ->> '$.context.as' = 'staff' \
LEFT JOIN handfast_association AS a ON a.id = i.value ->> '$.context.association' AND a.login = l.id \
 AND a.company = c.id AND a.customer = i.value ->> '$.context.customer' \
LEFT JOIN handfast_customer AS u ON u.id = a.customer \
WHERE s.token = ?1";

/// An identity as a session's row holds it.
#[derive(Deserialize)]
struct Held<'a> {
    id: &'a str,
    era: i64,
    two_factor: Option<&'a str>,
    context: Context<'a>,
}

#[derive(Deserialize)]
struct Context<'a> {
    r#as: &'a str,
    company: Option<&'a str>,
    customer: Option<&'a str>,
}

pub(super) fn resolve(hand: &Hand, token: &str) -> Result<Answer> {
    let token = Token::parse(token)?;
    let digest = hand.keyring.digest(Purpose::SessionToken, &[token.expose().as_bytes()]).to_text();
    let now = hand.now();
    let mut statement = hand.reader.prepare_cached(SIGNED_IN)?;
    let who = statement.query_row([digest], |row| {
        let (state, seen, expires) = (
            row.get_ref(1)?.as_str()?,
            row.get(2).map(Timestamp::from_millis)?,
            row.get(3).map(Timestamp::from_millis)?,
        );
        let Ok(held) = serde_json::from_str::<Held<'_>>(row.get_ref(4)?.as_str()?) else { return Ok(None) };
        let era: i64 = row.get(8)?;
        let (disabled, root_disabled): (Option<i64>, Option<i64>) = (row.get(9)?, row.get(11)?);
        let (root_era, own_era): (i64, Option<i64>) = (row.get(10)?, row.get(12)?);
        let open = state == "active" && now < expires && now < seen + hand.policy.session_idle;
        let of_era = held.era == era && disabled.is_none() && own_era == Some(root_era) && root_disabled.is_none();
        let strong = held.two_factor.is_some() || row.get::<_, Option<i64>>(13)? != Some(1);
        let text = |at| row.get_ref(at)?.as_str_or_null().map_err(rusqlite::Error::from);
        let may = match held.context.r#as {
            "person" => true,
            "staff" => text(15)? == Some("active") && strong,
            _ => held.context.company.is_some() && text(16)? == Some("active") && text(17)? == Some("active"),
        };
        if !(open && of_era && may) {
            return Ok(None);
        }
        Ok(Some(Who {
            session: row.get(0)?,
            identity: held.id.to_owned(),
            login: row.get(5)?,
            name: row.get(6)?,
            email: row.get(7)?,
            company: held.context.company.map(str::to_owned),
            customer: held.context.customer.map(str::to_owned),
            role: row.get(14)?,
            two_factor: held.two_factor.is_some(),
            expires: expires.millis(),
        }))
    });
    Ok(Answer::Who(Box::new(who.optional()?.flatten().ok_or("nobody is signed in")?)))
}
