//! Who may, what is refused, and what goes on where it was cut short. Rules 28, 29, 35, 39, 40, 41 and 42.

use handfast::{
    Code, association::AssociationState, company::Role, event::EventKind, mail::MailState, request::RequestState,
    store::Paging,
};
use handfast_tests::{PASSWORD, World, every_page, on_every_store, refusal};

on_every_store! {
    fn only_an_admin_may_and_no_partner(world: &World) {
        let firm = world.firm("Flora Export");
        world.approved(&firm, "buyer@rosas.example");
        for role in [Role::ProcurementManager, Role::SalesManager, Role::FullAccess, Role::Staff] {
            let actor = world.member(&firm, role, &format!("{role}@people.example")).actor;
            let privacy = world.privacy();
            assert_eq!(refusal(privacy.erase_person(actor, "buyer@rosas.example")), Code::RoleTooLow);
            assert_eq!(refusal(privacy.export_person(actor, "buyer@rosas.example", &Paging::default())), Code::RoleTooLow);
        }
    }

    fn rule_35_another_companys_person_is_nobody(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let customer = world.approved(&frutas, "buyer@rosas.example");
        let before = world.customers().get(frutas.admin, customer).unwrap();
        assert_eq!(world.privacy().erase_person(flora.admin, "buyer@rosas.example").unwrap(), None);
        assert_eq!(every_page(|paging| world.privacy().export_person(flora.admin, "buyer@rosas.example", paging).unwrap()), []);
        // not even the work tells that the address is known elsewhere
        let calls = |email: &str| {
            let export = world.store.calls(|| world.privacy().export_person(flora.admin, email, &Paging::default()).unwrap());
            (export, world.store.calls(|| world.privacy().erase_person(flora.admin, email).unwrap()))
        };
        assert_eq!(calls("buyer@rosas.example"), calls("nobody@rosas.example"));
        // and what one company erases is the other's still
        world.approved(&flora, "buyer@rosas.example");
        world.privacy().erase_person(flora.admin, "buyer@rosas.example").unwrap().unwrap();
        assert_eq!(world.customers().get(frutas.admin, customer).unwrap(), before);
    }

    fn a_guest_who_was_never_a_customer_is_exported_and_erased(world: &World) {
        let firm = world.firm("Flora Export");
        let guest = world.guest_order(&firm, "O-1", "guest@rosas.example", None);
        let other = world.guest_order(&firm, "O-2", "other@rosas.example", None);
        let held = || every_page(|paging| world.privacy().export_person(firm.admin, "guest@rosas.example", paging).unwrap());
        assert_eq!(held().iter().map(|row| row.id).collect::<Vec<_>>(), [guest.cast()]);
        let before = world.orders().get(firm.admin, other).unwrap();
        world.privacy().erase_person(firm.admin, "guest@rosas.example").unwrap().unwrap();
        assert!(held().is_empty());
        let left = world.orders().get(firm.admin, guest).unwrap();
        assert_eq!((left.name.as_str(), left.amount.to_string()), ("Erased", "12.5".to_owned()));
        assert_eq!(world.orders().get(firm.admin, other).unwrap(), before);
        assert!(world.orders().look_up(firm.admin, "guest@rosas.example").unwrap().orders.is_empty());
    }

    fn a_request_that_waits_is_withdrawn_and_a_mail_that_waits_is_not_sent(world: &World) {
        let firm = world.firm("Flora Export");
        let filed = world.filed(&firm, "buyer@rosas.example");
        world.privacy().erase_person(firm.admin, "buyer@rosas.example").unwrap().unwrap();
        let request = world.requests().get(firm.admin, filed.request).unwrap();
        assert_eq!((request.state, request.contact.as_str()), (RequestState::Withdrawn, "Erased"));
        assert_eq!(refusal(world.invites().standing(&filed.pass)), Code::UnknownToken);
        assert!(world.deliver().to("buyer@rosas.example").is_empty());
        let waiting = world.mails().list(MailState::Queued, &Paging::default()).unwrap().items;
        assert!(waiting.is_empty(), "{waiting:?}");
    }

    fn a_customer_that_is_erased_is_changed_no_more(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let (tag, other) = (world.tag(&firm, "Hotels"), world.tag(&firm, "Weddings"));
        world.tags().add(firm.admin, customer, tag).unwrap();
        world.privacy().erase_person(firm.admin, "buyer@rosas.example").unwrap().unwrap();
        let refused = |error: Code| assert_eq!(error, Code::NotFound);
        refused(refusal(world.customers().activate(firm.admin, customer)));
        refused(refusal(world.customers().unblock(firm.admin, customer)));
        refused(refusal(world.tags().add(firm.admin, customer, other)));
        refused(refusal(world.users().add(firm.admin, &World::user_input(customer, "uma@users.example"))));
        let tags = world.tags().list(firm.admin, &Paging::default()).unwrap().items;
        assert!(tags.iter().all(|tag| tag.customers == Some(0)), "{tags:?}");
    }

    fn a_customers_other_users_lose_their_access_and_are_erased_with_it(world: &World) {
        let firm = world.firm("Flora Export");
        let (erased, kept) = (world.active(&firm, "one@rosas.example"), world.active(&firm, "two@rosas.example"));
        let uma = world.user(&firm, erased, "uma@users.example");
        let there = world.another_association(&firm, kept, "uma@users.example");
        world.privacy().erase_person(firm.admin, "one@rosas.example").unwrap().unwrap();
        let gone = world.users().get(firm.admin, uma.id).unwrap();
        assert_eq!((gone.state, gone.name.as_str()), (AssociationState::Revoked, "Erased"));
        assert_eq!(world.users().get(firm.admin, there.id).unwrap(), there);
    }

    fn who_works_here_is_removed_first(world: &World) {
        let firm = world.firm("Flora Export");
        let pedro = world.member(&firm, Role::Admin, "pedro@people.example");
        assert_eq!(refusal(world.privacy().erase_person(firm.admin, "pedro@people.example")), Code::WrongState);
        world.staff().remove(firm.admin, pedro.staff).unwrap();
        world.privacy().erase_person(firm.admin, "pedro@people.example").unwrap().unwrap();
        let staff = world.staff().list(firm.admin, &Paging::default()).unwrap().items;
        assert_eq!(staff.iter().map(|staff| staff.name.as_str()).collect::<Vec<_>>(), ["Ada Flores", "Erased"]);
    }

    fn rule_42_the_last_admin_of_a_company_is_not_erased(world: &World) {
        let firm = world.firm("Flora Export");
        let login = firm.admin.login().unwrap();
        let session = world.signed_in(&firm.email);
        assert_eq!(refusal(world.privacy().erase_login(login)), Code::LastAdmin);
        assert_eq!(refusal(world.privacy().erase_own(&session, PASSWORD, None)), Code::LastAdmin);
        assert!(world.sessions().resolve(&session).is_ok());
        world.member(&firm, Role::Admin, "pedro@people.example");
        assert_eq!(refusal(world.privacy().erase_own(&session, "wrong", None)), Code::WrongPassword);
        let erasure = world.privacy().erase_own(&session, PASSWORD, None).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&session)), Code::NotSignedIn);
        // again, it is the same that was done
        assert_eq!(world.privacy().erase_login(login).unwrap(), erasure);
        assert_eq!(refusal(world.staff().list(firm.admin, &Paging::default())), Code::RoleTooLow);
    }

    fn a_partner_accounts_owner_is_erased_once_it_is_suspended(world: &World) {
        let agency = world.careful_agency("Camino Consulting");
        assert_eq!(refusal(world.privacy().erase_login(agency.login)), Code::WrongState);
        world.partners().suspend(agency.partner).unwrap();
        world.privacy().erase_login(agency.login).unwrap();
        let held = every_page(|paging| world.privacy().export_login(agency.login, paging).unwrap());
        let tables: Vec<_> = held.iter().map(|row| row.table.as_str()).collect();
        assert!(!tables.contains(&"two_factor") && tables.contains(&"member"), "{tables:?}");
        assert!(!serde_json::to_string(&held).unwrap().contains("owner@"), "{held:?}");
    }

    fn rule_40_no_secret_is_exported(world: &World) {
        let agency = world.careful_agency("Camino Consulting");
        let held = every_page(|paging| world.privacy().export_own(&agency.session, paging).unwrap());
        for row in &held {
            for secret in ["password", "token", "seed", "next_seed", "digest", "sealed", "pass"] {
                assert!(!row.row.0.contains_key(secret), "{}.{secret}", row.table);
            }
        }
        assert!(held.iter().any(|row| row.table == "two_factor"));
    }

    fn rule_39_what_was_cut_short_goes_on(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        assert!(world.dying().privacy().erase_person(firm.admin, "buyer@rosas.example").is_err());
        // it is shut at once, and the rest is done when it is asked for again
        assert_eq!(refusal(world.customers().activate(firm.admin, customer)), Code::NotFound);
        let erasure = world.privacy().erase_person(firm.admin, "buyer@rosas.example").unwrap().unwrap();
        assert!(erasure.ended.is_some());
        assert_eq!(world.privacy().erase_person(firm.admin, "buyer@rosas.example").unwrap(), None);
        let told: Vec<_> = world.history(firm.admin);
        assert_eq!(told.iter().filter(|event| event.what == EventKind::PersonErased).count(), 1);
        let login = world.user(&firm, world.active(&firm, "two@rosas.example"), "uma@users.example").login;
        assert!(world.dying().privacy().erase_login(login).is_err());
        assert!(world.privacy().erase_login(login).unwrap().ended.is_some());
    }
}
