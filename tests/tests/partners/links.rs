//! Rules 14 and 15: whom a company designates, and who designates a partner.

use std::collections::BTreeMap;

use handfast::{
    Code, Id,
    company::{Company, Role},
    event::EventKind,
    partner::{Client, LinkOrigin, PartnerEventKind},
    store::{Paging, Write},
};
use handfast_tests::{Agency, Firm, PASSWORD, World, on_every_store, refusal};

use crate::common::{clients, linked, names};

/// What a company shows as its partner.
fn designated(world: &World, firm: &Firm) -> Option<Id<handfast::partner::Partner>> {
    world.partners().designated(firm.admin).unwrap().map(|found| found.partner)
}

fn what_happened(world: &World, agency: &Agency) -> Vec<PartnerEventKind> {
    let page = world.partners().history(&agency.session, &Paging::default()).unwrap();
    page.items.iter().rev().map(|event| event.what).collect()
}

on_every_store! {
    fn rule_14_designating_another_partner_moves_the_company_at_once(world: &World) {
        let (firm, camino) = linked(world);
        let sendero = world.agency("Sendero Partners");
        assert_eq!((names(&clients(world, &camino)), clients(world, &sendero)), (vec!["Flora Export"], vec![]));
        world.link(&firm, &sendero);
        assert_eq!((clients(world, &camino), names(&clients(world, &sendero))), (vec![], vec!["Flora Export"]));
        assert_eq!(designated(world, &firm), Some(sendero.partner));
        use PartnerEventKind::{ClientCleared, ClientLinked, SignedUp};
        assert_eq!(what_happened(world, &camino), [SignedUp, ClientLinked, ClientCleared]);
        assert_eq!(what_happened(world, &sendero), [SignedUp, ClientLinked]);
        let events: Vec<_> = world.history(firm.admin).iter().map(|event| event.what).collect();
        use EventKind::{CompanySignedUp, PartnerCleared, PartnerLinked};
        assert_eq!(events, [CompanySignedUp, PartnerLinked, PartnerCleared, PartnerLinked]);
    }

    fn rule_14_a_change_of_partner_is_one_commit_in_which_there_is_one_row_for_the_company(world: &World) {
        let (firm, _) = linked(world);
        let sendero = world.agency("Sendero Partners");
        let session = world.signed_in(&firm.email);
        let (_, committed) = world.store.committed(|| {
            world.partners().designate(&session, &sendero.number, PASSWORD, None).unwrap()
        });
        let designations = |write: &&Write| write.table().name == "designation";
        let each = committed.iter().map(|changes| changes.writes.iter().filter(designations).count());
        assert_eq!(each.sum::<usize>(), 1);
        let all = world.store.history();
        let inserted = |write: &&Write| matches!(write, Write::Insert { table, .. } if table.name == "designation");
        assert_eq!(all.iter().flat_map(|changes| &changes.writes).filter(inserted).count(), 1);
    }

    fn rule_14_the_same_partner_again_changes_nothing(world: &World) {
        let (firm, agency) = linked(world);
        world.deliver();
        let (before, events) = (clients(world, &agency), world.history(firm.admin).len());
        world.tick();
        world.link(&firm, &agency);
        assert_eq!(clients(world, &agency), before);
        assert_eq!(world.history(firm.admin).len(), events);
        assert!(world.deliver().is_empty());
    }

    fn rule_14_a_cleared_company_designates_nobody_and_can_designate_anew(world: &World) {
        let (firm, agency) = linked(world);
        let since = clients(world, &agency)[0].since;
        world.partners().clear(firm.admin).unwrap();
        assert_eq!((designated(world, &firm), clients(world, &agency)), (None, vec![]));
        assert_eq!(refusal(world.partners().clear(firm.admin)), Code::WrongState);
        let other = world.firm("Frutas del Sur");
        assert_eq!(refusal(world.partners().clear(other.admin)), Code::NotFound);
        world.tick();
        world.link(&firm, &agency);
        let again = clients(world, &agency);
        assert!(again[0].since > since && again[0].origin == LinkOrigin::Manual);
        assert_eq!(designated(world, &firm), Some(agency.partner));
    }

    fn rule_14_every_role_sees_the_partner_and_what_it_is_told_by(world: &World) {
        let (firm, agency) = linked(world);
        for role in Role::ALL {
            let member = world.member(&firm, *role, &format!("{role}@flora.example")).actor;
            let seen = world.partners().designated(member).unwrap().unwrap();
            assert_eq!((seen.partner, seen.grouped), (agency.partner, agency.number.clone()));
            assert_eq!((seen.name.as_str(), seen.origin), ("Camino Consulting", LinkOrigin::Manual));
        }
        let stranger = world.firm("Frutas del Sur");
        let stranger = handfast::Actor::staff(stranger.admin.login().unwrap(), firm.company);
        assert_eq!(refusal(world.partners().designated(stranger)), Code::RoleTooLow);
    }

    fn rule_15_after_every_step_each_list_holds_exactly_those_who_designate_the_partner_now(world: &World) {
        let firms = ["Flora Export", "Frutas del Sur", "Rosas"].map(|name| world.firm(name));
        let agencies = ["Camino Consulting", "Sendero Partners"].map(|name| world.agency(name));
        let sessions = firms.clone().map(|firm| world.signed_in(&firm.email));
        let mut due: BTreeMap<Id<Company>, usize> = BTreeMap::new();
        let mut seed = 20_u64;
        for _ in 0..60 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let (at, what) = ((seed >> 33) as usize % 3, (seed >> 40) as usize % 4);
            world.tick();
            match agencies.get(what) {
                Some(agency) => {
                    world.partners().designate(&sessions[at], &agency.number, PASSWORD, None).unwrap();
                    due.insert(firms[at].company, what);
                }
                None => {
                    let cleared = world.partners().clear(firms[at].admin);
                    assert_eq!(cleared.is_ok(), due.remove(&firms[at].company).is_some());
                }
            }
            for (number, agency) in agencies.iter().enumerate() {
                let mut listed: Vec<_> = clients(world, agency).iter().map(|client| client.company).collect();
                listed.sort_unstable();
                let of_agency = due.iter().filter(|(_, partner)| **partner == number);
                assert_eq!(listed, of_agency.map(|(company, _)| *company).collect::<Vec<_>>());
            }
        }
    }

    fn rule_15_a_link_that_is_cleared_before_the_commit_enables_nothing(world: &World) {
        world.course();
        let (firm, agency) = linked(world);
        let (unseen, host) = (world.unseen(), firm.host());
        world.store.before_next_commit(move || unseen.partners().clear(host).unwrap());
        assert_eq!(refusal(world.courses().enable(&agency.session, firm.company)), Code::NotFound);
        assert!(!world.store.is_hook_waiting());
    }

    fn rule_15_a_suspended_partner_keeps_its_clients_and_gets_no_new_one(world: &World) {
        let (firm, agency) = linked(world);
        let other = world.firm("Frutas del Sur");
        world.partners().suspend(agency.partner).unwrap();
        let refused = world.partners().designate(&world.signed_in(&other.email), &agency.number, PASSWORD, None);
        assert_eq!(refusal(refused), Code::PartnerSuspended);
        let listed: Vec<Client> = clients(world, &agency);
        assert_eq!(names(&listed), ["Flora Export"]);
        let seen = world.partners().designated(firm.admin).unwrap().unwrap();
        assert_eq!(seen.standing, handfast::partner::PartnerStanding::Suspended);
        // its client may still leave, and not come back before it is restored
        world.partners().clear(firm.admin).unwrap();
        assert_eq!(clients(world, &agency), []);
        world.partners().restore(agency.partner).unwrap();
        world.link(&other, &agency);
        assert_eq!(names(&clients(world, &agency)), ["Frutas del Sur"]);
    }

    fn rule_15_one_person_of_two_accounts_may_link_them(world: &World) {
        let firm = world.firm("Flora Export");
        let input = handfast::partner::PartnerSignUp {
            owner_email: firm.email.clone(),
            ..World::partner_input("Camino Consulting")
        };
        let signed_up = world.partners().sign_up(&input).unwrap();
        assert_eq!(Some(signed_up.login), firm.admin.login());
        let session = world.signed_in(&firm.email);
        world.sessions().enter(&session, handfast::session::Context::Staff { company: firm.company }).unwrap();
        world.partners().designate(&session, &signed_up.partner.grouped, PASSWORD, None).unwrap();
        let own = handfast::session::Context::Partner { partner: signed_up.partner.id };
        world.sessions().enter(&session, own).unwrap();
        let page = world.partners().clients(&session, &Default::default(), &Paging::default()).unwrap();
        assert_eq!(names(&page.items), ["Flora Export"]);
    }
}
