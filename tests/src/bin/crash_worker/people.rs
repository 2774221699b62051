//! What nobody on a company's staff does: persons look after their logins, users answer invitations, partners learn.

use handfast::{
    Clock as _, Result, SystemClock,
    association::BulkMode,
    company::Role,
    course::{CourseFormat, SignalInput},
    mail::MailKind,
    partner::PartnerInput,
    session::{Context, SignedIn},
    tag::{BulkTag, Selection, TagChange},
};
use handfast_tests::{App, PASSWORD, TASKS, World, business, held, short_course, sign_in};

use crate::{Worker, insist, say};

/// Another password than [`PASSWORD`].
const OTHER: &str = "another horse battery staple";

/// Lets one person, or the users of one company, or one partner do all that they may.
pub(crate) fn bring_one(worker: &Worker, number: u64) {
    match number % 4 {
        0 => a_person(worker),
        1 => users(worker),
        2 => a_partner(worker),
        _ => a_visitor(worker),
    }
}

/// Calls an operation until nobody is in its way, and says that it was done.
fn did<T>(name: &str, call: impl Fn() -> Result<T>) -> T {
    let done = insist(call).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    say(&format!("did {name}"));
    done
}

fn a_person(worker: &Worker) {
    let (handfast, world) = (&worker.handfast, &worker.world);
    let (sessions, logins, two_factor) = (handfast.sessions(), handfast.logins(), handfast.two_factor());
    let input = World::sign_up_input(&worker.new_name());
    let (email, new_email) = (&input.admin_email, format!("new-{}", input.admin_email));
    let company = did("companies.sign_up", || handfast.companies().sign_up(&input)).company.id;
    let login = did("logins.authenticate", || logins.authenticate(email, PASSWORD));
    let token = held(did("sessions.sign_in", || sessions.sign_in(&sign_in(email, PASSWORD))));
    let own = did("sessions.enter", || sessions.enter(&token, Context::Staff { company }));
    did("sessions.switch_to", || sessions.switch_to(&token, own));
    did("logins.set_locale", || logins.set_locale(&token, "es"));
    let friend = World::sign_up_input(&worker.new_name());
    insist(|| handfast.companies().sign_up(&friend)).unwrap();
    let token = held(did("sessions.add", || sessions.add(&token, &sign_in(&friend.admin_email, PASSWORD))));
    did("sessions.switch_to", || sessions.switch_to(&token, own));
    did("logins.change_password", || logins.change_password(&token, PASSWORD, OTHER));
    did("logins.request_email_change", || logins.request_email_change(&token, &new_email, OTHER, None));
    let link = world.mailed(&new_email, MailKind::EmailChange).token_of(MailKind::EmailChange);
    did("logins.confirm_email_change", || logins.confirm_email_change(&token, &link));
    did("logins.request_reset", || logins.request_reset(&new_email, None));
    let link = world.mailed(&new_email, MailKind::PasswordReset).token_of(MailKind::PasswordReset);
    did("logins.reset", || logins.reset(&link, PASSWORD));

    let again = || insist(|| sessions.sign_in(&sign_in(&new_email, PASSWORD))).unwrap();
    let token = held(again());
    let secret = did("two_factor.enrol", || two_factor.enrol(&token, PASSWORD, None)).secret;
    let code = App::new(&secret).code(SystemClock.now());
    let codes = did("two_factor.confirm", || two_factor.confirm(&token, &code)).0;
    let renewed = || two_factor.renew_recovery_codes(&token, PASSWORD, Some(&codes[0]));
    let codes = did("two_factor.renew_recovery_codes", renewed).0;
    let (waiting, cancelled) = (waiting(again()), waiting(again()));
    let other = did("sessions.finish", || sessions.finish(&waiting, &codes[0])).token.expose().to_owned();
    did("sessions.cancel", || sessions.cancel(&cancelled));
    let ended = handfast.sessions().resolve(&other).unwrap().session;
    did("sessions.end", || sessions.end(&token, ended));
    did("sessions.end_others", || sessions.end_others(&token));
    did("two_factor.disable", || two_factor.disable(&token, PASSWORD, Some(&codes[1])));
    did("sessions.sign_out", || sessions.sign_out(&token, None));
    did("logins.disable", || logins.disable(login));
    did("logins.enable", || logins.enable(login));
}

/// What waits for a second factor.
fn waiting(signed_in: SignedIn) -> String {
    match signed_in {
        SignedIn::SecondFactor(held) => held.token.expose().to_owned(),
        other => panic!("{other:?}"),
    }
}

fn users(worker: &Worker) {
    let (handfast, world, name) = (&worker.handfast, &worker.world, worker.new_name());
    let (users, privacy) = (handfast.users(), handfast.privacy());
    let address = |who: &str| format!("{who}-{name}@users.example");
    let (uma, uwe) = (address("uma"), address("uwe"));
    let firm = world.firm(&name);
    let customers = ["one", "two"].map(|which| world.active(&firm, &address(which)));
    let joined = world.user(&firm, customers[0], &uma);
    say("did users.choose_password");
    world.with_links(&firm);
    world.invited(&firm, customers[0], &uwe);
    let link = world.mailed(&uwe, MailKind::UserInvited).user_token();
    let left = did("users.accept", || users.accept(&link, PASSWORD));
    let [token, leaving] = [&uma, &uwe].map(|email| world.signed_in(email));
    let asked = |email: &str| {
        world.invited(&firm, customers[1], email);
        world.mailed(email, MailKind::AssociationAsked).user_token()
    };
    let (yes, no) = (asked(&uma), asked(&uwe));
    did("users.confirm", || users.confirm(&token, &yes));
    did("users.decline", || users.decline(&no));
    did("users.leave", || users.leave(&leaving, left.id));

    let order = world.guest_order(&firm, &format!("O-{name}"), &uma, None);
    let here = Context::User { company: firm.company, customer: customers[0], association: joined.id };
    did("sessions.enter", || handfast.sessions().enter(&token, here));
    did("orders.claim", || handfast.orders().claim(&token, order));

    let (host, key, tag) = (firm.host(), worker.new_name(), world.tag(&firm, "Roses"));
    let selection = Selection::Ids(customers.to_vec());
    let run = BulkTag { tag, change: TagChange::Add, selection, mode: BulkMode::Apply };
    did("tags.apply_many", || handfast.tags().apply_many(host, &key, &run));
    did("tags.undo", || handfast.tags().undo(host, &key));

    did("privacy.erase_own", || privacy.erase_own(&leaving, PASSWORD, None));
    did("privacy.erase_login", || privacy.erase_login(joined.login));
    did("users.expire", || users.expire(100));
    did("requests.expire", || handfast.requests().expire(100));
}

fn a_partner(worker: &Worker) {
    let (handfast, name) = (&worker.handfast, worker.new_name());
    let (partners, courses, sessions) = (handfast.partners(), handfast.courses(), handfast.sessions());
    let input = World::partner_input(&name);
    did("courses.publish", || courses.publish(&short_course(1, TASKS), CourseFormat::Toml));
    let signed_up = did("partners.sign_up", || partners.sign_up(&input));
    let partner = &signed_up.partner;
    let carla = held(insist(|| sessions.sign_in(&sign_in(&input.owner_email, PASSWORD))).unwrap());
    let secret = insist(|| handfast.two_factor().enrol(&carla, PASSWORD, None)).unwrap().secret;
    let code = App::new(&secret).code(SystemClock.now());
    insist(|| handfast.two_factor().confirm(&carla, &code)).unwrap();
    let data = PartnerInput { name: format!("New {name}"), locale: "es".into() };
    did("partners.update", || partners.update(&carla, &data));
    let referral = did("partners.open_referral", || partners.open_referral(&partner.slug.to_string(), None));

    let mut input = World::sign_up_input(&name);
    input.attribution = Some(referral.attribution);
    let shop = insist(|| handfast.companies().sign_up(&input)).unwrap();
    let ada = held(insist(|| sessions.sign_in(&sign_in(&input.admin_email, PASSWORD))).unwrap());
    did("partners.designate", || partners.designate(&ada, &partner.grouped, PASSWORD, None));
    let company = shop.company.id;
    did("courses.enable", || courses.enable(&carla, company));
    let fact = |key: &str| SignalInput {
        company: Some(company),
        partner: None,
        name: "sold".into(),
        fields: serde_json::Map::new(),
        occurred: None,
        key: key.into(),
    };
    did("courses.signal", || courses.signal(&fact("one")));
    did("courses.signal_many", || courses.signal_many(&[fact("one"), fact("two")]));
    did("courses.page", || courses.page(&carla, None));
    did("courses.can_certify", || courses.can_certify(&carla));
    did("courses.rebuild_company", || courses.rebuild_company(company));
    did("courses.rebuild_partner", || courses.rebuild_partner(partner.id));
    did("partners.log_in", || partners.log_in(&carla, company, None));
    did("partners.clear", || partners.clear(shop.actor()));
    did("partners.suspend", || partners.suspend(partner.id));
    did("partners.restore", || partners.restore(partner.id));
    did("two_factor.remove", || handfast.two_factor().remove(signed_up.login));
}

fn a_visitor(worker: &Worker) {
    let (handfast, world, name) = (&worker.handfast, &worker.world, worker.new_name());
    let (firm, invites) = (world.firm(&name), handfast.invites());
    let email = format!("{name}@buyers.example");
    did("invites.open", || invites.open(&firm.slug));
    let visit = did("invites.start", || invites.start(&firm.slug, &email, None)).visit;
    let code = world.mailed(&email, MailKind::VisitorCode).code();
    let pass = did("invites.verify", || invites.verify(visit, &code)).pass.expose().to_owned();
    did("invites.submit", || invites.submit(&pass, &business()));
    did("invites.withdraw", || invites.withdraw(&pass));
    world.member(&firm, Role::Staff, &format!("{name}@people.example"));
    say("did staff.accept");
    world.help_to_deliver();
    say("did mails.deliver");
}
