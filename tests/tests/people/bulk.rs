//! Many users at once: rule 39, dry runs, and rows that stand in one another's way.

use std::cell::RefCell;

use handfast::{
    Code, Id, Progress, Result,
    association::{AssociationState, BulkMode, BulkUsers, UserInput, UserOutcome, UserRow},
    company::Role,
    customer::Customer,
    mail::MailKind,
    request::{BulkDecision, Decision, Verdict},
    store::Paging,
};
use handfast_tests::{Firm, PASSWORD, World, every_page, on_every_store, refusal};

const UMA: &str = "uma@users.example";

fn bulk(mode: BulkMode, users: Vec<UserInput>) -> BulkUsers {
    BulkUsers { users, csv: None, mode, first_row: 1 }
}

fn named(customer: Id<Customer>, email: &str, login_name: &str) -> UserInput {
    UserInput { login_name: Some(login_name.into()), ..World::user_input(customer, email) }
}

/// What came of each row, in a word.
fn words(rows: &[UserRow]) -> Vec<String> {
    let word = |row: &UserRow| match &row.outcome {
        UserOutcome::Added { .. } => "added".to_owned(),
        UserOutcome::WouldAdd { association: true } => "would ask".to_owned(),
        UserOutcome::WouldAdd { association: false } => "would add".to_owned(),
        UserOutcome::Refused { code, .. } => code.to_string(),
    };
    rows.iter().map(word).collect()
}

/// Why each row was refused; nothing where it was not.
fn refusals(rows: &[UserRow]) -> Vec<Option<&UserOutcome>> {
    rows.iter().map(|row| Some(&row.outcome).filter(|given| matches!(given, UserOutcome::Refused { .. }))).collect()
}

fn pending(world: &World, firm: &Firm) -> usize {
    every_page(|paging| world.users().list(firm.admin, AssociationState::Pending, paging).unwrap()).len()
}

/// Rows of every kind: fine ones, wrong ones, and ones that only the rows before stand in the way of.
fn mixed(world: &World, firm: &Firm) -> Vec<UserInput> {
    let here = world.active(firm, "buyer@rosas.example");
    let there = world.active(firm, "buyer@peras.example");
    let elsewhere = world.active(&world.firm("Frutas del Sur"), "buyer@uvas.example");
    world.user(firm, here, "vera@users.example");
    world.users().add(firm.admin, &named(here, "walt@users.example", "walt")).unwrap();
    let customers = (0..4).map(|at| world.active(firm, &format!("b{at}@many.example")));
    let mut rows = vec![
        named(here, UMA, "uma"),
        World::user_input(here, "vera@users.example"),
        named(there, "vera@users.example", "vera"),
        UserInput { name: " ".into(), ..World::user_input(here, "nobody") },
        World::user_input(elsewhere, "xena@users.example"),
        named(there, "yuri@users.example", "UMA"),
        named(there, "zoe@users.example", "WALT"),
        // known people do not hold a login name
        named(there, "yuri@users.example", "vera"),
        named(here, " UMA@users.example", "other"),
        named(here, "uma@users.example", "walt"),
        World::user_input(there, UMA),
    ];
    // with the two above, these are one more than an address gets in an hour
    rows.extend(customers.map(|customer| World::user_input(customer, UMA)));
    rows
}

const MIXED: [&str; 15] = [
    "added",
    "already_there",
    "added",
    "invalid_input",
    "not_found",
    "already_there",
    "already_there",
    "added",
    "duplicate_entry",
    "duplicate_entry",
    "added",
    "added",
    "added",
    "added",
    "too_often",
];

on_every_store! {
    fn what_a_row_is_refused_for_does_not_touch_the_others(world: &World) {
        let firm = world.firm("Flora Export");
        let rows = mixed(world, &firm);
        let before = pending(world, &firm);
        world.deliver();
        let input = bulk(BulkMode::Apply, rows.clone());
        let add = || world.users().add_many(firm.admin, "monday", &input).unwrap();
        let (given, committed) = world.store.committed(add);
        assert_eq!(words(&given), MIXED);
        let written = |table: &str| {
            let writes = committed.iter().flat_map(|changes| &changes.writes);
            writes.filter(|write| write.table().name == table).count()
        };
        assert_eq!((written("login"), written("association"), written("event")), (2, 7, 7), "refused rows write nothing");
        assert_eq!(pending(world, &firm) - before, 7);
        assert_eq!(world.deliver().len(), 7);
        let told: Vec<_> = given.iter().map(|row| (row.row, row.email.clone().unwrap())).collect();
        let due: Vec<_> = (1..).zip(rows.iter().map(|row| row.email.clone())).collect();
        assert_eq!(told, due);
        let UserOutcome::Refused { faults, message, .. } = &given[3].outcome else { panic!("{:?}", given[3]) };
        let fields: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        assert_eq!(fields, [("email", Code::NotAnEmail), ("name", Code::Required)]);
        assert!(message.contains("`email` is not an e-mail address"), "{message}");
        let UserOutcome::Refused { message, .. } = &given[8].outcome else { panic!("{:?}", given[8]) };
        assert_eq!(message, "row 1 asks for this person at this customer already");
        for row in &given {
            if let UserOutcome::Added { association } = row.outcome {
                assert_eq!(world.users().get(firm.admin, association).unwrap().state, AssociationState::Pending);
            }
        }
    }

    fn a_dry_run_writes_nothing_and_tells_the_same_refusals(world: &World) {
        let firm = world.firm("Flora Export");
        let rows = mixed(world, &firm);
        let run = |mode| world.users().add_many(firm.admin, "monday", &bulk(mode, rows.clone())).unwrap();
        let (tried, committed) = world.store.committed(|| run(BulkMode::DryRun));
        assert!(committed.is_empty());
        let due = MIXED.map(|word| if word == "added" { "would add" } else { word });
        let mut told = words(&tried);
        // the one who has a login is asked
        assert_eq!(std::mem::replace(&mut told[2], "would add".into()), "would ask");
        assert_eq!(told, due);
        assert_eq!(refusals(&tried), refusals(&run(BulkMode::Apply)));
    }

    fn a_dry_run_tells_of_people_what_a_preview_does(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        world.user(&flora, here, UMA);
        world.invited(&flora, here, "asked@users.example");
        let people = [UMA, "asked@users.example", "nobody@users.example"].map(|email| World::user_input(there, email));
        let input = bulk(BulkMode::DryRun, people.to_vec());
        for (input, row) in people.iter().zip(world.users().add_many(frutas.admin, "monday", &input).unwrap()) {
            let association = world.users().preview(frutas.admin, input).unwrap().association;
            assert_eq!(row.outcome, UserOutcome::WouldAdd { association });
        }
    }

    fn rule_35_a_row_costs_the_same_for_known_and_unknown_addresses(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        world.user(&flora, here, UMA);
        for (number, login_name) in [None, Some("name".to_owned())].into_iter().enumerate() {
            let known = format!("known{number}@users.example");
            world.user(&flora, here, &known);
            let calls = |mode, email: &str| {
                let row = UserInput { login_name: login_name.clone(), ..World::user_input(there, email) };
                let input = bulk(mode, vec![row]);
                let key = format!("{email} {number}");
                world.store.calls(|| world.users().add_many(frutas.admin, &key, &input).unwrap()).1
            };
            for mode in [BulkMode::DryRun, BulkMode::Apply] {
                assert_eq!(calls(mode, &known), calls(mode, &format!("nobody{number}@users.example")), "{mode}");
            }
        }
    }

    fn rule_39_a_repeated_row_changes_nothing_and_gets_its_first_answer(world: &World) {
        let firm = world.firm("Flora Export");
        let input = bulk(BulkMode::Apply, mixed(world, &firm));
        let first = world.users().add_many(firm.admin, "monday", &input).unwrap();
        world.deliver();
        let another = world.another(&world.clock, world.policy().clone());
        let dry = BulkUsers { mode: BulkMode::DryRun, ..input.clone() };
        let (again, committed) = world.store.committed(|| {
            [&world.handfast, &another].map(|handfast| handfast.users().add_many(firm.admin, "monday", &input).unwrap())
        });
        assert!(again.iter().all(|rows| *rows == first), "{again:?}");
        assert!(committed.is_empty() && world.deliver().is_empty());
        assert_eq!(world.users().add_many(firm.admin, "monday", &dry).unwrap(), first, "what would come is what came");
        // what was refused for a while is still refused under this key, and not under another
        world.later(std::time::Duration::from_secs(60 * 60));
        assert_eq!(world.users().add_many(firm.admin, "monday", &input).unwrap(), first);
        let last = bulk(BulkMode::Apply, vec![input.users[14].clone()]);
        assert_eq!(words(&world.users().add_many(firm.admin, "tuesday", &last).unwrap()), ["added"]);
    }

    fn rule_39_a_key_belongs_to_one_call_and_a_row_to_its_content(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let customer = world.active(&flora, "buyer@rosas.example");
        let row = |email: &str| bulk(BulkMode::Apply, vec![World::user_input(customer, email)]);
        let add = |key: &str, input: &BulkUsers| world.users().add_many(flora.admin, key, input);
        add("monday", &row(UMA)).unwrap();
        assert_eq!(refusal(add("monday", &row("vera@users.example"))), Code::KeyReused);
        assert_eq!(refusal(add("monday", &bulk(BulkMode::DryRun, row("vera@users.example").users))), Code::KeyReused);
        let user = World::user_input(customer, UMA);
        for other in [UserInput { name: "Uma".into(), ..user.clone() }, UserInput { notes: Some("new".into()), ..user }] {
            assert_eq!(refusal(add("monday", &bulk(BulkMode::Apply, vec![other]))), Code::KeyReused);
        }
        let decisions = BulkDecision { requests: vec![], verdict: Verdict::Reject, decision: Decision::default() };
        assert_eq!(refusal(world.requests().decide_many(flora.admin, "monday", &decisions)), Code::KeyReused);
        world.requests().decide_many(flora.admin, "decided", &decisions).unwrap();
        assert_eq!(refusal(add("decided", &row(UMA))), Code::KeyReused);
        let nobody = bulk(BulkMode::Apply, vec![]);
        assert!(world.users().add_many(frutas.admin, "monday", &nobody).unwrap().is_empty());
        // the rows that follow come in another call
        let second = BulkUsers { first_row: 2, ..row("vera@users.example") };
        let rows = add("monday", &second).unwrap();
        assert_eq!((rows[0].row, words(&rows)), (2, vec!["added".to_owned()]));
        let third = BulkUsers { first_row: 3, ..row(UMA) };
        assert_eq!(words(&add("monday", &third).unwrap()), ["duplicate_entry"]);
        assert_eq!(world.deliver().of(MailKind::UserPassword).len(), 2);
    }

    fn rule_39_rows_that_were_cut_short_go_on_where_they_stopped(world: &World) {
        let firm = world.firm("Flora Export");
        let second = world.member(&firm, Role::Admin, "pedro@flora.example");
        let customer = world.active(&firm, "buyer@rosas.example");
        let users = (0..120).map(|at| World::user_input(customer, &format!("u{at}@users.example"))).collect();
        let input = bulk(BulkMode::Apply, users);
        // the role is taken away before the second batch is committed: the first commit notes the call
        let (unseen, host, store) = (world.unseen(), firm.host(), world.store.clone());
        world.store.before_next_commit(move || {
            let again = store.clone();
            store.before_next_commit(move || {
                again.before_next_commit(move || {
                    unseen.staff().set_role(host, second.staff, Role::SalesManager).unwrap();
                });
            });
        });
        let told = RefCell::new(Vec::new());
        let tell = |row: &UserRow| told.borrow_mut().push(row.clone());
        let rows = input.users.iter().cloned().map(Ok);
        let cut = world.users().add_stream(second.actor, "monday", BulkMode::Apply, rows, tell);
        assert_eq!(refusal(cut), Code::RoleTooLow);
        let told = told.into_inner();
        assert!(!told.is_empty() && told.len() < 120, "{}", told.len());
        assert_eq!(pending(world, &firm), told.len(), "what was told is done, and no more");
        let rows = world.users().add_many(firm.admin, "monday", &input).unwrap();
        assert_eq!(rows[..told.len()], told);
        assert_eq!(pending(world, &firm), 120);
        assert_eq!(world.deliver().of(MailKind::UserPassword).len(), 120);
    }

    fn rule_41_a_role_that_is_lost_meanwhile_ends_the_call_whatever_the_rows_hold(world: &World) {
        let firm = world.firm("Flora Export");
        let second = world.member(&firm, Role::Admin, "pedro@flora.example");
        let (unseen, host) = (world.unseen(), firm.host());
        let rows = (0..100).map(|at| -> Result<UserInput> {
            if at == 50 {
                unseen.staff().set_role(host, second.staff, Role::SalesManager).unwrap();
            }
            Err(Code::TooLong.into())
        });
        let told = RefCell::new(0);
        let tell = |_: &UserRow| *told.borrow_mut() += 1;
        let given = world.users().add_stream(second.actor, "monday", BulkMode::Apply, rows, tell);
        assert_eq!((refusal(given), told.into_inner()), (Code::RoleTooLow, 50));
    }

    fn rule_32_only_an_admin_adds_many(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        for role in [Role::ProcurementManager, Role::SalesManager, Role::FullAccess, Role::Staff] {
            let member = world.member(&firm, role, &format!("{role}@flora.example"));
            for mode in [BulkMode::DryRun, BulkMode::Apply] {
                for users in [vec![], vec![World::user_input(customer, UMA)]] {
                    let add = || world.users().add_many(member.actor, "monday", &bulk(mode, users));
                    let (given, committed) = world.store.committed(add);
                    assert_eq!(refusal(given), Code::RoleTooLow);
                    assert!(committed.is_empty());
                }
            }
        }
    }

    fn who_hears_of_a_row_may_call_the_library(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let users = (0..60).map(|at| Ok(World::user_input(customer, &format!("u{at}@users.example"))));
        let heard = RefCell::new(Vec::new());
        let tell = |row: &UserRow| {
            let UserOutcome::Added { association } = row.outcome else { panic!("{row:?}") };
            assert_eq!(world.users().revoke(firm.admin, association).unwrap().state, AssociationState::Revoked);
            heard.borrow_mut().push(row.row);
        };
        let totals = world.users().add_stream(firm.admin, "monday", BulkMode::Apply, users, tell).unwrap();
        assert_eq!(heard.into_inner(), (1..=60).collect::<Vec<_>>());
        assert_eq!((totals.added, pending(world, &firm)), (60, 0));
    }

    fn a_listener_hears_how_far_many_rows_have_come(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let users = (0..60).map(|at| World::user_input(customer, &format!("u{at}@users.example"))).collect();
        let heard = RefCell::new(Vec::new());
        let tell = |progress: Progress| {
            assert!(world.users().preview(firm.admin, &World::user_input(customer, UMA)).is_ok(), "it may call");
            heard.borrow_mut().push((progress.done, progress.total));
        };
        world.users().telling(&tell).add_many(firm.admin, "monday", &bulk(BulkMode::Apply, users)).unwrap();
        assert_eq!(heard.into_inner(), (1..=60).map(|done| (done, 60)).collect::<Vec<_>>());
    }

    fn who_was_invited_before_is_invited_anew_by_a_row(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let asked = world.invited(&firm, customer, UMA);
        let declined = world.invited(&firm, customer, "vera@users.example");
        world.users().revoke(firm.admin, declined.id).unwrap();
        let users = [UMA, "vera@users.example"].map(|email| World::user_input(customer, email)).to_vec();
        let rows = world.users().add_many(firm.admin, "monday", &bulk(BulkMode::Apply, users)).unwrap();
        let again: Vec<_> = rows.into_iter().map(|row| row.outcome).collect();
        assert_eq!(again, [asked.id, declined.id].map(|association| UserOutcome::Added { association }));
        let temporary = world.deliver().to(UMA).temporary_password();
        world.users().choose_password(&handfast_tests::first_password(UMA, &temporary)).unwrap();
        world.logins().authenticate(UMA, PASSWORD).unwrap();
    }

    fn a_stream_of_rows_is_taken_only_as_fast_as_it_is_done(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let (given, told) = (RefCell::new(0), RefCell::new(0));
        let rows = (0..500).map(|at| -> Result<UserInput> {
            *given.borrow_mut() += 1;
            assert!(*given.borrow() - *told.borrow() <= 50, "rows are held back");
            Ok(World::user_input(customer, &format!("u{at}@users.example")))
        });
        let totals = world.users().add_stream(firm.admin, "monday", BulkMode::Apply, rows, |_| *told.borrow_mut() += 1);
        let totals = totals.unwrap();
        assert_eq!((totals.rows, totals.added, totals.refused), (500, 500, 0));
        let users = world.users().of_customer(firm.admin, customer, &Paging::first(500)).unwrap().items;
        assert_eq!(users.len(), 500);
    }

    fn a_stream_that_breaks_off_keeps_what_it_gave(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let row = |at: usize| -> Result<UserInput> {
            match at {
                60 => Err(Code::SourceFailed.into()),
                7 => Err(Code::TooLong.into()),
                _ => Ok(World::user_input(customer, &format!("u{at}@users.example"))),
            }
        };
        let told = RefCell::new(Vec::new());
        let stream = |rows| {
            let tell = |row: &UserRow| told.borrow_mut().push(row.clone());
            world.users().add_stream(firm.admin, "monday", BulkMode::Apply, rows, tell)
        };
        assert_eq!(refusal(stream((0..100).map(row))), Code::SourceFailed);
        assert_eq!(told.borrow().len(), 60);
        assert_eq!(words(&told.take())[7], "too_long");
        let totals = stream((0..60).map(row)).unwrap();
        assert_eq!((totals.rows, totals.added, totals.refused), (60, 59, 1));
        assert_eq!(world.deliver().of(MailKind::UserPassword).len(), 59);
    }
}
