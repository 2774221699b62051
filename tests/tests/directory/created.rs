//! Customers that the staff creates on their behalf. Rules 30, 35, 38 and 41.

use handfast::{
    Code,
    association::AssociationState,
    company::Role,
    customer::{Creation, CustomerInput, CustomerState, Missing, Notice},
    event::EventKind,
    mail::MailKind,
};
use handfast_tests::{CROWD, PASSWORD, World, crowd, on_every_store, refusal};

fn rosa() -> CustomerInput {
    CustomerInput { name: "Rosa Campos".into(), email: "rosa@campos.example".into(), ..CustomerInput::default() }
}

on_every_store! {
    fn a_customer_on_its_behalf_has_the_same_steps_before_it_as_an_approved_one(world: &World) {
        let firm = world.firm("Flora Export");
        let created = world.customers().create(firm.admin, &rosa(), Notice::Later).unwrap();
        assert_eq!((created.creation, created.customer.state), (Creation::Created, CustomerState::Inactive));
        assert_eq!((created.customer.request, created.customer.link), (None, None));
        let missing = world.customers().can_order(firm.admin, created.customer.id).unwrap().missing;
        assert_eq!(missing, [Missing::Activation, Missing::PriceType, Missing::DaysOfService]);
        let before = world.invites().funnel(firm.admin).unwrap();
        world.make_ready(&firm, created.customer.id);
        assert!(world.customers().can_order(firm.admin, created.customer.id).unwrap().yes);
        // it came by no link, which counts nothing
        assert_eq!(world.invites().funnel(firm.admin).unwrap(), before);
        assert_eq!(world.deliver().of(MailKind::ReadyToBuy).len(), 1);
    }

    fn silence_is_silence_until_the_mail_is_sent(world: &World) {
        let firm = world.firm("Flora Export");
        world.deliver();
        let customer = world.customers().create(firm.admin, &rosa(), Notice::Later).unwrap().customer;
        assert_eq!(world.deliver().len(), 0);
        world.customers().notify(firm.admin, customer.id).unwrap();
        let mails = world.deliver();
        let token = mails.to("rosa@campos.example").user_token();
        let association = world.users().accept(&token, PASSWORD).unwrap();
        assert_eq!((association.customer, association.state), (customer.id, AssociationState::Active));
        assert_eq!(refusal(world.customers().notify(firm.admin, customer.id)), Code::AlreadyThere);
    }

    fn rule_30_an_address_with_a_login_is_asked_and_never_taken_over(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let uma = "uma@users.example";
        let elsewhere = world.approved(&frutas, "buyer@rosas.example");
        let login = world.user(&frutas, elsewhere, uma).login;
        let input = CustomerInput { email: uma.into(), ..rosa() };
        world.deliver();
        let customer = world.customers().create(flora.admin, &input, Notice::Mail).unwrap().customer;
        let mails = world.deliver();
        assert_eq!(mails.of(MailKind::AssociationAsked).len(), 1);
        let state = |world: &World| {
            let all = world.users().of_customer(flora.admin, customer.id, &Default::default()).unwrap().items;
            all.into_iter().map(|each| (each.login, each.state)).collect::<Vec<_>>()
        };
        assert_eq!(state(world), [(login, AssociationState::Pending)]);
        assert_eq!(world.logins().authenticate(uma, PASSWORD).unwrap(), login);
        let token = mails.to(uma).user_token();
        let session = world.signed_in(uma);
        world.users().confirm(&session, &token).unwrap();
        assert_eq!(state(world), [(login, AssociationState::Active)]);
    }

    fn rule_32_who_an_admin_has_revoked_is_not_let_in_by_a_mail(world: &World) {
        let firm = world.firm("Flora Export");
        let sol = world.member(&firm, Role::SalesManager, "sol@people.example").actor;
        let customer = world.customers().create(sol, &rosa(), Notice::Mail).unwrap().customer.id;
        world.users().revoke(firm.admin, world.first_user(&firm, customer)).unwrap();
        assert_eq!(refusal(world.customers().notify(sol, customer)), Code::WrongState);
        let state = world.users().get(firm.admin, world.first_user(&firm, customer)).unwrap().state;
        assert_eq!(state, AssociationState::Revoked);
    }

    fn an_address_is_one_customer_however_often_and_by_whomever_it_is_created(world: &World) {
        let firm = world.firm("Flora Export");
        let given = crowd(|at| {
            let notice = if at % 2 == 0 { Notice::Mail } else { Notice::Later };
            let input = CustomerInput { name: format!("Rosa {at}"), ..rosa() };
            world.customers().create(firm.admin, &input, notice).unwrap()
        });
        let created = given.iter().filter(|given| given.creation == Creation::Created).count();
        assert_eq!((given.len(), created), (CROWD, 1));
        assert!(given.iter().all(|each| each.customer.id == given[0].customer.id));
        let told = world.history(firm.admin).iter().filter(|event| event.what == EventKind::CustomerCreated).count();
        assert_eq!(told, 1);
    }

    fn a_number_is_one_customers_whatever_its_case(world: &World) {
        let firm = world.firm("Flora Export");
        let numbered = |email: &str, number: &str| CustomerInput { email: email.into(), number: Some(number.into()), ..rosa() };
        let given = crowd(|at| world.customers().create(firm.admin, &numbered(&format!("rosa{at}@campos.example"), ["k-1", "K-1"][at % 2]), Notice::Later));
        assert_eq!(given.iter().filter(|given| given.is_ok()).count(), 1);
        assert!(given.iter().filter_map(|given| given.as_ref().err()).all(|error| error.code() == Code::AlreadyThere));
        let holder = given.iter().flatten().next().unwrap().customer.id;
        // one's own number in another case is no other one's
        let again = world.customers().update(firm.admin, holder, &numbered("x@campos.example", "k-1")).unwrap();
        assert_eq!(again.number.unwrap().as_str(), "k-1");
        let other = world.customers().create(firm.admin, &CustomerInput { email: "other@campos.example".into(), ..rosa() }, Notice::Later).unwrap();
        assert_eq!(refusal(world.customers().update(firm.admin, other.customer.id, &numbered("x@campos.example", "K-1"))), Code::AlreadyThere);
        // and is free once it is given up
        world.customers().update(firm.admin, holder, &rosa()).unwrap();
        world.customers().update(firm.admin, other.customer.id, &numbered("x@campos.example", "K-1")).unwrap();
    }
}
