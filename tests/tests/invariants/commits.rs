//! Rules 38 and 39: what is changed, its event and its mails are one commit; a repeated call changes nothing.

use std::{sync::Arc, time::Duration};

use handfast::{
    Code, Error, Handfast, Id,
    mail::MailKind,
    request::{BulkDecision, Decision, Outcome, Request, Verdict},
    store::{Changes, Paging, Store},
};
use handfast_tests::{Effect, Firm, Ground, VERBS, World, business, on_every_store, refusal};

/// How often a table is written.
fn writes(changes: &Changes, table: &str) -> usize {
    changes.writes.iter().filter(|write| write.table().name == table).count()
}

/// The one commit that an act made.
#[track_caller]
fn one(committed: Vec<Arc<Changes>>) -> Arc<Changes> {
    assert_eq!(committed.len(), 1);
    committed.into_iter().next().unwrap()
}

fn bulk(requests: &[Id<Request>], verdict: Verdict) -> BulkDecision {
    BulkDecision { requests: requests.to_vec(), verdict, decision: Decision::default() }
}

fn three(world: &World, firm: &Firm) -> Vec<Id<Request>> {
    (0..3).map(|number| world.filed(firm, &format!("buyer{number}@rosas.example")).request).collect()
}

on_every_store! {
    fn rule_38_every_verb_of_a_company_changes_and_tells_of_it_in_one_commit(world: &World) {
        let firm = world.firm("Flora Export");
        let changing = VERBS.iter().filter(|verb| matches!(verb.effect, Effect::Changes | Effect::ChangesOne));
        // those of many rows note the call in a commit of its own
        for verb in changing.filter(|verb| !verb.name.ends_with("_many") && verb.name != "privacy.erase_person") {
            let ground = Ground::new(world, &firm);
            (verb.prepare)(world, &firm);
            let (given, committed) = world.store.committed(|| (verb.act)(world, firm.admin, &ground));
            given.unwrap();
            assert_eq!(committed.len(), 1, "{}", verb.name);
            let (all, events) = (committed[0].writes.len(), writes(&committed[0], "event"));
            assert!(events >= 1, "{} has no event", verb.name);
            // sharing the link changes nothing that is stored: that it happened is all
            let more = events + writes(&committed[0], "mail");
            assert!(all > more || verb.name == "invites.share", "{} changes nothing", verb.name);
            world.invites().enable(firm.host()).unwrap();
        }
    }

    fn hosts_of_the_same_randomness_lose_no_commit(world: &World) {
        let firm = world.firm("Flora Export");
        for (place, name) in ["Retail", "Wholesale"].into_iter().enumerate() {
            let host = World::on(world.kind, world.store.behind(), 77, |_| {});
            // ids tell the time, so that they differ
            host.later(Duration::from_secs(place as u64));
            host.price_types().add(firm.admin, name).unwrap();
        }
        let kept = world.price_types().list(firm.admin, &Paging::default()).unwrap().items;
        assert_eq!(kept.len(), 2);
    }

    fn a_verb_that_commits_twice_is_no_part_of_a_hosts_transaction(world: &World) {
        let firm = world.firm("Flora Export");
        let requests = three(world, &firm);
        let decide = |handfast: &Handfast| {
            handfast.requests().decide_many(firm.admin, "monday", &bulk(&requests, Verdict::Approve))
        };
        let commit = |_: &_, changes: &Arc<Changes>| Ok(world.store.commit(Arc::clone(changes))?);
        let (refused, committed) = world.store.committed(|| world.together(decide, commit));
        assert_eq!(refused.unwrap_err().downcast_ref::<Error>().unwrap().code(), Code::Internal);
        assert_eq!(committed.len(), 0);
        assert!(decide(world).is_ok());
    }

    fn rule_38_each_step_of_a_visitor_is_one_commit_with_its_event_and_mails(world: &World) {
        let firm = world.firm("Flora Export");
        let invites = world.invites();
        let start = || invites.start(&firm.slug, "buyer@rosas.example", None).unwrap();
        let (started, committed) = world.store.committed(start);
        let changes = one(committed);
        assert_eq!((writes(&changes, "visit"), writes(&changes, "one_use"), writes(&changes, "mail")), (1, 1, 1));
        let code = world.deliver().code();
        let (verified, committed) = world.store.committed(|| invites.verify(started.visit, &code).unwrap());
        let changes = one(committed);
        assert_eq!((writes(&changes, "visit"), writes(&changes, "one_use"), writes(&changes, "event")), (1, 1, 1));
        let pass = verified.pass.expose();
        let (_, committed) = world.store.committed(|| invites.submit(pass, &business()).unwrap());
        let changes = one(committed);
        assert_eq!((writes(&changes, "request"), writes(&changes, "event"), writes(&changes, "mail")), (1, 1, 2));
        let (_, committed) = world.store.committed(|| invites.withdraw(pass).unwrap());
        let changes = one(committed);
        assert_eq!((writes(&changes, "request"), writes(&changes, "event"), writes(&changes, "mail")), (1, 1, 1));
    }

    fn rule_38_what_is_refused_leaves_neither_event_nor_mail(world: &World) {
        let firm = world.firm("Flora Export");
        let filed = world.filed(&firm, "buyer@rosas.example");
        world.requests().reject(firm.admin, filed.request, &Decision::default()).unwrap();
        world.deliver();
        let (_, committed) = world.store.committed(|| {
            refusal(world.requests().approve(firm.admin, filed.request, &Decision::default()));
            refusal(world.invites().withdraw(&filed.pass));
            refusal(world.invites().submit(&filed.pass, &business()));
            refusal(world.staff().remove(firm.admin, firm.first));
            refusal(world.invites().start(&firm.slug, "nobody", None));
        });
        assert!(committed.is_empty());
        assert!(world.deliver().is_empty());
    }

    fn rule_38_doing_again_what_is_done_writes_nothing(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.ready(&firm, "buyer@rosas.example");
        let known = world.customers().get(firm.admin, customer).unwrap();
        let days: Vec<_> = known.service.days().map(|(day, carrier)| (day.to_string(), carrier)).collect();
        let pricing = handfast::customer::PricingInput::of(known.price_type.unwrap());
        let (_, committed) = world.store.committed(|| {
            world.customers().activate(firm.admin, customer).unwrap();
            world.customers().set_pricing(firm.admin, customer, &pricing).unwrap();
            world.customers().set_service(firm.admin, customer, &days).unwrap();
            world.invites().enable(firm.admin).unwrap();
            world.staff().set_role(firm.admin, firm.first, handfast::company::Role::Admin).unwrap();
        });
        assert!(committed.is_empty());
    }

    fn rule_39_a_repeated_call_changes_nothing_and_gives_the_first_answer(world: &World) {
        let firm = world.firm("Flora Export");
        let requests = three(world, &firm);
        world.requests().reject(firm.admin, requests[1], &Decision::default()).unwrap();
        let input = bulk(&requests, Verdict::Approve);
        let first = world.requests().decide_many(firm.admin, "monday", &input).unwrap();
        assert!(matches!(first[0].outcome, Outcome::Approved { .. }));
        assert!(matches!(&first[1].outcome, Outcome::Refused { code, .. } if code == "already_decided"));
        let post = world.deliver();
        assert_eq!((post.of(MailKind::RequestApproved).len(), post.of(MailKind::RequestRejected).len()), (2, 1));
        let another = world.another(&world.clock, world.policy().clone());
        let (again, committed) = world.store.committed(|| {
            let here = world.requests().decide_many(firm.admin, "monday", &input).unwrap();
            (here, another.requests().decide_many(firm.admin, "monday", &input).unwrap())
        });
        assert_eq!((&again.0, &again.1), (&first, &first));
        assert!(committed.is_empty() && world.deliver().is_empty());
    }

    fn rule_39_a_key_belongs_to_one_call_of_one_company(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let requests = three(world, &flora);
        world.requests().decide_many(flora.admin, "monday", &bulk(&requests[..1], Verdict::Approve)).unwrap();
        for other in [bulk(&requests[..1], Verdict::Reject), bulk(&requests, Verdict::Approve)] {
            assert_eq!(refusal(world.requests().decide_many(flora.admin, "monday", &other)), Code::KeyReused);
        }
        let mut reasoned = bulk(&requests[..1], Verdict::Approve);
        reasoned.decision.reason = Some("welcome".into());
        assert_eq!(refusal(world.requests().decide_many(flora.admin, "monday", &reasoned)), Code::KeyReused);
        assert!(world.requests().decide_many(frutas.admin, "monday", &bulk(&[], Verdict::Reject)).is_ok());
        assert!(world.requests().decide_many(flora.admin, "tuesday", &bulk(&requests[1..], Verdict::Reject)).is_ok());
    }

    fn rule_39_a_call_that_was_cut_short_goes_on_where_it_stopped(world: &World) {
        let firm = world.firm("Flora Export");
        let member = world.member(&firm, handfast::company::Role::ProcurementManager, "pedro@flora.example");
        let requests = three(world, &firm);
        let input = bulk(&requests, Verdict::Approve);
        // the role is taken away before the second row: the first commit notes the call, the next one a row each
        let (unseen, host, store) = (world.unseen(), firm.host(), world.store.clone());
        world.store.before_next_commit(move || {
            let again = store.clone();
            store.before_next_commit(move || {
                again.before_next_commit(move || {
                    unseen.staff().set_role(host, member.staff, handfast::company::Role::Staff).unwrap();
                });
            });
        });
        assert_eq!(refusal(world.requests().decide_many(member.actor, "monday", &input)), Code::RoleTooLow);
        let approved = |world: &World| {
            let page = world.customers().list(firm.admin, None, &Paging::default()).unwrap();
            page.items.len()
        };
        assert_eq!(approved(world), 1);
        let rows = world.requests().decide_many(firm.admin, "monday", &input).unwrap();
        assert!(rows.iter().all(|row| matches!(row.outcome, Outcome::Approved { .. })), "{rows:?}");
        assert_eq!(approved(world), 3);
        world.deliver();
        assert_eq!(world.delivered().of(MailKind::RequestApproved).len(), 3);
    }
}
