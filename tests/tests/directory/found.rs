//! How customers are found: by words, by numbers, and narrowed. Rule 37.

use handfast::{
    Id,
    customer::{Customer, CustomerFilter, CustomerInput, CustomerState, Notice},
    store::Paging,
};
use handfast_tests::{Firm, World, every_page, on_every_store};

fn create(world: &World, firm: &Firm, input: CustomerInput) -> Id<Customer> {
    let email =
        if input.email.is_empty() { format!("{}@buyers.example", input.name.len()) } else { input.email.clone() };
    world.customers().create(firm.admin, &CustomerInput { email, ..input }, Notice::Later).unwrap().customer.id
}

fn named(name: &str) -> CustomerInput {
    let email = format!("{}@buyers.example", name.split(' ').collect::<Vec<_>>().join("."));
    CustomerInput { name: name.into(), email, ..CustomerInput::default() }
}

fn found(world: &World, firm: &Firm, text: &str) -> Vec<Id<Customer>> {
    let every =
        |paging: &Paging| world.customers().search(firm.admin, text, &CustomerFilter::default(), paging).unwrap();
    every_page(every).into_iter().map(|customer| customer.id).collect()
}

on_every_store! {
    fn a_phone_number_is_found_however_it_is_written(world: &World) {
        let firm = world.firm("Flora Export");
        for (number, (kept, typed)) in [
            ("+44 (0)20 7946 0958", &["+442079460958", "0044 20 7946 0958", "(020) 7946-0958", "20 7946 09", "7946"][..]),
            ("0034 91 123 45 67", &["+34 911 234 567", "91.123.45.67", "911234567", "34 91 12"]),
            ("593 2 600 1122", &["+593 (2) 600-1122", "02 600 1122", "2600112", "600"]),
        ].into_iter().enumerate() {
            let customer = create(world, &firm, CustomerInput { phone: Some(kept.into()), ..named(&format!("Rosa {number}")) });
            for typed in typed {
                assert_eq!(found(world, &firm, typed), [customer], "{kept} by {typed}");
            }
        }
        assert!(found(world, &firm, "79460958 1").is_empty());
        assert!(found(world, &firm, "946 0958 00").is_empty());
    }

    fn a_customer_is_found_by_its_number_and_the_till_shows_no_other(world: &World) {
        let firm = world.firm("Flora Export");
        let numbered = |name: &str, number: &str| CustomerInput { number: Some(number.into()), ..named(name) };
        let rosa = create(world, &firm, numbered("Rosa Campos", "A-0042"));
        create(world, &firm, named("A 0042 Bar"));
        let lookup = |text: &str| world.customers().lookup(firm.admin, text).unwrap().iter().map(|each| each.id).collect::<Vec<_>>();
        assert_eq!(lookup("a-0042"), [rosa]);
        assert_eq!(lookup(" A-0042 "), [rosa]);
        assert_eq!(lookup("ROSA.CAMPOS@buyers.example")[0], rosa);
        assert_eq!(found(world, &firm, "0042").len(), 2);
        assert!(lookup("").is_empty());
        for number in 0..12 {
            create(world, &firm, named(&format!("Rosa {number}")));
        }
        assert_eq!(lookup("rosa").len(), 10);
    }

    fn whole_words_come_before_longer_ones(world: &World) {
        let firm = world.firm("Flora Export");
        let names = ["Rosalinda", "Rosa Ñandú", "Rosario", "Rosa_100%"];
        let addressed = |(at, name): (usize, &&str)| CustomerInput { email: format!("{at}@b.example"), ..named(name) };
        let ids: Vec<_> = names.iter().enumerate().map(|each| create(world, &firm, addressed(each))).collect();
        assert_eq!(found(world, &firm, "ROSA"), [ids[1], ids[3], ids[0], ids[2]]);
        assert_eq!(found(world, &firm, "nandu ros"), [ids[1]]);
        assert_eq!(found(world, &firm, "rosa_100%"), [ids[3]]);
        assert!(found(world, &firm, "rosa%").is_empty());
    }

    fn a_filter_leaves_what_it_says_and_follows_every_change(world: &World) {
        let firm = world.firm("Flora Export");
        let [first, second] = ["Box office", "Museum"].map(|name| world.department(&firm, name));
        let departments = [Some(first), Some(second), None];
        let ids: Vec<_> = (0..30).map(|at| {
            let customer = create(world, &firm, CustomerInput { department: departments[at % 3], ..named(&format!("Rosa {at}")) });
            if at % 2 == 0 {
                world.customers().activate(firm.admin, customer).unwrap();
            }
            customer
        }).collect();
        // one moves, and one is activated later
        world.customers().update(firm.admin, ids[0], &CustomerInput { department: Some(second), ..named("Rosa 0") }).unwrap();
        world.customers().activate(firm.admin, ids[1]).unwrap();
        let all: Vec<Customer> = every_page(|paging| world.customers().list(firm.admin, None, paging).unwrap());
        for text in ["", " ", "rosa", "rosa 1", "nobody", "!"] {
            for department in departments {
                for state in [None, Some(CustomerState::Active), Some(CustomerState::Blocked)] {
                    let filter = CustomerFilter { department, state, tag: None };
                    let found = every_page(|paging| world.customers().search(firm.admin, text, &filter, paging).unwrap());
                    let plain: Vec<_> = every_page(|paging| world.customers().search(firm.admin, text, &CustomerFilter::default(), paging).unwrap());
                    let narrows = filter.department.is_some() || filter.state.is_some();
                    let base = if text.trim().is_empty() && narrows { &all } else { &plain };
                    let mut due: Vec<_> = base.iter().filter(|each| department.is_none_or(|department| each.department == Some(department)))
                        .filter(|each| state.is_none_or(|state| each.state == state)).map(|each| each.id).collect();
                    let mut found: Vec<_> = found.iter().map(|each| each.id).collect();
                    due.sort();
                    found.sort();
                    assert_eq!(found, due, "`{text}` {filter:?}");
                }
            }
        }
    }
}
