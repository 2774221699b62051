//! The rules over a whole database hold after a whole story, and each of them sees what breaks it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::Arc;

use handfast::{
    association::BulkMode,
    company::Role,
    course::CourseFormat,
    customer::{CustomerRow, ImportHow, ImportInput, ImportOutcome, Notice, OnFound, table::TableFormat},
    order::OrderInput,
    question::QuestionInput,
    request::{BulkDecision, Decision, Verdict},
    tag::{BulkTag, Selection, TagChange},
};
use handfast_sqlite::{SqliteStore, rusqlite::Connection};
use handfast_tests::{
    Firm, StoreKind, World, order,
    rules::{RULES, broken_rules, wrong_words},
    short_course,
};
use tempfile::TempDir;

/// A database with something of everything.
struct Story {
    world: World,
    connection: Connection,
    _folder: TempDir,
}

impl Story {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        let world = World::on(StoreKind::Sqlite, Arc::new(SqliteStore::open(&path).unwrap()), 1, |_| {});
        let firm = world.firm("Flora Export");
        let host = firm.host();
        let admin = world.member(&firm, Role::Admin, "second@people.example");
        world.staff().remove(host, admin.staff).unwrap();
        world.member(&firm, Role::Staff, "third@people.example");
        world.ready(&firm, "ready@buyers.example");
        world.approved(&firm, "inactive@buyers.example");
        let rejected = world.filed(&firm, "rejected@buyers.example").request;
        world.requests().reject(host, rejected, &Decision::default()).unwrap();
        let withdrawn = world.filed(&firm, "withdrawn@buyers.example");
        world.invites().withdraw(&withdrawn.pass).unwrap();
        let requests = vec![world.filed(&firm, "bulk@buyers.example").request, rejected];
        let input = BulkDecision { requests, verdict: Verdict::Approve, decision: Decision::default() };
        world.requests().decide_many(host, "monday", &input).unwrap();
        world.filed(&firm, "pending@buyers.example");
        world.invites().replace(host).unwrap();
        with_tags(&world, &firm);
        with_orders(&world, &firm);
        with_questions(&world, &firm);
        with_tables(&world, &firm);
        with_partners(&world, &firm);
        with_the_erased(&world, &firm);
        world.deliver();
        world.invites().enable(host).unwrap();
        let connection = Connection::open(&path).unwrap();
        Story { world, connection, _folder: folder }
    }
}

/// Customers that have one tag, two, one in place of another, and none any more.
fn with_tags(world: &World, firm: &Firm) {
    let [weddings, hotels, events] = ["Weddings", "Hotels", "Events"].map(|name| world.tag(firm, name));
    let [one, two] = ["one", "two"].map(|name| world.silent(firm, &format!("{name}@tagged.example")));
    for (customer, tag) in [(one, weddings), (one, events), (two, weddings), (two, hotels)] {
        world.tags().add(firm.admin, customer, tag).unwrap();
    }
    world.tags().remove(firm.admin, two, hotels).unwrap();
    world.tags().merge(firm.admin, weddings, events).unwrap();
    let input =
        BulkTag { tag: hotels, change: TagChange::Add, selection: Selection::Tag(events), mode: BulkMode::Apply };
    world.tags().apply_many(firm.admin, "tags", &input).unwrap();
    world.tags().rename(firm.admin, events, "Parties").unwrap();
    world.tags().discard(firm.admin, hotels).unwrap();
}

/// Orders that nobody has, that a customer placed, that were linked, and that were unlinked again.
fn with_orders(world: &World, firm: &Firm) {
    let customer = world.ready(firm, "orders@buyers.example");
    let account = OrderInput {
        customer: Some(customer),
        amount: "0.75".into(),
        ..order("A-1", "any@buyers.example", world.now())
    };
    world.orders().record(firm.admin, &account).unwrap();
    let [_, linked, unlinked] =
        ["G-1", "G-2", "G-3"].map(|number| world.guest_order(firm, number, "guest@buyers.example", None));
    world.orders().link(firm.admin, linked, customer).unwrap();
    world.orders().link(firm.admin, unlinked, customer).unwrap();
    world.orders().unlink(firm.admin, unlinked).unwrap();
}

/// Questions of the company, one of which is removed again, and of a department.
fn with_questions(world: &World, firm: &Firm) {
    let department = world.department(firm, "Box office");
    let label = [("en".to_owned(), "Is it a gift?".to_owned())];
    let question =
        |key: &str| QuestionInput { key: key.into(), label: label.clone().into(), ..QuestionInput::default() };
    for (key, place) in [("gift", None), ("note", None), ("seat", Some(department))] {
        world.questions().add(firm.admin, &question(key), place).unwrap();
    }
    world.questions().remove(firm.admin, "gift", None).unwrap();
}

/// Persons who are erased: a customer who can order, one whose request waits, and one of the staff.
fn with_the_erased(world: &World, firm: &Firm) {
    world.ready(firm, "erased@buyers.example");
    world.filed(firm, "waiting@buyers.example");
    let staff = world.member(firm, Role::Staff, "erased@people.example");
    for email in ["erased@buyers.example", "waiting@buyers.example"] {
        world.privacy().erase_person(firm.admin, email).unwrap().unwrap();
    }
    world.privacy().erase_login(staff.actor.login().unwrap()).unwrap();
}

/// Customers of a table: new with a tag, changed, tagged beside what is changed, as they were, refused.
fn with_tables(world: &World, firm: &Firm) {
    world.tag(firm, "Imported");
    let lines = ["new,New,Imported", "one,One,", "two,Two,Imported", "silent,Rosa Campos,", "nobody at all,,"];
    let lines = lines.map(|line| line.replacen(',', "@tagged.example,", 1)).join("\n");
    let how = ImportHow { on_found: OnFound::Update, notice: Notice::Mail, ..ImportHow::of(TableFormat::Csv) };
    let input = ImportInput { how, text: format!("email,name,tags\n{lines}\n"), first_row: 1 };
    world.silent(firm, "silent@tagged.example");
    let rows = world.customers().import_many(firm.admin, "table", &input).unwrap();
    let came = |row: &CustomerRow| match row.outcome {
        ImportOutcome::Created { .. } => 'c',
        ImportOutcome::Updated { .. } => 'u',
        ImportOutcome::Found { .. } => 'f',
        _ => 'r',
    };
    assert_eq!(rows.iter().map(came).collect::<String>(), "cuufr");
}

/// A partner that is certified with this company, which has come to it from another; and a company that left.
fn with_partners(world: &World, firm: &Firm) {
    let course = short_course(1, &["login partner client_logged_in", "share commerce invite_link_shared"]);
    world.courses().publish(&course, CourseFormat::Toml).unwrap();
    let agency = world.careful_agency("Camino Consulting");
    let (other, left) = (world.agency("Sendero Partners"), world.firm("Frutas del Sur"));
    world.link(&left, &agency);
    world.courses().enable(&agency.session, left.company).unwrap();
    world.partners().clear(left.admin).unwrap();
    world.link(firm, &other);
    world.link(firm, &agency);
    world.courses().enable(&agency.session, firm.company).unwrap();
    world.invites().share(firm.host()).unwrap();
    let (_, actor) = world.entered(&agency, firm);
    world.price_types().add(actor, "Wholesale").unwrap();
}

#[test]
fn all_hold_after_a_whole_story() {
    let story = Story::new();
    assert_eq!(broken_rules(&story.world, &story.connection), [""; 0]);
}

#[test]
fn each_sees_what_breaks_it() {
    let mut story = Story::new();
    for rule in RULES {
        let transaction = story.connection.transaction().unwrap();
        let broken = transaction.execute(rule.sabotage, []).unwrap();
        assert!(broken > 0, "nothing to break: {}", rule.holds);
        assert_ne!(rule.offenders(&transaction).unwrap(), [""; 0], "not seen: {}", rule.holds);
    }
}

#[test]
fn a_word_that_was_lost_is_seen() {
    let story = Story::new();
    let lose =
        "DELETE FROM handfast_customer_find WHERE word = 'rosas' AND id = (SELECT min(id) FROM handfast_customer)";
    assert_eq!(story.connection.execute(lose, []).unwrap(), 1);
    assert_eq!(wrong_words(&story.world, &story.connection).unwrap().len(), 1);
}
