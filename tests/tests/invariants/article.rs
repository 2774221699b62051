//! The sentences of the article, one after another.

use handfast::{
    company::Role,
    customer::{CustomerFilter, CustomerState, Missing, PricingInput},
    invite::{LinkStanding, QrOptions},
    mail::MailKind,
    request::{Decision, RequestState},
    store::Paging,
};
use handfast_tests::{World, business, on_every_store};

on_every_store! {
    fn user_roles_admin_and_procurement_manager(world: &World) {
        let firm = world.firm("Flora Export");
        for (number, role) in Role::ALL.iter().enumerate() {
            let member = world.member(&firm, *role, &format!("member{number}@flora.example"));
            let may = matches!(role, Role::Admin | Role::ProcurementManager);
            assert_eq!(world.invites().link(member.actor).is_ok(), may, "{role}");
        }
    }

    fn people_using_your_invite_links_will_not_be_able_to_order_before_you_approve_and_activate_them(world: &World) {
        let firm = world.firm("Flora Export");
        let filed = world.filed(&firm, "buyer@rosas.example");
        assert!(world.customers().list(firm.admin, None, &Paging::default()).unwrap().items.is_empty());
        let customer = world.requests().approve(firm.admin, filed.request, &Decision::default()).unwrap().customer.id;
        assert!(!world.customers().can_order(firm.admin, customer).unwrap().yes);
    }

    fn your_invite_link_is_permanent_and_you_can_copy_it_or_download_a_qr_code(world: &World) {
        let firm = world.firm("Flora Export");
        let link = world.invites().link(firm.admin).unwrap();
        assert_eq!(world.invites().link(firm.admin).unwrap(), link);
        assert_eq!(link.url, format!("{}/invite/{}", world.brand().base_url(), link.slug));
        assert!(link.qr_svg(&QrOptions::default()).unwrap().contains("<svg"));
        assert!(link.qr_png(&QrOptions::default()).unwrap().starts_with(b"\x89PNG"));
    }

    fn once_they_submit_you_receive_a_mail_with_their_information(world: &World) {
        let firm = world.firm("Flora Export");
        world.member(&firm, Role::ProcurementManager, "procurement@flora.example");
        for (number, role) in [Role::SalesManager, Role::FullAccess, Role::Staff].into_iter().enumerate() {
            world.member(&firm, role, &format!("other{number}@flora.example"));
        }
        let pass = world.verified(&firm, "buyer@rosas.example");
        let mut details = business();
        details.message = Some("Roses, please".into());
        world.invites().submit(&pass, &details).unwrap();
        let post = world.deliver();
        let told = post.of(MailKind::NewRequest);
        assert_eq!(told.recipients(), ["admin@floraexport.example", "procurement@flora.example"]);
        for mail in &told.0 {
            for information in
                ["Rosas del Valle S.A.", "Bea Rosas", "buyer@rosas.example", "+593 2 600 1122", "Roses, please"]
            {
                assert!(
                    mail.text.contains(information) && mail.html.contains(information),
                    "{information}: {}",
                    mail.text
                );
            }
        }
        assert_eq!(post.to("buyer@rosas.example").kinds(), [MailKind::RequestReceived]);
    }

    fn after_you_approved_the_system_adds_them_as_inactive_customers(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.approved(&firm, "buyer@rosas.example");
        let inactive = world.customers().list(firm.admin, Some(CustomerState::Inactive), &Paging::default()).unwrap();
        assert_eq!(inactive.items.iter().map(|customer| customer.id).collect::<Vec<_>>(), [customer]);
    }

    fn activate_then_price_then_days_of_service_and_they_receive_that_they_are_ready(world: &World) {
        let firm = world.firm("Flora Export");
        let (retail, truck) = (world.price_type(&firm, "Retail"), world.carrier(&firm, "Night truck"));
        let customer = world.approved(&firm, "buyer@rosas.example");
        world.deliver();
        let (admin, customers) = (firm.admin, world.customers());
        let found = customers.search(admin, "rosas", &CustomerFilter::default(), &Paging::default()).unwrap();
        assert_eq!(found.items[0].id, customer);
        let missing = || customers.can_order(admin, customer).unwrap().missing;
        customers.activate(admin, customer).unwrap();
        assert_eq!(missing(), [Missing::PriceType, Missing::DaysOfService]);
        let markup = Some("12.5".to_owned());
        customers.set_pricing(admin, customer, &PricingInput { markup, ..PricingInput::of(retail) }).unwrap();
        assert_eq!(missing(), [Missing::DaysOfService]);
        assert!(world.deliver().is_empty());
        let days: Vec<_> = ["monday", "thursday"].into_iter().map(|day| (day.to_owned(), truck)).collect();
        customers.set_service(admin, customer, &days).unwrap();
        assert!(missing().is_empty());
        let post = world.deliver();
        assert_eq!((post.kinds(), post.0[0].to.as_str()), (vec![MailKind::ReadyToBuy], "buyer@rosas.example"));
    }

    fn you_find_these_instructions_in_a_mail_whose_button_leads_to_the_tour(world: &World) {
        let firm = world.firm("Flora Export");
        world.deliver();
        let customer = world.approved(&firm, "buyer@rosas.example");
        let post = world.deliver();
        let guide = post.of(MailKind::ActivationGuide);
        assert_eq!(guide.recipients(), std::slice::from_ref(&firm.email));
        let tour = world.customers().tour(firm.admin, customer, None).unwrap();
        assert!(guide.0[0].html.contains(&tour.link.replace('&', "&amp;")), "{}", guide.0[0].html);
        let steps: Vec<_> = tour.steps.iter().map(|step| (step.number, step.points_at, step.done)).collect();
        let points = ["customer.activate", "customer.advanced.price_type", "customer.days_of_service"];
        assert_eq!(steps, [(1, points[0], false), (2, points[1], false), (3, points[2], false)]);
    }

    fn what_your_customers_see_link_code_details_confirmation_result_and_ready(world: &World) {
        let firm = world.firm("Flora Export");
        assert_eq!(world.invites().open(&firm.slug).unwrap().standing, LinkStanding::Open);
        world.ready(&firm, "yes@rosas.example");
        let no = world.filed(&firm, "no@rosas.example");
        let reason = Some("We do not deliver there".to_owned());
        world.tick();
        let rejected = world.requests().reject(firm.admin, no.request, &Decision { reason, note: Some("rude".into()) });
        assert_eq!(rejected.unwrap().state, RequestState::Rejected);
        let standing = world.invites().standing(&no.pass).unwrap().unwrap();
        assert_eq!(
            (standing.state, standing.reason.unwrap().as_str()),
            (RequestState::Rejected, "We do not deliver there")
        );
        world.deliver();
        let post = world.delivered();
        let (code, received) = (MailKind::VisitorCode, MailKind::RequestReceived);
        let yes = post.to("yes@rosas.example").kinds();
        assert_eq!(yes, [code, received, MailKind::RequestApproved, MailKind::UserInvited, MailKind::ReadyToBuy]);
        let no = post.to("no@rosas.example");
        assert_eq!(no.kinds(), [code, received, MailKind::RequestRejected]);
        assert!(no.0[2].text.contains("We do not deliver there") && !no.0[2].text.contains("rude"));
    }

    fn a_visitor_reads_the_language_that_was_chosen_and_the_company_its_own(world: &World) {
        let firm = world.firm("Flora Export");
        let started = world.invites().start(&firm.slug, "buyer@rosas.example", Some("es-EC")).unwrap();
        let post = world.deliver();
        assert_eq!(post.to("buyer@rosas.example").0[0].locale, "es-EC");
        let pass = world.invites().verify(started.visit, &post.code()).unwrap().pass;
        world.invites().submit(pass.expose(), &business()).unwrap();
        let post = world.deliver();
        assert_eq!(post.of(MailKind::RequestReceived).0[0].locale, "es-EC");
        assert_eq!(post.of(MailKind::NewRequest).0[0].locale, "en");
    }
}
