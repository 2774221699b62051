use std::cell::RefCell;

use handfast::{
    Code, Id,
    association::BulkMode,
    company::Role,
    customer::{Customer, CustomerInput, Notice},
    store::Paging,
    tag::{BulkTag, Selection, Tag, TagChange, TagFilter, TagOutcome},
};
use handfast_tests::{CROWD, Firm, World, crowd, every_page, on_every_store};

fn customers(world: &World, firm: &Firm, number: usize) -> Vec<Id<Customer>> {
    (0..number).map(|at| world.silent(firm, &format!("buyer{at:04}@buyers.example"))).collect()
}

fn input(tag: Id<Tag>, change: TagChange, selection: Selection) -> BulkTag {
    BulkTag { tag, change, selection, mode: BulkMode::Apply }
}

/// All customers with their tags.
fn picture(world: &World, firm: &Firm) -> Vec<(Id<Customer>, Vec<Id<Tag>>)> {
    let list = |paging: &Paging| world.tags().customers(firm.admin, &TagFilter::default(), paging).unwrap();
    every_page(list).into_iter().map(|customer| (customer.id, customer.tags.all().collect())).collect()
}

fn counts(world: &World, firm: &Firm) -> Vec<Option<i64>> {
    let tags = world.tags().list(firm.admin, &Paging::default()).unwrap();
    tags.items.into_iter().map(|tag| tag.customers).collect()
}

on_every_store! {
    fn rule_39_a_key_that_is_repeated_changes_nothing_and_gives_the_first_answer(world: &World) {
        let firm = world.firm("Flora Export");
        let (tag, customers) = (world.tag(&firm, "Hotels"), customers(world, &firm, 3));
        world.tags().add(firm.admin, customers[1], tag).unwrap();
        let ids = vec![customers[0], customers[1], customers[0], tag.cast()];
        let asked = input(tag, TagChange::Add, Selection::Ids(ids));
        let tried =
            world.tags().apply_many(firm.admin, "k", &BulkTag { mode: BulkMode::DryRun, ..asked.clone() }).unwrap();
        assert_eq!(counts(world, &firm), [Some(1)]);
        let first = world.tags().apply_many(firm.admin, "k", &asked).unwrap();
        assert_eq!(tried, first);
        let outcomes: Vec<_> = first.rows.iter().map(|row| row.outcome).collect();
        let [twice, nowhere] = [Code::DuplicateEntry, Code::NotFound].map(TagOutcome::Refused);
        assert_eq!(outcomes, [TagOutcome::Changed, TagOutcome::Unchanged, twice, nowhere]);
        // by hand since
        world.tags().remove(firm.admin, customers[0], tag).unwrap();
        let before = picture(world, &firm);
        let (again, commits) =
            world.store.committed(|| world.tags().apply_many(firm.admin, "k", &asked).unwrap());
        assert_eq!((again, commits.len()), (first.clone(), 0));
        let other = input(tag, TagChange::Remove, Selection::Ids(customers.clone()));
        assert_eq!(world.tags().apply_many(firm.admin, "k", &other).unwrap_err().code(), Code::KeyReused);
        world.tags().discard(firm.admin, tag).unwrap();
        assert_eq!(world.tags().apply_many(firm.admin, "k", &asked).unwrap(), first);
        assert_eq!(before.len(), 3);
    }

    fn a_selection_is_tagged_in_chunks_and_taken_back_exactly(world: &World) {
        let firm = world.firm("Flora Export");
        let [hotels, inns] = ["Hotels", "Inns"].map(|name| world.tag(&firm, name));
        let customers = customers(world, &firm, 510);
        for customer in customers.iter().step_by(3) {
            world.tags().add(firm.admin, *customer, inns).unwrap();
        }
        let before = picture(world, &firm);
        let heard = RefCell::new(Vec::new());
        let tell = |progress: handfast::Progress| heard.borrow_mut().push((progress.done, progress.total));
        for (key, selection) in [
            ("ids", Selection::Ids(customers.clone())),
            ("words", Selection::Search("rosa campos".into())),
            ("tag", Selection::Tag(inns)),
        ] {
            let matched = if key == "tag" { 170 } else { 510 };
            let asked = input(hotels, TagChange::Add, selection);
            let (answer, commits) =
                world.store.committed(|| world.tags().telling(&tell).apply_many(firm.admin, key, &asked).unwrap());
            assert_eq!((answer.matched, answer.changed), (matched, matched), "{key}");
            assert_eq!(commits.len(), if key == "tag" { 2 } else { 4 }, "{key}");
            assert_eq!(counts(world, &firm), [Some(matched), Some(170)]);
            let undone = world.tags().undo(firm.admin, key).unwrap();
            assert_eq!((undone.undone, undone.kept), (matched, 0), "{key}");
            assert_eq!(world.tags().undo(firm.admin, key).unwrap(), undone);
            assert_eq!(picture(world, &firm), before, "{key}");
            assert_eq!(counts(world, &firm), [Some(0), Some(170)]);
        }
        assert_eq!(heard.into_inner()[..3], [(250, 510), (500, 510), (510, 510)]);
        // a list that shrinks while it is walked
        let asked = input(inns, TagChange::Remove, Selection::Tag(inns));
        assert_eq!(world.tags().apply_many(firm.admin, "off", &asked).unwrap().changed, 170);
        assert_eq!(counts(world, &firm), [Some(0), Some(0)]);
        world.tags().undo(firm.admin, "off").unwrap();
        assert_eq!(picture(world, &firm), before);
    }

    fn rule_37_tagging_many_and_taking_it_back_is_the_identity(world: &World) {
        let firm = world.firm("Flora Export");
        let tags = ["Hotels", "Inns", "Weddings"].map(|name| world.tag(&firm, name));
        let customers = customers(world, &firm, 8);
        for case in 0..48_usize {
            // each case starts with other tags, selects others and does something else
            for (at, customer) in customers.iter().enumerate() {
                let tag = tags[(case + at) % 3];
                match (case * 7 + at * 5) % 4 {
                    0 | 1 => world.tags().add(firm.admin, *customer, tag).unwrap(),
                    _ => world.tags().remove(firm.admin, *customer, tag).unwrap(),
                };
            }
            let (before, counted) = (picture(world, &firm), counts(world, &firm));
            let some = customers.iter().enumerate().filter(|(at, _)| (case * 3 + at) % 5 < 3).map(|(_, id)| *id);
            let selection = match case % 3 {
                0 => Selection::Ids(some.collect()),
                1 => Selection::Search("campos".into()),
                _ => Selection::Tag(tags[(case / 3) % 3]),
            };
            let change = if case % 2 == 0 { TagChange::Add } else { TagChange::Remove };
            let (key, asked) = (format!("case {case}"), input(tags[case % 3], change, selection));
            let answer = world.tags().apply_many(firm.admin, &key, &asked).unwrap();
            assert_eq!(answer.matched, answer.changed + answer.unchanged + answer.refused);
            assert_eq!(world.tags().undo(firm.admin, &key).unwrap().undone, answer.changed);
            assert_eq!((picture(world, &firm), counts(world, &firm)), (before, counted), "{asked:?}");
        }
    }

    fn what_was_changed_back_since_is_left_as_it_is(world: &World) {
        let firm = world.firm("Flora Export");
        let (tag, customers) = (world.tag(&firm, "Hotels"), customers(world, &firm, 3));
        world.tags().add(firm.admin, customers[2], tag).unwrap();
        let asked = input(tag, TagChange::Add, Selection::Ids(customers.clone()));
        world.tags().apply_many(firm.admin, "k", &asked).unwrap();
        world.tags().remove(firm.admin, customers[0], tag).unwrap();
        let undone = world.tags().undo(firm.admin, "k").unwrap();
        assert_eq!((undone.undone, undone.kept), (1, 1));
        // who had it before keeps it
        assert!(world.customers().get(firm.admin, customers[2]).unwrap().tags.has(tag));
        assert_eq!(counts(world, &firm), [Some(1)]);
    }

    fn rule_37_who_is_limited_tags_within_the_departments(world: &World) {
        let firm = world.firm("Flora Export");
        let (tag, north) = (world.tag(&firm, "Hotels"), world.department(&firm, "North"));
        let email = "north@buyers.example".to_owned();
        let own = CustomerInput { name: "Rosa Campos".into(), email, department: Some(north), ..Default::default() };
        let own = world.customers().create(firm.host(), &own, Notice::Later).unwrap().customer.id;
        let hidden = world.silent(&firm, "hidden@buyers.example");
        let seller = world.member(&firm, Role::SalesManager, "seller@people.example");
        world.staff().limit(firm.admin, seller.staff, &[north]).unwrap();
        let searched = input(tag, TagChange::Add, Selection::Search("rosa".into()));
        assert_eq!(world.tags().apply_many(seller.actor, "a", &searched).unwrap().matched, 1);
        let named = input(tag, TagChange::Add, Selection::Ids(vec![own, hidden]));
        let rows = world.tags().apply_many(seller.actor, "b", &named).unwrap().rows;
        assert_eq!(rows[1].outcome, TagOutcome::Refused(Code::NotFound));
        world.tags().apply_many(firm.admin, "c", &input(tag, TagChange::Add, Selection::Ids(vec![hidden]))).unwrap();
        // what is outside waits for somebody else
        assert_eq!(world.tags().undo(seller.actor, "c").unwrap().undone, 0);
        assert_eq!(world.tags().undo(firm.admin, "c").unwrap().undone, 1);
    }

    fn one_key_that_all_call_at_once_is_one_call(world: &World) {
        let firm = world.firm("Flora Export");
        let (tag, customers) = (world.tag(&firm, "Hotels"), customers(world, &firm, 300));
        let asked = input(tag, TagChange::Add, Selection::Ids(customers));
        let answers = crowd(|_| world.tags().apply_many(firm.admin, "k", &asked).unwrap());
        assert!(answers.iter().all(|answer| *answer == answers[0] && answer.changed == 300));
        assert_eq!(counts(world, &firm), [Some(300)]);
        let undone = crowd(|_| world.tags().undo(firm.admin, "k").unwrap());
        assert_eq!(undone.len(), CROWD);
        assert_eq!(world.tags().undo(firm.admin, "k").unwrap().undone, 300);
        assert_eq!(counts(world, &firm), [Some(0)]);
    }
}
