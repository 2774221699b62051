//! A stranger signed up with somebody's address before that person came, and left a password and a second factor on it.

use handfast::{
    Code,
    company::{Role, SignUp, StaffInput},
    mail::MailKind,
    session::SignedIn,
};
use handfast_tests::{App, PASSWORD, World, first_password, on_every_store, refusal, sign_in};

const EVA: &str = "eva@users.example";
const STRANGERS: &str = "a stranger keeps this horse";

/// The stranger's session, with two-factor on.
fn squat(world: &World) -> String {
    let input = SignUp { admin_email: EVA.into(), admin_password: STRANGERS.into(), ..World::sign_up_input("Mallory") };
    world.companies().sign_up(&input).unwrap();
    let session = world.signing_in(EVA, STRANGERS).unwrap();
    let app = App::new(&world.two_factor().enrol(&session, STRANGERS, None).unwrap().secret);
    world.two_factor().confirm(&session, &app.code(world.now())).unwrap();
    session
}

/// How Eva proves that the address is hers, with a new password.
type Prove = fn(&World);

const WAYS: [(&str, Prove); 4] = [
    ("a temporary password", |world| {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.invited(&firm, customer, EVA);
        let temporary = world.deliver().to(EVA).temporary_password();
        world.users().choose_password(&first_password(EVA, &temporary)).map(drop).unwrap();
    }),
    ("the link of an invitation", |world| {
        let firm = world.firm("Flora Export");
        world.with_links(&firm);
        let customer = world.active(&firm, "buyer@rosas.example");
        world.invited(&firm, customer, EVA);
        let token = world.deliver().to(EVA).user_token();
        world.users().accept(&token, PASSWORD).map(drop).unwrap();
    }),
    ("an invitation to a staff", |world| {
        let firm = world.firm("Flora Export");
        let person = StaffInput { email: EVA.into(), name: "Eva Luz".into(), role: Role::Staff };
        world.staff().invite(firm.admin, &person).unwrap();
        let token = world.deliver().to(EVA).token_of(MailKind::StaffInvited);
        world.staff().accept(&token, Some(PASSWORD)).map(drop).unwrap();
    }),
    ("a new password by mail", |world| {
        world.logins().request_reset(EVA, None).unwrap();
        let token = world.deliver().to(EVA).token_of(MailKind::PasswordReset);
        world.logins().reset(&token, PASSWORD).unwrap();
    }),
];

on_every_store! {
    fn a_strangers_second_factor_opens_nothing_and_the_host_takes_it_off(world: &World) {
        let way = |(name, prove): (&str, Prove)| {
            let world = World::new(world.kind);
            let session = squat(&world);
            prove(&world);
            assert_eq!(refusal(world.sessions().resolve(&session)), Code::NotSignedIn, "{name}");
            assert_eq!(refusal(world.sessions().sign_in(&sign_in(EVA, STRANGERS))), Code::WrongPassword, "{name}");
            // to let a mail take it off would let whoever reads mails past the factor of an Admin who only signed up
            let signed_in = world.sessions().sign_in(&sign_in(EVA, PASSWORD)).unwrap();
            assert!(matches!(signed_in, SignedIn::SecondFactor(_)), "{name}: {signed_in:?}");
            let login = world.logins().authenticate(EVA, PASSWORD).unwrap();
            world.two_factor().remove(login).unwrap();
            let signed_in = world.sessions().sign_in(&sign_in(EVA, PASSWORD)).unwrap();
            assert!(matches!(signed_in, SignedIn::Active(_)), "{name}: {signed_in:?}");
            assert_eq!(world.deliver().to(EVA).of(MailKind::TwoFactorOff).len(), 1, "{name}");
            assert_eq!(refusal(world.two_factor().remove(login)), Code::WrongState, "{name}");
        };
        WAYS.into_iter().for_each(way);
    }

    fn who_was_signed_in_with_a_second_factor_that_the_host_takes_off_signs_in_anew(world: &World) {
        let careful = world.careful(&world.firm("Flora Export"));
        let login = world.sessions().resolve(&careful.session).unwrap().login;
        world.two_factor().remove(login).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&careful.session)), Code::NotSignedIn);
        let spent = world.signed_in(&careful.email);
        assert_eq!(world.two_factor().status(&spent).unwrap().recovery_codes, 0);
        let nobody = handfast_tests::Ground::missing(1).staff.cast();
        assert_eq!(refusal(world.two_factor().remove(nobody)), Code::NotFound);
    }
}
