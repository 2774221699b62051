//! Where the rows of an export come from, one after the other, and the pages made of them.

use serde::Serialize;

use crate::{
    error::{Code, Error, Result},
    event::Snapshot,
    handfast::Handfast,
    id::Id,
    store::{Cursor, Listing, Page, Paging, Record},
};

/// One row that is held on a person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeldRow {
    /// The table.
    pub table: String,
    /// The id.
    pub id: Id<()>,
    /// The columns, but the secret ones: hashes and what is sealed leave the store never (invariant 40).
    pub row: Snapshot,
}

/// Gives the page that is asked for.
type Pages<'a> = Box<dyn Fn(&Paging) -> Result<Page<HeldRow>> + 'a>;

/// Some rows, page by page.
pub(super) struct Source<'a> {
    /// What a cursor knows it by.
    name: String,
    page: Pages<'a>,
}

impl<'a> Source<'a> {
    /// The rows of some lists of one order that `keep` lets through.
    pub(super) fn listed<T: Record>(
        handfast: &'a Handfast,
        name: impl Into<String>,
        listings: Vec<Listing<T>>,
        keep: impl Fn(&T) -> bool + 'a,
    ) -> Self {
        let page =
            move |paging: &Paging| handfast.list_where(&listings, paging, &keep).map(|page| page.map(|row| held(&row)));
        Source { name: name.into(), page: Box::new(page) }
    }

    /// Rows that are known already; a person has few of them.
    pub(super) fn known<T: Record>(rows: impl IntoIterator<Item = T>) -> Self {
        let rows: Vec<_> = rows.into_iter().map(|row| held(&row)).collect();
        let page = move |paging: &Paging| {
            let first = match &paging.cursor {
                None => 0,
                Some(cursor) => cursor.as_str().parse().map_err(|_| Error::new(Code::NotACursor))?,
            };
            let items: Vec<_> = rows.iter().skip(first).take(paging.size() as usize).cloned().collect();
            let next = first + items.len();
            Ok(Page { items, next: (next < rows.len()).then(|| Cursor::from(next.to_string())) })
        };
        Source { name: T::TABLE.name.to_owned(), page: Box::new(page) }
    }
}

fn held<T: Record>(row: &T) -> HeldRow {
    HeldRow { table: T::TABLE.name.to_owned(), id: row.id().cast(), row: Snapshot::of(row) }
}

/// One page of all sources. A cursor is the name of a source and, within it, the source's own. Errors: `not_a_cursor`.
pub(super) fn page(sources: &[Source<'_>], paging: &Paging) -> Result<Page<HeldRow>> {
    let (mut at, mut inner) = match &paging.cursor {
        None => (0, None),
        Some(cursor) => place(sources, cursor.as_str()).ok_or_else(|| Error::new(Code::NotACursor))?,
    };
    let (mut items, size) = (Vec::new(), paging.size());
    while let Some(source) = sources.get(at) {
        let left = size.saturating_sub(u32::try_from(items.len()).unwrap_or(u32::MAX));
        if left == 0 {
            let next = Cursor::from(format!("{}~{}", source.name, inner.unwrap_or_default()));
            return Ok(Page { items, next: Some(next) });
        }
        let cursor = inner.take().filter(|inner| !inner.is_empty()).map(Cursor::from);
        let found = (source.page)(&Paging { cursor, limit: Some(left) })?;
        items.extend(found.items);
        inner = found.next.map(|next| next.as_str().to_owned());
        at += usize::from(inner.is_none());
    }
    Ok(Page { items, next: None })
}

fn place(sources: &[Source<'_>], cursor: &str) -> Option<(usize, Option<String>)> {
    let (name, inner) = cursor.split_once('~')?;
    let at = sources.iter().position(|source| source.name == name)?;
    Some((at, Some(inner.to_owned())))
}
