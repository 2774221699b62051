//! Reading: whether a customer can order, pages of lists, a search.

use handfast::{customer::Missing, value::words};
use rusqlite::{Connection, OptionalExtension, Params, Row, params_from_iter};

use super::{
    Hand,
    rows::{CUSTOMER_READERS, REQUEST_READERS, authority},
};
use crate::{Result, job::Answer};

/// Items of a page; one more is read to know whether there is a next page.
const PAGE: usize = 50;

pub(super) fn can_order(hand: &Hand, customer: &str) -> Result<Answer> {
    let found = hand.look(|db| {
        authority(db, &hand.company, &hand.login, CUSTOMER_READERS)?;
        let mut statement =
            db.prepare_cached("SELECT company, state, price_type, service FROM handfast_customer WHERE id = ?1")?;
        let found = statement.query_row([customer], |row| {
            let state = match row.get_ref(1)?.as_str()? {
                "active" => None,
                "inactive" => Some(Missing::Activation),
                _ => Some(Missing::Unblocking),
            };
            let price_type = row.get_ref(2)?.as_str_or_null()?.is_none().then_some(Missing::PriceType);
            let service = (row.get_ref(3)?.as_str()? == "{}").then_some(Missing::DaysOfService);
            let own = row.get_ref(0)?.as_str()? == hand.company;
            Ok(own.then_some([state, price_type, service]))
        });
        Ok(found.optional()?)
    })?;
    let missing = found.flatten().ok_or("no such customer")?;
    Ok(Answer::Missing(missing.into_iter().flatten().collect()))
}

/// A row as a page shows it: every column but the company, which is the one asked for.
struct Shown {
    id: String,
    #[allow(dead_code, reason = "a page is read to be shown")]
    texts: Vec<Option<String>>,
    #[allow(dead_code, reason = "a page is read to be shown")]
    numbers: [Option<i64>; 4],
}

/// Reads the id, then four numbers, then texts.
fn shown(row: &Row<'_>, columns: usize) -> rusqlite::Result<Shown> {
    Ok(Shown {
        id: row.get(0)?,
        numbers: [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?],
        texts: (5..columns).map(|at| row.get(at)).collect::<rusqlite::Result<_>>()?,
    })
}

fn page(db: &Connection, text: &str, parameters: impl Params) -> Result<Answer> {
    let mut statement = db.prepare_cached(text)?;
    let columns = statement.column_count();
    let rows = statement.query_map(parameters, |row| shown(row, columns))?;
    let mut rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    rows.truncate(PAGE);
    Ok(Answer::Page(rows.into_iter().map(|row| row.id).collect()))
}

macro_rules! customer {
    () => {
        "SELECT t.id, t.version, t.tax_exempt, t.ready, t.created, t.request, t.link, t.state, t.email, t.address, \
         t.locale, t.legal_name, t.contact, t.phone, t.billing, t.trade_name, t.shipping, t.tax_id, t.website, \
         t.price_type, t.markup, t.credit_limit, t.minimum_order, t.notes, t.extra, t.service "
    };
}

const FIRST_CUSTOMERS: &str =
    concat!(customer!(), "FROM handfast_customer AS t WHERE t.company = ?1 ORDER BY t.legal_name, t.id LIMIT 51");
const MORE_CUSTOMERS: &str = concat!(
    customer!(),
    "FROM handfast_customer AS t WHERE t.company = ?1 AND (t.legal_name, t.id) > (?2, ?3) \
     ORDER BY t.legal_name, t.id LIMIT 51"
);
const FOUND_CUSTOMERS: &str = concat!(
    customer!(),
    "FROM handfast_customer_find AS w CROSS JOIN handfast_customer AS t ON t.id = w.id \
     WHERE w.company = ?1 AND w.word >= ?2 AND w.word < ?3 \
     AND NOT EXISTS (SELECT 1 FROM handfast_customer_find AS s WHERE s.id = w.id AND s.word >= ?2 AND s.word < w.word) \
     AND EXISTS (SELECT 1 FROM handfast_customer_find AS o WHERE o.id = w.id AND o.word >= ?4 AND o.word < ?5) \
     ORDER BY w.word, w.id LIMIT 51"
);
const PENDING_REQUESTS: &str = "SELECT id, version, submitted, expires, decided, visit, link, state, email, open, \
     locale, legal_name, trade_name, contact, phone, billing, shipping, tax_id, website, message, answers, decided_by, \
     reason, note, customer FROM handfast_request WHERE company = ?1 AND state = 'pending' ORDER BY submitted, id \
     LIMIT 51";

pub(super) fn customers(hand: &Hand, after: Option<&(String, String)>) -> Result<Answer> {
    authority(&hand.reader, &hand.company, &hand.login, CUSTOMER_READERS)?;
    match after {
        None => page(&hand.reader, FIRST_CUSTOMERS, [&hand.company]),
        Some((name, id)) => page(&hand.reader, MORE_CUSTOMERS, [&hand.company, name, id]),
    }
}

/// As the store finds them: by the longest word in the order of the words, the others looked up row by row.
pub(super) fn search(hand: &Hand, text: &str) -> Result<Answer> {
    authority(&hand.reader, &hand.company, &hand.login, CUSTOMER_READERS)?;
    let mut words = words(text);
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let [first, second] = words.as_slice() else { return Err("a search for two words".into()) };
    let end = |word: &String| format!("{word}\u{10ffff}");
    let parameters = [hand.company.clone(), first.clone(), end(first), second.clone(), end(second)];
    page(&hand.reader, FOUND_CUSTOMERS, params_from_iter(parameters))
}

pub(super) fn pending(hand: &Hand) -> Result<Answer> {
    authority(&hand.reader, &hand.company, &hand.login, REQUEST_READERS)?;
    page(&hand.reader, PENDING_REQUESTS, [&hand.company])
}
