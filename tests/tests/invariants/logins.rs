//! Rule 28, and signing in.

use std::time::Duration;

use handfast::{
    Code,
    company::{Role, SignUp, StaffInput},
};
use handfast_tests::{PASSWORD, World, on_every_store, refusal};

const WRONG: &str = "a wrong horse in the stable";

on_every_store! {
    fn rule_28_one_login_for_one_address_however_it_is_written(world: &World) {
        let flora = world.firm("Flora Export");
        for (number, spelling) in ["ADMIN@floraexport.example", "admin@FLORAEXPORT.example"].into_iter().enumerate() {
            let name = format!("Company {number}");
            let input = SignUp { admin_email: spelling.into(), ..World::sign_up_input(&name) };
            let signed_up = world.companies().sign_up(&input).unwrap();
            assert_eq!(Some(signed_up.admin.login), flora.admin.login(), "{spelling}");
        }
        let frutas = world.firm("Frutas del Sur");
        let input = StaffInput { email: "Admin@FloraExport.example".into(), name: "Ada".into(), role: Role::Staff };
        let staff = world.staff().invite(frutas.admin, &input).unwrap();
        assert_eq!(Some(staff.login), flora.admin.login());
        let token = world.deliver().to("Admin@FloraExport.example").token();
        world.staff().accept(&token, Some(PASSWORD)).unwrap();
        assert_eq!(Some(world.logins().authenticate(&flora.email, PASSWORD).unwrap()), flora.admin.login());
    }

    fn rule_28_a_company_signs_up_for_a_known_address_only_with_its_own_password(world: &World) {
        world.firm("Flora Export");
        let mut input = World::sign_up_input("Flora Export");
        input.admin_password = WRONG.into();
        assert_eq!(refusal(world.companies().sign_up(&input)), Code::WrongPassword);
        input.admin_password = PASSWORD.into();
        assert!(world.companies().sign_up(&input).is_ok());
    }

    fn rule_29_an_invitation_changes_no_password_of_a_login_that_has_one(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let email = "pedro@people.example";
        world.member(&flora, Role::Staff, email);
        let input = StaffInput { email: email.into(), name: "Pedro".into(), role: Role::Admin };
        world.staff().invite(frutas.admin, &input).unwrap();
        let token = world.deliver().to(email).token();
        assert!(!world.staff().invitation(&token).unwrap().chooses_password);
        world.staff().accept(&token, Some(WRONG)).unwrap();
        assert_eq!(refusal(world.logins().authenticate(email, WRONG)), Code::WrongPassword);
        assert!(world.logins().authenticate(email, PASSWORD).is_ok());
    }

    fn rule_29_a_password_from_before_the_address_was_proved_is_the_strangers_no_longer(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let input = StaffInput { email: flora.email.clone(), name: "Ada".into(), role: Role::Admin };
        world.staff().invite(frutas.admin, &input).unwrap();
        let token = world.deliver().to(&flora.email).token();
        assert!(world.staff().invitation(&token).unwrap().chooses_password);
        assert_eq!(refusal(world.staff().accept(&token, None)), Code::Required);
        world.staff().accept(&token, Some("ada keeps a good horse")).unwrap();
        assert_eq!(refusal(world.logins().authenticate(&flora.email, PASSWORD)), Code::WrongPassword);
        assert!(world.logins().authenticate(&flora.email, "ada keeps a good horse").is_ok());
    }

    fn wrong_passwords_in_a_row_lock_the_address_for_longer_and_longer(world: &World) {
        let firm = world.firm("Flora Export");
        let sign_in = |password| world.logins().authenticate(&firm.email, password);
        for _ in 0..world.policy().sign_in_attempts {
            assert_eq!(refusal(sign_in(WRONG)), Code::WrongPassword);
        }
        assert_eq!(refusal(sign_in(PASSWORD)), Code::WrongPassword);
        let first = world.policy().first_lockout;
        world.later(first - Duration::from_millis(1));
        assert_eq!(refusal(sign_in(PASSWORD)), Code::WrongPassword);
        world.later(Duration::from_millis(1));
        assert_eq!(refusal(sign_in(WRONG)), Code::WrongPassword);
        world.later(first * 2 - Duration::from_millis(1));
        assert_eq!(refusal(sign_in(PASSWORD)), Code::WrongPassword);
        world.later(Duration::from_millis(1));
        assert!(sign_in(PASSWORD).is_ok());
        assert_eq!(refusal(sign_in(WRONG)), Code::WrongPassword);
        assert!(sign_in(PASSWORD).is_ok(), "a right password clears the count");
    }

    fn signing_a_company_up_is_no_way_around_the_lock(world: &World) {
        let firm = world.firm("Flora Export");
        let mut input = World::sign_up_input("Flora Export");
        input.admin_password = WRONG.into();
        for _ in 0..world.policy().sign_in_attempts {
            assert_eq!(refusal(world.companies().sign_up(&input)), Code::WrongPassword);
        }
        input.admin_password = PASSWORD.into();
        assert_eq!(refusal(world.companies().sign_up(&input)), Code::WrongPassword);
        assert_eq!(refusal(world.logins().authenticate(&firm.email, PASSWORD)), Code::WrongPassword);
        world.later(world.policy().first_lockout);
        assert!(world.companies().sign_up(&input).is_ok());
    }

    fn a_password_that_was_hashed_at_a_lower_cost_is_hashed_anew_and_still_opens(world: &World) {
        let firm = world.firm("Flora Export");
        let costly = handfast::Handfast::builder(world.store.clone())
            .clock(world.clock.clone())
            .hashing(handfast::secret::HashingCost::new(7_168, 5, 1).unwrap())
            .build()
            .unwrap();
        let (opened, committed) = world.store.committed(|| costly.logins().authenticate(&firm.email, PASSWORD));
        assert_eq!(opened.ok(), firm.admin.login());
        let tables: Vec<_> = committed.iter().flat_map(|changes| &changes.writes).map(|write| write.table().name).collect();
        assert!(tables.contains(&"login"), "{tables:?}");
        assert!(world.logins().authenticate(&firm.email, PASSWORD).is_ok());
    }
}
