//! Rules 14 to 17, 25, 26 and 39: 64 callers at once on the last task, on one link, and on one visit.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering::SeqCst},
};

use handfast::{
    Code, Id,
    company::Role,
    course::{CourseFormat, Signal, SignalInput},
    event::EventKind,
    mail::MailKind,
    partner::{Client, ClientFilter, Delegation, Designation, DesignationState, PartnerEventKind, Tandem},
    session::Context,
    store::Paging,
};
use handfast_tests::{Agency, CROWD, Firm, PASSWORD, World, crowd, every_page, fact, on_every_store};

use crate::{assert_won, outcome};

/// A course of one task on each side: the partner reads a lesson, the company takes `orders`.
fn course(version: usize, orders: usize) -> String {
    let task = |key: &str, side: &str, signal: &str, count: usize| {
        format!(
            "[[sections.items]]\nkey = \"{key}\"\ntitle = {{ en = \"{key}\" }}\n[sections.items.task]\n\
             directive = {{ en = \"Do it\" }}\nside = \"{side}\"\nsignal = \"{signal}\"\ncount = {count}\n"
        )
    };
    let (read, order) = (task("read", "partner", "lesson_read", 1), task("order", "commerce", "order_placed", orders));
    format!(
        "key = \"test\"\nversion = {version}\ntitle = {{ en = \"Test\" }}\n[[sections]]\nkey = \"all\"\n\
         title = {{ en = \"All\" }}\n{read}{order}"
    )
}

fn publish(world: &World, version: usize, orders: usize) -> handfast::Result<()> {
    world.courses().publish(&course(version, orders), CourseFormat::Toml).map(drop)
}

/// A partner and a company that complete the course in tandem.
fn in_tandem(world: &World, orders: usize) -> (Agency, Firm) {
    publish(world, 1, orders).unwrap();
    let (agency, firm) = (world.careful_agency("Camino Consulting"), world.firm("Flora Export"));
    world.link(&firm, &agency);
    world.courses().enable(&agency.session, firm.company).unwrap();
    world.deliver();
    (agency, firm)
}

fn read(agency: &Agency, key: &str) -> SignalInput {
    let (company, partner, name) = (None, Some(agency.partner), "lesson_read".into());
    SignalInput { company, partner, name, fields: Default::default(), occurred: None, key: key.into() }
}

fn clients(world: &World, agency: &Agency) -> Vec<Client> {
    world.partners().clients(&agency.session, &ClientFilter::default(), &Paging::first(500)).unwrap().items
}

/// How often something happened to a partner account.
fn times(world: &World, agency: &Agency, what: PartnerEventKind) -> usize {
    let history = every_page(|paging| world.partners().history(&agency.session, paging).unwrap());
    history.iter().filter(|event| event.what == what).count()
}

fn assert_certified_once(world: &World, agency: &Agency) {
    let mails = world.deliver();
    assert_eq!(mails.of(MailKind::PartnerCertified).len(), 1);
    assert_eq!(times(world, agency, PartnerEventKind::Certified), 1);
    assert_eq!(times(world, agency, PartnerEventKind::TaskCompleted), 2);
    let certificate = world.courses().certificate(&agency.session, None).unwrap();
    world.courses().verify(certificate.number.as_str(), None).unwrap();
}

fn designation(world: &World, firm: &Firm) -> Option<Designation> {
    world.change(|work| work.get(Designation::by_company(firm.company))).unwrap()
}

/// The visit that a session is in, if it is in one.
fn visit(world: &World, session: &str) -> Option<Id<Delegation>> {
    match world.sessions().resolve(session).ok()?.context {
        Context::Delegated { delegation, .. } => Some(delegation),
        _ => None,
    }
}

/// How often something happened to a company.
fn told(world: &World, firm: &Firm, what: EventKind) -> usize {
    world.history(firm.admin).iter().filter(|event| event.what == what).count()
}

/// Callers from all sides, and one in their midst that ends what they do. Nobody succeeds who began after it had ended;
/// those who were on their way may be told before or after it, as their ids were drawn.
fn around(
    end: impl Fn() -> handfast::Result<()> + Sync,
    call: impl Fn(usize) -> handfast::Result<()> + Sync,
) -> Vec<handfast::Result<()>> {
    let ended = AtomicBool::new(false);
    let given = crowd(|at| match at {
        32 => {
            let given = end();
            ended.store(true, SeqCst);
            (false, given)
        }
        _ => (ended.load(SeqCst), call(at)),
    });
    assert!(given[32].1.is_ok());
    assert!(given.iter().all(|(late, given)| !late || given.is_err()), "{given:?}");
    given.into_iter().map(|(_, given)| given).collect()
}

on_every_store! {
    fn rule_26_the_last_tasks_from_all_sides_certify_once(world: &World) {
        let (agency, firm) = in_tandem(world, 1);
        let given = crowd(|at| match at % 4 {
            0 => world.courses().signal(&read(&agency, &format!("key {at}"))).map(drop),
            1 => world.courses().signal(&fact(&firm, "order_placed", &format!("key {at}"))).map(drop),
            2 => {
                let many = [read(&agency, &format!("key {at}")), fact(&firm, "order_placed", &format!("key {at}"))];
                let rows = world.courses().signal_many(&many);
                rows.map(|rows| assert!(rows.iter().all(|row| row.code.is_none()), "{rows:?}"))
            }
            _ => world.courses().page(&agency.session, None).map(drop),
        });
        assert_eq!(outcome(&given).0, CROWD);
        assert_certified_once(world, &agency);
        assert_eq!(told(world, &firm, EventKind::TaskCompleted), 1);
    }

    fn rule_26_many_different_signals_to_one_task_count_each_and_certify_once(world: &World) {
        let (agency, firm) = in_tandem(world, CROWD);
        world.courses().signal(&read(&agency, "read")).unwrap();
        let given = crowd(|at| world.courses().signal(&fact(&firm, "order_placed", &format!("key {at}"))).unwrap());
        assert_eq!(given.iter().filter(|signalled| !signalled.completed.is_empty()).count(), 1);
        assert_certified_once(world, &agency);
    }

    fn rule_25_two_clients_enabled_by_turns_from_all_sides_leave_one_and_certify_once(world: &World) {
        let (agency, flora) = in_tandem(world, 1);
        let frutas = world.firm("Frutas del Sur");
        world.link(&frutas, &agency);
        world.courses().signal(&read(&agency, "read")).unwrap();
        world.courses().signal(&fact(&frutas, "order_placed", "order")).unwrap();
        let firms = [&flora, &frutas];
        let given = crowd(|at| world.courses().enable(&agency.session, firms[at % 2].company));
        assert_eq!(outcome(&given).0, CROWD);
        assert_certified_once(world, &agency);
        let tandem = world.courses().page(&agency.session, None).unwrap().tandem.unwrap().company;
        let enabled: Vec<_> = clients(world, &agency).iter().filter(|each| each.tandem == Tandem::Enabled).map(|each| each.company).collect();
        assert_eq!(enabled, [tandem]);
        let (on, off) = (PartnerEventKind::CourseEnabled, PartnerEventKind::CourseDisabled);
        assert_eq!(times(world, &agency, on), times(world, &agency, off) + 1);
    }

    fn rules_14_and_15_designating_and_clearing_from_all_sides_end_in_one_story(world: &World) {
        let firm = world.firm("Flora Export");
        let second = world.member(&firm, Role::Admin, "second@people.example");
        let agencies = [world.careful_agency("Camino Consulting"), world.careful_agency("Norte Consulting")];
        let admins = [world.signed_in(&firm.email), world.signed_in("second@people.example")];
        let sessions: Vec<_> = (0..CROWD / 4).map(|_| world.signed_in_again(&agencies[0])).collect();
        world.link(&firm, &agencies[0]);
        world.deliver();
        let before = designation(world, &firm).unwrap().era;
        let partners = world.partners();
        let given = crowd(|at| match at % 4 {
            0 | 1 => partners.designate(&admins[at % 2], &agencies[at / 4 % 2].number, PASSWORD, None).map(drop),
            2 => partners.clear([firm.admin, second.actor][at / 4 % 2]),
            _ => partners.log_in(&sessions[at / 4], firm.company, None).map(drop),
        });
        let (mut cleared, mut refused) = (0, BTreeSet::new());
        for (at, given) in given.iter().enumerate() {
            match (at % 4, given) {
                (0 | 1, given) => assert!(given.is_ok(), "{given:?}"),
                (2, Ok(())) => cleared += 1,
                (_, Ok(())) => {}
                (_, Err(error)) => _ = refused.insert(error.code().as_str()),
            }
        }
        assert!(refused.is_subset(&BTreeSet::from([Code::WrongState.as_str(), Code::NotFound.as_str()])), "{refused:?}");
        let found = designation(world, &firm).unwrap();
        let live = found.state == DesignationState::Live;
        for agency in &agencies {
            let designated = live && found.partner == agency.partner;
            assert_eq!(clients(world, agency).iter().map(|each| each.company).collect::<Vec<_>>(), if designated { vec![firm.company] } else { vec![] });
        }
        let shown = world.partners().designated(firm.admin).unwrap().map(|shown| shown.partner);
        assert_eq!(shown, live.then_some(found.partner));
        // each link and each clear is told once, to both sides, and each begins an era
        let history = world.history(firm.admin);
        let events = |what| history.iter().filter(|event| event.what == what).count();
        let (links, ends) = (events(EventKind::PartnerLinked) - 1, events(EventKind::PartnerCleared));
        assert_eq!(usize::try_from(found.era - before).unwrap(), links + cleared);
        assert_eq!(ends, links + 1 - usize::from(live));
        let mails = world.deliver();
        assert_eq!((mails.of(MailKind::ClientLinked).len(), mails.of(MailKind::ClientCleared).len()), (links, ends));
        let linked = agencies.iter().map(|agency| times(world, agency, PartnerEventKind::ClientLinked)).sum::<usize>();
        assert_eq!(linked, links + 1);
        // rule 17: who is in a client's account is there by the present link
        for visit in sessions.iter().filter_map(|session| visit(world, session)) {
            let visit = world.change(|work| work.need(visit)).unwrap();
            assert_eq!((live, visit.partner, visit.era), (true, found.partner, found.era));
        }
    }

    fn rule_17_whoever_entered_is_out_after_the_clear(world: &World) {
        let (agency, firm) = (world.careful_agency("Camino Consulting"), world.firm("Flora Export"));
        world.link(&firm, &agency);
        let sessions: Vec<_> = (0..CROWD).map(|_| world.signed_in_again(&agency)).collect();
        let given = around(
            || world.partners().clear(firm.admin),
            |at| world.partners().log_in(&sessions[at], firm.company, None).map(drop),
        );
        let entered = given.iter().filter(|given| given.is_ok()).count() - 1;
        for (at, given) in given.iter().enumerate().filter(|(at, _)| *at != 32) {
            let stands = world.sessions().resolve(&sessions[at]);
            match given {
                Ok(()) => assert_eq!(stands.unwrap_err().code(), Code::AccessEnded),
                Err(error) => {
                    assert_eq!(error.code(), Code::NotFound);
                    assert_eq!(stands.unwrap().context, Context::Partner { partner: agency.partner });
                }
            }
        }
        assert_eq!(told(world, &firm, EventKind::PartnerEntered), entered);
    }

    fn rule_17_a_visit_that_is_used_from_all_sides_changes_nothing_after_the_clear(world: &World) {
        let (agency, firm) = (world.careful_agency("Camino Consulting"), world.firm("Flora Export"));
        world.link(&firm, &agency);
        let (_, actor) = world.entered(&agency, &firm);
        let given = around(
            || world.partners().clear(firm.admin),
            |at| world.price_types().add(actor, &format!("Price {at}")).map(drop),
        );
        let added = given.iter().filter(|given| given.is_ok()).count() - 1;
        assert!(given.iter().filter_map(|given| given.as_ref().err()).all(|error| error.code() == Code::AccessEnded));
        assert_eq!(told(world, &firm, EventKind::OfferAdded), added);
    }

    fn rule_25_enabling_and_clearing_from_all_sides_leaves_no_tandem(world: &World) {
        let (agency, firm) = in_tandem(world, 1);
        let other = world.firm("Frutas del Sur");
        world.link(&other, &agency);
        let given = crowd(|at| match at {
            32 => world.partners().clear(firm.admin),
            _ if at % 2 == 0 => world.courses().enable(&agency.session, other.company),
            _ => world.courses().enable(&agency.session, firm.company),
        });
        assert!(given[32].is_ok());
        assert!(given.iter().enumerate().filter(|(at, _)| at % 2 == 0).all(|(_, given)| given.is_ok()));
        assert!(given.iter().filter_map(|given| given.as_ref().err()).all(|error| error.code() == Code::NotFound));
        world.courses().signal(&fact(&firm, "order_placed", "order")).unwrap();
        let page = world.courses().page(&agency.session, None).unwrap();
        assert_eq!(page.tasks.completed, 0, "what a client completes that is none any more");
        assert!(page.tandem.is_none_or(|tandem| tandem.company == other.company));
        let (on, off) = (PartnerEventKind::CourseEnabled, PartnerEventKind::CourseDisabled);
        let open = times(world, &agency, on) - times(world, &agency, off);
        assert_eq!(open, clients(world, &agency).iter().filter(|each| each.tandem == Tandem::Enabled).count());
    }

    fn rule_25_no_signal_is_lost_while_versions_are_published(world: &World) {
        let (agency, firm) = in_tandem(world, CROWD * 7 / 8);
        world.courses().signal(&read(&agency, "read")).unwrap();
        let given = crowd(|at| match at % 8 {
            0 => publish(world, 2 + at / 8, CROWD * 7 / 8),
            _ => world.courses().signal(&fact(&firm, "order_placed", &format!("key {at}"))).map(drop),
        });
        for (at, given) in given.iter().enumerate() {
            if let Err(error) = given {
                assert_eq!((at % 8, error.code()), (0, Code::OlderCourse));
            }
        }
        assert_eq!(world.courses().published().unwrap().version, 9);
        assert_eq!(world.courses().onboarding(firm.admin, None).unwrap().tasks.completed, 1);
        assert!(world.courses().can_certify(&agency.session).unwrap().yes);
        assert_certified_once(world, &agency);
        assert_eq!(world.courses().rebuild_company(firm.company).unwrap().added, []);
        let rebuilt = world.courses().rebuild_partner(agency.partner).unwrap();
        assert_eq!((rebuilt.added, rebuilt.unfounded), (vec![], vec![]));
    }

    fn companies_that_sign_up_from_all_sides_by_one_referral_are_counted_each(world: &World) {
        let agency = world.agency("Camino Consulting");
        let opened = crowd(|_| world.partners().open_referral(&agency.slug, None).unwrap().attribution);
        world.deliver();
        let given = crowd(|at| {
            let attribution = Some(opened[at].clone());
            let input = handfast::company::SignUp { attribution, ..World::sign_up_input(&format!("Company {at}")) };
            world.companies().sign_up(&input).unwrap().company.id
        });
        let view = world.partners().get(&agency.session).unwrap();
        let all = i64::try_from(CROWD).unwrap();
        assert_eq!((view.opened, view.referred), (all, all));
        let listed: BTreeSet<_> = clients(world, &agency).iter().map(|client| client.company).collect();
        assert_eq!(listed, given.into_iter().collect());
        assert_eq!(world.deliver().of(MailKind::ClientLinked).len(), CROWD);
    }

    fn rule_39_one_key_from_all_sides_is_one_signal_with_one_answer(world: &World) {
        let (agency, firm) = in_tandem(world, 1);
        let given = crowd(|_| world.courses().signal(&fact(&firm, "order_placed", "the same")).unwrap().completed);
        assert!(given.iter().all(|completed| *completed == given[0] && completed.len() == 1), "{given:?}");
        let signals = every_page(|paging| world.list(Signal::of_account(firm.company.cast()), paging).unwrap());
        assert_eq!(signals.iter().filter(|signal| signal.key.is_some()).count(), 1);
        assert_eq!(times(world, &agency, PartnerEventKind::TaskCompleted), 1);
    }

    fn rule_39_one_key_for_different_facts_from_all_sides_is_that_of_one(world: &World) {
        let (_, firm) = in_tandem(world, 1);
        let given = crowd(|at| world.courses().signal(&fact(&firm, &format!("fact_{at}"), "the same")));
        assert_won(&given, 1, Code::KeyReused);
    }
}
