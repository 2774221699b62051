//! A person of whom everything is unmistakable: whatever field a company or a login has, a word of its own stands there.

use std::sync::Arc;

use handfast::{
    Id, SCHEMA,
    association::UserInput,
    customer::{Customer, CustomerInput, PricingInput},
    invite::QuestionInput,
    login::Login,
    mail::{Message, Rejected},
    order::OrderInput,
    question,
    request::{BusinessInput, Decision},
    session::SignIn,
    store::{Cell, CellType, Store},
    value::PostalAddressInput,
};
use handfast_tests::{Firm, PASSWORD, StoreKind, World, held, order, snapshot::Recorder, snapshot::Snapshot};

/// What every word begins with.
pub(crate) const MARK: &str = "zq";
/// The digits of every telephone number.
pub(crate) const DIGITS: &str = "7770001";
/// The address, not as it is compared.
pub(crate) const EMAIL: &str = "ZQmail@zqhome.example";
/// Where the person goes on to.
pub(crate) const NEXT: &str = "zqnext@zqhome.example";

/// The words that a company was told, and no login.
pub(crate) const TOLD: &[&str] = &[
    "zqmail",
    "zqlegal",
    "zqtrade",
    "zqcontact",
    "zqstreet",
    "zqfloor",
    "zqcity",
    "zqregion",
    "zqpost",
    "zqship",
    "zqtax",
    "zqsite",
    "zqmessage",
    "zqanswer",
    "zqreason",
    "zqnote",
    "zqextrakey",
    "zqextravalue",
    "zqnumber",
    "zqrejected",
    "zqrefused",
    "zqold",
    "zqpriced",
    "zquser",
    "zqlogin",
    "zqfailure",
    "zqbuyer",
    "zqlines",
    "zqwish",
    DIGITS,
];

/// The words that the login was told.
pub(crate) const OWN: &[&str] = &["zqmail", "zqnext", "zqdevice", "zqplace"];

/// A world on a store whose every row can be seen.
pub(crate) struct Seen<S: Store> {
    pub(crate) world: World,
    recorder: Arc<Recorder<S>>,
}

/// Who the person is.
pub(crate) struct Marked {
    pub(crate) firm: Firm,
    pub(crate) customer: Id<Customer>,
    pub(crate) login: Id<Login>,
    pub(crate) session: String,
}

impl<S: Store> Seen<S> {
    pub(crate) fn new(kind: StoreKind, store: S) -> Self {
        let recorder = Arc::new(Recorder::new(store));
        let world = World::on(kind, Arc::clone(&recorder) as Arc<dyn Store>, 1, |policy| {
            policy.codes_per_company = 1_000_000;
            policy.refile_after = std::time::Duration::ZERO;
        });
        Seen { world, recorder }
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        self.recorder.snapshot().unwrap()
    }

    /// The tables, ids and columns that hold one of `words`, by a scan of every table.
    pub(crate) fn holding(&self, words: &[&str]) -> Vec<(&'static str, String, &'static str)> {
        let snapshot = self.snapshot();
        let mut found = Vec::new();
        for table in SCHEMA.tables {
            for row in snapshot.rows(table) {
                let Cell::Id(id) = row.id() else { panic!("an id is an id") };
                for (column, cell) in table.columns.iter().zip(&row.cells) {
                    // the letters of a hash spell anything
                    let (Cell::Text(text), false) = (cell, column.ty == CellType::Secret) else { continue };
                    let text = text.to_lowercase();
                    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                    if words.iter().any(|word| text.contains(word) || *word == DIGITS && digits.contains(word)) {
                        found.push((table.name, id.to_string(), column.name));
                    }
                }
            }
        }
        found
    }
}

fn business(legal_name: &str, message: &str) -> BusinessInput {
    let address = |line1: &str| PostalAddressInput {
        line1: line1.into(),
        line2: Some("Zqfloor 3".into()),
        city: "Zqcity".into(),
        region: Some("Zqregion".into()),
        postal_code: Some("ZQPOST1".into()),
        country: "EC".into(),
    };
    BusinessInput {
        legal_name: legal_name.into(),
        trade_name: Some("Zqtrade".into()),
        contact: "Zqcontact Rosas".into(),
        phone: format!("+593 {DIGITS}"),
        billing: address("Zqstreet 1"),
        shipping: Some(address("Zqship 2")),
        tax_id: Some("ZQTAX1".into()),
        website: Some("https://zqsite.example".into()),
        message: Some(message.into()),
        answers: [("flowers".to_owned(), "Zqanswer".into())].into_iter().collect(),
    }
}

/// Writes all of it, through the verbs that a host uses.
pub(crate) fn mark(world: &World) -> Marked {
    // what sets a company up is a signal to the course, with what it tells
    world.course();
    let firm = world.firm("Flora Export");
    world.with_links(&firm);
    let question = QuestionInput {
        key: "flowers".into(),
        label: "Which flowers?".into(),
        kind: "text".into(),
        choices: Vec::new(),
        required: false,
    };
    world.companies().set_form(firm.admin, &[question]).unwrap();
    // two requests: one that was rejected, and one that became a customer
    let pass = world.verified(&firm, EMAIL);
    let rejected = world.invites().submit(&pass, &business("Zqrejected S.A.", "Zqmessage one")).unwrap().id;
    let decision = Decision { reason: Some("Zqrefused".into()), note: Some("Zqnote one".into()) };
    world.requests().reject(firm.admin, rejected, &decision).unwrap();
    world.tick();
    let request = world.invites().submit(&pass, &business("Zqlegal S.A.", "Zqmessage two")).unwrap().id;
    let decision = Decision { reason: Some("Zqreason".into()), note: Some("Zqnote".into()) };
    let customer = world.requests().approve(firm.admin, request, &decision).unwrap().customer.id;
    world.customers().activate(firm.admin, customer).unwrap();
    described(world, &firm, customer);
    bought(world, &firm, customer);
    // the person as user of somebody else, too, while there is no password that would make the login name needless
    let other = world.active(&firm, "other@buyers.example");
    let user = UserInput {
        name: "Zquser Rosas".into(),
        login_name: Some("zqlogin".into()),
        notes: Some("Zqnote three".into()),
        ..World::user_input(other, EMAIL)
    };
    world.users().add(firm.admin, &user).unwrap();
    world.deliver();
    let token = world.delivered().to("ZQmail@zqhome.example").user_token();
    world.users().accept(&token, PASSWORD).unwrap();
    let (session, login) = signed_in(world);
    world.logins().request_email_change(&session, NEXT, PASSWORD, None).unwrap();
    unsent(world, &firm);
    Marked { firm, customer, login, session }
}

/// What the staff writes down of a customer, and what stood there before.
fn described(world: &World, firm: &Firm, customer: Id<Customer>) {
    let input = CustomerInput {
        name: "Zqold S.L.".into(),
        contact: Some("Zqcontact".into()),
        email: EMAIL.into(),
        number: Some("ZQNUMBER1".into()),
        phone: Some(format!("0{DIGITS}")),
        notes: Some("Zqnote two".into()),
        extra: [("zqextrakey".to_owned(), "Zqextravalue".to_owned())].into_iter().collect(),
        ..CustomerInput::default()
    };
    world.customers().update(firm.admin, customer, &input).unwrap();
    let pricing = PricingInput { notes: Some("Zqpriced".into()), ..PricingInput::of(world.price_type(firm, "Retail")) };
    world.customers().set_pricing(firm.admin, customer, &pricing).unwrap();
    let input = CustomerInput { name: "Zqlegal S.A.".into(), ..input };
    world.customers().update(firm.admin, customer, &input).unwrap();
    let tag = world.tag(firm, "Hotels");
    world.tags().add(firm.admin, customer, tag).unwrap();
}

/// Orders: a guest's, one that is linked to the customer, and one that somebody else has now.
fn bought(world: &World, firm: &Firm, customer: Id<Customer>) {
    let label = [("en".to_owned(), "Any wish?".to_owned())].into();
    let wish = question::QuestionInput { key: "wish".into(), label, ..question::QuestionInput::default() };
    world.questions().add(firm.admin, &wish, None).unwrap();
    let another = world.silent(firm, "another@buyers.example");
    for (number, owner) in [("O-1", None), ("O-2", Some(customer)), ("O-3", Some(another))] {
        let input = OrderInput {
            name: Some("Zqbuyer Rosas".into()),
            lines: Some("zqlines".into()),
            answers: [("wish".to_owned(), "Zqwish".into())].into_iter().collect(),
            ..order(number, EMAIL, world.now())
        };
        let placed = world.orders().record(firm.admin, &input).unwrap().id;
        owner.map(|owner| world.orders().link(firm.admin, placed, owner).unwrap());
    }
}

fn signed_in(world: &World) -> (String, Id<Login>) {
    let input = SignIn {
        name: EMAIL.into(),
        password: PASSWORD.into(),
        device: Some("Zqdevice".into()),
        place: Some("Zqplace".into()),
        ..SignIn::default()
    };
    let session = held(world.sessions().sign_in(&input).unwrap());
    let login = world.sessions().resolve(&session).unwrap().login;
    (session, login)
}

/// A mail that nobody takes, and mails that wait.
fn unsent(world: &World, firm: &Firm) {
    world.wait_for_next_code();
    world.deliver();
    world.invites().start(&firm.slug, EMAIL, None).unwrap();
    let mailer = |_: &Message| Err(Rejected::permanent("no such mailbox: zqfailure"));
    world.mails().deliver(&mailer, 1_000).unwrap();
    world.wait_for_next_code();
    world.invites().start(&firm.slug, EMAIL, None).unwrap();
}
