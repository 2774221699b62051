use handfast::{
    Code, Id,
    checkout::{CheckoutInput, Switch},
    customer::Customer,
    mail::MailKind,
    order::{Order, OrderInput, OrderState},
    session::Context,
    store::Paging,
};
use handfast_tests::{CROWD, Firm, World, crowd, every_page, on_every_store, order, refusal};

/// A person who uses an active customer, signed in to it; with the customer.
fn buyer(world: &World, firm: &Firm, email: &str) -> (String, Id<Customer>) {
    let customer = world.active(firm, &format!("office-{email}"));
    let user = world.user(firm, customer, email);
    let token = world.signed_in(email);
    let context = Context::User { company: firm.company, customer, association: user.id };
    world.sessions().enter(&token, context).unwrap();
    (token, customer)
}

fn owners(world: &World, firm: &Firm) -> Vec<Option<Id<Customer>>> {
    every_page(|paging| world.orders().list(firm.admin, paging).unwrap()).iter().map(|order| order.customer).collect()
}

fn get(world: &World, firm: &Firm, order: Id<Order>) -> Order {
    world.orders().get(firm.admin, order).unwrap()
}

on_every_store! {
    fn rule_36_linking_changes_ownership_only(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.silent(&firm, "rosa@buyers.example");
        let guest = world.guest_order(&firm, "G-1", "rosa@buyers.example", None);
        let before = get(world, &firm, guest);
        let linked = world.orders().link(firm.admin, guest, customer).unwrap();
        assert_eq!(linked, Order { state: OrderState::Linked, customer: Some(customer), ..before.clone() });
        assert_eq!(world.orders().unlink(firm.admin, guest).unwrap(), before);
        assert_eq!(get(world, &firm, guest), before);
    }

    fn rule_36_a_guest_order_becomes_one_customers_however_many_link_it_at_once(world: &World) {
        let firm = world.firm("Flora Export");
        let customers: Vec<_> = (0..8).map(|at| world.silent(&firm, &format!("c{at}@buyers.example"))).collect();
        let guest = world.guest_order(&firm, "G-1", "rosa@buyers.example", None);
        let came = crowd(|at| world.orders().link(firm.admin, guest, customers[at % 8]).map(|order| order.customer));
        let owner = get(world, &firm, guest).customer.unwrap();
        for (at, came) in came.into_iter().enumerate() {
            match customers[at % 8] == owner {
                true => assert_eq!(came.unwrap(), Some(owner)),
                false => assert_eq!(refusal(came), Code::AlreadyThere),
            }
        }
        let counted = |customer| world.orders().totals(firm.admin, customer).unwrap().len();
        assert_eq!(customers.iter().map(|customer| counted(*customer)).sum::<usize>(), 1);
    }

    fn rule_36_a_claim_needs_the_address_that_is_the_persons_now(world: &World) {
        let firm = world.firm("Flora Export");
        let (token, customer) = buyer(world, &firm, "bea@rosas.example");
        let guest = world.guest_order(&firm, "G-1", "BEA@Rosas.example", None);
        let other = world.guest_order(&firm, "G-2", "new@rosas.example", None);
        let offered = |token: &str| {
            let page = world.orders().claimable(token, &Paging::default()).unwrap();
            page.items.iter().map(|order| order.id).collect::<Vec<_>>()
        };
        assert_eq!(offered(&token), [guest]);
        assert_eq!(refusal(world.orders().claim(&token, other)), Code::NotFound);
        world.deliver();
        world.wait_for_next_code();
        world.logins().request_email_change(&token, "new@rosas.example", handfast_tests::PASSWORD, None).unwrap();
        assert_eq!(offered(&token), [guest], "what was asked for is not proved yet");
        let link = world.deliver().token_of(MailKind::EmailChange);
        world.logins().confirm_email_change(&token, &link).unwrap();
        assert_eq!(offered(&token), [other]);
        assert_eq!(refusal(world.orders().claim(&token, guest)), Code::NotFound);
        assert_eq!(world.orders().claim(&token, other).unwrap().customer, Some(customer));
    }

    fn rule_39_the_same_order_is_recorded_once_however_many_bring_it_and_whatever_was_set_since(world: &World) {
        let firm = world.firm("Flora Export");
        let input = order("G-1", "rosa@buyers.example", world.now());
        let recorded = crowd(|_| world.orders().record(firm.admin, &input).unwrap());
        assert_eq!(recorded.len(), CROWD);
        assert!(recorded.iter().all(|order| *order == recorded[0]));
        assert_eq!(owners(world, &firm), [None]);
        let accounts = CheckoutInput { guests: Switch::Off, accounts: Switch::On };
        world.checkout().set(firm.admin, &accounts, None).unwrap();
        assert_eq!(world.orders().record(firm.admin, &input).unwrap(), recorded[0]);
        let other = OrderInput { number: "G-2".into(), ..input };
        assert_eq!(refusal(world.orders().record(firm.admin, &other)), Code::GuestsOff);
    }

    fn what_a_customer_has_ordered_is_exact(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.ready(&firm, "rosa@buyers.example");
        let amounts = ["999999999999.9999", "999999999999.9999", "0.0001", "0.1", "0.2"];
        for (at, amount) in amounts.iter().enumerate() {
            let input = OrderInput {
                customer: Some(customer),
                amount: (*amount).into(),
                ..order(&format!("A-{at}"), "rosa@buyers.example", world.now())
            };
            world.orders().record(firm.admin, &input).unwrap();
        }
        let totals = world.orders().totals(firm.admin, customer).unwrap();
        let told: Vec<_> = totals.iter().map(|total| (total.orders, total.amount.to_string())).collect();
        assert_eq!(told, [(5, "2000000000000.2999".to_owned())]);
    }

    fn a_department_keeps_a_way_to_order_whatever_the_company_sets(world: &World) {
        let firm = world.firm("Flora Export");
        let bar = world.department(&firm, "Bar");
        let ways = |guests, accounts| CheckoutInput { guests, accounts };
        let (on, off) = (Switch::On, Switch::Off);
        world.checkout().set(firm.admin, &ways(off, on), Some(bar)).unwrap();
        world.checkout().set(firm.admin, &ways(on, off), None).unwrap();
        let options = world.checkout().options(firm.admin, Some(bar)).unwrap();
        assert_eq!((options.guests, options.accounts), (off, on));
        let options = world.checkout().inherit(firm.admin, bar).unwrap();
        assert_eq!((options.guests, options.accounts), (on, off));
    }
}
