//! Rules 4 and 5: how a request comes to be, and that a decided one never changes.

use std::time::Duration;

use handfast::{
    Code, Policy,
    request::{BulkDecision, Decision, Outcome, Request, RequestState, Verdict},
    store::Paging,
};
use handfast_tests::{Firm, World, business, on_every_store, refusal};

fn all(world: &World, firm: &Firm) -> Vec<Request> {
    let states = RequestState::ALL.iter();
    states.flat_map(|state| world.requests().list(firm.admin, *state, &Paging::default()).unwrap().items).collect()
}

const HOUR: Duration = Duration::from_secs(3_600);

/// A policy under which requests expire.
fn expiring() -> Policy {
    Policy { request_lifetime: HOUR * 24 * 3, codes_per_company: 1_000_000, ..Policy::default() }
}

on_every_store! {
    fn rule_04_without_a_verified_address_nothing_is_filed(world: &World) {
        let firm = world.firm("Flora Export");
        let started = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        let code = world.deliver().code();
        let visit = started.visit.to_string();
        for pass in ["", " ", "\0", &firm.slug, &visit, &code, &"A".repeat(43)] {
            assert_eq!(refusal(world.invites().submit(pass, &business())), Code::UnknownToken);
        }
        assert!(all(world, &firm).is_empty());
    }

    fn rule_04_a_stranger_who_asks_for_a_code_changes_nothing_of_a_verified_visitor(world: &World) {
        let firm = world.firm("Flora Export");
        let pass = world.verified(&firm, "Buyer@Rosas.example");
        world.wait_for_next_code();
        world.invites().start(&firm.slug, "bUYER@rosas.example", Some("es")).unwrap();
        let filed = world.invites().submit(&pass, &business()).unwrap();
        let request = world.requests().get(firm.admin, filed.id).unwrap();
        assert_eq!((request.email.original(), request.locale.as_str()), ("Buyer@Rosas.example", "en"));
    }

    fn rule_04_a_request_bears_the_address_that_was_verified(world: &World) {
        let firm = world.firm("Flora Export");
        let filed = world.filed(&firm, "Buyer@Rosas.example");
        let request = world.requests().get(firm.admin, filed.request).unwrap();
        assert_eq!(request.email.original(), "Buyer@Rosas.example");
        assert_eq!(request.email.canonical(), "buyer@rosas.example");
        let approved = world.requests().approve(firm.admin, filed.request, &Decision::default()).unwrap();
        assert_eq!(approved.customer.address, "buyer@rosas.example");
    }

    fn rule_04_a_code_for_one_address_verifies_no_other(world: &World) {
        let firm = world.firm("Flora Export");
        let mine = world.invites().start(&firm.slug, "mine@rosas.example", None).unwrap();
        let other = world.invites().start(&firm.slug, "other@rosas.example", None).unwrap();
        let post = world.deliver();
        let code = post.to("mine@rosas.example").code();
        assert_eq!(refusal(world.invites().verify(other.visit, &code)), Code::WrongCode);
        assert!(world.invites().verify(mine.visit, &code).is_ok());
    }

    fn rule_04_a_pass_files_at_the_company_it_was_given_for(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let filed = world.filed(&flora, "buyer@rosas.example");
        assert_eq!(all(world, &flora).len(), 1);
        assert!(all(world, &frutas).is_empty());
        assert_eq!(refusal(world.requests().get(frutas.admin, filed.request)), Code::NotFound);
        world.wait_for_next_code();
        world.filed(&frutas, "buyer@rosas.example");
        assert_eq!(all(world, &frutas).len(), 1);
    }

    fn rule_05_a_decided_request_never_changes(world: &World) {
        let firm = world.firm("Flora Export");
        let (requests, none) = (world.requests(), Decision::default());
        for name in ["approved", "rejected", "withdrawn"] {
            let filed = world.filed(&firm, &format!("{name}@rosas.example"));
            match name {
                "approved" => drop(requests.approve(firm.admin, filed.request, &none).unwrap()),
                "rejected" => drop(requests.reject(firm.admin, filed.request, &none).unwrap()),
                _ => drop(world.invites().withdraw(&filed.pass).unwrap()),
            }
            let decided = requests.get(firm.admin, filed.request).unwrap();
            assert_eq!(decided.state.as_str(), name);
            assert_eq!(refusal(requests.approve(firm.admin, filed.request, &none)), Code::AlreadyDecided);
            assert_eq!(refusal(requests.reject(firm.admin, filed.request, &none)), Code::AlreadyDecided);
            assert_eq!(refusal(world.invites().withdraw(&filed.pass)), Code::AlreadyDecided);
            for verdict in [Verdict::Approve, Verdict::Reject] {
                let input = BulkDecision { requests: vec![filed.request], verdict, decision: none.clone() };
                let rows = requests.decide_many(firm.admin, &format!("{name} {verdict}"), &input).unwrap();
                assert!(matches!(&rows[0].outcome, Outcome::Refused { code, .. } if code == "already_decided"));
            }
            requests.expire(100).unwrap();
            assert_eq!(requests.get(firm.admin, filed.request).unwrap(), decided);
        }
    }

    fn rule_05_one_address_has_one_open_request_however_it_is_written(world: &World) {
        let firm = world.firm("Flora Export");
        world.filed(&firm, "buyer@café.example");
        for spelling in ["BUYER@café.example", "buyer@CAFE\u{301}.EXAMPLE", "buyer@xn--caf-dma.example"] {
            world.wait_for_next_code();
            let pass = world.verified(&firm, spelling);
            assert_eq!(refusal(world.invites().submit(&pass, &business())), Code::RequestOpen, "{spelling}");
        }
        assert_eq!(all(world, &firm).len(), 1);
    }

    fn rule_05_who_returns_sees_the_request_that_is_there(world: &World) {
        let firm = world.firm("Flora Export");
        let filed = world.filed(&firm, "buyer@rosas.example");
        world.wait_for_next_code();
        let started = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        let verified = world.invites().verify(started.visit, &world.deliver().code()).unwrap();
        assert_eq!(
            verified.request.map(|request| (request.id, request.state)),
            Some((filed.request, RequestState::Pending))
        );
        assert_eq!(refusal(world.invites().standing(&filed.pass)), Code::UnknownToken, "the older pass is dead");
    }

    fn rule_05_who_withdrew_may_file_anew_and_who_was_rejected_after_a_while(world: &World) {
        let firm = world.firm("Flora Export");
        let first = world.filed(&firm, "buyer@rosas.example");
        world.invites().withdraw(&first.pass).unwrap();
        let second = world.invites().submit(&first.pass, &business()).unwrap();
        assert_ne!(second.id, first.request);
        world.requests().reject(firm.admin, second.id, &Decision::default()).unwrap();
        let refused = world.invites().submit(&first.pass, &business()).unwrap_err();
        assert_eq!(refused.code(), Code::TooSoonAfterRejection);
        assert_eq!(refused.wait(), Some(world.policy().refile_after));
        world.later(world.policy().refile_after - Duration::from_millis(1));
        let pass = world.verified(&firm, "buyer@rosas.example");
        assert_eq!(refusal(world.invites().submit(&pass, &business())), Code::TooSoonAfterRejection);
        world.later(Duration::from_millis(1));
        let third = world.invites().submit(&pass, &business()).unwrap();
        world.requests().approve(firm.admin, third.id, &Decision::default()).unwrap();
        assert_eq!(refusal(world.invites().submit(&pass, &business())), Code::AlreadyCustomer);
        assert_eq!(all(world, &firm).len(), 3);
    }

    fn rule_05_requests_wait_for_ever_unless_the_policy_ends_them(world: &World) {
        let firm = world.firm("Flora Export");
        let filed = world.filed(&firm, "buyer@rosas.example");
        world.later(HOUR * 24 * 365 * 10);
        assert_eq!(world.requests().expire(100).unwrap(), 0);
        assert!(world.requests().approve(firm.admin, filed.request, &Decision::default()).is_ok());
    }

    fn rule_05_an_overdue_request_is_decided_by_nobody_whether_or_not_that_is_written_down(world: &World) {
        let world = World::with(world.kind, |policy| *policy = expiring());
        let firm = world.firm("Flora Export");
        let filed = world.filed(&firm, "buyer@rosas.example");
        world.later(HOUR * 24 * 3);
        assert_eq!(
            refusal(world.requests().approve(firm.admin, filed.request, &Decision::default())),
            Code::AlreadyDecided
        );
        assert_eq!(
            refusal(world.requests().reject(firm.admin, filed.request, &Decision::default())),
            Code::AlreadyDecided
        );
        let pass = world.verified(&firm, "buyer@rosas.example");
        let state = |pass: &str| world.invites().standing(pass).unwrap().map(|request| request.state);
        assert_eq!(state(&pass), Some(RequestState::Expired));
        assert_eq!(refusal(world.invites().withdraw(&pass)), Code::AlreadyDecided);
        assert_eq!(world.requests().get(firm.admin, filed.request).unwrap().state, RequestState::Pending);
        let again = world.invites().submit(&pass, &business()).unwrap();
        assert_ne!(again.id, filed.request);
        assert_eq!(world.requests().get(firm.admin, filed.request).unwrap().state, RequestState::Expired);
    }

    fn expiring_ends_what_is_overdue_and_no_more_than_asked_for(world: &World) {
        let world = World::with(world.kind, |policy| *policy = expiring());
        let firm = world.firm("Flora Export");
        for number in 0..5 {
            world.filed(&firm, &format!("buyer{number}@rosas.example"));
        }
        assert_eq!(world.requests().expire(100).unwrap(), 0);
        world.later(HOUR * 24 * 3);
        assert_eq!(world.requests().expire(0).unwrap(), 0);
        assert_eq!(world.requests().expire(2).unwrap(), 2);
        assert_eq!(world.requests().expire(100).unwrap(), 3);
        assert_eq!(world.requests().expire(100).unwrap(), 0);
    }

    fn requests_that_wait_for_ever_keep_none_from_expiring(world: &World) {
        let firm = world.firm("Flora Export");
        for number in 0..3 {
            world.filed(&firm, &format!("buyer{number}@rosas.example"));
        }
        world.later(HOUR);
        let strict = world.another(&world.clock, expiring());
        let pass = world.verified(&firm, "late@rosas.example");
        strict.invites().submit(&pass, &business()).unwrap();
        world.later(HOUR * 24 * 4);
        assert_eq!(strict.requests().expire(2).unwrap(), 1);
    }
}
