//! The article, from the first sign-up to the certificate and fast switching.

use handfast::{
    Code,
    company::{Role, SignUp, TrialState},
    customer::PricingInput,
    mail::MailKind,
    partner::{Attribution, ClientFilter, LinkOrigin, LoginObstacle, Tandem},
    request::Decision,
    session::Context,
    store::Paging,
    value::Country,
};
use handfast_tests::{Agency, Firm, PASSWORD, World, on_every_store, refusal};

fn clients(world: &World, agency: &Agency) -> Vec<handfast::partner::Client> {
    world.partners().clients(&agency.session, &ClientFilter::default(), &Paging::default()).unwrap().items
}

/// Does in the commerce account what the course asks for.
fn set_up(world: &World, firm: &Firm) {
    let host = firm.host();
    let company = world.companies().get(host).unwrap();
    world
        .companies()
        .update(
            host,
            &handfast::company::CompanyInput {
                name: company.name.to_string(),
                country: Country::parse("CO").unwrap().to_string(),
                locale: "en".into(),
                time_zone: "America/Bogota".into(),
                trial_ends: company.trial_ends,
            },
        )
        .unwrap();
    let price = world.price_type(firm, "Retail");
    world.price_type(firm, "Wholesale");
    let carrier = world.carrier(firm, "Rapido");
    world.invites().share(host).unwrap();
    let filed = world.filed(firm, "buyer@rosas.example");
    world.tick();
    let customer = world.requests().approve(host, filed.request, &Decision::default()).unwrap().customer.id;
    world.customers().set_pricing(host, customer, &PricingInput::of(price)).unwrap();
    world.customers().set_service(host, customer, &[("monday".into(), carrier)]).unwrap();
    world.customers().activate(host, customer).unwrap();
    world.user(firm, customer, "uma@users.example");
}

on_every_store! {
    fn the_article_in_its_own_order(world: &World) {
        world.course();
        let agency = world.agency("Camino Consulting");
        let referral = world.partners().open_referral(&agency.slug, None).unwrap();
        let trial_ends = Some(world.now() + std::time::Duration::from_secs(30 * 86_400));
        let input = SignUp { attribution: Some(referral.attribution), trial_ends, ..World::sign_up_input("Flora Export") };
        let signed_up = world.companies().sign_up(&input).unwrap();
        assert_eq!(signed_up.referral, Some(Attribution::Linked));
        assert_eq!(signed_up.company.trial, TrialState::Running);
        let firm = Firm {
            company: signed_up.company.id,
            admin: signed_up.actor(),
            first: signed_up.admin.id,
            email: input.admin_email.clone(),
            slug: String::new(),
        };

        let listed = clients(world, &agency);
        assert_eq!(listed.len(), 1);
        assert_eq!((listed[0].origin, listed[0].tandem), (LinkOrigin::Referral, Tandem::Off));
        assert_eq!(listed[0].login.obstacles, [LoginObstacle::TwoFactorOff, LoginObstacle::SessionNotVerified]);
        let refused = world.partners().log_in(&agency.session, firm.company, None);
        assert_eq!(refusal(refused), Code::CannotLogIn);

        world.courses().enable(&agency.session, firm.company).unwrap();
        let agency = world.with_two_factor(agency);
        set_up(world, &firm);
        assert!(clients(world, &agency)[0].login.yes);
        let missing = world.courses().can_certify(&agency.session).unwrap().missing;
        let names: Vec<_> = missing.iter().map(|missing| missing.task.as_str()).collect();
        assert_eq!(names, ["one-click-login"]);
        assert_eq!(world.deliver().of(MailKind::PartnerCertified).len(), 0);

        let (_, actor) = world.entered(&agency, &firm);
        assert_eq!(world.companies().get(actor).unwrap().name.as_str(), "Flora Export");
        assert_eq!(world.deliver().of(MailKind::PartnerCertified).len(), 1);
        let identities = world.sessions().identities(&agency.session).unwrap();
        let names: Vec<_> = identities.iter().map(|each| (each.partner_name.is_some(), each.company_name.is_some())).collect();
        assert_eq!(names, [(true, false), (true, true)]);
        world.switch_back(&agency);
        let certificate = world.courses().certificate(&agency.session, None).unwrap();
        let verified = world.courses().verify(certificate.number.as_str(), None).unwrap();
        assert_eq!(verified.name.as_str(), "Camino Consulting");
        world.courses().certificate_svg(&agency.session, Some("es")).unwrap();

        let page = world.courses().page(&agency.session, None).unwrap();
        let onboarding = world.courses().onboarding(firm.admin, None).unwrap();
        for section in &onboarding.sections {
            let same = page.sections.iter().find(|each| each.key == section.key).unwrap();
            for directive in &section.directives {
                let there = same.directives.iter().find(|each| each.task == directive.task);
                assert_eq!(there, Some(directive), "invariant 27");
            }
        }
        assert!(world.courses().rebuild_company(firm.company).unwrap().added.is_empty());
        let rebuilt = world.courses().rebuild_partner(agency.partner).unwrap();
        assert!(rebuilt.added.is_empty() && rebuilt.unfounded.is_empty(), "{rebuilt:?}");
    }

    fn the_article_in_the_other_order(world: &World) {
        let firm = world.firm("Flora Export");
        set_up(world, &firm);
        world.course();
        let agency = world.careful_agency("Camino Consulting");
        world.link(&firm, &agency);
        assert_eq!(clients(world, &agency)[0].origin, LinkOrigin::Manual);
        world.courses().enable(&agency.session, firm.company).unwrap();
        let missing = world.courses().can_certify(&agency.session).unwrap().missing;
        assert!(!missing.iter().any(|missing| missing.task.as_str() == "sign-up-commerce"), "{missing:?}");
        world.entered(&agency, &firm);
        assert_eq!(world.sessions().resolve(&agency.session).unwrap().role, None);
        let refused = world.two_factor().disable(&agency.session, PASSWORD, None);
        assert_eq!(refusal(refused), Code::Delegated);
        world.partners().clear(firm.admin).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&agency.session)), Code::AccessEnded);
        assert_eq!(clients(world, &Agency { session: world.signed_in_again(&agency), ..agency.clone() }), []);
    }

    fn the_alternative_of_the_article_is_a_full_access_user(world: &World) {
        let firm = world.firm("Flora Export");
        let agency = world.agency("Camino Consulting");
        world.link(&firm, &agency);
        world.member(&firm, Role::FullAccess, &agency.email);
        // by accepting, the person proved the address and chose the password: that ends what was signed in before
        let agency = Agency { session: world.signed_in(&agency.email), ..agency };
        let works = Context::Staff { company: firm.company };
        world.sessions().enter(&agency.session, works).unwrap();
        assert_eq!(world.sessions().resolve(&agency.session).unwrap().role, Some(Role::FullAccess));
    }
}
