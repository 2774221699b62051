//! Rule 17: what a partner does in an account ends with the link, at the next use.

use handfast::{
    Actor, Code, Id,
    company::CompanyInput,
    partner::{Delegation, DelegationState},
    session::{Context, Identity},
    store::Paging,
};
use handfast_tests::{Agency, Firm, PASSWORD, World, on_every_store, refusal};

use crate::common::{linked, tables};

/// A partner in a client's account.
struct Inside {
    firm: Firm,
    agency: Agency,
    visit: Id<Delegation>,
    identity: Id<Identity>,
    actor: Actor,
}

impl Inside {
    fn new(world: &World) -> Self {
        let (firm, agency) = linked(world);
        let (visit, actor) = world.entered(&agency, &firm);
        let identity = world.sessions().resolve(&agency.session).unwrap().identity;
        Inside { firm, agency, visit, identity, actor }
    }

    /// Panics if anything of the visit is worth something.
    fn must_be_over(&self, world: &World) {
        assert_eq!(refusal(world.sessions().resolve(&self.agency.session)), Code::AccessEnded);
        self.must_be_worthless(world);
        let shown = world.sessions().identities(&self.agency.session).unwrap();
        let own = shown.iter().find(|each| each.id == self.identity).expect("the menu still shows it");
        assert!(!own.open);
        assert_eq!(refusal(world.sessions().switch_to(&self.agency.session, self.identity)), Code::AccessEnded);
    }

    /// Panics if who acted may look at or change anything.
    fn must_be_worthless(&self, world: &World) {
        let (_, committed) = world.store.committed(|| {
            assert_eq!(refusal(world.companies().get(self.actor)), Code::AccessEnded);
            assert_eq!(refusal(world.companies().update(self.actor, &renamed())), Code::AccessEnded);
            assert_eq!(refusal(world.price_types().add(self.actor, "Retail")), Code::AccessEnded);
            // what a partner never may, it is not told of any more either
            assert_eq!(refusal(world.partners().clear(self.actor)), Code::AccessEnded);
        });
        assert!(committed.is_empty());
    }
}

fn renamed() -> CompanyInput {
    CompanyInput {
        name: "Flora Export y Hijos".into(),
        country: "EC".into(),
        locale: "en".into(),
        time_zone: "America/Guayaquil".into(),
        trial_ends: None,
    }
}

on_every_store! {
    fn rule_17_clearing_ends_the_visit_at_its_next_use_and_leaves_the_partners_own_identity(world: &World) {
        let inside = Inside::new(world);
        world.companies().get(inside.actor).unwrap();
        world.partners().clear(inside.firm.admin).unwrap();
        inside.must_be_over(world);
        let token = &inside.agency.session;
        assert_eq!(refusal(world.partners().log_in(token, inside.firm.company, None)), Code::Delegated);
        world.switch_back(&inside.agency);
        let who = world.sessions().resolve(token).unwrap();
        assert_eq!(who.context, Context::Partner { partner: inside.agency.partner });
        assert_eq!(refusal(world.partners().log_in(token, inside.firm.company, None)), Code::NotFound);
        inside.must_be_worthless(world);
    }

    fn rule_17_changing_to_another_partner_ends_the_visit(world: &World) {
        let inside = Inside::new(world);
        world.link(&inside.firm, &world.agency("Sendero Partners"));
        inside.must_be_over(world);
    }

    fn rule_17_an_old_visit_stays_dead_when_the_same_partner_is_designated_again(world: &World) {
        let inside = Inside::new(world);
        world.partners().clear(inside.firm.admin).unwrap();
        world.link(&inside.firm, &inside.agency);
        inside.must_be_over(world);
        world.switch_back(&inside.agency);
        let (visit, actor) = world.entered(&inside.agency, &inside.firm);
        assert_ne!(visit, inside.visit);
        world.companies().get(actor).unwrap();
        // not even while another visit stands in the same session
        assert_eq!(refusal(world.companies().get(inside.actor)), Code::NotSignedIn);
        let switched = world.sessions().switch_to(&inside.agency.session, inside.identity);
        assert_eq!(refusal(switched), Code::NotFound);
    }

    fn rule_17_an_old_visit_stays_dead_after_a_detour_over_another_partner(world: &World) {
        let inside = Inside::new(world);
        world.link(&inside.firm, &world.agency("Sendero Partners"));
        world.link(&inside.firm, &inside.agency);
        inside.must_be_over(world);
    }

    fn rule_17_the_same_partner_designated_again_without_a_break_goes_on(world: &World) {
        let inside = Inside::new(world);
        world.link(&inside.firm, &inside.agency);
        world.companies().get(inside.actor).unwrap();
        world.sessions().resolve(&inside.agency.session).unwrap();
    }

    fn rule_17_a_link_that_ends_before_the_commit_makes_what_the_partner_does_fail(world: &World) {
        for relinks in [false, true] {
            let world = &World::new(world.kind);
            let inside = Inside::new(world);
            let (unseen, firm, number) = (world.unseen(), inside.firm.clone(), inside.agency.number.clone());
            let session = world.signed_in(&firm.email);
            world.store.before_next_commit(move || {
                unseen.partners().clear(firm.admin).unwrap();
                if relinks {
                    unseen.partners().designate(&session, &number, PASSWORD, None).unwrap();
                }
            });
            let (given, committed) = world.store.committed(|| world.price_types().add(inside.actor, "Retail"));
            assert_eq!(refusal(given), Code::AccessEnded);
            assert!(!world.store.is_hook_waiting());
            let of_partner = committed.iter().flat_map(|changes| tables(changes)).filter(|table| *table == "price_type");
            assert_eq!(of_partner.count(), 0);
        }
    }

    fn rule_17_a_link_that_ends_before_the_commit_lets_nobody_in(world: &World) {
        let (firm, agency) = linked(world);
        let (unseen, host) = (world.unseen(), firm.host());
        world.store.before_next_commit(move || unseen.partners().clear(host).unwrap());
        assert_eq!(refusal(world.partners().log_in(&agency.session, firm.company, None)), Code::NotFound);
        assert!(!world.store.is_hook_waiting());
        assert_eq!(world.partners().visits(firm.admin, &Paging::default()).unwrap().items, []);
    }

    fn rule_17_a_visit_that_the_client_ends_is_over_and_may_be_begun_anew(world: &World) {
        let inside = Inside::new(world);
        world.partners().end_visit(inside.firm.admin, inside.visit).unwrap();
        inside.must_be_over(world);
        assert_eq!(refusal(world.partners().end_visit(inside.firm.admin, inside.visit)), Code::WrongState);
        world.switch_back(&inside.agency);
        let (visit, actor) = world.entered(&inside.agency, &inside.firm);
        world.companies().get(actor).unwrap();
        let visits = world.partners().visits(inside.firm.admin, &Paging::default()).unwrap().items;
        let states: Vec<_> = visits.iter().map(|visit| (visit.id, visit.state)).collect();
        assert_eq!(states, [(visit, DelegationState::Open), (inside.visit, DelegationState::Ended)]);
    }

    fn rule_17_a_visit_that_the_partner_left_is_over(world: &World) {
        let inside = Inside::new(world);
        world.sessions().sign_out(&inside.agency.session, Some(inside.identity)).unwrap();
        assert_eq!(refusal(world.companies().get(inside.actor)), Code::NotSignedIn);
        let visits = world.partners().visits(inside.firm.admin, &Paging::default()).unwrap().items;
        assert_eq!(visits[0].state, DelegationState::Left);
        let who = world.sessions().resolve(&inside.agency.session).unwrap();
        assert_eq!(who.context, Context::Partner { partner: inside.agency.partner });
    }
}
