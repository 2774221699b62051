//! The statements as they are written by hand: no more general than one operation needs them.

use std::{borrow::Cow, error::Error, fmt::Write as _};

use handfast::store::{Cell, CellType, Changes, Direction, Expect, Key, Query, Source, Table, Write, beginning_with};
use tokio_postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};

use crate::Result;

/// A statement, what is bound to it, and whether it must find a row.
pub(super) struct Ask<'a> {
    pub(super) text: String,
    pub(super) values: Vec<Value<'a>>,
    pub(super) must_find: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Value<'a>(CellType, Cow<'a, Cell>);

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self.0, self.1.as_ref()) {
            (_, Cell::Null) => Ok(IsNull::Yes),
            (CellType::Bool, Cell::Int(truth)) => (*truth != 0).to_sql(ty, out),
            (_, Cell::Int(int)) => int.to_sql(ty, out),
            (_, Cell::Id(id)) => id.to_sql(ty, out),
            (_, Cell::Text(text)) => text.to_sql(&Type::TEXT, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> Ask<'a> {
    fn new() -> Self {
        Ask { text: String::new(), values: Vec::new(), must_find: false }
    }

    fn bind(&mut self, ty: CellType, cell: Cow<'a, Cell>) -> String {
        self.values.push(Value(ty, cell));
        let at = self.values.len();
        if ty == CellType::Decimal { format!("${at}::text::numeric") } else { format!("${at}") }
    }

    fn cell(&mut self, table: &Table, at: usize, cell: &'a Cell) -> String {
        self.bind(table.columns.get(at).map_or(CellType::Text, |column| column.ty), Cow::Borrowed(cell))
    }

    fn int(&mut self, int: i64) -> String {
        self.bind(CellType::Int, Cow::Owned(Cell::Int(int)))
    }

    fn text(&mut self, text: &str) -> String {
        self.bind(CellType::Text, Cow::Owned(Cell::Text(text.to_owned())))
    }

    /// `column = value` for each, with `AND` between them.
    fn equal(&mut self, table: &Table, alias: &str, columns: &[usize], cells: &'a [Cell]) -> String {
        let each = columns.iter().zip(cells).map(|(at, cell)| match cell {
            Cell::Null => format!("{alias}{} IS NULL", column(table, *at)),
            cell => format!("{alias}{} = {}", column(table, *at), self.cell(table, *at, cell)),
        });
        each.collect::<Vec<_>>().join(" AND ")
    }
}

fn column(table: &Table, at: usize) -> String {
    format!("\"{}\"", table.columns.get(at).map_or("", |column| column.name))
}

fn columns(table: &Table, positions: impl IntoIterator<Item = usize>) -> String {
    positions.into_iter().map(|at| column(table, at)).collect::<Vec<_>>().join(", ")
}

fn selected(table: &Table, alias: &str) -> String {
    let all = table.columns.iter().map(|column| match column.ty {
        CellType::Decimal => format!("{alias}.\"{}\"::text", column.name),
        _ => format!("{alias}.\"{}\"", column.name),
    });
    [format!("{alias}.version")].into_iter().chain(all).collect::<Vec<_>>().join(", ")
}

/// Each row by a statement of its own.
pub(super) fn reads(keys: &[Key]) -> impl Iterator<Item = Ask<'_>> {
    keys.iter().map(|key| {
        let mut ask = Ask::new();
        let is = ask.equal(key.table, "t.", key.declared().columns, &key.cells);
        ask.text = format!("SELECT {} FROM handfast_{} t WHERE {is}", selected(key.table, "t"), key.table.name);
        ask
    })
}

/// All rows by one statement.
pub(super) fn read_once(keys: &[Key]) -> Ask<'_> {
    let mut ask = Ask::new();
    let (mut all, mut from) = (Vec::new(), "(SELECT 1) one".to_owned());
    for (at, key) in keys.iter().enumerate() {
        let is = ask.equal(key.table, &format!("t{at}."), key.declared().columns, &key.cells);
        let _ = write!(from, " LEFT JOIN handfast_{} t{at} ON {is}", key.table.name);
        all.push(selected(key.table, &format!("t{at}")));
    }
    ask.text = format!("SELECT {} FROM {from}", all.join(", "));
    ask
}

/// A page.
pub(super) fn list(query: &Query) -> Result<Ask<'_>> {
    let (table, mut ask) = (query.table, Ask::new());
    let name = table.name;
    match &query.source {
        Source::Index(at) => {
            let index = table.indexes.get(*at).ok_or("no such index")?;
            let (fixed, order) = index.columns.split_at(index.fixed);
            let mut conditions = vec!["true".to_owned()];
            if !fixed.is_empty() {
                conditions.push(ask.equal(table, "t.", fixed, &query.fixed));
            }
            let (sign, way) = if query.direction == Direction::Descending { ("<", " DESC") } else { (">", "") };
            if let Some(after) = &query.after {
                let place: Vec<_> = order.iter().zip(after).map(|(at, cell)| ask.cell(table, *at, cell)).collect();
                conditions.push(format!("({}) {sign} ({})", columns(table, order.iter().copied()), place.join(", ")));
            }
            for (bound, sign) in [(&query.from, ">="), (&query.until, "<")] {
                if let (Some(bound), Some(first)) = (bound, order.first()) {
                    conditions.push(format!("t.{} {sign} {}", column(table, *first), ask.cell(table, *first, bound)));
                }
            }
            let by: Vec<_> = order.iter().map(|at| format!("t.{}{way}", column(table, *at))).collect();
            let (limit, conditions) = (ask.int(query.limit.into()), conditions.join(" AND "));
            ask.text = format!(
                "SELECT {} FROM handfast_{name} t WHERE {conditions} ORDER BY {} LIMIT {limit}",
                selected(table, "t"),
                by.join(", ")
            );
        }
        Source::Search { search, words } if query.after.is_none() => {
            let search = table.searches.get(*search).ok_or("no such search")?;
            let found = format!("handfast_{name}_{}", search.name);
            let mut conditions = vec![ask.equal(table, "w.", search.fixed, &query.fixed)];
            for (at, word) in words.iter().enumerate() {
                let [from, until] = beginning_with(word);
                let (from, until) = (ask.text(&from), ask.text(&until));
                conditions.push(match at {
                    0 => format!(
                        "w.word >= {from} AND w.word < {until} AND NOT EXISTS (SELECT 1 FROM {found} s \
                         WHERE s.id = w.id AND s.word >= {from} AND s.word < w.word)"
                    ),
                    _ => format!(
                        "EXISTS (SELECT 1 FROM {found} o WHERE o.id = w.id AND o.word >= {from} AND o.word < {until})"
                    ),
                });
            }
            let (limit, conditions) = (ask.int(query.limit.into()), conditions.join(" AND "));
            ask.text = format!(
                "SELECT {} FROM {found} w JOIN handfast_{name} t ON t.id = w.id WHERE {conditions} \
                 ORDER BY w.word, w.id LIMIT {limit}",
                selected(table, "t")
            );
        }
        other => return Err(format!("{other:?} is not written by hand").into()),
    }
    Ok(ask)
}

/// Each write by a statement of its own, after one for each row that must have stayed.
pub(super) fn changes(changes: &Changes) -> Vec<Ask<'_>> {
    let mut asks = vec![mark(Ask::new(), changes)];
    for part in parts(changes) {
        let mut ask = Ask::new();
        ask.must_find = part.must_find();
        ask.text = part.text(&mut ask);
        asks.push(ask);
    }
    asks
}

/// The same as one statement: it fails when a row has changed.
pub(super) fn changes_once(changes: &Changes) -> Ask<'_> {
    let mut ask = mark(Ask::new(), changes);
    ask.must_find = true;
    let (mut with, mut all) = (vec![format!("c AS ({} RETURNING 1)", ask.text)], String::new());
    for (at, part) in parts(changes).into_iter().enumerate() {
        let text = part.text(&mut ask);
        with.push(match part {
            Part::Stays(..) => format!("p{at} AS ({text})"),
            _ => format!("p{at} AS ({text} RETURNING 1)"),
        });
        if part.must_find() {
            let _ = write!(all, " + 1 / (SELECT count(*) FROM p{at})");
        }
    }
    ask.text = format!("WITH {} SELECT 1{all}", with.join(", "));
    ask
}

fn mark<'a>(mut ask: Ask<'a>, changes: &Changes) -> Ask<'a> {
    let id = ask.bind(CellType::Id, Cow::Owned(Cell::Id(changes.id)));
    ask.text = format!("INSERT INTO handfast_change (id, applied, at) VALUES ({id}, true, 0)");
    ask
}

enum Part<'a> {
    Stays(&'static Table, &'a Cell, i64, &'static str),
    Writes(&'a Write),
    Gains(&'static Table, &'a Cell, &'a handfast::store::Words),
    Loses(&'static Table, &'a Cell, &'a handfast::store::Words),
}

fn parts(changes: &Changes) -> Vec<Part<'_>> {
    let stays = changes.expect.iter().filter_map(|expect| match expect {
        Expect::Version { table, id, version } => {
            // who shares a row that both then write waits for the other, who waits too
            let counts = changes.writes.iter().any(|write| matches!(write, Write::Add { id: own, .. } if own == id));
            Some(Part::Stays(table, id, *version, if counts { "NO KEY UPDATE" } else { "SHARE" }))
        }
        // a unique key sees to it
        Expect::Absent(_) => None,
    });
    let mut parts: Vec<_> = stays.collect();
    for write in &changes.writes {
        parts.push(Part::Writes(write));
        let (table, id, words) = match write {
            Write::Insert { table, cells, words } | Write::Update { table, cells, words, .. } => {
                (*table, cells.first(), words)
            }
            Write::Delete { table, id, words, .. } => (*table, Some(id), words),
            Write::Add { .. } => continue,
        };
        for (id, words) in id.into_iter().flat_map(|id| words.iter().map(move |words| (id, words))) {
            if !words.gained.is_empty() {
                parts.push(Part::Gains(table, id, words));
            }
            if !words.lost.is_empty() {
                parts.push(Part::Loses(table, id, words));
            }
        }
    }
    parts
}

impl<'a> Part<'a> {
    fn must_find(&self) -> bool {
        !matches!(self, Part::Writes(Write::Insert { .. }) | Part::Gains(..) | Part::Loses(..))
    }

    fn text(&self, ask: &mut Ask<'a>) -> String {
        match self {
            Part::Stays(table, id, version, lock) => {
                let (id, version) = (ask.cell(table, 0, id), ask.int(*version));
                format!("SELECT 1 FROM handfast_{} WHERE id = {id} AND version = {version} FOR {lock}", table.name)
            }
            Part::Writes(write) => written(write, ask),
            Part::Gains(table, id, words) => {
                let search = table.searches.get(words.search);
                let name = search.map_or("", |search| search.name);
                let fixed = search.map_or(&[][..], |search| search.fixed);
                let of: Vec<_> = fixed.iter().zip(&words.fixed).map(|(at, cell)| ask.cell(table, *at, cell)).collect();
                let id = ask.cell(table, 0, id);
                let rows: Vec<_> =
                    words.gained.iter().map(|word| format!("({}, {}, {id})", of.join(", "), ask.text(word))).collect();
                let fixed = columns(table, fixed.iter().copied());
                format!("INSERT INTO handfast_{}_{name} ({fixed}, word, id) VALUES {}", table.name, rows.join(", "))
            }
            Part::Loses(table, id, words) => {
                let name = table.searches.get(words.search).map_or("", |search| search.name);
                let id = ask.cell(table, 0, id);
                let lost: Vec<_> = words.lost.iter().map(|word| ask.text(word)).collect();
                format!("DELETE FROM handfast_{}_{name} WHERE id = {id} AND word IN ({})", table.name, lost.join(", "))
            }
        }
    }
}

fn written<'a>(write: &'a Write, ask: &mut Ask<'a>) -> String {
    let name = write.table().name;
    match write {
        Write::Insert { table, cells, .. } => {
            let values: Vec<_> = cells.iter().enumerate().map(|(at, cell)| ask.cell(table, at, cell)).collect();
            let all = columns(table, 0..table.columns.len());
            format!("INSERT INTO handfast_{name} (version, {all}) VALUES (1, {})", values.join(", "))
        }
        Write::Update { table, version, cells, changed, .. } => {
            let marked = cells.iter().enumerate().filter(|(at, _)| changed >> at & 1 == 1);
            let mut set = String::new();
            for (at, cell) in marked {
                let _ = write!(set, ", {} = {}", column(table, at), ask.cell(table, at, cell));
            }
            let (id, version) = (ask.cell(table, 0, cells.first().unwrap_or(&Cell::Null)), ask.int(*version));
            format!("UPDATE handfast_{name} SET version = version + 1{set} WHERE id = {id} AND version = {version}")
        }
        Write::Delete { table, version, id, .. } => {
            let (id, version) = (ask.cell(table, 0, id), ask.int(*version));
            format!("DELETE FROM handfast_{name} WHERE id = {id} AND version = {version}")
        }
        Write::Add { table, id, column: at, amount } => {
            let (column, amount, id) = (column(table, *at), ask.int(*amount), ask.cell(table, 0, id));
            format!("UPDATE handfast_{name} SET {column} = {column} + {amount} WHERE id = {id}")
        }
    }
}
