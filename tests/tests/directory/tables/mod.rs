//! Customers as tables.

mod exports;
mod imports;

use handfast::{
    Actor,
    association::BulkMode,
    company::OfferState,
    customer::{Customer, CustomerRow, ImportHow, ImportInput, ImportOutcome, Notice, OnFound, table::TableFormat},
    store::Paging,
};
use handfast_tests::{Firm, World};

const APPLY: ImportHow =
    ImportHow { format: TableFormat::Csv, mode: BulkMode::Apply, on_found: OnFound::Keep, notice: Notice::Later };
const TRY: ImportHow = ImportHow { mode: BulkMode::DryRun, ..APPLY };
const UPDATE: ImportHow = ImportHow { on_found: OnFound::Update, ..APPLY };
const LINES: ImportHow = ImportHow { format: TableFormat::JsonLines, ..APPLY };

fn input(how: ImportHow, text: &str) -> ImportInput {
    ImportInput { how, text: text.into(), first_row: 1 }
}

fn import(world: &World, actor: Actor, key: &str, how: ImportHow, text: &str) -> Vec<CustomerRow> {
    world.customers().import_many(actor, key, &input(how, text)).unwrap()
}

/// What came of each row, in a word.
fn words(rows: &[CustomerRow]) -> Vec<String> {
    let word = |row: &CustomerRow| match &row.outcome {
        ImportOutcome::Created { .. } => "created".to_owned(),
        ImportOutcome::WouldCreate => "would create".to_owned(),
        ImportOutcome::Found { .. } => "found".to_owned(),
        ImportOutcome::Updated { .. } => "updated".to_owned(),
        ImportOutcome::WouldUpdate { .. } => "would update".to_owned(),
        ImportOutcome::Refused { code, .. } => code.to_string(),
    };
    rows.iter().map(word).collect()
}

fn all(world: &World, firm: &Firm) -> Vec<Customer> {
    world.customers().list(firm.admin, None, &Paging::first(500)).unwrap().items
}

fn of(world: &World, firm: &Firm, email: &str) -> Customer {
    all(world, firm).into_iter().find(|customer| customer.email.original() == email).unwrap()
}

/// Rows of every kind: fine ones, wrong ones, and ones that only the rows before stand in the way of.
const MIXED: &str = "email,name,number,department,tags\n\
    one@rosas.example,One,A-1,Box office,\"Weddings\nHotels\"\n\
    nobody,,,Nowhere,\"Hotels\nNothing\"\n\
    known@rosas.example,Known,,,\n\
    One@rosas.example,One again,,,\n\
    two@rosas.example,Two,a-1,,\n\
    half a row\n\
    three@rosas.example,Three,,Closed,\n\
    four@rosas.example,Four,,box OFFICE,hotels\n";

fn stage(world: &World) -> Firm {
    let firm = world.firm("Flora Export");
    world.silent(&firm, "known@rosas.example");
    world.department(&firm, "Box office");
    let closed = world.department(&firm, "Closed");
    world.departments().set_state(firm.admin, closed, OfferState::Retired).unwrap();
    world.tag(&firm, "Weddings");
    world.tag(&firm, "Hotels");
    firm
}
