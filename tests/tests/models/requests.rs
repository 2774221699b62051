//! The request machine: who may file, and what becomes of what was filed.

use std::time::Duration;

use handfast::{
    Code, Id, Policy,
    request::{Decision, Request, RequestState},
    store::Paging,
};
use handfast_tests::{Firm, StoreKind, World, business};
use proptest::prelude::*;

use crate::{cases, store};

const DAY: Duration = Duration::from_secs(86_400);
const LIFETIME: u32 = 5;
const REFILE: u32 = 2;
const BUYERS: usize = 2;

#[derive(Clone, Copy, Debug)]
enum Act {
    Submit(usize),
    Withdraw(usize),
    Approve(usize),
    Reject(usize),
    Expire(u32),
    Wait,
    Disable,
    Enable,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..BUYERS).prop_map(Act::Submit),
        3 => (0..BUYERS).prop_map(Act::Withdraw),
        2 => (0..BUYERS).prop_map(Act::Approve),
        3 => (0..BUYERS).prop_map(Act::Reject),
        1 => (0..3_u32).prop_map(Act::Expire),
        6 => Just(Act::Wait),
        1 => Just(Act::Disable),
        2 => Just(Act::Enable),
    ]
}

/// A request as the model knows it.
#[derive(Clone, Copy, Debug)]
struct Filed {
    state: RequestState,
    filed: u32,
    decided: u32,
}

/// What should be.
#[derive(Default)]
struct Model {
    day: u32,
    disabled: bool,
    buyers: [Vec<Filed>; BUYERS],
}

impl Model {
    fn latest(&mut self, buyer: usize) -> Option<&mut Filed> {
        self.buyers[buyer].last_mut()
    }

    fn is_overdue(&self, filed: &Filed) -> bool {
        filed.state == RequestState::Pending && self.day >= filed.filed + LIFETIME
    }

    fn submit(&mut self, buyer: usize) -> Result<(), Code> {
        let (day, disabled) = (self.day, self.disabled);
        let latest = self.buyers[buyer].last().copied();
        let overdue = latest.is_some_and(|latest| self.is_overdue(&latest));
        match latest.map(|latest| latest.state) {
            _ if disabled => return Err(Code::LinkDisabled),
            Some(RequestState::Approved) => return Err(Code::AlreadyCustomer),
            Some(RequestState::Pending) if !overdue => return Err(Code::RequestOpen),
            Some(RequestState::Rejected) if day < latest.unwrap().decided + REFILE => {
                return Err(Code::TooSoonAfterRejection);
            }
            _ => {}
        }
        if overdue {
            self.latest(buyer).unwrap().state = RequestState::Expired;
        }
        self.buyers[buyer].push(Filed { state: RequestState::Pending, filed: day, decided: 0 });
        Ok(())
    }

    fn close(&mut self, buyer: usize, state: RequestState) -> Result<(), Code> {
        let Some(latest) = self.buyers[buyer].last().copied() else { return Err(Code::NotFound) };
        if latest.state != RequestState::Pending || self.is_overdue(&latest) {
            return Err(Code::AlreadyDecided);
        }
        *self.latest(buyer).unwrap() = Filed { state, decided: self.day, ..latest };
        Ok(())
    }

    /// How many of the overdue ones are ended by a call that may end `limit`.
    fn overdue(&self) -> u32 {
        let latest = self.buyers.iter().filter_map(|buyer| buyer.last());
        u32::try_from(latest.filter(|latest| self.is_overdue(latest)).count()).unwrap()
    }
}

/// What is.
struct Real {
    world: World,
    firm: Firm,
    passes: Vec<String>,
    requests: [Vec<Id<Request>>; BUYERS],
}

impl Real {
    fn new(kind: StoreKind) -> Self {
        let world = World::with(kind, |policy| {
            *policy = Policy {
                request_lifetime: DAY * LIFETIME,
                refile_after: DAY * REFILE,
                visit_lifetime: DAY * 30,
                ..Policy::default()
            };
        });
        let firm = world.firm("Flora Export");
        let passes = (0..BUYERS).map(|at| world.verified(&firm, &format!("buyer{at}@rosas.example"))).collect();
        Real { world, firm, passes, requests: Default::default() }
    }

    fn submit(&mut self, buyer: usize) -> Result<(), Code> {
        let filed = self.world.invites().submit(&self.passes[buyer], &business()).map_err(|error| error.code())?;
        self.requests[buyer].push(filed.id);
        Ok(())
    }

    fn withdraw(&self, buyer: usize) -> Result<(), Code> {
        self.world.invites().withdraw(&self.passes[buyer]).map(drop).map_err(|error| error.code())
    }

    fn decide(&self, buyer: usize, approve: bool) -> Result<(), Code> {
        let Some(request) = self.requests[buyer].last() else { return Err(Code::NotFound) };
        let (requests, words) = (self.world.requests(), Decision::default());
        let decided = match approve {
            true => requests.approve(self.firm.admin, *request, &words).map(drop),
            false => requests.reject(self.firm.admin, *request, &words).map(drop),
        };
        decided.map_err(|error| error.code())
    }

    fn states(&self, buyer: usize) -> Vec<RequestState> {
        let state = |id: &Id<_>| self.world.requests().get(self.firm.admin, *id).unwrap().state;
        self.requests[buyer].iter().map(state).collect()
    }

    /// Ends what is overdue; which of them, when not all may be, is the library's choice.
    fn expire(&self, model: &mut Model, limit: u32) {
        let expired = self.world.requests().expire(limit).unwrap();
        assert_eq!(expired, model.overdue().min(limit));
        for buyer in 0..BUYERS {
            let overdue = model.buyers[buyer].last().is_some_and(|latest| model.is_overdue(latest));
            if overdue && self.states(buyer).last() == Some(&RequestState::Expired) {
                model.latest(buyer).unwrap().state = RequestState::Expired;
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn requests_do_what_the_model_says(kind in store(), acts in prop::collection::vec(act(), 1..28)) {
        let (mut model, mut real) = (Model::default(), Real::new(kind));
        for act in acts {
            let (should, is) = match act {
                Act::Submit(buyer) => (model.submit(buyer), real.submit(buyer)),
                Act::Withdraw(buyer) => (model.close(buyer, RequestState::Withdrawn), real.withdraw(buyer)),
                Act::Approve(buyer) => (model.close(buyer, RequestState::Approved), real.decide(buyer, true)),
                Act::Reject(buyer) => (model.close(buyer, RequestState::Rejected), real.decide(buyer, false)),
                Act::Expire(limit) => {
                    real.expire(&mut model, limit);
                    (Ok(()), Ok(()))
                }
                Act::Wait => {
                    model.day += 1;
                    real.world.later(DAY);
                    (Ok(()), Ok(()))
                }
                Act::Disable | Act::Enable => {
                    model.disabled = matches!(act, Act::Disable);
                    let (invites, admin) = (real.world.invites(), real.firm.admin);
                    let switched = if model.disabled { invites.disable(admin) } else { invites.enable(admin) };
                    (Ok(()), switched.map(drop).map_err(|error| error.code()))
                }
            };
            prop_assert_eq!(is, should, "{:?}", act);
            for buyer in 0..BUYERS {
                let states: Vec<_> = model.buyers[buyer].iter().map(|filed| filed.state).collect();
                prop_assert_eq!(real.states(buyer), states, "after {:?}", act);
            }
        }
        let approved = model.buyers.iter().flatten().filter(|filed| filed.state == RequestState::Approved).count();
        let customers = real.world.customers().list(real.firm.admin, None, &Paging::default()).unwrap();
        prop_assert_eq!(customers.items.len(), approved);
    }
}
