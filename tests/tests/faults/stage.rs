use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use handfast::{
    Id, Policy, Timestamp,
    company::{Carrier, PriceType, Role, Staff, StaffInput},
    customer::{Customer, PricingInput},
    invite::Visit,
    mail::{Mail, MailKind, MailState, Message, Rejected},
    store::{Changes, Paging},
};
use handfast_tests::{App, Careful, Filed, Firm, Member, PASSWORD, StoreKind, World};

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
    /// A mail that was given up.
    pub(crate) dead: Id<Mail>,
}

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
        let declined = world.filed(&firm, "declined@buyers.example");
        world.requests().reject(host, declined.request, &Default::default()).unwrap();
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
            dead,
        }
    }
}

/// How long a request waits.
pub(crate) const LIFETIME: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Gives all mails up that are in the outbox.
fn dead_letter(world: &World) -> Id<Mail> {
    world.mails().deliver(&|_: &Message| Err(Rejected::permanent("no such mailbox")), 1_000).unwrap();
    world.mails().list(MailState::Dead, &Paging::first(1)).unwrap().items[0].id
}
