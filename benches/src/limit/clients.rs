//! A page of a partner's clients.

use handfast::{
    partner::{ClientFilter, ClientOrder},
    value::words,
};
use rusqlite::{Connection, Params};

use super::{
    Hand,
    at_home::{AtHome, at_home},
    course::{Head, head, progress},
};
use crate::{
    Result,
    job::{Answer, ClientLine, Place},
};

/// Items of a page; one more is read to know whether there is a next page.
const PAGE: usize = 50;

macro_rules! clients {
    ($from:literal, $rest:literal) => {
        concat!(
            "SELECT d.company, d.name, d.origin, d.since, c.trial, c.trial_ends, p.done, p.tandem FROM ",
            $from,
            " JOIN handfast_company AS c ON c.id = d.company LEFT JOIN handfast_progress AS p ON p.account = d.company ",
            $rest
        )
    };
}

const BY_NAME: &str =
    clients!("handfast_designation AS d", "WHERE d.partner = ?1 AND d.state = 'live' ORDER BY d.folded, d.id LIMIT 51");
const BY_NAME_AFTER: &str = clients!(
    "handfast_designation AS d",
    "WHERE d.partner = ?1 AND d.state = 'live' AND (d.folded, d.id) > (?2, ?3) ORDER BY d.folded, d.id LIMIT 51"
);
const NEWEST: &str = clients!(
    "handfast_designation AS d",
    "WHERE d.partner = ?1 AND d.state = 'live' ORDER BY d.since DESC, d.id DESC LIMIT 51"
);
const NEWEST_AFTER: &str = clients!(
    "handfast_designation AS d",
    "WHERE d.partner = ?1 AND d.state = 'live' AND (d.since, d.id) < (?2, ?3) \
     ORDER BY d.since DESC, d.id DESC LIMIT 51"
);
const FOUND: &str = clients!(
    "handfast_designation_find AS w CROSS JOIN handfast_designation AS d ON d.id = w.id",
    "WHERE w.partner = ?1 AND w.state = 'live' AND w.word >= ?2 AND w.word < ?3 \
     AND NOT EXISTS (SELECT 1 FROM handfast_designation_find AS s WHERE s.id = w.id AND s.word >= ?2 AND s.word < w.word) \
     AND EXISTS (SELECT 1 FROM handfast_designation_find AS o WHERE o.id = w.id AND o.word >= ?4 AND o.word < ?5) \
     ORDER BY w.word, w.id LIMIT 51"
);

pub(super) fn clients(hand: &Hand, token: &str, filter: &ClientFilter, after: Option<&Place>) -> Result<Answer> {
    hand.look(|db| {
        let own = at_home(hand, db, token)?;
        let head = head(hand, db)?.ok_or("no course")?;
        // a look is a signal while a task waits for it; the partner who is measured has completed that
        let mine = progress(db, &own.partner, &head)?;
        if mine.asks(&head.course, "clients_viewed")? {
            return Err("a look would be noted".into());
        }
        let of = &own.partner;
        let lines = match (&filter.search, filter.order, after) {
            (Some(text), ..) => {
                let mut words = words(text);
                words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
                let [first, second] = words.as_slice() else { return Err("a search for two words".into()) };
                let end = |word: &String| format!("{word}\u{10ffff}");
                page(hand, db, (&own, &head), FOUND, [of, first, &end(first), second, &end(second)])?
            }
            (None, Some(ClientOrder::Newest), None) => page(hand, db, (&own, &head), NEWEST, [of])?,
            (None, Some(ClientOrder::Newest), Some(place)) => {
                page(hand, db, (&own, &head), NEWEST_AFTER, (of, place.since, &place.id))?
            }
            (None, _, None) => page(hand, db, (&own, &head), BY_NAME, [of])?,
            (None, _, Some(place)) => page(hand, db, (&own, &head), BY_NAME_AFTER, (of, &place.folded, &place.id))?,
        };
        Ok(Answer::Clients(lines))
    })
}

fn page(
    hand: &Hand,
    db: &Connection,
    (own, head): (&AtHome, &Head),
    text: &str,
    parameters: impl Params,
) -> Result<Vec<ClientLine>> {
    let (now, total) = (hand.now().millis(), head.course.commerce_tasks());
    let mut statement = db.prepare_cached(text)?;
    let mut rows = statement.query(parameters)?;
    let mut lines = Vec::with_capacity(PAGE);
    while let Some(row) = rows.next()? {
        let over = row.get::<_, Option<i64>>(5)?.is_some_and(|ends| now >= ends);
        let trial = if over { "lapsed".to_owned() } else { row.get(4)? };
        let completed = row.get_ref(6)?.as_str_or_null()?.map_or(Ok(0), |done| head.course.completed(done))?;
        let tandem = row.get_ref(7)?.as_str_or_null()? == Some(own.partner.as_str());
        lines.push(ClientLine {
            company: row.get(0)?,
            name: row.get(1)?,
            origin: row.get(2)?,
            since: row.get(3)?,
            trial,
            completed,
            total,
            tandem,
            can_log_in: own.can_log_in,
        });
    }
    lines.truncate(PAGE);
    Ok(lines)
}
