//! Rule 37: who is limited to departments finds the customers there, and no others.

use handfast::{
    Code,
    company::{OfferState, Role},
    customer::{Creation, Customer, CustomerFilter, CustomerInput, Notice},
    store::Paging,
};
use handfast_tests::{World, every_page, on_every_store, refusal};

fn input(name: &str) -> CustomerInput {
    let email = format!("{}@buyers.example", name.to_lowercase().replace(' ', "."));
    CustomerInput { name: name.into(), email, ..CustomerInput::default() }
}

on_every_store! {
    fn rule_37_lists_and_searches_hold_what_is_in_the_departments_and_all_of_it(world: &World) {
        let firm = world.firm("Flora Export");
        let sol = world.member(&firm, Role::SalesManager, "sol@people.example");
        let departments: Vec<_> = ["Box office", "Museum", "Garden"].map(|name| world.department(&firm, name)).into();
        let places = [Some(departments[0]), Some(departments[1]), Some(departments[2]), None];
        for at in 0..40 {
            let input = CustomerInput { department: places[at % 4], ..input(&format!("Rosa {}", at * 7 % 40)) };
            world.customers().create(firm.admin, &input, Notice::Later).unwrap();
        }
        let ids = |all: Vec<Customer>| all.into_iter().map(|each| each.id).collect::<Vec<_>>();
        for own in [&departments[..1], &departments[..2], &departments[1..], &departments[..]] {
            world.staff().limit(firm.admin, sol.staff, own).unwrap();
            let within = |all: Vec<Customer>| {
                ids(all.into_iter().filter(|each| each.department.is_some_and(|place| own.contains(&place))).collect())
            };
            let sized = |limit| move |paging: &Paging| Paging { limit: Some(limit), ..paging.clone() };
            for limit in [1, 3, 50] {
                let page = sized(limit);
                let list = |actor| every_page(|paging| world.customers().list(actor, None, &page(paging)).unwrap());
                assert_eq!(ids(list(sol.actor)), within(list(firm.admin)), "in the same order");
                for text in ["rosa", "rosa 1", "1 r", " "] {
                    let search = |actor| every_page(|paging| {
                        world.customers().search(actor, text, &CustomerFilter::default(), &page(paging)).unwrap()
                    });
                    assert_eq!(ids(search(sol.actor)), within(search(firm.admin)), "`{text}`");
                }
            }
        }
        world.staff().limit(firm.admin, sol.staff, &[]).unwrap();
        let all = every_page(|paging| world.customers().list(sol.actor, None, paging).unwrap());
        assert_eq!(all.len(), 40);
    }

    fn rule_37_a_limit_holds_from_the_next_call_on(world: &World) {
        let firm = world.firm("Flora Export");
        let sol = world.member(&firm, Role::SalesManager, "sol@people.example");
        let [own, other] = ["Box office", "Museum"].map(|name| world.department(&firm, name));
        let place = |department| CustomerInput { department: Some(department), ..input("Rosa Campos") };
        let customer = world.customers().create(firm.admin, &place(own), Notice::Later).unwrap().customer.id;
        world.staff().limit(firm.admin, sol.staff, &[own]).unwrap();
        world.customers().activate(sol.actor, customer).unwrap();
        // the customer moves, and is gone
        world.customers().update(firm.admin, customer, &place(other)).unwrap();
        assert_eq!(refusal(world.customers().deactivate(sol.actor, customer)), Code::NotFound);
        assert_eq!(refusal(world.customers().create(sol.actor, &place(own), Notice::Later)), Code::AlreadyCustomer);
        // the person moves, and it is there again
        world.staff().limit(firm.admin, sol.staff, &[other]).unwrap();
        let found = world.customers().create(sol.actor, &place(other), Notice::Later).unwrap();
        assert_eq!((found.creation, found.customer.id), (Creation::Found, customer));
        // out of one's own departments one puts nothing
        assert_eq!(refusal(world.customers().update(sol.actor, customer, &place(own))), Code::NotFound);
        assert_eq!(refusal(world.customers().update(sol.actor, customer, &input("Rosa Campos"))), Code::Required);
    }

    fn a_retired_department_keeps_its_customers_and_takes_no_new_ones(world: &World) {
        let firm = world.firm("Flora Export");
        let department = world.department(&firm, "Box office");
        let place = |name: &str| CustomerInput { department: Some(department), ..input(name) };
        let customer = world.customers().create(firm.admin, &place("Rosa Campos"), Notice::Later).unwrap().customer.id;
        world.departments().set_state(firm.admin, department, OfferState::Retired).unwrap();
        assert_eq!(refusal(world.customers().create(firm.admin, &place("Bruno Diaz"), Notice::Later)), Code::Retired);
        let renamed = CustomerInput { name: "Rosa Campos Paz".into(), ..place("Rosa Campos") };
        assert_eq!(world.customers().update(firm.admin, customer, &renamed).unwrap().department, Some(department));
    }

    fn only_who_looks_after_customers_is_limited(world: &World) {
        let firm = world.firm("Flora Export");
        let department = world.department(&firm, "Box office");
        for role in [Role::Admin, Role::ProcurementManager, Role::SalesManager, Role::FullAccess, Role::Staff] {
            let email = format!("{}@people.example", role.as_str());
            let member = world.member(&firm, role, &email);
            let limited = world.staff().limit(firm.admin, member.staff, &[department]);
            assert_eq!(limited.is_ok(), role.can_be_limited(), "{role:?}");
        }
    }
}
