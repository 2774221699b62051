//! A clock at its ends, and no randomness.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use handfast::{Code, Error, Handfast, Timestamp, secret::HashingCost};
use handfast_tests::{Effect, Ground, Hands, Seeded, VERBS, World, business, on_every_store, refusal};

on_every_store! {
    fn at_the_end_of_time_nothing_panics_and_nothing_opens(world: &World) {
        let firm = world.firm("Flora Export");
        let pass = world.verified(&firm, "early@rosas.example");
        world.clock.set(Timestamp::MAX);
        assert_eq!(world.now(), Timestamp::MAX);
        let started = world.invites().start(&firm.slug, "late@rosas.example", None).unwrap();
        assert_eq!(started.expires, Timestamp::MAX);
        let code = world.deliver().codes().pop();
        let code = code.unwrap_or_default();
        assert_eq!(refusal(world.invites().verify(started.visit, &code)), Code::CodeExpired);
        assert_eq!(refusal(world.invites().submit(&pass, &business())), Code::VisitExpired);
        assert!(world.companies().sign_up(&World::sign_up_input("Frutas del Sur")).is_ok());
        assert_eq!(world.requests().expire(10).unwrap(), 0);
    }

    fn at_the_beginning_of_time_all_goes_its_way(world: &World) {
        let clock = Hands::at("1970-01-01T00:00:00Z");
        let early = world.another(&clock, world.policy().clone());
        let firm = early.companies().sign_up(&World::sign_up_input("Flora Export")).unwrap();
        let link = early.invites().link(firm.actor()).unwrap();
        assert_eq!(link.created, Timestamp::MIN);
        clock.turn_back(std::time::Duration::from_secs(86_400));
        assert_eq!(early.now(), Timestamp::MIN);
        assert!(early.invites().start(&link.slug.to_string(), "buyer@rosas.example", None).is_ok());
        assert_eq!(early.requests().expire(10).unwrap(), 0);
    }

    fn without_randomness_every_change_is_refused_and_nothing_is_written(world: &World) {
        let firm = world.firm("Flora Export");
        let grounds: Vec<_> = VERBS.iter().map(|_| Ground::new(world, &firm)).collect();
        let dry = Arc::new(AtomicBool::new(false));
        let (is_dry, source) = (Arc::clone(&dry), Seeded::new(77));
        let random = move |bytes: &mut [u8]| match is_dry.load(Ordering::SeqCst) {
            true => Err(Error::new(Code::NoRandomness)),
            false => handfast::Random::fill(&source, bytes),
        };
        let handfast = Handfast::builder(world.store.clone())
            .clock(world.clock.clone())
            .random(random)
            .hashing(HashingCost::INSECURE_FOR_TESTS)
            .build()
            .unwrap();
        let poor = World::around(handfast, world);
        for (verb, ground) in VERBS.iter().zip(&grounds) {
            (verb.prepare)(world, &firm);
            dry.store(true, Ordering::SeqCst);
            let (given, committed) = world.store.committed(|| (verb.act)(&poor, firm.admin, ground));
            dry.store(false, Ordering::SeqCst);
            match verb.effect {
                Effect::Looks | Effect::LooksAtOne => given.unwrap_or_else(|error| panic!("{}: {error}", verb.name)),
                Effect::Changes | Effect::ChangesOne => {
                    assert_eq!(refusal(given), Code::NoRandomness, "{}", verb.name);
                    assert!(committed.is_empty(), "{}", verb.name);
                }
            }
            world.invites().enable(firm.host()).unwrap();
        }
        dry.store(true, Ordering::SeqCst);
        assert_eq!(refusal(poor.companies().sign_up(&World::sign_up_input("Frutas del Sur"))), Code::NoRandomness);
        let slug = world.invites().link(firm.admin).unwrap().slug.to_string();
        assert_eq!(refusal(poor.invites().start(&slug, "buyer@rosas.example", None)), Code::NoRandomness);
        assert!(poor.invites().open(&slug).is_ok(), "a visitor gets in even where nothing can be written");
    }
}
