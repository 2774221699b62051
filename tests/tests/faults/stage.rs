use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use handfast::{
    Actor, Id, Policy, Timestamp,
    company::{Carrier, CompanyInput, PriceType, Role, Staff, StaffInput},
    course::CourseFormat,
    customer::{Customer, PricingInput},
    invite::Visit,
    mail::{Mail, MailKind, MailState, Message, Rejected},
    order::Order,
    partner::Delegation,
    store::{Changes, Paging},
    tag::Tag,
};
use handfast_tests::{Agency, App, Careful, Filed, Firm, Member, PASSWORD, StoreKind, World, fact, short_course};

/// A company in the midst of its work, with something for each operation to act on; made once, and laid out on every
/// store by committing again what was committed then.
pub(crate) struct Stage {
    /// All that was committed.
    pub(crate) history: Vec<Arc<Changes>>,
    /// What the clock shows.
    pub(crate) now: Timestamp,
    pub(crate) firm: Firm,
    /// A second Admin.
    pub(crate) second: Member,
    /// The first Admin, signed in, with an app that waits for its first code.
    pub(crate) session: String,
    /// That app.
    pub(crate) app: App,
    /// The first Admin's links: to a new password, and to another address.
    pub(crate) links: (String, String),
    /// The Admin of another company, with two-factor on.
    pub(crate) careful: Careful,
    /// Someone invited, and the token of the invitation.
    pub(crate) invited: (Id<Staff>, String),
    /// Someone on the way through the link, and the code that was mailed.
    pub(crate) visiting: (Id<Visit>, String),
    /// The pass of someone verified who has not filed.
    pub(crate) pass: String,
    /// Two requests that wait.
    pub(crate) pending: [Filed; 2],
    /// A request that was declined.
    pub(crate) declined: Filed,
    pub(crate) inactive: Id<Customer>,
    /// Active and priced, without service.
    pub(crate) nearly: Id<Customer>,
    pub(crate) blocked: Id<Customer>,
    pub(crate) price_type: Id<PriceType>,
    pub(crate) carrier: Id<Carrier>,
    /// A tag that the inactive customer and the blocked one have.
    pub(crate) tag: Id<Tag>,
    /// A tag that only the blocked one has.
    pub(crate) other_tag: Id<Tag>,
    /// A guest's order that nobody has, and one that the inactive customer has.
    pub(crate) orders: [Id<Order>; 2],
    /// A mail that was given up.
    pub(crate) dead: Id<Mail>,
    /// A partner in the account of the company, with a visit there.
    pub(crate) inside: (Agency, Id<Delegation>, Actor),
    /// A partner that the company could designate, and a referral of it.
    pub(crate) other: (Agency, String),
    /// A partner that lacks one look at its client to be certified, and that client.
    pub(crate) nearly_certified: (Agency, Firm),
    /// A company of before the course, to which nothing has happened since.
    pub(crate) early: Firm,
}

/// The tasks of the course.
pub(crate) const TASKS: [&str; 3] =
    ["login partner client_logged_in", "sell commerce sold 2", "share commerce invite_link_shared optional"];

/// The address of the second Admin.
pub(crate) const SECOND: &str = "second@people.example";
/// The address of someone invited.
pub(crate) const INVITED: &str = "nora@people.example";
/// The address of someone on the way through the link.
pub(crate) const VISITING: &str = "visiting@buyers.example";

impl Stage {
    /// The one stage.
    pub(crate) fn get() -> &'static Stage {
        static STAGE: OnceLock<Stage> = OnceLock::new();
        STAGE.get_or_init(Stage::new)
    }

    /// The policy it is played under.
    pub(crate) fn policy(policy: &mut Policy) {
        policy.request_lifetime = LIFETIME;
    }

    fn new() -> Self {
        let world = &World::with(StoreKind::Memory, Stage::policy);
        let firm = world.firm("Flora Export");
        let host = firm.host();
        let careful = world.careful(&world.firm("Frutas del Sur"));
        let session = world.signed_in(&firm.email);
        let app = App::new(&world.two_factor().enrol(&session, PASSWORD, None).unwrap().secret);
        world.logins().request_reset(&firm.email, None).unwrap();
        world.logins().request_email_change(&session, "ada@people.example", PASSWORD, None).unwrap();
        let post = world.deliver();
        let links = (post.token_of(MailKind::PasswordReset), post.token_of(MailKind::EmailChange));
        let second = world.member(&firm, Role::Admin, SECOND);
        let input = StaffInput { email: INVITED.into(), name: "Nora Nube".into(), role: Role::Admin };
        let invited = world.staff().invite(host, &input).unwrap().id;
        let invited = (invited, world.deliver().token());
        let (price_type, carrier) = (world.price_type(&firm, "Retail"), world.carrier(&firm, "By road"));
        let [inactive, nearly, blocked] =
            ["inactive", "nearly", "blocked"].map(|name| world.approved(&firm, &format!("{name}@buyers.example")));
        world.customers().activate(host, nearly).unwrap();
        world.customers().set_pricing(host, nearly, &PricingInput::of(price_type)).unwrap();
        world.customers().block(host, blocked).unwrap();
        let (tag, other_tag) = (world.tag(&firm, "Hotels"), world.tag(&firm, "Inns"));
        for (customer, tag) in [(inactive, tag), (blocked, tag), (blocked, other_tag)] {
            world.tags().add(host, customer, tag).unwrap();
        }
        let orders = ["O-1", "O-2"].map(|number| world.guest_order(&firm, number, "guest@buyers.example", None));
        world.orders().link(host, orders[1], inactive).unwrap();
        let declined = world.filed(&firm, "declined@buyers.example");
        world.requests().reject(host, declined.request, &Default::default()).unwrap();
        let early = world.firm("Antes del Curso");
        let [inside, other, nearly_certified] = partners(world, &firm);
        let (visit, actor) = world.entered(&inside.0, &firm);
        let inside = (inside.0, visit, actor);
        let referral = world.partners().open_referral(&other.0.slug, None).unwrap().attribution;
        let other = (other.0, referral);
        let dead = dead_letter(world);
        let pass = world.verified(&firm, "verified@buyers.example");
        let visit = world.invites().start(&firm.slug, VISITING, None).unwrap().visit;
        let visiting = (visit, world.deliver().to(VISITING).code());
        // the last mails stay in the outbox, for `deliver`
        let first = world.filed(&firm, "first@buyers.example");
        let pending = [first, world.filed(&firm, "second@buyers.example")];
        let (history, now) = (world.store.history(), world.now());
        Stage {
            history,
            now,
            firm,
            second,
            session,
            app,
            links,
            careful,
            invited,
            visiting,
            pass,
            pending,
            declined,
            inactive,
            nearly,
            blocked,
            price_type,
            carrier,
            tag,
            other_tag,
            orders,
            dead,
            inside,
            other,
            nearly_certified,
            early,
        }
    }
}

/// Three partners, of which the first is the company's, the second nobody's, and the third certified but for one task.
fn partners(world: &World, firm: &Firm) -> [(Agency, Firm); 3] {
    world.courses().publish(&short_course(1, &TASKS), CourseFormat::Toml).unwrap();
    let inside = world.careful_agency("Camino Consulting");
    world.link(firm, &inside);
    let trying = world.firm("Rosas del Valle");
    let input = CompanyInput {
        name: "Rosas del Valle".into(),
        country: "EC".into(),
        locale: "en".into(),
        time_zone: "America/Guayaquil".into(),
        trial_ends: Some(world.now() + Duration::from_secs(86_400)),
    };
    world.companies().update(trying.admin, &input).unwrap();
    let third = world.careful_agency("Vereda Partners");
    world.link(&trying, &third);
    world.courses().enable(&third.session, trying.company).unwrap();
    for key in ["one", "two"] {
        world.courses().signal(&fact(&trying, "sold", key)).unwrap();
    }
    [(inside, firm.clone()), (world.agency("Sendero Partners"), firm.clone()), (third, trying)]
}

/// How long a request waits.
pub(crate) const LIFETIME: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Gives all mails up that are in the outbox.
fn dead_letter(world: &World) -> Id<Mail> {
    world.mails().deliver(&|_: &Message| Err(Rejected::permanent("no such mailbox")), 1_000).unwrap();
    world.mails().list(MailState::Dead, &Paging::first(1)).unwrap().items[0].id
}
