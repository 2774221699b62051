//! Rules 1 to 3: when a customer can order, and how it gets there.

use handfast::{
    Code, Id,
    company::OfferState,
    customer::{Customer, CustomerState, Missing, PricingInput},
    event::EventKind,
    mail::MailKind,
    request::{Decision, RequestState},
    store::Write,
};
use handfast_tests::{Firm, World, on_every_store, refusal};

/// The three steps of activation, each a verb.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Activate,
    Price,
    Serve,
}

use Step::{Activate, Price, Serve};

const ORDERS: [[Step; 3]; 6] = [
    [Activate, Price, Serve],
    [Activate, Serve, Price],
    [Price, Activate, Serve],
    [Price, Serve, Activate],
    [Serve, Activate, Price],
    [Serve, Price, Activate],
];

struct Shop<'a> {
    world: &'a World,
    firm: Firm,
    pricing: PricingInput,
    days: [(String, Id<handfast::company::Carrier>); 1],
}

impl<'a> Shop<'a> {
    fn new(world: &'a World) -> Self {
        let firm = world.firm("Flora Export");
        let pricing = PricingInput::of(world.price_type(&firm, "Retail"));
        let days = [("monday".to_owned(), world.carrier(&firm, "Night truck"))];
        Shop { world, firm, pricing, days }
    }

    fn take(&self, step: Step, customer: Id<Customer>) -> Customer {
        let (admin, customers) = (self.firm.admin, self.world.customers());
        let done = match step {
            Activate => customers.activate(admin, customer),
            Price => customers.set_pricing(admin, customer, &self.pricing),
            Serve => customers.set_service(admin, customer, &self.days),
        };
        done.unwrap()
    }

    fn can_order(&self, customer: Id<Customer>) -> bool {
        self.world.customers().can_order(self.firm.admin, customer).unwrap().yes
    }
}

on_every_store! {
    fn rule_01_a_customer_can_order_if_and_only_if_it_is_active_priced_and_served(world: &World) {
        let shop = Shop::new(world);
        let (admin, customers) = (shop.firm.admin, world.customers());
        for (number, state) in CustomerState::ALL.iter().enumerate() {
            for (priced, served) in [(false, false), (false, true), (true, false), (true, true)] {
                let address = format!("buyer{number}{priced}{served}@rosas.example");
                let customer = world.approved(&shop.firm, &address);
                match state {
                    CustomerState::Inactive | CustomerState::Erased => {}
                    CustomerState::Active => drop(customers.activate(admin, customer).unwrap()),
                    CustomerState::Blocked => drop(customers.block(admin, customer).unwrap()),
                }
                if priced {
                    shop.take(Price, customer);
                }
                if served {
                    shop.take(Serve, customer);
                }
                if *state == CustomerState::Erased {
                    world.privacy().erase_person(admin, &address).unwrap();
                }
                let mut missing = match state {
                    CustomerState::Inactive => vec![Missing::Activation],
                    CustomerState::Active => vec![],
                    CustomerState::Blocked | CustomerState::Erased => vec![Missing::Unblocking],
                };
                missing.extend((!priced).then_some(Missing::PriceType));
                missing.extend((!served).then_some(Missing::DaysOfService));
                let answer = customers.can_order(admin, customer).unwrap();
                assert_eq!((answer.yes, &answer.missing), (missing.is_empty(), &missing));
                let tour = customers.tour(admin, customer, None).unwrap();
                assert_eq!(tour.done, answer.yes);
                assert_eq!(tour.steps.iter().all(|step| step.done), answer.yes);
                assert_eq!(tour.steps.iter().filter(|step| !step.done).count(), missing.len());
            }
        }
    }

    fn rule_01_each_step_can_be_taken_back_and_stops_ordering_at_once(world: &World) {
        let shop = Shop::new(world);
        let (admin, customers) = (shop.firm.admin, world.customers());
        let customer = world.ready(&shop.firm, "buyer@rosas.example");
        customers.deactivate(admin, customer).unwrap();
        assert!(!shop.can_order(customer));
        customers.activate(admin, customer).unwrap();
        assert!(shop.can_order(customer));
        customers.block(admin, customer).unwrap();
        assert!(!shop.can_order(customer));
        assert_eq!(refusal(customers.activate(admin, customer)), Code::WrongState);
        customers.unblock(admin, customer).unwrap();
        assert!(!shop.can_order(customer), "who was blocked is inactive then");
        customers.activate(admin, customer).unwrap();
        customers.set_service(admin, customer, &[]).unwrap();
        assert_eq!(customers.can_order(admin, customer).unwrap().missing, [Missing::DaysOfService]);
        shop.take(Serve, customer);
        assert!(shop.can_order(customer));
    }

    fn rule_01_what_is_retired_stays_with_who_has_it_and_goes_to_nobody_else(world: &World) {
        let shop = Shop::new(world);
        let (admin, customers) = (shop.firm.admin, world.customers());
        let (old, new) =
            (world.approved(&shop.firm, "old@rosas.example"), world.approved(&shop.firm, "new@rosas.example"));
        for step in [Activate, Price, Serve] {
            shop.take(step, old);
        }
        world.price_types().set_state(admin, shop.pricing.price_type, OfferState::Retired).unwrap();
        world.carriers().set_state(admin, shop.days[0].1, OfferState::Retired).unwrap();
        assert!(shop.can_order(old));
        shop.take(Price, old);
        shop.take(Serve, old);
        assert_eq!(refusal(customers.set_pricing(admin, new, &shop.pricing)), Code::Retired);
        assert_eq!(refusal(customers.set_service(admin, new, &shop.days)), Code::Retired);
    }

    fn rule_02_the_ready_mail_is_queued_once_in_the_change_that_makes_it_true_in_every_order(world: &World) {
        let shop = Shop::new(world);
        for (number, order) in ORDERS.iter().enumerate() {
            let customer = world.approved(&shop.firm, &format!("buyer{number}@rosas.example"));
            world.deliver();
            for (at, step) in order.iter().enumerate() {
                let (_, committed) = world.store.committed(|| shop.take(*step, customer));
                assert_eq!(committed.len(), 1);
                let mails = committed[0].writes.iter().filter(|write| write.table().name == "mail").count();
                assert_eq!((mails, shop.can_order(customer)), if at == 2 { (1, true) } else { (0, false) });
                let ready = world.deliver();
                assert_eq!(ready.kinds(), if at == 2 { vec![MailKind::ReadyToBuy] } else { vec![] });
                assert!(ready.0.iter().all(|mail| mail.to == format!("buyer{number}@rosas.example")));
            }
        }
    }

    fn rule_02_becoming_ready_again_sends_nothing(world: &World) {
        let shop = Shop::new(world);
        let (admin, customers) = (shop.firm.admin, world.customers());
        let customer = world.ready(&shop.firm, "buyer@rosas.example");
        assert_eq!(world.delivered_now(MailKind::ReadyToBuy), 1);
        let ready = customers.get(admin, customer).unwrap().ready;
        customers.deactivate(admin, customer).unwrap();
        customers.set_service(admin, customer, &[]).unwrap();
        for step in [Price, Serve, Activate, Activate, Serve] {
            shop.take(step, customer);
        }
        customers.block(admin, customer).unwrap();
        customers.unblock(admin, customer).unwrap();
        shop.take(Activate, customer);
        assert!(shop.can_order(customer));
        assert!(world.deliver().is_empty());
        assert_eq!(customers.get(admin, customer).unwrap().ready, ready);
        assert_eq!(world.invites().funnel(admin).unwrap().activated, 1);
        let events = world.history(admin);
        assert_eq!(events.iter().filter(|event| event.what == EventKind::CustomerReady).count(), 1);
    }

    fn rule_03_approval_makes_an_inactive_customer_with_everything_still_to_do(world: &World) {
        let firm = world.firm("Flora Export");
        let filed = world.filed(&firm, "buyer@rosas.example");
        let approved = world.requests().approve(firm.admin, filed.request, &Decision::default()).unwrap();
        assert_eq!(approved.customer.state, CustomerState::Inactive);
        assert_eq!(approved.request.state, RequestState::Approved);
        let answer = world.customers().can_order(firm.admin, approved.customer.id).unwrap();
        assert_eq!(answer.missing, [Missing::Activation, Missing::PriceType, Missing::DaysOfService]);
    }

    fn rule_03_nothing_that_a_visitor_does_makes_a_customer(world: &World) {
        let firm = world.firm("Flora Export");
        let ((), committed) = world.store.committed(|| {
            let filed = world.filed(&firm, "one@rosas.example");
            world.invites().withdraw(&filed.pass).unwrap();
            world.filed(&firm, "two@rosas.example");
            world.later(std::time::Duration::from_secs(86_400 * 400));
            world.requests().expire(100).unwrap();
        });
        let customers = committed
            .iter()
            .flat_map(|changes| &changes.writes)
            .filter(|write| matches!(write, Write::Insert { table, .. } if table.name == "customer"));
        assert_eq!(customers.count(), 0);
    }
}
