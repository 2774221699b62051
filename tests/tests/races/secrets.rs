use handfast::{
    Code,
    company::{Role, StaffInput},
    event::EventKind,
};
use handfast_tests::{CROWD, PASSWORD, World, crowd, on_every_store, refusal};

use crate::{assert_won, outcome};

on_every_store! {
    fn the_right_code_from_all_sides_opens_once(world: &World) {
        let firm = world.firm("Flora Export");
        let started = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        let code = world.deliver().code();
        let results = crowd(|_| world.invites().verify(started.visit, &code));
        assert_won(&results, 1, Code::CodeSpent);
        assert_eq!(world.invites().funnel(firm.admin).unwrap().verified, 1);
        let pass = results.into_iter().find_map(Result::ok).unwrap().pass;
        assert!(world.invites().standing(pass.expose()).is_ok());
    }

    fn wrong_codes_from_all_sides_are_counted_one_by_one(world: &World) {
        let firm = world.firm("Flora Export");
        let started = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        let code = world.deliver().code();
        let wrong = if code == "00000000" { "11111111" } else { "00000000" };
        let results = crowd(|_| world.invites().verify(started.visit, wrong));
        let tries = usize::from(world.policy().code_attempts);
        let (won, refused) = outcome(&results);
        assert_eq!((won, refused["wrong_code"], refused["code_spent"]), (0, tries, CROWD - tries));
        assert_eq!(refusal(world.invites().verify(started.visit, &code)), Code::CodeSpent);
    }

    fn right_and_wrong_codes_at_once_open_at_most_once_and_try_at_most_five_times(world: &World) {
        let firm = world.firm("Flora Export");
        let started = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        let code = world.deliver().code();
        let results = crowd(|at| world.invites().verify(started.visit, if at % 8 == 0 { &code } else { "1" }));
        let (won, refused) = outcome(&results);
        let wrong = refused.get("wrong_code").copied().unwrap_or_default();
        assert!(won == 1 && wrong < 5 || won == 0 && wrong == 5, "{won} won, {refused:?}");
        assert_eq!(won + wrong + refused["code_spent"], CROWD);
    }

    fn codes_asked_for_from_all_sides_are_sent_once(world: &World) {
        let firm = world.firm("Flora Export");
        let results = crowd(|_| world.invites().start(&firm.slug, "buyer@rosas.example", None));
        assert_won(&results, 1, Code::TooOften);
        assert_eq!(world.deliver().codes().len(), 1);
    }

    fn codes_for_one_company_never_exceed_its_limit(world: &World) {
        let world = World::with(world.kind, |policy| policy.codes_per_company = 10);
        let firm = world.firm("Flora Export");
        let results = crowd(|at| world.invites().start(&firm.slug, &format!("buyer{at}@rosas.example"), None));
        assert_won(&results, 10, Code::TooOften);
        assert_eq!(world.deliver().codes().len(), 10);
    }

    fn an_invitation_is_accepted_once(world: &World) {
        let firm = world.firm("Flora Export");
        let input = StaffInput { email: "eva@flora.example".into(), name: "Eva".into(), role: Role::Admin };
        world.staff().invite(firm.admin, &input).unwrap();
        let token = world.deliver().token();
        let results = crowd(|_| world.staff().accept(&token, Some(PASSWORD)));
        assert_won(&results, 1, Code::TokenSpent);
        assert_eq!(world.companies().get(firm.admin).unwrap().admins, 2);
        let events = world.history(firm.admin);
        assert_eq!(events.iter().filter(|event| event.what == EventKind::StaffJoined).count(), 1);
    }

    fn wrong_passwords_from_all_sides_lock_and_are_not_counted_beyond(world: &World) {
        let firm = world.firm("Flora Export");
        let results = crowd(|_| world.logins().authenticate(&firm.email, "a wrong horse in the stable"));
        assert_won(&results, 0, Code::WrongPassword);
        assert_eq!(refusal(world.logins().authenticate(&firm.email, PASSWORD)), Code::WrongPassword);
        world.later(world.policy().first_lockout);
        assert!(world.logins().authenticate(&firm.email, PASSWORD).is_ok());
    }

    fn one_address_signs_up_from_all_sides_and_has_one_login(world: &World) {
        let results = crowd(|_| world.companies().sign_up(&World::sign_up_input("Flora Export")));
        // whoever hashed a password of its own for the same new login has lost it to the first one
        let logins: std::collections::BTreeSet<_> =
            results.iter().flatten().map(|signed_up| signed_up.admin.login).collect();
        assert_eq!(logins.len(), 1);
        for error in results.iter().filter_map(|result| result.as_ref().err()) {
            assert_eq!(error.code(), Code::WrongPassword);
        }
        assert!(world.logins().authenticate("admin@floraexport.example", PASSWORD).is_ok());
    }
}
