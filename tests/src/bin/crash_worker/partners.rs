use handfast::{
    Code, SystemClock,
    course::{CourseFormat, SignalInput},
    partner::PartnerState,
    session::{Context, SignIn, SignedIn},
};
use handfast_tests::{App, PASSWORD, TASKS, World, short_course};

use crate::{Worker, insist, say};

/// A partner and a company sign up and link; they complete the course, the partner enters, and perhaps is shut out again.
pub(crate) fn bring_one(worker: &Worker, number: u64) {
    let (handfast, name) = (&worker.handfast, worker.new_name());
    let (partners, courses) = (handfast.partners(), handfast.courses());
    insist(|| courses.publish(&short_course(1, TASKS), CourseFormat::Toml)).unwrap();
    let input = World::partner_input(&name);
    let partner = insist(|| partners.sign_up(&input)).unwrap().partner;
    say(&format!("partner {} {}", partner.id, partner.number));
    let carla = signed_in(worker, &input.owner_email);
    let secret = insist(|| handfast.two_factor().enrol(&carla, PASSWORD, None)).unwrap().secret;
    let code = App::new(&secret).code(handfast::Clock::now(&SystemClock));
    insist(|| handfast.two_factor().confirm(&carla, &code)).unwrap();

    let input = World::sign_up_input(&format!("Shop {name}"));
    let shop = insist(|| handfast.companies().sign_up(&input)).unwrap();
    let (company, ada) = (shop.company.id, signed_in(worker, &input.admin_email));
    insist(|| partners.designate(&ada, &partner.grouped, PASSWORD, None)).unwrap();
    say(&format!("linked {company} {}", partner.id));
    insist(|| courses.enable(&carla, company)).unwrap();
    say(&format!("tandem {} {company}", partner.id));
    let fact = |of_partner: bool, name: &str, key: &str| {
        let (company, partner) = if of_partner { (None, Some(partner.id)) } else { (Some(company), None) };
        let fields = serde_json::Map::new();
        let signal = SignalInput { company, partner, name: name.into(), fields, occurred: None, key: key.into() };
        let account =
            if of_partner { signal.partner.unwrap().to_string() } else { signal.company.unwrap().to_string() };
        // said before as well: a call that is cut short is made again
        say(&format!("signalling {account} {name} {key}"));
        let completed = insist(|| courses.signal(&signal)).unwrap().completed;
        say(&format!("signalled {account} {key} {}", completed.len()));
    };
    fact(false, "sold", "one");
    fact(true, "greeted", "once");
    fact(false, "sold", "two");
    insist(|| partners.log_in(&carla, company, None)).unwrap();
    let Context::Delegated { delegation, .. } = handfast.sessions().resolve(&carla).unwrap().context else { panic!() };
    say(&format!("entered {delegation} {company}"));
    say(&format!("certified {}", partner.id));
    if number % 3 != 2 {
        insist(|| partners.clear(shop.actor())).unwrap();
        say(&format!("cleared {company} {delegation}"));
        say(&format!("shut_out {carla}"));
        assert_eq!(handfast.sessions().resolve(&carla).unwrap_err().code(), Code::AccessEnded);
    }
    if number % 2 == 1 {
        // the same partner again: the visit of before stays over
        insist(|| partners.designate(&ada, &partner.grouped, PASSWORD, None)).unwrap();
        say(&format!("linked {company} {}", partner.id));
    }
    let identities = handfast.sessions().identities(&carla).unwrap();
    let own = identities.iter().find(|each| matches!(each.context, Context::Partner { .. })).unwrap().id;
    insist(|| handfast.sessions().switch_to(&carla, own)).unwrap();
    assert_eq!(partners.get(&carla).unwrap().state, PartnerState::Certified);
}

fn signed_in(worker: &Worker, email: &str) -> String {
    let input = SignIn { name: email.into(), password: PASSWORD.into(), ..SignIn::default() };
    match insist(|| worker.handfast.sessions().sign_in(&input)).unwrap() {
        SignedIn::Active(held) => held.token.expose().to_owned(),
        other => panic!("{other:?}"),
    }
}
