//! The customer machine: what is let in, and when it can order.

use handfast::{
    Code, Id, Result,
    company::{Carrier, OfferState, PriceType},
    customer::{Customer, CustomerState, PricingInput},
    mail::MailKind,
};
use handfast_tests::{Firm, StoreKind, World};
use proptest::prelude::*;

use crate::{cases, store};

#[derive(Clone, Copy, Debug)]
enum Act {
    Activate,
    Deactivate,
    Block,
    Unblock,
    Price(usize),
    Serve(Option<usize>),
    RetirePrice(usize, OfferState),
    RetireCarrier(usize, OfferState),
}

fn act() -> impl Strategy<Value = Act> {
    let offered = prop_oneof![Just(OfferState::Offered), Just(OfferState::Retired)];
    prop_oneof![
        3 => Just(Act::Activate),
        1 => Just(Act::Deactivate),
        1 => Just(Act::Block),
        2 => Just(Act::Unblock),
        2 => (0..2_usize).prop_map(Act::Price),
        3 => prop::option::weighted(0.8, 0..2_usize).prop_map(Act::Serve),
        1 => (0..2_usize, offered.clone()).prop_map(|(at, state)| Act::RetirePrice(at, state)),
        1 => (0..2_usize, offered).prop_map(|(at, state)| Act::RetireCarrier(at, state)),
    ]
}

/// What should be.
struct Model {
    state: CustomerState,
    price: Option<usize>,
    carrier: Option<usize>,
    prices: [OfferState; 2],
    carriers: [OfferState; 2],
    was_ready: bool,
}

impl Model {
    fn act(&mut self, act: Act) -> Result<(), Code> {
        use CustomerState::{Active, Blocked, Inactive};
        match act {
            Act::Activate if self.state != Blocked => self.state = Active,
            Act::Deactivate if self.state != Blocked => self.state = Inactive,
            Act::Block => self.state = Blocked,
            Act::Unblock if self.state == Blocked => self.state = Inactive,
            Act::Activate | Act::Deactivate | Act::Unblock => return Err(Code::WrongState),
            Act::Price(at) if self.prices[at] == OfferState::Offered || self.price == Some(at) => self.price = Some(at),
            Act::Serve(None) => self.carrier = None,
            Act::Serve(Some(at)) if self.carriers[at] == OfferState::Offered || self.carrier == Some(at) => {
                self.carrier = Some(at);
            }
            Act::Price(_) | Act::Serve(_) => return Err(Code::Retired),
            Act::RetirePrice(at, state) => self.prices[at] = state,
            Act::RetireCarrier(at, state) => self.carriers[at] = state,
        }
        Ok(())
    }

    fn can_order(&self) -> bool {
        self.state == CustomerState::Active && self.price.is_some() && self.carrier.is_some()
    }
}

struct Real {
    world: World,
    firm: Firm,
    customer: Id<Customer>,
    prices: [Id<PriceType>; 2],
    carriers: [Id<Carrier>; 2],
}

impl Real {
    fn new(kind: StoreKind) -> Self {
        let world = World::new(kind);
        let firm = world.firm("Flora Export");
        let customer = world.approved(&firm, "buyer@rosas.example");
        let prices = [world.price_type(&firm, "Retail"), world.price_type(&firm, "Wholesale")];
        let carriers = [world.carrier(&firm, "Night truck"), world.carrier(&firm, "Mule")];
        world.deliver();
        Real { world, firm, customer, prices, carriers }
    }

    fn act(&self, act: Act) -> Result<(), Code> {
        let (customers, admin, customer) = (self.world.customers(), self.firm.admin, self.customer);
        let done = match act {
            Act::Activate => customers.activate(admin, customer).map(drop),
            Act::Deactivate => customers.deactivate(admin, customer).map(drop),
            Act::Block => customers.block(admin, customer).map(drop),
            Act::Unblock => customers.unblock(admin, customer).map(drop),
            Act::Price(at) => customers.set_pricing(admin, customer, &PricingInput::of(self.prices[at])).map(drop),
            Act::Serve(at) => {
                let days: Vec<_> = at.map(|at| ("monday".to_owned(), self.carriers[at])).into_iter().collect();
                customers.set_service(admin, customer, &days).map(drop)
            }
            Act::RetirePrice(at, state) => self.world.price_types().set_state(admin, self.prices[at], state).map(drop),
            Act::RetireCarrier(at, state) => self.world.carriers().set_state(admin, self.carriers[at], state).map(drop),
        };
        done.map_err(|error| error.code())
    }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn customers_do_what_the_model_says(kind in store(), acts in prop::collection::vec(act(), 1..30)) {
        let offered = [OfferState::Offered; 2];
        let (state, price, carrier) = (CustomerState::Inactive, None, None);
        let mut model = Model { state, price, carrier, prices: offered, carriers: offered, was_ready: false };
        let real = Real::new(kind);
        for act in acts {
            prop_assert_eq!(real.act(act), model.act(act), "{:?}", act);
            let first = model.can_order() && !model.was_ready;
            model.was_ready |= model.can_order();
            let customer = real.world.customers().get(real.firm.admin, real.customer).unwrap();
            prop_assert_eq!(customer.state, model.state);
            prop_assert_eq!(customer.can_order().yes, model.can_order());
            prop_assert_eq!(customer.ready.is_some(), model.was_ready);
            let mails = real.world.deliver().kinds();
            prop_assert_eq!(mails, if first { vec![MailKind::ReadyToBuy] } else { vec![] });
        }
    }
}
