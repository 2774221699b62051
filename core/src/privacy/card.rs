//! Which columns tell of a person, and what stands there once the person is erased: every column of every table is
//! listed here once, and a test fails for one that is not.

use crate::store::Table;

/// What stands in the place of what told of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Instead {
    /// Nothing.
    Nothing,
    /// A word that says so.
    Word,
    /// An address that no mail reaches, and that is nobody else's.
    Email,
    /// A telephone number that is none.
    Phone,
    /// The country alone.
    Place,
    /// A list without entries.
    List,
    /// A record without fields.
    Map,
    /// The fields that the card of what it is about calls plain; see [`strip`](super::strip).
    Details,
    /// The row goes as a whole.
    Row,
}

use Instead::{Details, Email, List, Map, Nothing, Phone, Place, Row, Word};

/// The columns of one table.
#[derive(Debug)]
pub(super) struct Card {
    pub(super) table: &'static str,
    /// What tells of no person, or is needed for the books to stay right: ids, states, times, prices, numbers.
    pub(super) plain: &'static [&'static str],
    /// What tells of a person.
    pub(super) personal: &'static [(&'static str, Instead)],
}

impl Card {
    /// That of a table.
    pub(super) fn of(table: &Table) -> Option<&'static Card> {
        Card::named(table.name)
    }

    /// That of the table of this name.
    pub(super) fn named(table: &str) -> Option<&'static Card> {
        CARDS.iter().find(|card| card.table == table)
    }

    /// Whether a column stays.
    pub(super) fn keeps(&self, column: &str) -> bool {
        self.plain.contains(&column)
    }

    /// What stands in the place of a column; `None` where it stays.
    pub(super) fn instead(&self, column: &str) -> Option<Instead> {
        self.personal.iter().find(|(name, _)| *name == column).map(|(_, instead)| *instead)
    }
}

macro_rules! cards {
    ($($table:literal: plain($($plain:ident)*) personal($($column:ident: $Instead:ident)*);)+) => {
        /// One for each table.
        pub(super) const CARDS: &[Card] = &[$(Card {
            table: $table,
            plain: &[$(stringify!($plain)),*],
            personal: &[$((stringify!($column), $Instead)),*],
        }),+];
    };
}

cards! {
    // people
    "login": plain(id created home era two_factor disabled)
        personal(email: Email address: Email name: Word password: Nothing verified: Nothing locale: Nothing);
    "login_event": plain(id login at what) personal();
    "address_change": plain(id login) personal(email: Row);
    "two_factor": plain(id login state expires step codes since) personal(seed: Row next_seed: Row);
    "recovery_code": plain(id login place used) personal(digest: Row);
    "session": plain(id token login state created seen expires current identities adding)
        personal(device: Nothing place: Nothing);
    "staff": plain(id company login role state created scope) personal(name: Word email: Email);
    "member": plain(id partner login created) personal(name: Word email: Email);
    "association": plain(id company customer login state created expires decided)
        personal(name: Word email: Email login_name: Nothing folded: Nothing notes: Nothing);

    // visitors and customers
    "visit": plain(id company link locale request)
        personal(email: Email address: Email pass: Nothing pass_expires: Nothing);
    "request": plain(id company visit link state locale submitted expires decided decided_by customer)
        personal(email: Email open: Nothing legal_name: Word trade_name: Nothing contact: Word phone: Phone
            billing: Place shipping: Nothing tax_id: Nothing website: Nothing message: Nothing answers: List
            reason: Nothing note: Nothing);
    "customer": plain(id company request link state locale price_type markup credit_limit minimum_order tax_exempt service
            ready created department)
        personal(email: Email address: Email legal_name: Word trade_name: Nothing contact: Word phone: Nothing
            billing: Nothing shipping: Nothing tax_id: Nothing website: Nothing notes: Nothing extra: Map
            number: Nothing number_key: Nothing tags: List);

    "order": plain(id company department number state customer amount currency placed recorded asked)
        personal(email: Email address: Email name: Word lines: Nothing answers: List);
    "order_total": plain(id company customer place department currency orders units parts) personal();

    // what tells of others' rows
    "event": plain(id company at what doer login on_behalf_of subject_kind subject partner customer)
        personal(address: Nothing before: Details after: Details);
    "mail": plain(id company kind state audience locale created due attempts settled)
        personal(recipient: Email recipient_name: Nothing content: Details sealed: Nothing failure: Nothing
            address: Nothing);
    "signal": plain(id account side name occurred received edition key completed) personal(fields: Details);
    "one_use": plain(id purpose digest subject state tries expires) personal(slot: Row);
    "limit": plain(id count since latest until) personal(scope: Row);
    "delegation": plain(id company partner login session era state began expires ended) personal(reason: Nothing);
    "erasure": plain(id company login state by began ended) personal(address: Nothing);

    // businesses, and what they set up
    "company": plain(id name country locale time_zone trial_ends admins link form created invitation_style
            two_factor_required trial trial_started checkout)
        personal();
    "department": plain(id company name state folded checkout) personal();
    "price_type": plain(id company name state folded) personal();
    "carrier": plain(id company name state folded) personal();
    "invite_link": plain(id company slug state created opened verified submitted approved activated) personal();
    "question_place": plain(id company place edition current) personal();
    "question_edition": plain(id company place number questions created) personal();
    "tag": plain(id company name folded customers created state merged_into) personal();
    "tag_run": plain(id company key tag change state matched changed unchanged refused after undone kept created)
        personal();
    "tag_mark": plain(id run customer) personal();
    "replay": plain(id company key row asked answer at) personal();
    "partner": plain(id number name locale slug owner state standing certificate created opened referred) personal();
    "designation": plain(id company partner state origin since until era notice name folded) personal();
    "partner_event": plain(id partner at what login company detail) personal();
    "course": plain(id place key edition current published begun) personal();
    "course_version": plain(id number previous course digest published) personal();
    "progress": plain(id account side edition done tallies tandem waiting) personal();
    "certificate": plain(id number partner name edition issued digest) personal();
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{SCHEMA, store::CellType};

    #[test]
    fn every_column_of_every_table_is_said_to_tell_of_a_person_or_not() {
        let carded: Vec<_> = CARDS.iter().map(|card| card.table).collect();
        assert_eq!(carded.iter().collect::<BTreeSet<_>>().len(), carded.len(), "one card a table");
        let tables: BTreeSet<_> = SCHEMA.tables.iter().map(|table| table.name).collect();
        assert_eq!(carded.into_iter().collect::<BTreeSet<_>>(), tables);
        for table in SCHEMA.tables {
            let card = Card::of(table).unwrap();
            let mut said: Vec<_> = card.plain.to_vec();
            said.extend(card.personal.iter().map(|(name, _)| *name));
            said.sort_unstable();
            let mut columns: Vec<_> = table.columns.iter().map(|column| column.name).collect();
            columns.sort_unstable();
            assert_eq!(said, columns, "{}", table.name);
        }
    }

    #[test]
    fn what_stands_instead_fits_the_column() {
        for (table, card) in SCHEMA.tables.iter().map(|table| (table, Card::of(table).unwrap())) {
            for column in table.columns {
                let Some(instead) = card.instead(column.name) else { continue };
                let fits = match instead {
                    Nothing => column.optional,
                    Word | Email | Phone => column.ty == CellType::Text,
                    Place | List | Map | Details => column.ty == CellType::Json,
                    Row => true,
                };
                assert!(fits, "{}.{}: {instead:?}", table.name, column.name);
            }
        }
    }
}
