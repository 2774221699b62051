//! Every verb of a company's side, with who may: what the tests of authority, of foreign things and of one commit for
//! all go through.

use handfast::{
    Actor, Id, Result,
    association::{AssociationState, BulkMode, BulkUsers, UserInput},
    checkout::{CheckoutInput, Switch},
    company::{AccessInput, CompanyInput, InvitationStyle, OfferState, Role, StaffInput},
    customer::{CustomerFilter, CustomerInput, ImportHow, ImportInput, Notice, PricingInput, table::TableFormat},
    event::EventFilter,
    invite::QuestionInput,
    order::OrderFilter,
    partner::VisitNotice,
    question::{self, AnswerForm},
    request::{BulkDecision, Decision, RequestState, Verdict},
    store::Paging,
    tag::{BulkTag, Selection, TagChange, TagFilter},
};

use serde_json::Map;

use crate::{Firm, Ground, World, order};

/// One verb of a company's side.
pub struct Verb {
    /// Its name.
    pub name: &'static str,
    /// The roles that may.
    pub who: &'static [Role],
    /// What it does.
    pub effect: Effect,
    /// Does what must be done before, so that it changes something.
    pub prepare: fn(&World, &Firm),
    /// Calls it, on a ground of the actor's own company or of another.
    pub act: fn(&World, Actor, &Ground) -> Result<()>,
}

/// What a verb does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It only looks, at the company as a whole.
    Looks,
    /// It looks at one thing of the ground.
    LooksAtOne,
    /// It changes the company as a whole.
    Changes,
    /// It changes one thing of the ground.
    ChangesOne,
}

use Effect::{Changes, ChangesOne, Looks, LooksAtOne};
use InvitationStyle::{Link, TemporaryPassword};
use Role::{Admin, FullAccess, ProcurementManager, SalesManager, Staff};

const EVERYONE: &[Role] = &[Admin, ProcurementManager, SalesManager, FullAccess, Staff];
const ADMIN: &[Role] = &[Admin];
const SETUP: &[Role] = &[Admin, FullAccess];
const INVITERS: &[Role] = &[Admin, ProcurementManager];
const SELLERS: &[Role] = &[Admin, ProcurementManager, SalesManager, FullAccess];

macro_rules! verbs {
    ($(
        $name:literal, $who:ident, $effect:ident, $(after $prepare:expr,)?
        |$world:ident, $actor:ident, $ground:ident| $act:expr;
    )+) => {
        /// All of them.
        pub const VERBS: &[Verb] = &[$(Verb {
            name: $name,
            who: $who,
            effect: $effect,
            prepare: verbs!(@prepare $($prepare)?),
            act: |$world, $actor, $ground| $act.map(drop),
        }),+];
    };
    (@prepare) => { |_, _| {} };
    (@prepare $prepare:expr) => { $prepare };
}

verbs! {
    "companies.get", EVERYONE, Looks, |world, actor, _ground| world.companies().get(actor);
    "companies.update", SETUP, Changes, |world, actor, ground| world.companies().update(actor, &company(ground));
    "companies.set_form", SETUP, Changes, |world, actor, ground| world.companies().set_form(actor, &form(ground));
    "companies.set_access", ADMIN, Changes,
        after |world, firm| drop(world.companies().set_access(firm.host(), &access(TemporaryPassword)).unwrap()),
        |world, actor, _ground| world.companies().set_access(actor, &access(Link));
    "companies.convert_trial", ADMIN, Changes, after |world, firm| world.trial_anew(firm),
        |world, actor, _ground| world.companies().convert_trial(actor);
    "companies.cancel_trial", ADMIN, Changes, after |world, firm| world.trial_anew(firm),
        |world, actor, _ground| world.companies().cancel_trial(actor);
    "staff.invite", ADMIN, Changes, |world, actor, ground| world.staff().invite(actor, &person(ground));
    "staff.set_role", ADMIN, ChangesOne,
        |world, actor, ground| world.staff().set_role(actor, ground.staff, SalesManager);
    "staff.remove", ADMIN, ChangesOne, |world, actor, ground| world.staff().remove(actor, ground.staff);
    "staff.limit", ADMIN, ChangesOne,
        |world, actor, ground| world.staff().limit(actor, ground.staff, &[ground.department]);
    "staff.list", EVERYONE, Looks, |world, actor, _ground| world.staff().list(actor, &Paging::default());
    "price_types.add", SETUP, Changes, |world, actor, ground| world.price_types().add(actor, &new_name(ground));
    "price_types.rename", SETUP, ChangesOne,
        |world, actor, ground| world.price_types().rename(actor, ground.price_type, &new_name(ground));
    "price_types.set_state", SETUP, ChangesOne,
        |world, actor, ground| world.price_types().set_state(actor, ground.price_type, OfferState::Retired);
    "price_types.list", EVERYONE, Looks, |world, actor, _ground| world.price_types().list(actor, &Paging::default());
    "carriers.add", SETUP, Changes, |world, actor, ground| world.carriers().add(actor, &new_name(ground));
    "carriers.rename", SETUP, ChangesOne,
        |world, actor, ground| world.carriers().rename(actor, ground.carrier, &new_name(ground));
    "carriers.set_state", SETUP, ChangesOne,
        |world, actor, ground| world.carriers().set_state(actor, ground.carrier, OfferState::Retired);
    "carriers.list", EVERYONE, Looks, |world, actor, _ground| world.carriers().list(actor, &Paging::default());
    "departments.add", SETUP, Changes, |world, actor, ground| world.departments().add(actor, &new_name(ground));
    "departments.rename", SETUP, ChangesOne,
        |world, actor, ground| world.departments().rename(actor, ground.department, &new_name(ground));
    "departments.set_state", SETUP, ChangesOne,
        |world, actor, ground| world.departments().set_state(actor, ground.department, OfferState::Retired);
    "departments.list", EVERYONE, Looks, |world, actor, _ground| world.departments().list(actor, &Paging::default());
    "invites.link", INVITERS, Looks, |world, actor, _ground| world.invites().link(actor);
    "invites.share", INVITERS, Changes, |world, actor, _ground| world.invites().share(actor);
    "invites.funnel", INVITERS, Looks, |world, actor, _ground| world.invites().funnel(actor);
    "invites.disable", INVITERS, Changes, after |world, firm| drop(world.invites().enable(firm.host()).unwrap()),
        |world, actor, _ground| world.invites().disable(actor);
    "invites.enable", INVITERS, Changes, after |world, firm| drop(world.invites().disable(firm.host()).unwrap()),
        |world, actor, _ground| world.invites().enable(actor);
    "invites.replace", INVITERS, Changes, |world, actor, _ground| world.invites().replace(actor);
    "requests.list", SELLERS, Looks,
        |world, actor, _ground| world.requests().list(actor, RequestState::Pending, &Paging::default());
    "requests.get", SELLERS, LooksAtOne, |world, actor, ground| world.requests().get(actor, ground.request);
    "requests.approve", INVITERS, ChangesOne,
        |world, actor, ground| world.requests().approve(actor, ground.request, &Decision::default());
    "requests.reject", INVITERS, ChangesOne,
        |world, actor, ground| world.requests().reject(actor, ground.request, &Decision::default());
    "requests.decide_many", INVITERS, Changes,
        |world, actor, ground| world.requests().decide_many(actor, &new_name(ground), &bulk(ground));
    "customers.create", SELLERS, ChangesOne,
        |world, actor, ground| world.customers().create(actor, &customer(ground), Notice::Mail);
    "customers.update", SELLERS, ChangesOne,
        |world, actor, ground| world.customers().update(actor, ground.inactive, &customer(ground));
    "customers.notify", SELLERS, ChangesOne,
        |world, actor, ground| world.customers().notify(actor, ground.silent);
    "customers.get", EVERYONE, LooksAtOne, |world, actor, ground| world.customers().get(actor, ground.inactive);
    "customers.list", EVERYONE, Looks, |world, actor, _ground| world.customers().list(actor, None, &Paging::default());
    "customers.search", EVERYONE, Looks,
        |world, actor, _ground| world.customers().search(actor, "rosas", &CustomerFilter::default(), &Paging::default());
    "customers.lookup", EVERYONE, Looks, |world, actor, _ground| world.customers().lookup(actor, "rosas");
    "customers.overview", EVERYONE, LooksAtOne,
        |world, actor, ground| world.customers().overview(actor, ground.active);
    "customers.timeline", EVERYONE, LooksAtOne,
        |world, actor, ground| world.customers().timeline(actor, ground.active, &Paging::default());
    "customers.import_many", SELLERS, Changes,
        |world, actor, ground| world.customers().import_many(actor, &new_name(ground), &table(ground));
    "customers.export_table", EVERYONE, Looks, |world, actor, _ground| {
        world.customers().export_table(actor, TableFormat::Csv, &CustomerFilter::default(), &Paging::default())
    };
    "customers.can_order", EVERYONE, LooksAtOne,
        |world, actor, ground| world.customers().can_order(actor, ground.inactive);
    "customers.tour", EVERYONE, LooksAtOne,
        |world, actor, ground| world.customers().tour(actor, ground.inactive, None);
    "customers.activate", SELLERS, ChangesOne,
        |world, actor, ground| world.customers().activate(actor, ground.inactive);
    "customers.deactivate", SELLERS, ChangesOne,
        |world, actor, ground| world.customers().deactivate(actor, ground.active);
    "customers.block", SELLERS, ChangesOne, |world, actor, ground| world.customers().block(actor, ground.active);
    "customers.unblock", SELLERS, ChangesOne, |world, actor, ground| world.customers().unblock(actor, ground.blocked);
    "customers.set_pricing", SELLERS, ChangesOne, |world, actor, ground| {
        world.customers().set_pricing(actor, ground.inactive, &PricingInput::of(ground.price_type))
    };
    "customers.set_service", SELLERS, ChangesOne, |world, actor, ground| {
        world.customers().set_service(actor, ground.inactive, &[("friday".into(), ground.carrier)])
    };
    "checkout.options", EVERYONE, Looks, |world, actor, _ground| world.checkout().options(actor, None);
    "checkout.set", SETUP, ChangesOne,
        |world, actor, ground| world.checkout().set(actor, &both_ways(), Some(ground.department));
    "checkout.inherit", SETUP, ChangesOne, |world, actor, ground| world.checkout().inherit(actor, ground.department);
    "orders.record", SELLERS, Changes,
        |world, actor, ground| world.orders().record(actor, &order(&new_name(ground), "rosa@guests.example", world.now()));
    "orders.get", EVERYONE, LooksAtOne, |world, actor, ground| world.orders().get(actor, ground.guest);
    "orders.answers", EVERYONE, LooksAtOne, |world, actor, ground| world.orders().answers(actor, ground.guest, None);
    "orders.export_answers", EVERYONE, LooksAtOne, |world, actor, ground| {
        world.orders().export_answers(actor, Some(ground.department), None, &Paging::default())
    };
    "orders.list", EVERYONE, Looks, |world, actor, _ground| world.orders().list(actor, &Paging::default());
    "orders.search", EVERYONE, Looks,
        |world, actor, _ground| world.orders().search(actor, "rosa", &OrderFilter::default(), &Paging::default());
    "orders.look_up", EVERYONE, Looks, |world, actor, _ground| world.orders().look_up(actor, "rosa");
    "orders.of_customer", EVERYONE, LooksAtOne,
        |world, actor, ground| world.orders().of_customer(actor, ground.active, &Paging::default());
    "orders.totals", EVERYONE, LooksAtOne, |world, actor, ground| world.orders().totals(actor, ground.active);
    "orders.link", SELLERS, ChangesOne,
        |world, actor, ground| world.orders().link(actor, ground.guest, ground.active);
    "orders.unlink", SELLERS, ChangesOne, |world, actor, ground| world.orders().unlink(actor, ground.linked);
    "tags.create", SELLERS, Changes, |world, actor, ground| world.tags().create(actor, &new_name(ground));
    "tags.rename", SELLERS, ChangesOne,
        |world, actor, ground| world.tags().rename(actor, ground.tag, &new_name(ground));
    "tags.list", EVERYONE, Looks, |world, actor, _ground| world.tags().list(actor, &Paging::default());
    "tags.add", SELLERS, ChangesOne, |world, actor, ground| world.tags().add(actor, ground.inactive, ground.tag);
    "tags.remove", SELLERS, ChangesOne, |world, actor, ground| world.tags().remove(actor, ground.active, ground.worn);
    "tags.customers", EVERYONE, LooksAtOne,
        |world, actor, ground| world.tags().customers(actor, &filter(ground), &Paging::default());
    "tags.apply_many", SELLERS, Changes,
        |world, actor, ground| world.tags().apply_many(actor, &new_name(ground), &bulk_tag(ground));
    "tags.export_table", EVERYONE, LooksAtOne, |world, actor, ground| {
        world.tags().export_table(actor, TableFormat::JsonLines, &filter(ground), &Paging::default())
    };
    "tags.discard", SELLERS, ChangesOne, |world, actor, ground| world.tags().discard(actor, ground.tag);
    "tags.merge", SELLERS, ChangesOne, |world, actor, ground| world.tags().merge(actor, ground.tag, ground.worn);
    "questions.add", SETUP, ChangesOne, |world, actor, ground| {
        let question = question(&format!("q{}", ground.number), ground);
        world.questions().add(actor, &question, Some(ground.department))
    };
    "questions.update", SETUP, Changes, after |world, firm| with_questions(world, firm),
        |world, actor, ground| world.questions().update(actor, &question("gift", ground), None);
    "questions.remove", SETUP, Changes, after |world, firm| with_questions(world, firm),
        |world, actor, _ground| world.questions().remove(actor, "gift", None);
    "questions.reorder", SETUP, Changes, after |world, firm| with_questions(world, firm),
        |world, actor, _ground| world.questions().reorder(actor, &["note", "gift"].map(str::to_owned), None);
    "questions.get", EVERYONE, LooksAtOne,
        |world, actor, ground| world.questions().get(actor, Some(ground.department));
    "questions.edition", EVERYONE, Looks, after |world, firm| with_questions(world, firm),
        |world, actor, _ground| world.questions().edition(actor, 1, None);
    "questions.asked", EVERYONE, LooksAtOne,
        |world, actor, ground| world.questions().asked(actor, Some(ground.department), None);
    "questions.check", EVERYONE, LooksAtOne,
        |world, actor, ground| world.questions().check(actor, &Map::new(), Some(ground.department), None);
    "users.preview", ADMIN, LooksAtOne, |world, actor, ground| world.users().preview(actor, &user(ground));
    "users.add", ADMIN, ChangesOne, |world, actor, ground| world.users().add(actor, &user(ground));
    "users.add_many", ADMIN, Changes,
        |world, actor, ground| world.users().add_many(actor, &new_name(ground), &bulk_users(ground));
    "users.resend", ADMIN, ChangesOne, |world, actor, ground| world.users().resend(actor, ground.pending);
    "users.revoke", ADMIN, ChangesOne, |world, actor, ground| world.users().revoke(actor, ground.user);
    "users.get", EVERYONE, LooksAtOne, |world, actor, ground| world.users().get(actor, ground.pending);
    "users.list", EVERYONE, Looks,
        |world, actor, _ground| world.users().list(actor, AssociationState::Active, &Paging::default());
    "users.of_customer", EVERYONE, LooksAtOne,
        |world, actor, ground| world.users().of_customer(actor, ground.active, &Paging::default());
    "partners.designated", EVERYONE, Looks, after |world, firm| world.designating(firm),
        |world, actor, _ground| world.partners().designated(actor);
    "partners.clear", ADMIN, Changes, after |world, firm| world.designating(firm),
        |world, actor, _ground| world.partners().clear(actor);
    "partners.set_visit_notice", ADMIN, Changes,
        after |world, firm| {
            world.designating(firm);
            world.partners().set_visit_notice(firm.host(), VisitNotice::Audit).unwrap();
        },
        |world, actor, _ground| world.partners().set_visit_notice(actor, VisitNotice::Mail);
    "partners.visits", SETUP, Looks, |world, actor, _ground| world.partners().visits(actor, &Paging::default());
    "partners.end_visit", ADMIN, ChangesOne, |world, actor, ground| world.partners().end_visit(actor, ground.visit);
    // who has not looked since a course was published moves on to it first, which is written
    "courses.onboarding", EVERYONE, Looks,
        after |world, firm| {
            if world.courses().published().is_err() {
                world.course();
            }
            world.courses().onboarding(firm.host(), None).unwrap();
        },
        |world, actor, _ground| world.courses().onboarding(actor, None);
    "privacy.export_person", ADMIN, Looks,
        |world, actor, ground| world.privacy().export_person(actor, &subject(ground), &Paging::default());
    "privacy.erase_person", ADMIN, Changes, |world, actor, ground| world.privacy().erase_person(actor, &subject(ground));
    "events.list", SETUP, Looks,
        |world, actor, _ground| world.events().list(actor, &EventFilter::default(), &Paging::default());
}

fn company(ground: &Ground) -> CompanyInput {
    CompanyInput {
        name: format!("Flora Export {}", ground.number),
        country: "EC".into(),
        locale: "en".into(),
        time_zone: "America/Guayaquil".into(),
        trial_ends: None,
    }
}

fn form(ground: &Ground) -> Vec<QuestionInput> {
    let label = format!("Which flowers? {}", ground.number);
    let question =
        QuestionInput { key: "flowers".into(), label, kind: "text".into(), choices: Vec::new(), required: false };
    vec![question]
}

fn question(key: &str, ground: &Ground) -> question::QuestionInput {
    let label = [("en".to_owned(), format!("Is it a gift? {}", ground.number))].into();
    let (key, kind) = (key.to_owned(), AnswerForm::YesNo);
    question::QuestionInput { key, kind, label, ..question::QuestionInput::default() }
}

/// The company asks for `gift`, then for `note`, as if nobody had asked for anything else before.
fn with_questions(world: &World, firm: &Firm) {
    let (questions, host) = (world.questions(), firm.host());
    for asked in questions.get(host, None).unwrap().questions {
        questions.remove(host, &asked.key, None).unwrap();
    }
    for key in ["gift", "note"] {
        questions.add(host, &question(key, &Ground::missing(0)), None).unwrap();
    }
}

fn person(ground: &Ground) -> StaffInput {
    let email = format!("new{}@people.example", ground.number);
    StaffInput { email, name: "Nora Nube".into(), role: Staff }
}

fn subject(ground: &Ground) -> String {
    format!("inactive{}@buyers.example", ground.number)
}

fn customer(ground: &Ground) -> CustomerInput {
    let (email, department) = (format!("desk{}@buyers.example", ground.number), Some(ground.department));
    CustomerInput { email, department, name: "Rosa Campos".into(), ..CustomerInput::default() }
}

fn both_ways() -> CheckoutInput {
    CheckoutInput { guests: Switch::On, accounts: Switch::On }
}

fn table(ground: &Ground) -> ImportInput {
    let text = format!("email,name\ndesk{}@buyers.example,Rosa Campos\n", ground.number);
    ImportInput { how: ImportHow::of(TableFormat::Csv), text, first_row: 1 }
}

fn bulk_tag(ground: &Ground) -> BulkTag {
    let selection = Selection::Ids(vec![ground.inactive]);
    BulkTag { tag: ground.tag, change: TagChange::Add, selection, mode: BulkMode::Apply }
}

fn filter(ground: &Ground) -> TagFilter {
    TagFilter { all_of: vec![ground.worn], none_of: vec![ground.tag], ..TagFilter::default() }
}

fn user(ground: &Ground) -> UserInput {
    let email = format!("user{}@users.example", ground.number);
    UserInput { customer: ground.active, email, name: "Uma Uva".into(), login_name: None, notes: None }
}

fn bulk_users(ground: &Ground) -> BulkUsers {
    BulkUsers { users: vec![user(ground)], csv: None, mode: BulkMode::Apply, first_row: 1 }
}

fn access(invitation_style: InvitationStyle) -> AccessInput {
    AccessInput { invitation_style, two_factor_required: false }
}

fn new_name(ground: &Ground) -> String {
    format!("New {}", ground.number)
}

fn bulk(ground: &Ground) -> BulkDecision {
    let requests: Vec<Id<_>> = vec![ground.request];
    BulkDecision { requests, verdict: Verdict::Approve, decision: Decision::default() }
}
