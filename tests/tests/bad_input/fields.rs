//! Every field that takes text, as a function of that text.

use std::collections::BTreeMap;

use handfast::{
    Result,
    association::{BulkMode, BulkUsers},
    company::{CompanyInput, Role, SignUp, StaffInput},
    customer::{CustomerFilter, CustomerInput, ImportHow, ImportInput, Notice, PricingInput, table::TableFormat},
    event::EventFilter,
    invite::QuestionInput,
    order::{OrderFilter, OrderInput},
    question::{self, AnswerForm},
    request::{BulkDecision, BusinessInput, Decision, RequestState, Verdict},
    store::{Cursor, Paging},
    value::PostalAddressInput,
};
use handfast_tests::{Firm, Ground, PASSWORD, World, business, order};

/// What becomes of a blank text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Blank {
    /// It is refused like every other that is wrong.
    Refused,
    /// It is no text at all, and that is fine.
    Nothing,
}

/// A field: its name, what becomes of blank text, and a call with that text in it.
pub(crate) struct Field<'a>(pub(crate) &'static str, pub(crate) Blank, pub(crate) Call<'a>);

type Call<'a> = Box<dyn Fn(&str) -> Result<()> + 'a>;

/// What the fields are tried on.
pub(crate) struct Stage<'a> {
    pub(crate) world: &'a World,
    pub(crate) firm: Firm,
    pub(crate) ground: Ground,
    pub(crate) pass: String,
    pub(crate) token: String,
}

impl<'a> Stage<'a> {
    pub(crate) fn new(world: &'a World) -> Self {
        let firm = world.firm("Flora Export");
        let ground = Ground::new(world, &firm);
        let pass = world.verified(&firm, "visitor@rosas.example");
        let input = StaffInput { email: "eva@flora.example".into(), name: "Eva".into(), role: Role::Admin };
        world.staff().invite(firm.admin, &input).unwrap();
        let token = world.deliver().to("eva@flora.example").token();
        Stage { world, firm, ground, pass, token }
    }
}

macro_rules! fields {
    ($stage:ident: $($name:literal, $blank:ident, |$text:ident| $call:expr;)+) => {
        vec![$(Field($name, Blank::$blank, Box::new(move |$text: &str| $call.map(drop)))),+]
    };
}

pub(crate) fn company_fields<'a>(stage: &'a Stage<'a>) -> Vec<Field<'a>> {
    let (world, admin, ground) = (stage.world, stage.firm.admin, stage.ground);
    fields! { stage:
        "sign_up.name", Refused, |text| sign_up(world, |input| input.name = text.into());
        "sign_up.country", Refused, |text| sign_up(world, |input| input.country = text.into());
        "sign_up.locale", Refused, |text| sign_up(world, |input| input.locale = text.into());
        "sign_up.time_zone", Refused, |text| sign_up(world, |input| input.time_zone = text.into());
        "sign_up.admin_name", Refused, |text| sign_up(world, |input| input.admin_name = text.into());
        "sign_up.admin_email", Refused, |text| sign_up(world, |input| input.admin_email = text.into());
        "sign_up.admin_password", Refused, |text| sign_up(world, |input| input.admin_password = text.into());
        "company.name", Refused, |text| update(stage, |input| input.name = text.into());
        "company.country", Refused, |text| update(stage, |input| input.country = text.into());
        "company.locale", Refused, |text| update(stage, |input| input.locale = text.into());
        "company.time_zone", Refused, |text| update(stage, |input| input.time_zone = text.into());
        "form.key", Refused, |text| form(stage, |question| question.key = text.into());
        "form.label", Refused, |text| form(stage, |question| question.label = text.into());
        "form.kind", Refused, |text| form(stage, |question| question.kind = text.into());
        "form.choices", Refused, |text| form(stage, |question| question.choices = vec![text.into(), "other".into()]);
        "staff.email", Refused, |text| invite(stage, |input| input.email = text.into());
        "staff.name", Refused, |text| invite(stage, |input| input.name = text.into());
        "staff.invitation", Refused, |text| world.staff().invitation(text);
        "staff.accept.token", Refused, |text| world.staff().accept(text, Some(PASSWORD));
        "staff.accept.password", Refused, |text| world.staff().accept(&stage.token, Some(text));
        "price_types.add", Refused, |text| world.price_types().add(admin, text);
        "price_types.rename", Refused, |text| world.price_types().rename(admin, ground.price_type, text);
        "carriers.add", Refused, |text| world.carriers().add(admin, text);
        "carriers.rename", Refused, |text| world.carriers().rename(admin, ground.carrier, text);
        "authenticate.email", Refused, |text| world.logins().authenticate(text, PASSWORD);
    }
}

pub(crate) fn visitor_fields<'a>(stage: &'a Stage<'a>) -> Vec<Field<'a>> {
    let (world, slug) = (stage.world, &stage.firm.slug);
    fields! { stage:
        "open.slug", Refused, |text| world.invites().open(text);
        "start.slug", Refused, |text| world.invites().start(text, "buyer@rosas.example", None);
        "start.email", Refused, |text| world.invites().start(slug, text, None);
        "start.locale", Refused, |text| world.invites().start(slug, "buyer@rosas.example", Some(text));
        "submit.pass", Refused, |text| world.invites().submit(text, &business());
        "standing.pass", Refused, |text| world.invites().standing(text);
        "withdraw.pass", Refused, |text| world.invites().withdraw(text);
        "submit.legal_name", Refused, |text| submit(stage, |input| input.legal_name = text.into());
        "submit.trade_name", Nothing, |text| submit(stage, |input| input.trade_name = Some(text.into()));
        "submit.contact", Refused, |text| submit(stage, |input| input.contact = text.into());
        "submit.phone", Refused, |text| submit(stage, |input| input.phone = text.into());
        "submit.tax_id", Nothing, |text| submit(stage, |input| input.tax_id = Some(text.into()));
        "submit.website", Nothing, |text| submit(stage, |input| input.website = Some(text.into()));
        "submit.message", Nothing, |text| submit(stage, |input| input.message = Some(text.into()));
        "submit.answers", Refused, |text| submit(stage, |input| drop(input.answers.insert(text.into(), text.into())));
        "submit.billing.line1", Refused, |text| submit(stage, |input| input.billing.line1 = text.into());
        "submit.billing.city", Refused, |text| submit(stage, |input| input.billing.city = text.into());
        "submit.billing.country", Refused, |text| submit(stage, |input| input.billing.country = text.into());
        "submit.shipping.line1", Refused, |text| submit(stage, |input| input.shipping = Some(elsewhere(text)));
    }
}

pub(crate) fn decision_fields<'a>(stage: &'a Stage<'a>) -> Vec<Field<'a>> {
    let (world, admin, ground) = (stage.world, stage.firm.admin, stage.ground);
    fields! { stage:
        "approve.reason", Nothing, |text| world.requests().approve(admin, ground.request, &reason(text));
        "approve.note", Nothing, |text| world.requests().approve(admin, ground.request, &note(text));
        "reject.reason", Nothing, |text| world.requests().reject(admin, ground.request, &reason(text));
        "decide_many.key", Refused, |text| world.requests().decide_many(admin, text, &bulk(stage, reason("no")));
        "decide_many.reason", Nothing, |text| world.requests().decide_many(admin, "key", &bulk(stage, reason(text)));
        "import_many.key", Refused, |text| world.customers().import_many(admin, text, &table("email,name\n"));
        "import_many.text", Refused, |text| world.customers().import_many(admin, "key", &table(text));
        "add_many.key", Refused, |text| world.users().add_many(admin, text, &bulk_users(""));
        "add_many.csv", Refused, |text| world.users().add_many(admin, "key", &bulk_users(text));
        "departments.add", Refused, |text| world.departments().add(admin, text);
        "create.name", Refused, |text| create(stage, |input| input.name = text.into());
        "create.email", Refused, |text| create(stage, |input| input.email = text.into());
        "create.number", Nothing, |text| create(stage, |input| input.number = Some(text.into()));
        "create.contact", Nothing, |text| create(stage, |input| input.contact = Some(text.into()));
        "create.phone", Nothing, |text| create(stage, |input| input.phone = Some(text.into()));
        "create.locale", Nothing, |text| create(stage, |input| input.locale = Some(text.into()));
        "create.notes", Nothing, |text| create(stage, |input| input.notes = Some(text.into()));
        "create.address.city", Refused, |text| create(stage, |input| {
            input.address = Some(PostalAddressInput { city: text.into(), ..elsewhere("Av. Amazonas 12") });
        });
        "create.extra.name", Refused, |text| create(stage, |input| input.extra = extra(text, "text"));
        "order.number", Refused, |text| record(stage, |input| input.number = text.into());
        "order.email", Refused, |text| record(stage, |input| input.email = Some(text.into()));
        "order.name", Refused, |text| record(stage, |input| input.name = Some(text.into()));
        "order.amount", Refused, |text| record(stage, |input| input.amount = text.into());
        "order.currency", Refused, |text| record(stage, |input| input.currency = text.into());
        "question.key", Refused, |text| ask(stage, |question| question.key = text.into());
        "question.language", Refused, |text| ask(stage, |question| drop(question.label.insert(text.into(), "?".into())));
        "question.label", Refused, |text| ask(stage, |question| question.label = extra("en", text));
        "question.help", Refused, |text| ask(stage, |question| question.help = extra("en", text));
        "question.choices.key", Refused, |text| ask(stage, |question| question.choices[0].key = text.into());
        "question.choices.label", Refused, |text| ask(stage, |question| question.choices[0].label = extra("en", text));
        "question.lowest", Refused, |text| ask(stage, |question| {
            (question.kind, question.choices) = (AnswerForm::Number, Vec::new());
            question.limits.lowest = Some(text.into());
        });
        "question.earliest", Refused, |text| ask(stage, |question| {
            (question.kind, question.choices) = (AnswerForm::Date, Vec::new());
            question.limits.earliest = Some(text.into());
        });
        "questions.remove", Refused, |text| world.questions().remove(admin, text, None);
        "questions.reorder", Refused, |text| world.questions().reorder(admin, &[text.to_owned()], None);
        "answers.key", Refused,
            |text| world.questions().check(admin, &[(text.to_owned(), true.into())].into_iter().collect(), None, None);
        "pricing.markup", Nothing, |text| price(stage, |input| input.markup = Some(text.into()));
        "pricing.credit_limit", Nothing, |text| price(stage, |input| input.credit_limit = Some(text.into()));
        "pricing.minimum_order", Nothing, |text| price(stage, |input| input.minimum_order = Some(text.into()));
        "pricing.notes", Nothing, |text| price(stage, |input| input.notes = Some(text.into()));
        "pricing.extra.name", Refused, |text| price(stage, |input| input.extra = extra(text, "text"));
        "pricing.extra.text", Refused, |text| price(stage, |input| input.extra = extra("name", text));
        "service.day", Refused,
            |text| world.customers().set_service(admin, ground.inactive, &[(text.into(), ground.carrier)]);
        "staff.cursor", Refused, |text| world.staff().list(admin, &after(text));
        "price_types.cursor", Refused, |text| world.price_types().list(admin, &after(text));
        "requests.cursor", Refused, |text| world.requests().list(admin, RequestState::Pending, &after(text));
        "customers.cursor", Refused, |text| world.customers().list(admin, None, &after(text));
        "search.cursor", Refused, |text| world.customers().search(admin, "rosas", &CustomerFilter::default(), &after(text));
        "orders.cursor", Refused, |text| world.orders().list(admin, &after(text));
        "orders.search.cursor", Refused,
            |text| world.orders().search(admin, "rosa", &OrderFilter::default(), &after(text));
        "timeline.cursor", Refused, |text| world.customers().timeline(admin, ground.active, &after(text));
        "events.cursor", Refused, |text| world.events().list(admin, &EventFilter::default(), &after(text));
        "mails.cursor", Refused, |text| world.mails().list(handfast::mail::MailState::Queued, &after(text));
    }
}

fn sign_up(world: &World, set: impl FnOnce(&mut SignUp)) -> Result<()> {
    let mut input = World::sign_up_input("Frutas del Sur");
    set(&mut input);
    world.companies().sign_up(&input).map(drop)
}

fn update(stage: &Stage<'_>, set: impl FnOnce(&mut CompanyInput)) -> Result<()> {
    let mut input = CompanyInput {
        name: "Flora Export".into(),
        country: "EC".into(),
        locale: "en".into(),
        time_zone: "America/Guayaquil".into(),
        trial_ends: None,
    };
    set(&mut input);
    stage.world.companies().update(stage.firm.admin, &input).map(drop)
}

fn form(stage: &Stage<'_>, set: impl FnOnce(&mut QuestionInput)) -> Result<()> {
    let (key, label, kind) = ("flowers".into(), "Which flowers?".into(), "choice".into());
    let mut question = QuestionInput { key, label, kind, choices: vec!["a".into(), "b".into()], required: false };
    set(&mut question);
    stage.world.companies().set_form(stage.firm.admin, &[question]).map(drop)
}

fn ask(stage: &Stage<'_>, set: impl FnOnce(&mut question::QuestionInput)) -> Result<()> {
    let choice = |key: &str| question::ChoiceInput { key: key.into(), label: extra("en", key) };
    let mut question = question::QuestionInput {
        key: "colour".into(),
        kind: AnswerForm::Choice,
        label: extra("en", "Which colour?"),
        choices: ["red", "blue"].map(choice).into(),
        ..question::QuestionInput::default()
    };
    set(&mut question);
    stage.world.questions().add(stage.firm.admin, &question, None).map(drop)
}

fn invite(stage: &Stage<'_>, set: impl FnOnce(&mut StaffInput)) -> Result<()> {
    let mut input = StaffInput { email: "new@flora.example".into(), name: "New".into(), role: Role::Staff };
    set(&mut input);
    stage.world.staff().invite(stage.firm.admin, &input).map(drop)
}

fn submit(stage: &Stage<'_>, set: impl FnOnce(&mut BusinessInput)) -> Result<()> {
    let mut input = business();
    set(&mut input);
    stage.world.invites().submit(&stage.pass, &input).map(drop)
}

fn elsewhere(line1: &str) -> PostalAddressInput {
    PostalAddressInput { line1: line1.into(), ..business().billing }
}

fn reason(text: &str) -> Decision {
    Decision { reason: Some(text.into()), note: None }
}

fn note(text: &str) -> Decision {
    Decision { reason: None, note: Some(text.into()) }
}

fn bulk(stage: &Stage<'_>, decision: Decision) -> BulkDecision {
    BulkDecision { requests: vec![stage.ground.request], verdict: Verdict::Reject, decision }
}

fn table(text: &str) -> ImportInput {
    ImportInput { how: ImportHow::of(TableFormat::Csv), text: text.into(), first_row: 1 }
}

fn bulk_users(csv: &str) -> BulkUsers {
    BulkUsers { users: Vec::new(), csv: Some(csv.into()), mode: BulkMode::Apply, first_row: 1 }
}

fn create(stage: &Stage<'_>, set: impl FnOnce(&mut CustomerInput)) -> Result<()> {
    let (name, email) = ("Rosa Campos".into(), "rosa@campos.example".into());
    let mut input = CustomerInput { name, email, ..CustomerInput::default() };
    set(&mut input);
    stage.world.customers().create(stage.firm.admin, &input, Notice::Later).map(drop)
}

fn record(stage: &Stage<'_>, set: impl FnOnce(&mut OrderInput)) -> Result<()> {
    let mut input = order("G-1", "rosa@campos.example", stage.world.now());
    set(&mut input);
    stage.world.orders().record(stage.firm.admin, &input).map(drop)
}

fn price(stage: &Stage<'_>, set: impl FnOnce(&mut PricingInput)) -> Result<()> {
    let mut input = PricingInput::of(stage.ground.price_type);
    set(&mut input);
    stage.world.customers().set_pricing(stage.firm.admin, stage.ground.inactive, &input).map(drop)
}

fn extra(name: &str, text: &str) -> BTreeMap<String, String> {
    BTreeMap::from([(name.to_owned(), text.to_owned())])
}

fn after(cursor: &str) -> Paging {
    Paging { cursor: Some(Cursor::from(cursor.to_owned())), limit: None }
}
