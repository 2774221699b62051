//! Invitations that were answered by others than those who were asked, and accounts that others had made before.

use handfast::{
    Code,
    association::AssociationState,
    company::{Role, StaffInput},
    mail::{MailKind, MailState},
    session::Context,
    store::Paging,
};
use handfast_tests::{Firm, PASSWORD, World, crowd, first_password, on_every_store, refusal};

const UMA: &str = "uma@users.example";
const NEW: &str = "uma keeps a better horse";

/// Moves a login to an address that is its own.
fn moved(world: &World, session: &str, to: &str) {
    world.logins().request_email_change(session, to, PASSWORD, None).unwrap();
    let token = world.deliver().to(to).token_of(MailKind::EmailChange);
    world.logins().confirm_email_change(session, &token).unwrap();
}

fn staff_invitation(world: &World, firm: &Firm, email: &str) -> String {
    let input = StaffInput { email: email.into(), name: "Uma Uva".into(), role: Role::Admin };
    world.staff().invite(firm.admin, &input).unwrap();
    world.deliver().to(email).token()
}

/// Answers what asks the owner of an address, with [`NEW`] as the password.
type Answer = fn(&World, &Firm, &str);

/// Every way to prove that an address is one's own.
const PROOFS: &[(&str, Answer)] = &[
    ("staff", |world, firm, email| {
        world.staff().accept(&staff_invitation(world, firm, email), Some(NEW)).unwrap();
    }),
    ("link", |world, firm, email| {
        let customer = world.active(firm, "buyer@rosas.example");
        world.with_links(firm);
        world.invited(firm, customer, email);
        world.users().accept(&world.deliver().to(email).user_token(), NEW).unwrap();
    }),
    ("temporary password", |world, firm, email| {
        let customer = world.active(firm, "buyer@rosas.example");
        world.invited(firm, customer, email);
        let mut first = first_password(email, &world.deliver().to(email).temporary_password());
        first.password = NEW.into();
        world.users().choose_password(&first).unwrap();
    }),
    ("approval", |world, firm, email| {
        world.active(firm, email);
        world.users().accept(&world.deliver().to(email).user_token(), NEW).unwrap();
    }),
    ("reset", |world, _, email| {
        world.logins().request_reset(email, None).unwrap();
        world.logins().reset(&world.deliver().token_of(MailKind::PasswordReset), NEW).unwrap();
    }),
];

on_every_store! {
    /// GHSA-fmh4-wcc4-5jm3 (Better Auth): an invitation was answered by whoever had signed up with the invited address,
    /// which nobody had proved to be theirs: that two addresses are equal is no proof.
    fn ghsa_fmh4_wcc4_5jm3_who_never_proved_the_address_answers_no_invitation(world: &World) {
        let flora = world.firm("Flora Export");
        let customer = world.active(&flora, "buyer@rosas.example");
        world.with_links(&flora);
        // whoever signs a company up does not prove the address
        let mallory = world.firm("Squatters");
        let session = world.signed_in(&mallory.email);
        let asked = world.invited(&flora, customer, &mallory.email);
        let (token, page) = (world.deliver().to(&mallory.email).user_token(), Paging::default());
        assert_eq!(world.users().mine(&session, &page).unwrap().items, []);
        assert_eq!(refusal(world.users().leave(&session, asked.id)), Code::NotFound);
        assert_eq!(refusal(world.users().confirm(&session, &token)), Code::WrongState);
        let context = Context::User { company: flora.company, customer, association: asked.id };
        assert_eq!(refusal(world.sessions().enter(&session, context)), Code::AccessEnded);
        // nor with an address that was proved afterwards, even with the link in hand
        moved(world, &session, "mallory@people.example");
        assert_eq!(refusal(world.users().confirm(&session, &token)), Code::UnknownToken);
        assert_eq!(refusal(world.users().accept(&token, NEW)), Code::UnknownToken);
        assert_eq!(refusal(world.users().decline(&token)), Code::UnknownToken);
        assert_eq!(refusal(world.users().resend(flora.admin, asked.id)), Code::WrongState);
        assert_eq!(refusal(world.sessions().enter(&session, context)), Code::AccessEnded);
        assert_eq!(world.users().get(flora.admin, asked.id).unwrap().state, AssociationState::Pending);
        // whoever has the mailbox is invited anew
        world.users().revoke(flora.admin, asked.id).unwrap();
        assert_ne!(world.invited(&flora, customer, &mallory.email).login, asked.login);
    }

    /// The same of the staff: the owner's answer must not let in whoever sat on the address.
    fn ghsa_fmh4_wcc4_5jm3_nor_one_to_the_staff(world: &World) {
        let flora = world.firm("Flora Export");
        let mallory = world.firm("Squatters");
        let session = world.signed_in(&mallory.email);
        let token = staff_invitation(world, &flora, &mallory.email);
        moved(world, &session, "mallory@people.example");
        assert_eq!(refusal(world.staff().invitation(&token)), Code::UnknownToken);
        assert_eq!(refusal(world.staff().accept(&token, Some(NEW))), Code::UnknownToken);
        let theirs = Context::Staff { company: flora.company };
        assert_eq!(refusal(world.sessions().enter(&session, theirs)), Code::AccessEnded);
        world.staff().accept(&staff_invitation(world, &flora, &mallory.email), Some(NEW)).unwrap();
        assert_eq!(refusal(world.sessions().enter(&session, theirs)), Code::AccessEnded);
    }

    /// CVE-2026-16072 (Keycloak): whoever might invite could read the link of an invitation, and answer it in place of a
    /// person whose mailbox nobody had.
    fn cve_2026_16072_whoever_invites_never_reads_what_the_mail_holds(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let input = StaffInput { email: "eva@flora.example".into(), name: "Eva".into(), role: Role::Staff };
        let mut read = vec![serde_json::to_string(&world.staff().invite(firm.admin, &input).unwrap()).unwrap()];
        for (number, style) in ["password", "link"].into_iter().enumerate() {
            let asked = world.invited(&firm, customer, &format!("{style}{number}@users.example"));
            read.push(serde_json::to_string(&asked).unwrap());
            read.push(serde_json::to_string(&world.users().resend(firm.admin, asked.id).unwrap()).unwrap());
            read.push(serde_json::to_string(&world.users().get(firm.admin, asked.id).unwrap()).unwrap());
            world.with_links(&firm);
        }
        let page = Paging::default();
        let (staff, users) = (world.staff().list(firm.admin, &page), world.users().of_customer(firm.admin, customer, &page));
        read.push(serde_json::to_string(&(staff.unwrap().items, users.unwrap().items)).unwrap());
        read.push(serde_json::to_string(&world.history(firm.admin)).unwrap());
        read.push(serde_json::to_string(&world.mails().list(MailState::Queued, &page).unwrap().items).unwrap());
        let post = world.deliver();
        let secrets = [
            post.token(),
            post.to("link1@users.example").user_token(),
            post.temporary_password(),
            post.temporary_password().replace('-', ""),
        ];
        for (secret, read) in secrets.iter().flat_map(|secret| read.iter().map(move |read| (secret, read))) {
            assert!(!read.contains(secret.as_str()), "{read}");
        }
    }

    /// CVE-2022-39306 (Grafana): whoever answered an invitation chose whose name and address the account got.
    fn cve_2022_39306_an_invitation_makes_the_one_who_was_invited_and_nobody_else(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.user(&firm, customer, "mallory@users.example");
        let mallory = world.signed_in("mallory@users.example");
        let asked = world.invited(&firm, customer, UMA);
        let temporary = world.deliver().to(UMA).temporary_password();
        for other in ["mallory@users.example", "nobody@users.example", firm.email.as_str()] {
            assert_eq!(refusal(world.users().choose_password(&first_password(other, &temporary))), Code::WrongPassword);
        }
        world.with_links(&firm);
        world.users().resend(firm.admin, asked.id).unwrap();
        let token = world.deliver().to(UMA).user_token();
        assert_eq!(refusal(world.users().confirm(&mallory, &token)), Code::UnknownToken);
        let joined = world.users().accept(&token, PASSWORD).unwrap();
        assert_eq!((joined.login, joined.email.original(), joined.name.as_str()), (asked.login, UMA, "Uma Uva"));
        let who = world.sessions().resolve(&world.signed_in(UMA)).unwrap();
        assert_eq!((who.email.original(), who.name.as_str(), who.role), (UMA, "Uma Uva", None));
    }

    /// GHSA-qq9h-g4jm-xgf3 (Better Auth): a password that a stranger had set for an address stayed good after the owner of
    /// the mailbox had proved it, and so did the stranger's sessions.
    fn ghsa_qq9h_g4jm_xgf3_nothing_from_before_the_address_was_proved_is_good_after(world: &World) {
        for (proof, answer) in PROOFS {
            let world = World::new(world.kind);
            let (flora, mallory) = (world.firm("Flora Export"), world.firm("Squatters"));
            let session = world.signed_in(&mallory.email);
            let actor = world.sessions().resolve(&session).unwrap().actor().unwrap();
            answer(&world, &flora, &mallory.email);
            assert_eq!(refusal(world.sessions().resolve(&session)), Code::NotSignedIn, "{proof}");
            assert_eq!(refusal(world.companies().get(actor)), Code::NotSignedIn, "{proof}");
            let old = world.logins().authenticate(&mallory.email, PASSWORD);
            assert_eq!(refusal(old), Code::WrongPassword, "{proof}");
            world.logins().authenticate(&mallory.email, NEW).unwrap();
        }
    }

    /// What a company approves for the owner of an address is not for whoever signed up with it, before or after.
    fn ghsa_qq9h_g4jm_xgf3_nor_is_what_the_owner_was_given_meanwhile(world: &World) {
        let (flora, mallory) = (world.firm("Flora Export"), world.firm("Squatters"));
        let session = world.signed_in(&mallory.email);
        let customer = world.active(&flora, &mallory.email);
        let association = world.first_user(&flora, customer);
        let context = Context::User { company: flora.company, customer, association };
        assert_eq!(refusal(world.sessions().enter(&session, context)), Code::AccessEnded);
        moved(world, &session, "mallory@people.example");
        assert_eq!(refusal(world.sessions().enter(&session, context)), Code::AccessEnded);
        world.active(&flora, UMA);
        let late = handfast::company::SignUp { admin_email: UMA.into(), ..World::sign_up_input("Squatters") };
        assert_eq!(refusal(world.companies().sign_up(&late)), Code::WrongPassword);
    }

    /// GHSA-hc7v-rggr-4hvx (Better Auth): a link was looked up first and used up later, so that two at once both got in,
    /// and a setting let it be used more often.
    fn ghsa_hc7v_rggr_4hvx_a_link_lets_one_in_however_many_come_at_once(world: &World) {
        let world = World::with(world.kind, |policy| (policy.code_attempts, policy.sign_in_attempts) = (10, 100));
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.with_links(&firm);
        world.invited(&firm, customer, UMA);
        let token = world.deliver().to(UMA).user_token();
        let password = |at: usize| format!("horse number {at} in the stable");
        let given = crowd(|at| world.users().accept(&token, &password(at)));
        let won: Vec<_> = (0..given.len()).filter(|at| given[*at].is_ok()).collect();
        assert_eq!(won.len(), 1);
        let opens = |at: &usize| world.logins().authenticate(UMA, &password(*at)).is_ok();
        assert_eq!((0..given.len()).filter(opens).collect::<Vec<_>>(), won);
        assert_eq!(refusal(world.users().accept(&token, NEW)), Code::TokenSpent);
    }
}
