//! Rules 32, 34 and 41: who may do what, and that it is read in the change that it authorises.

use handfast::{
    Actor, Code,
    company::{Role, StaffInput},
    invite::LinkState,
};
use handfast_tests::{Effect, Ground, VERBS, World, business, on_every_store, refusal};

on_every_store! {
    fn rule_32_each_role_may_do_what_the_table_says_and_nothing_else(world: &World) {
        let firm = world.firm("Flora Export");
        let members: Vec<_> = Role::ALL.iter().enumerate().map(|(number, role)| {
            (*role, world.member(&firm, *role, &format!("member{number}@flora.example")).actor)
        }).collect();
        for verb in VERBS {
            for (role, actor) in &members {
                let ground = Ground::new(world, &firm);
                (verb.prepare)(world, &firm);
                let given = (verb.act)(world, *actor, &ground);
                match verb.who.contains(role) {
                    true => given.unwrap_or_else(|error| panic!("{role} may {}: {error}", verb.name)),
                    false => assert_eq!(refusal(given), Code::RoleTooLow, "{role} may not {}", verb.name),
                }
                // a visitor needs the link in the next round
                world.invites().enable(firm.host()).unwrap();
            }
        }
    }

    fn rule_34_nobody_from_outside_may_anything(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let gone = world.member(&flora, Role::Admin, "gone@flora.example");
        world.staff().remove(flora.admin, gone.staff).unwrap();
        let input = StaffInput { email: "soon@flora.example".into(), name: "Soon".into(), role: Role::Admin };
        let soon = Actor::staff(world.staff().invite(flora.admin, &input).unwrap().login, flora.company);
        let stranger = Actor::staff(frutas.admin.login().unwrap(), flora.company);
        let nobody = Actor::staff("019a0000-0000-7000-8000-000000000001".parse().unwrap(), flora.company);
        let ground = Ground::new(world, &flora);
        for verb in VERBS {
            (verb.prepare)(world, &flora);
            let (_, committed) = world.store.committed(|| {
                for actor in [gone.actor, soon, stranger, nobody] {
                    assert_eq!(refusal((verb.act)(world, actor, &ground)), Code::RoleTooLow, "{}", verb.name);
                }
            });
            assert!(committed.is_empty(), "{}", verb.name);
            world.invites().enable(flora.host()).unwrap();
        }
    }

    fn rule_41_a_role_that_is_revoked_before_the_commit_makes_it_fail(world: &World) {
        let firm = world.firm("Flora Export");
        for (number, verb) in VERBS.iter().enumerate() {
            if matches!(verb.effect, Effect::Looks | Effect::LooksAtOne) {
                continue;
            }
            let ground = Ground::new(world, &firm);
            let member = world.member(&firm, Role::Admin, &format!("admin{number}@flora.example"));
            (verb.prepare)(world, &firm);
            let (unseen, host) = (world.unseen(), firm.host());
            world.store.before_next_commit(move || unseen.staff().remove(host, member.staff).unwrap());
            let (given, committed) = world.store.committed(|| (verb.act)(world, member.actor, &ground));
            assert!(!world.store.is_hook_waiting(), "{} committed nothing", verb.name);
            assert_eq!(refusal(given), Code::RoleTooLow, "{}", verb.name);
            assert!(committed.is_empty(), "{}", verb.name);
            world.invites().enable(firm.host()).unwrap();
        }
    }

    fn rule_41_a_role_that_shrinks_before_the_commit_makes_it_fail(world: &World) {
        let firm = world.firm("Flora Export");
        let member = world.member(&firm, Role::ProcurementManager, "pedro@flora.example");
        let ground = Ground::new(world, &firm);
        let (unseen, host) = (world.unseen(), firm.host());
        world.store.before_next_commit(move || {
            unseen.staff().set_role(host, member.staff, Role::SalesManager).unwrap();
        });
        let given = world.requests().approve(member.actor, ground.request, &Default::default());
        assert_eq!(refusal(given), Code::RoleTooLow);
    }

    fn rule_41_a_link_that_is_disabled_before_the_commit_lets_nobody_in(world: &World) {
        let firm = world.firm("Flora Export");
        let host = firm.host();
        let disable = || {
            let unseen = world.unseen();
            world.store.before_next_commit(move || {
                assert_eq!(unseen.invites().disable(host).unwrap().state, LinkState::Disabled);
            });
        };
        disable();
        assert_eq!(refusal(world.invites().start(&firm.slug, "one@rosas.example", None)), Code::LinkDisabled);
        world.invites().enable(host).unwrap();
        let started = world.invites().start(&firm.slug, "two@rosas.example", None).unwrap();
        let code = world.deliver().code();
        disable();
        assert_eq!(refusal(world.invites().verify(started.visit, &code)), Code::LinkDisabled);
        world.invites().enable(host).unwrap();
        let pass = world.invites().verify(started.visit, &code).unwrap().pass;
        disable();
        assert_eq!(refusal(world.invites().submit(pass.expose(), &business())), Code::LinkDisabled);
    }

    fn rule_41_a_pass_that_is_replaced_before_the_commit_files_nothing(world: &World) {
        let firm = world.firm("Flora Export");
        let pass = world.verified(&firm, "buyer@rosas.example");
        world.wait_for_next_code();
        let started = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        let (code, unseen) = (world.deliver().code(), world.unseen());
        world.store.before_next_commit(move || drop(unseen.invites().verify(started.visit, &code).unwrap()));
        assert_eq!(refusal(world.invites().submit(&pass, &business())), Code::UnknownToken);
    }
}
