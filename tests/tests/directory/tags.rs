use handfast::{
    Actor, Code, Id,
    company::{Department, Role},
    customer::{Customer, CustomerInput, Notice},
    event::{EventFilter, EventKind},
    store::{Page, Paging},
    tag::{Tag, TagFilter},
};
use handfast_tests::{CROWD, Firm, World, crowd, every_page, on_every_store};

/// A customer in a department.
fn in_department(world: &World, firm: &Firm, department: Id<Department>, name: &str) -> Id<Customer> {
    let email = format!("{name}@buyers.example");
    let input = CustomerInput { email, department: Some(department), name: name.into(), ..CustomerInput::default() };
    world.customers().create(firm.host(), &input, Notice::Later).unwrap().customer.id
}

/// Customers without a department, in the order of their ids.
fn customers(world: &World, firm: &Firm, number: usize) -> Vec<Id<Customer>> {
    (0..number).map(|at| world.silent(firm, &format!("buyer{at:04}@buyers.example"))).collect()
}

fn all_of(tags: &[Id<Tag>]) -> TagFilter {
    TagFilter { all_of: tags.to_vec(), ..TagFilter::default() }
}

fn found(world: &World, actor: Actor, filter: &TagFilter) -> Vec<Id<Customer>> {
    every_page(|paging| world.tags().customers(actor, filter, paging).unwrap())
        .iter()
        .map(|customer| customer.id)
        .collect()
}

/// How many customers each tag counts, by the name.
fn counts(world: &World, actor: Actor) -> Vec<(String, Option<i64>)> {
    let tags: Page<_> = world.tags().list(actor, &Paging::default()).unwrap();
    tags.items.into_iter().map(|tag| (tag.name.to_string(), tag.customers)).collect()
}

on_every_store! {
    fn rule_37_tagging_adds_and_removes_and_never_replaces(world: &World) {
        let firm = world.firm("Flora Export");
        let [hotels, late] = ["Hotels", "Pays late"].map(|name| world.tag(&firm, name));
        let customer = world.silent(&firm, "one@buyers.example");
        for _ in 0..3 {
            world.tags().add(firm.admin, customer, hotels).unwrap();
            world.tags().add(firm.admin, customer, late).unwrap();
        }
        let tags = |customer| world.customers().get(firm.admin, customer).unwrap().tags.all().collect::<Vec<_>>();
        assert_eq!(tags(customer), [hotels, late]);
        assert_eq!(counts(world, firm.admin), [("Hotels".to_owned(), Some(1)), ("Pays late".to_owned(), Some(1))]);
        for _ in 0..3 {
            world.tags().remove(firm.admin, customer, hotels).unwrap();
        }
        assert_eq!(tags(customer), [late]);
        assert_eq!(counts(world, firm.admin), [("Hotels".to_owned(), Some(0)), ("Pays late".to_owned(), Some(1))]);
        let filter = EventFilter { subject: Some(customer.cast()), ..EventFilter::default() };
        let events = world.events().list(firm.admin, &filter, &Paging::default()).unwrap().items;
        let marks = events.iter().map(|event| event.what).filter(|what| *what != EventKind::CustomerCreated);
        let expected = [EventKind::CustomerUntagged, EventKind::CustomerTagged, EventKind::CustomerTagged];
        assert_eq!(marks.collect::<Vec<_>>(), expected);
    }

    fn rule_37_tag_lists_hold_only_what_the_caller_may_read(world: &World) {
        let firm = world.firm("Flora Export");
        let [north, south, west] = ["North", "South", "West"].map(|name| world.department(&firm, name));
        let [tag, other] = ["Hotels", "Inns"].map(|name| world.tag(&firm, name));
        let own = [north, south].map(|place| in_department(world, &firm, place, &format!("own{place}")));
        let hidden = [in_department(world, &firm, west, "west"), world.silent(&firm, "whole@buyers.example")];
        for customer in own.iter().chain(&hidden) {
            world.tags().add(firm.admin, *customer, tag).unwrap();
            world.tags().add(firm.admin, *customer, other).unwrap();
        }
        let seller = world.member(&firm, Role::SalesManager, "seller@people.example");
        world.staff().limit(firm.admin, seller.staff, &[north, south]).unwrap();
        let any = TagFilter { any_of: vec![other, tag], ..TagFilter::default() };
        for filter in [all_of(&[tag]), all_of(&[tag, other]), any] {
            assert_eq!(found(world, firm.admin, &filter).len(), 4, "{filter:?}");
            assert_eq!(found(world, seller.actor, &filter), own, "{filter:?}");
        }
        let mut everyone = found(world, seller.actor, &TagFilter::default());
        everyone.sort_unstable();
        assert_eq!(everyone, own);
        assert_eq!(counts(world, seller.actor), [("Hotels".to_owned(), None), ("Inns".to_owned(), None)]);
        // within the departments, and nowhere else
        world.tags().remove(seller.actor, own[0], tag).unwrap();
        for customer in hidden {
            assert_eq!(world.tags().remove(seller.actor, customer, tag).unwrap_err().code(), Code::NotFound);
        }
        assert_eq!(world.tags().discard(seller.actor, tag).unwrap_err().code(), Code::RoleTooLow);
    }

    fn rule_34_no_tag_marks_a_customer_of_another_company(world: &World) {
        let (firm, other) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (tag, foreign) = (world.tag(&firm, "Hotels"), world.tag(&other, "Hotels"));
        let (customer, stranger) =
            (world.silent(&firm, "one@buyers.example"), world.silent(&other, "one@buyers.example"));
        for (customer, tag) in [(customer, foreign), (stranger, tag), (stranger, foreign)] {
            assert_eq!(world.tags().add(firm.admin, customer, tag).unwrap_err().code(), Code::NotFound);
            assert_eq!(world.tags().remove(firm.admin, customer, tag).unwrap_err().code(), Code::NotFound);
        }
        assert_eq!(world.tags().merge(firm.admin, tag, foreign).unwrap_err().code(), Code::NotFound);
        assert_eq!(world.tags().merge(firm.admin, foreign, tag).unwrap_err().code(), Code::NotFound);
        for filter in [
            all_of(&[foreign]),
            TagFilter { any_of: vec![tag, foreign], ..TagFilter::default() },
            TagFilter { none_of: vec![foreign], ..TagFilter::default() },
        ] {
            let refused = world.tags().customers(firm.admin, &filter, &Paging::default()).unwrap_err();
            assert_eq!(refused.code(), Code::NotFound);
        }
        assert_eq!(counts(world, other.admin), [("Hotels".to_owned(), Some(0))]);
    }

    fn rule_35_a_foreign_tag_and_a_closed_one_are_not_there(world: &World) {
        let (firm, other) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (closed, foreign) = (world.tag(&firm, "Hotels"), world.tag(&other, "Hotels"));
        world.tags().discard(firm.admin, closed).unwrap();
        let customer = world.silent(&firm, "one@buyers.example");
        let answers = [closed, foreign].map(|tag| {
            world.store.calls(|| {
                let added = world.tags().add(firm.admin, customer, tag).unwrap_err();
                let renamed = world.tags().rename(firm.admin, tag, "Inns").unwrap_err();
                let listed = world.tags().customers(firm.admin, &all_of(&[tag]), &Paging::default()).unwrap_err();
                [added, renamed, listed].map(|error| error.to_string())
            })
        });
        assert_eq!(answers[0], answers[1]);
        assert!(answers[0].0.iter().all(|answer| answer.contains("tag")), "{answers:?}");
    }

    fn names_are_one_whatever_their_case_and_accents_and_free_again_when_a_tag_is_closed(world: &World) {
        let firm = world.firm("Flora Export");
        let tag = world.tag(&firm, "Árbol");
        assert_eq!(world.tags().create(firm.admin, "ARBOL").unwrap_err().code(), Code::AlreadyThere);
        let other = world.tag(&firm, "Hotels");
        assert_eq!(world.tags().rename(firm.admin, other, "arbol").unwrap_err().code(), Code::AlreadyThere);
        assert_eq!(world.tags().rename(firm.admin, tag, "arbol").unwrap().name.to_string(), "arbol");
        world.tags().merge(firm.admin, tag, other).unwrap();
        assert_ne!(world.tag(&firm, "Árbol"), tag);
        assert_eq!(world.tags().merge(firm.admin, tag, other).unwrap(), 0);
        assert_eq!(world.tags().discard(firm.admin, tag).unwrap_err().code(), Code::NotFound);
    }

    fn a_customer_has_fifty_tags_at_most(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.silent(&firm, "one@buyers.example");
        let tags: Vec<_> = (0..51).map(|at| world.tag(&firm, &format!("Tag {at}"))).collect();
        for tag in &tags[..50] {
            world.tags().add(firm.admin, customer, *tag).unwrap();
        }
        assert_eq!(world.tags().add(firm.admin, customer, tags[50]).unwrap_err().code(), Code::TooMany);
        world.tags().add(firm.admin, customer, tags[0]).unwrap();
        // in place of one that it has there is room
        world.tags().merge(firm.admin, tags[0], tags[50]).unwrap();
        assert_eq!(world.customers().get(firm.admin, customer).unwrap().tags.all().count(), 50);
        assert_eq!(world.tags().customers(firm.admin, &all_of(&tags[..21]), &Paging::default()).unwrap_err().code(), Code::TooMany);
    }

    fn a_filter_finds_what_looking_at_everyone_finds(world: &World) {
        let firm = world.firm("Flora Export");
        let tags: Vec<_> = (0..3).map(|at| world.tag(&firm, &format!("Tag {at}"))).collect();
        let customers = customers(world, &firm, 24);
        for (at, customer) in customers.iter().enumerate() {
            for (bit, tag) in tags.iter().enumerate().filter(|(bit, _)| at >> bit & 1 == 1) {
                assert!(world.tags().add(firm.admin, *customer, *tag).unwrap().tags.has(tags[bit]));
            }
        }
        let some = |mask: usize| -> Vec<_> {
            tags.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, tag)| *tag).collect()
        };
        for (all, any, none) in (0..512).map(|at| (at & 7, at >> 3 & 7, at >> 6)) {
            let filter = TagFilter { all_of: some(all), any_of: some(any), none_of: some(none) };
            let fits = |at: usize| at & all == all && (any == 0 || at & any != 0) && at & none == 0;
            let expected = customers.iter().enumerate().filter(|(at, _)| fits(at & 7)).map(|(_, customer)| *customer);
            let mut seen = Vec::new();
            let mut paging = Some(Paging::first(5));
            while let Some(next) = paging {
                let page = world.tags().customers(firm.admin, &filter, &next).unwrap();
                // pages are full until the last
                assert!(page.next.is_none() || page.items.len() == 5, "{filter:?}");
                seen.extend(page.items.iter().map(|customer| customer.id));
                paging = Paging::after(&page, 5);
            }
            if all == 0 && any == 0 {
                seen.sort_unstable();
            }
            assert_eq!(seen, expected.collect::<Vec<_>>(), "{filter:?}");
        }
    }

    fn a_tag_is_taken_from_all_its_customers_in_chunks(world: &World) {
        let firm = world.firm("Flora Export");
        let [hotels, inns] = ["Hotels", "Inns"].map(|name| world.tag(&firm, name));
        let customers = customers(world, &firm, 260);
        for (at, customer) in customers.iter().enumerate() {
            world.tags().add(firm.admin, *customer, hotels).unwrap();
            if at % 2 == 0 {
                world.tags().add(firm.admin, *customer, inns).unwrap();
            }
        }
        let (moved, commits) = world.store.committed(|| world.tags().merge(firm.admin, hotels, inns).unwrap());
        assert_eq!((moved, commits.len()), (260, 3));
        assert_eq!(counts(world, firm.admin), [("Inns".to_owned(), Some(260))]);
        assert_eq!(found(world, firm.admin, &all_of(&[inns])), customers);
        assert_eq!(world.tags().discard(firm.admin, inns).unwrap(), 260);
        assert_eq!(counts(world, firm.admin), []);
        let left = found(world, firm.admin, &TagFilter::default());
        assert!(left.iter().all(|id| world.customers().get(firm.admin, *id).unwrap().tags.all().count() == 0));
    }

    fn a_tag_that_all_add_at_once_is_counted_once_for_each_customer(world: &World) {
        let firm = world.firm("Flora Export");
        let tag = world.tag(&firm, "Hotels");
        let one = world.silent(&firm, "one@buyers.example");
        crowd(|_| world.tags().add(firm.admin, one, tag).unwrap());
        assert_eq!(counts(world, firm.admin), [("Hotels".to_owned(), Some(1))]);
        let customers = customers(world, &firm, CROWD);
        crowd(|at| world.tags().add(firm.admin, customers[at], tag).unwrap());
        let all = i64::try_from(CROWD).unwrap() + 1;
        assert_eq!(counts(world, firm.admin), [("Hotels".to_owned(), Some(all))]);
        crowd(|_| world.tags().remove(firm.admin, one, tag).unwrap());
        assert_eq!(counts(world, firm.admin), [("Hotels".to_owned(), Some(all - 1))]);
    }

    fn a_tag_that_is_deleted_while_all_add_it_stays_with_nobody(world: &World) {
        let firm = world.firm("Flora Export");
        let [tag, other] = ["Hotels", "Inns"].map(|name| world.tag(&firm, name));
        let customers = customers(world, &firm, CROWD);
        crowd(|at| match at % 8 {
            0 => world.tags().merge(firm.admin, tag, other).map(drop).unwrap(),
            _ => match world.tags().add(firm.admin, customers[at], tag) {
                Ok(_) => {}
                Err(error) => assert_eq!(error.code(), Code::NotFound),
            },
        });
        let everyone = customers.iter().map(|id| world.customers().get(firm.admin, *id).unwrap());
        let (mut wear, mut moved) = (0, 0);
        for customer in everyone {
            wear += u32::from(customer.tags.has(tag));
            moved += i64::from(customer.tags.has(other));
        }
        assert_eq!(wear, 0);
        assert_eq!(counts(world, firm.admin), [("Inns".to_owned(), Some(moved))]);
    }
}
