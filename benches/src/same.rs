//! What keeps the limit honest: after the same jobs, the library and the hand-written code must have left the same
//! rows in every table, and to the same questions they must give the same answers.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::Path,
    sync::atomic::{AtomicI64, Ordering},
};

use handfast::{Handfast, Id, Timestamp};
use handfast_sqlite::{Durability, SqliteStore};
use rusqlite::{Connection, types::ValueRef};

use crate::{
    Result, dataset, job,
    limit::{Hand, Style},
    operation::Operation,
    shop::{Shop, Works},
};

/// Customers of the company that both work on.
const SIZE: u64 = 200;
/// Jobs of each kind.
const JOBS: usize = 3;

/// The moment of the job that is being done, in milliseconds: the same for both, and another for each job, so that new
/// ids sort alike.
static NOW: AtomicI64 = AtomicI64::new(0);

fn now() -> Timestamp {
    Timestamp::from_millis(NOW.load(Ordering::Relaxed))
}

pub(crate) fn check(operations: &[Operation]) -> Result<()> {
    // what is decided beside a course leaves signals
    let (beside, without): (Vec<Operation>, Vec<Operation>) =
        operations.iter().copied().partition(|operation| operation.in_course());
    for (operations, stock) in
        [(without, dataset::Stock::of_customers(SIZE)), (beside, dataset::Stock::of_clients(SIZE))]
    {
        if !operations.is_empty() {
            check_at(&operations, stock)?;
        }
    }
    Ok(())
}

fn check_at(operations: &[Operation], stock: dataset::Stock) -> Result<()> {
    let shop = Shop::open(stock, "same", Durability::Process)?;
    let mut jobs = Vec::new();
    let (write, read): (Vec<Operation>, Vec<Operation>) =
        operations.iter().copied().partition(|operation| operation.writes());
    // what reads goes first: the ids of new rows differ
    for operation in read.into_iter().chain(write) {
        jobs.push((operation, shop.works.jobs(operation, JOBS)?));
    }
    let Shop { works: Works { library, actor, .. }, hand, path, .. } = shop;
    drop((library, hand));
    let copies = ["library", "locked", "optimistic"].map(|name| path.with_extension(name));
    for copy in &copies {
        std::fs::copy(&path, copy)?;
    }
    let [of_library, locked, optimistic] = &copies;
    let before = ids(&path)?;
    // after the passes were made, before they end
    NOW.store(crate::shop::system_time().millis() + 60_000, Ordering::Relaxed);
    let library = on(of_library)?;
    let by_hand = [(Style::Locked, locked), (Style::Optimistic, optimistic)];
    let hands = by_hand.map(|(style, path)| Hand::open(path, Durability::Process, now).map(|hand| (style, path, hand)));
    let hands = hands.into_iter().collect::<Result<Vec<_>>>()?;
    for (operation, jobs) in &jobs {
        for job in jobs {
            NOW.fetch_add(1, Ordering::Relaxed);
            let said = job::answer(&library, actor, job)?;
            for (style, _, hand) in &hands {
                if hand.run(*style, job)? != said {
                    return Err(format!("{}: {style:?} answers otherwise", operation.name()).into());
                }
            }
        }
        let wrote = rows(of_library, &before)?;
        for (style, path, _) in &hands {
            differ(operation.name(), *style, &wrote, &rows(path, &before)?)?;
        }
    }
    let writes = jobs.iter().any(|(operation, _)| operation.writes());
    if writes == (rows(of_library, &before)? != rows(&path, &before)?) {
        Ok(())
    } else {
        Err("the check has compared nothing".into())
    }
}

fn on(path: &Path) -> Result<Handfast> {
    let store = SqliteStore::options().durability(Durability::Process).open(path)?;
    Ok(Handfast::builder(store).keyring(dataset::keyring()?).clock(now).build()?)
}

fn differ(operation: &str, style: Style, library: &Rows, hand: &Rows) -> Result<()> {
    for (table, rows) in library {
        let own = hand.get(table).ok_or("a table is missing")?;
        if rows.len() != own.len() {
            return Err(format!("{operation}: {} rows in {table}, {style:?} has {}", rows.len(), own.len()).into());
        }
        if let Some((row, own)) = rows.iter().zip(own).find(|(row, own)| row != own) {
            return Err(format!("{operation}: {table} differs ({style:?})\n  library {row}\n  by hand {own}").into());
        }
    }
    Ok(())
}

/// The rows of every table, as text, sorted.
type Rows = BTreeMap<String, Vec<String>>;

fn tables(connection: &Connection) -> Result<Vec<String>> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'handfast\\_%' ESCAPE '\\' ORDER BY 1";
    Ok(connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Every id that was there before, in whichever column.
fn ids(path: &Path) -> Result<HashSet<String>> {
    let rows = rows(path, &HashSet::new())?;
    Ok(rows
        .values()
        .flatten()
        .flat_map(|text| parts(text))
        .filter(|(_, is_id)| *is_id)
        .map(|(id, _)| id.into())
        .collect())
}

/// A text in parts, each with whether it is an id (a UUID of version 7).
fn parts(text: &str) -> Vec<(&str, bool)> {
    const LENGTH: usize = 36;
    let (mut parts, mut begin) = (Vec::new(), 0);
    for (at, _) in text.match_indices("-7") {
        // of an id the fourteenth character
        let Some(start) = at.checked_sub(13).filter(|start| *start >= begin) else { continue };
        let Some(id) = text.get(start..start + LENGTH).filter(|id| id.parse::<Id<()>>().is_ok()) else { continue };
        parts.extend([(&text[begin..start], false), (id, true)]);
        begin = start + LENGTH;
    }
    parts.push((&text[begin..], false));
    parts
}

/// The text with the new ids replaced: by table and place, or by their order in this text where no table has them.
fn named(text: &str, names: &HashMap<String, String>, before: &HashSet<String>) -> String {
    let (mut others, mut all): (Vec<&str>, String) = Default::default();
    for (part, is_id) in parts(text) {
        match names.get(part) {
            Some(name) => all.push_str(name),
            None if is_id && !before.is_empty() && !before.contains(part) => {
                let at = others.iter().position(|other| *other == part).unwrap_or(others.len());
                others.extend((at == others.len()).then_some(part));
                all.push_str(&format!("<other {at}>"));
            }
            None => all.push_str(part),
        }
    }
    all
}

/// Every row; a new id is replaced by its table and its place among the new ones, so that files can be compared.
fn rows(path: &Path, before: &HashSet<String>) -> Result<Rows> {
    let connection = Connection::open(path)?;
    let tables: Vec<_> = tables(&connection)?.into_iter().filter(|table| table != "handfast_schema").collect();
    let mut names = HashMap::new();
    for table in tables.iter().filter(|table| !table.ends_with("_find")) {
        // ids of logins do not sort as they were made
        let order = if table == "handfast_login" { "created" } else { "id" };
        let mut statement = connection.prepare(&format!("SELECT id FROM {table} ORDER BY {order}"))?;
        let ids = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        let new = ids.into_iter().filter(|id| !before.is_empty() && !before.contains(id));
        names.extend(new.zip(1..).map(|(id, at)| (id, format!("<{table} {at}>"))));
    }
    let mut all = Rows::new();
    for table in tables {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table}"))?;
        let columns: Vec<_> = statement.column_names().map(str::to_owned).collect();
        let mut found = statement.query([])?;
        let mut texts = Vec::new();
        while let Some(row) = found.next()? {
            let mut text = String::new();
            for (at, column) in columns.iter().enumerate() {
                let value = row.get_ref(at)?;
                // of secrets that are made anew only whether there is one
                let secret = matches!(column.as_str(), "digest" | "sealed") && value != ValueRef::Null;
                let shown = if secret { "<secret>".to_owned() } else { shown(value)? };
                text.push_str(&format!("{column}={shown} "));
            }
            texts.push(named(&text, &names, before));
        }
        texts.sort_unstable();
        all.insert(table, texts);
    }
    Ok(all)
}

fn shown(value: ValueRef<'_>) -> Result<String> {
    Ok(match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => format!("{:?}", std::str::from_utf8(text)?),
        ValueRef::Real(_) | ValueRef::Blob(_) => return Err("no column holds this".into()),
    })
}
