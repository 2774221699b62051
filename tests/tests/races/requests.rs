use handfast::{
    Code,
    customer::Customer,
    mail::MailKind,
    request::{BulkDecision, Decision, Outcome, Request, RequestState, Verdict},
    store::Paging,
};
use handfast_tests::{CROWD, Firm, World, business, crowd, every_page, on_every_store, refusal};

use crate::{assert_won, outcome};

fn all(world: &World, firm: &Firm) -> Vec<Request> {
    let of = |state| every_page(|paging| world.requests().list(firm.admin, state, paging).unwrap());
    RequestState::ALL.iter().flat_map(|state| of(*state)).collect()
}

fn customers(world: &World, firm: &Firm) -> Vec<Customer> {
    every_page(|paging| world.customers().list(firm.admin, None, paging).unwrap())
}

on_every_store! {
    fn one_pass_from_all_sides_files_one_request(world: &World) {
        let firm = world.firm("Flora Export");
        let pass = world.verified(&firm, "buyer@rosas.example");
        let results = crowd(|_| world.invites().submit(&pass, &business()));
        assert_won(&results, 1, Code::RequestOpen);
        assert_eq!(all(world, &firm).len(), 1);
        let post = world.deliver();
        assert_eq!((post.of(MailKind::RequestReceived).len(), post.of(MailKind::NewRequest).len()), (1, 1));
        assert_eq!(world.invites().funnel(firm.admin).unwrap().submitted, 1);
    }

    fn withdrawing_and_filing_from_all_sides_leaves_at_most_one_open(world: &World) {
        let firm = world.firm("Flora Export");
        let filed = world.filed(&firm, "buyer@rosas.example");
        let results = crowd(|at| match at % 2 {
            0 => world.invites().withdraw(&filed.pass),
            _ => world.invites().submit(&filed.pass, &business()),
        });
        for error in results.iter().filter_map(|result| result.as_ref().err()) {
            assert!(matches!(error.code(), Code::RequestOpen | Code::AlreadyDecided), "{error}");
        }
        let requests = all(world, &firm);
        let open = requests.iter().filter(|request| request.state == RequestState::Pending).count();
        let withdrawn = requests.iter().filter(|request| request.state == RequestState::Withdrawn).count();
        assert!(open <= 1);
        assert_eq!(results.iter().flatten().count() + 1, open + 2 * withdrawn);
    }

    fn approving_against_rejecting_has_one_winner_one_mail_and_at_most_one_customer(world: &World) {
        let firm = world.firm("Flora Export");
        let filed = world.filed(&firm, "buyer@rosas.example");
        world.deliver();
        let decision = Decision::default();
        let results = crowd(|at| match at % 2 {
            0 => world.requests().approve(firm.admin, filed.request, &decision).map(|approved| approved.request.state),
            _ => world.requests().reject(firm.admin, filed.request, &decision).map(|request| request.state),
        });
        assert_won(&results, 1, Code::AlreadyDecided);
        let state = results.into_iter().find_map(Result::ok).unwrap();
        assert_eq!(world.requests().get(firm.admin, filed.request).unwrap().state, state);
        let approved = usize::from(state == RequestState::Approved);
        assert_eq!(customers(world, &firm).len(), approved);
        let post = world.deliver();
        assert_eq!(post.of(MailKind::RequestApproved).len(), approved);
        assert_eq!(post.of(MailKind::RequestRejected).len(), 1 - approved);
        assert_eq!(post.of(MailKind::ActivationGuide).len(), approved);
    }

    fn the_visitor_withdraws_while_the_company_decides(world: &World) {
        let firm = world.firm("Flora Export");
        let filed = world.filed(&firm, "buyer@rosas.example");
        let results = crowd(|at| match at % 2 {
            0 => world.invites().withdraw(&filed.pass).map(|request| request.state),
            _ => {
                world.requests().approve(firm.admin, filed.request, &Decision::default()).map(|made| made.request.state)
            }
        });
        assert_won(&results, 1, Code::AlreadyDecided);
        let state = results.into_iter().find_map(Result::ok).unwrap();
        assert_eq!(customers(world, &firm).len(), usize::from(state == RequestState::Approved));
    }

    fn a_role_revoked_in_the_rush_lets_nobody_decide_after_it(world: &World) {
        let firm = world.firm("Flora Export");
        let member = world.member(&firm, handfast::company::Role::ProcurementManager, "pedro@flora.example");
        let requests: Vec<_> =
            (0..CROWD - 1).map(|at| world.filed(&firm, &format!("b{at}@rosas.example")).request).collect();
        let results = crowd(|at| match requests.get(at) {
            Some(request) => world.requests().approve(member.actor, *request, &Decision::default()).map(|_| ()),
            None => world.staff().remove(firm.admin, member.staff),
        });
        let (won, refused) = outcome(&results);
        assert_eq!(won + refused.get("role_too_low").copied().unwrap_or_default(), CROWD);
        assert_eq!(customers(world, &firm).len(), won - 1);
        assert_eq!(
            refusal(world.requests().list(member.actor, RequestState::Pending, &Paging::default())),
            Code::RoleTooLow
        );
    }

    fn one_bulk_call_from_all_sides_is_made_once(world: &World) {
        let firm = world.firm("Flora Export");
        let requests: Vec<_> = (0..5).map(|at| world.filed(&firm, &format!("b{at}@rosas.example")).request).collect();
        world.deliver();
        let input = BulkDecision { requests, verdict: Verdict::Approve, decision: Decision::default() };
        let results = crowd(|_| world.requests().decide_many(firm.admin, "monday", &input).unwrap());
        assert!(results.iter().all(|rows| *rows == results[0]));
        assert!(results[0].iter().all(|row| matches!(row.outcome, Outcome::Approved { .. })), "{:?}", results[0]);
        assert_eq!(customers(world, &firm).len(), 5);
        assert_eq!(world.deliver().of(MailKind::RequestApproved).len(), 5);
    }

    fn two_bulk_calls_that_disagree_decide_each_request_once(world: &World) {
        let firm = world.firm("Flora Export");
        let requests: Vec<_> = (0..3).map(|at| world.filed(&firm, &format!("b{at}@rosas.example")).request).collect();
        world.deliver();
        let results = crowd(|at| {
            let (key, verdict) = [("yes", Verdict::Approve), ("no", Verdict::Reject)][at % 2];
            let input = BulkDecision { requests: requests.clone(), verdict, decision: Decision::default() };
            world.requests().decide_many(firm.admin, key, &input).unwrap()
        });
        for (row, _) in requests.iter().enumerate() {
            let (yes, no) = (&results[0][row].outcome, &results[1][row].outcome);
            assert!(results.iter().step_by(2).all(|rows| rows[row].outcome == *yes));
            assert!(results.iter().skip(1).step_by(2).all(|rows| rows[row].outcome == *no));
            let approved = matches!(yes, Outcome::Approved { .. });
            let rejected = matches!(no, Outcome::Rejected);
            assert!(approved != rejected, "{yes:?} {no:?}");
        }
        let post = world.deliver();
        let told = post.of(MailKind::RequestApproved).len() + post.of(MailKind::RequestRejected).len();
        assert_eq!(told, 3);
    }
}
