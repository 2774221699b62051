use handfast::{
    Code, Id, Result,
    association::{BulkMode, BulkUsers, UserOutcome},
    checkout::{CheckoutInput, Switch},
    company::{CompanyInput, OfferState, Role, SignUp, StaffInput},
    course::CourseFormat,
    customer::{
        Customer, CustomerInput, ImportHow, ImportInput, ImportOutcome, Notice, PricingInput, table::TableFormat,
    },
    invite::QuestionInput,
    mail::{Mailer, Message, Rejected},
    partner::{PartnerInput, VisitNotice},
    question,
    request::{BulkDecision, Decision, Outcome, Verdict},
    store::Paging,
    tag::{BulkTag, Selection, TagChange},
};
use handfast_tests::{PASSWORD, World, business, fact, order, short_course};

use crate::{
    Answer,
    stage::{INVITED, LIFETIME, SECOND, Stage, TASKS, VISITING},
};

/// An operation of the library.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    /// What it does when some of its steps are made and the next fails.
    pub(crate) partly: Partly,
    /// How many commits it makes.
    pub(crate) steps: usize,
    /// What it answers when nothing goes wrong.
    pub(crate) answers: Answer,
    /// What must be done before, so that it changes something.
    pub(crate) prepare: fn(&World, &Stage),
    /// Calls it.
    pub(crate) act: fn(&World, &Stage) -> Result<()>,
}

/// What an operation does when some of its steps are made and the next fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Partly {
    /// It has one step, or what was made stays and the rest is for another call: mails that were taken wait for the
    /// end of their lease, a password that was tried is tried anew.
    Stops,
    /// Called again, it goes on where it stopped.
    GoesOn,
    /// `open`: the visitor gets in even where the opening cannot be counted.
    CountIsLost,
}

macro_rules! operations {
    ($($name:literal,
        $(partly $partly:ident,)?
        $(steps $steps:literal,)?
        $(answers $code:ident,)?
        $(after |$w:ident, $s:ident| $prepare:expr,)?
        |$world:ident, $stage:ident| $act:expr;
    )+) => {
        /// All of them.
        pub(crate) const OPERATIONS: &[Operation] = &[$(Operation {
            name: $name,
            partly: operations!(@partly $($partly)?),
            steps: operations!(@steps $($steps)?),
            answers: operations!(@answers $($code)?),
            prepare: operations!(@prepare $(|$w, $s| $prepare)?),
            act: |$world, $stage| $act.map(drop),
        }),+];
    };
    (@partly) => { Partly::Stops };
    (@partly $partly:ident) => { Partly::$partly };
    (@steps) => { 1 };
    (@steps $steps:literal) => { $steps };
    (@answers) => { Ok(()) };
    (@answers $code:ident) => { Err(Code::$code) };
    (@prepare) => { |_, _| {} };
    (@prepare |$world:ident, $stage:ident| $prepare:expr) => { |$world, $stage| { $prepare; } };
}

operations! {
    "sign_up", |world, _stage| world.companies().sign_up(&World::sign_up_input("Rosas"));
    "sign_up, known login", steps 2, |world, stage| world.companies().sign_up(&another_company(stage));
    "companies.update", |world, stage| world.companies().update(stage.firm.admin, &renamed());
    "companies.set_form", |world, stage| world.companies().set_form(stage.firm.admin, &form());

    "staff.invite", |world, stage| world.staff().invite(stage.firm.admin, &person("new@people.example"));
    "staff.invite, again", |world, stage| world.staff().invite(stage.firm.admin, &person(INVITED));
    "staff.invite, who left", after |world, stage| world.staff().remove(stage.firm.admin, stage.second.staff).unwrap(),
        |world, stage| world.staff().invite(stage.firm.admin, &person(SECOND));
    "staff.accept", |world, stage| world.staff().accept(&stage.invited.1, Some(PASSWORD));
    "staff.set_role", |world, stage| world.staff().set_role(stage.firm.admin, stage.second.staff, Role::Staff);
    "staff.remove", |world, stage| world.staff().remove(stage.firm.admin, stage.second.staff);
    "staff.remove, an invitation", |world, stage| world.staff().remove(stage.firm.admin, stage.invited.0);

    "price_types.add", |world, stage| world.price_types().add(stage.firm.admin, "Wholesale");
    "price_types.rename", |world, stage| world.price_types().rename(stage.firm.admin, stage.price_type, "Wholesale");
    "price_types.set_state", |world, stage| {
        world.price_types().set_state(stage.firm.admin, stage.price_type, OfferState::Retired)
    };
    "carriers.add", |world, stage| world.carriers().add(stage.firm.admin, "By air");
    "carriers.rename", |world, stage| world.carriers().rename(stage.firm.admin, stage.carrier, "By air");
    "carriers.set_state", |world, stage| {
        world.carriers().set_state(stage.firm.admin, stage.carrier, OfferState::Retired)
    };
    "departments.add", |world, stage| world.departments().add(stage.firm.admin, "Box office");
    "staff.limit",
        after |world, stage| {
            world.department(&stage.firm, "Box office");
            world.staff().set_role(stage.firm.admin, stage.second.staff, Role::Staff).unwrap();
        },
        |world, stage| {
            let department = world.departments().list(stage.firm.admin, &Paging::default())?.items[0].id;
            world.staff().limit(stage.firm.admin, stage.second.staff, &[department])
        };
    "customers.create, told", |world, stage| world.customers().create(stage.firm.admin, &customer(), Notice::Mail);
    "customers.create, in silence",
        |world, stage| world.customers().create(stage.firm.admin, &customer(), Notice::Later);
    "customers.update", |world, stage| world.customers().update(stage.firm.admin, stage.inactive, &customer());
    "customers.import_many", partly GoesOn, steps 2, |world, stage| import_many(world, stage);
    "customers.notify", after |world, stage| _ = world.silent(&stage.firm, "silent@buyers.example"),
        |world, stage| {
            let silent = world.customers().lookup(stage.firm.admin, "silent@buyers.example")?[0].id;
            world.customers().notify(stage.firm.admin, silent)
        };

    "invites.replace", |world, stage| world.invites().replace(stage.firm.admin);
    "invites.disable", |world, stage| world.invites().disable(stage.firm.admin);
    "invites.enable", after |world, stage| world.invites().disable(stage.firm.admin).unwrap(),
        |world, stage| world.invites().enable(stage.firm.admin);
    "open", partly CountIsLost, |world, stage| world.invites().open(&stage.firm.slug);
    "start", |world, stage| world.invites().start(&stage.firm.slug, "new@buyers.example", Some("es"));
    "start, another code", after |world, _stage| world.wait_for_next_code(),
        |world, stage| world.invites().start(&stage.firm.slug, VISITING, None);
    "verify", |world, stage| world.invites().verify(stage.visiting.0, &stage.visiting.1);
    "verify, a wrong code", answers WrongCode, |world, stage| world.invites().verify(stage.visiting.0, "not this");
    "verify, too late", answers CodeExpired, after |world, _stage| world.later(world.policy().code_lifetime),
        |world, stage| world.invites().verify(stage.visiting.0, &stage.visiting.1);

    "submit", |world, stage| world.invites().submit(&stage.pass, &business());
    "withdraw", |world, stage| world.invites().withdraw(&stage.pending[0].pass);
    "approve",
        |world, stage| world.requests().approve(stage.firm.admin, stage.pending[0].request, &Decision::default());
    "reject", |world, stage| world.requests().reject(stage.firm.admin, stage.pending[0].request, &Decision::default());
    "decide_many", partly GoesOn, steps 4, |world, stage| decide_many(world, stage);
    "add_many", partly GoesOn, steps 2, |world, stage| add_many(world, stage);
    "expire", partly GoesOn, steps 2, after |world, _stage| world.later(LIFETIME),
        |world, _stage| world.requests().expire(10);

    "activate", |world, stage| world.customers().activate(stage.firm.admin, stage.inactive);
    "deactivate", |world, stage| world.customers().deactivate(stage.firm.admin, stage.nearly);
    "block", |world, stage| world.customers().block(stage.firm.admin, stage.nearly);
    "unblock", |world, stage| world.customers().unblock(stage.firm.admin, stage.blocked);
    "set_pricing", |world, stage| {
        world.customers().set_pricing(stage.firm.admin, stage.inactive, &PricingInput::of(stage.price_type))
    };
    "set_service", |world, stage| set_service(world, stage, stage.inactive);
    "set_service, the last step", |world, stage| set_service(world, stage, stage.nearly);

    "checkout.set", |world, stage| world.checkout().set(stage.firm.admin, &guests_only(), None);
    "checkout.inherit",
        after |world, stage| {
            let department = world.department(&stage.firm, "Box office");
            world.checkout().set(stage.firm.admin, &guests_only(), Some(department)).unwrap();
        },
        |world, stage| {
            let department = world.departments().list(stage.firm.admin, &Paging::default())?.items[0].id;
            world.checkout().inherit(stage.firm.admin, department)
        };
    "orders.record", |world, stage| {
        world.orders().record(stage.firm.admin, &order("O-3", "guest@buyers.example", world.now()))
    };
    "orders.link", |world, stage| world.orders().link(stage.firm.admin, stage.orders[0], stage.nearly);
    "orders.unlink", |world, stage| world.orders().unlink(stage.firm.admin, stage.orders[1]);

    "tags.create", |world, stage| world.tags().create(stage.firm.admin, "Weddings");
    "tags.add", |world, stage| world.tags().add(stage.firm.admin, stage.nearly, stage.tag);
    "tags.remove", |world, stage| world.tags().remove(stage.firm.admin, stage.inactive, stage.tag);
    "tags.apply_many", partly GoesOn, steps 2, |world, stage| tag_many(world, stage);
    "tags.undo", partly GoesOn, steps 2, after |world, stage| tag_many(world, stage).unwrap(),
        |world, stage| world.tags().undo(stage.firm.admin, "wednesday");
    "tags.discard", partly GoesOn, steps 2, |world, stage| world.tags().discard(stage.firm.admin, stage.tag);
    "tags.merge", partly GoesOn, steps 2, |world, stage| world.tags().merge(stage.firm.admin, stage.tag, stage.other_tag);

    "questions.add, the first", |world, stage| world.questions().add(stage.firm.admin, &asked("gift"), None);
    "questions.add", after |world, stage| with_question(world, stage),
        |world, stage| world.questions().add(stage.firm.admin, &asked("note"), None);
    "questions.update", after |world, stage| with_question(world, stage), |world, stage| {
        let question = question::QuestionInput { required: true, ..asked("gift") };
        world.questions().update(stage.firm.admin, &question, None)
    };
    "questions.remove", after |world, stage| with_question(world, stage),
        |world, stage| world.questions().remove(stage.firm.admin, "gift", None);
    "privacy.erase_person", partly GoesOn, steps 10,
        |world, stage| world.privacy().erase_person(stage.firm.admin, "inactive@buyers.example");
    "privacy.erase_login", partly GoesOn, steps 4,
        |world, stage| world.privacy().erase_login(stage.second.actor.login().unwrap_or_else(|| unreachable!()));

    "deliver", steps 6, |world, _stage| deliver(world, &|_: &Message| Ok(()), [3, 0, 0]);
    "deliver, not now", steps 6, |world, _stage| deliver(world, &|_: &Message| Err(Rejected::temporary("busy")), [0, 3, 0]);
    "deliver, never", steps 6,
        |world, _stage| deliver(world, &|_: &Message| Err(Rejected::permanent("no such mailbox")), [0, 0, 3]);
    "revive", |world, stage| world.mails().revive(stage.dead);

    "authenticate", |world, stage| world.logins().authenticate(&stage.firm.email, PASSWORD);
    "authenticate, a wrong password", answers WrongPassword,
        |world, stage| world.logins().authenticate(&stage.firm.email, "a wrong password");
    "change_password", steps 2, |world, stage| world.logins().change_password(&stage.session, PASSWORD, NEW);
    "request_reset", after |world, _stage| world.later(world.policy().code_interval),
        |world, stage| world.logins().request_reset(&stage.firm.email, Some("es"));
    "request_reset, unknown", |world, _stage| world.logins().request_reset("nobody@people.example", None);
    "reset", |world, stage| world.logins().reset(&stage.links.0, NEW);
    "request_email_change", steps 2, after |world, _stage| world.later(world.policy().code_interval),
        |world, stage| world.logins().request_email_change(&stage.session, "ada@others.example", PASSWORD, None);
    "confirm_email_change", |world, stage| world.logins().confirm_email_change(&stage.session, &stage.links.1);
    "set_locale", |world, stage| world.logins().set_locale(&stage.session, "es");

    "two_factor.enrol", steps 2, |world, stage| world.two_factor().enrol(&stage.session, PASSWORD, None);
    "two_factor.confirm",
        |world, stage| world.two_factor().confirm(&stage.session, &stage.app.code(world.now()));
    "two_factor.confirm, a wrong code", answers WrongCode,
        |world, stage| world.two_factor().confirm(&stage.session, "not this");
    "two_factor.confirm, too late", answers CodeExpired,
        after |world, _stage| world.later(world.policy().enrolment_lifetime),
        |world, stage| world.two_factor().confirm(&stage.session, &stage.app.code(world.now()));
    "two_factor.disable", steps 2,
        |world, stage| world.two_factor().disable(&stage.careful.session, PASSWORD, Some(&stage.careful.codes[0]));
    "two_factor.disable, a wrong code", steps 2, answers WrongCode,
        |world, stage| world.two_factor().disable(&stage.careful.session, PASSWORD, Some("not this"));
    "two_factor.renew_recovery_codes", steps 2, |world, stage| {
        let code = stage.careful.app.code(world.now());
        world.two_factor().renew_recovery_codes(&stage.careful.session, PASSWORD, Some(&code))
    };

    "sign_up, by a referral", |world, stage| world.companies().sign_up(&SignUp {
        attribution: Some(stage.other.1.clone()),
        ..World::sign_up_input("Rosas")
    });
    "invites.share", |world, stage| world.invites().share(stage.firm.admin);
    "companies.convert_trial",
        |world, stage| world.companies().convert_trial(stage.nearly_certified.1.admin);
    "companies.cancel_trial",
        |world, stage| world.companies().cancel_trial(stage.nearly_certified.1.admin);
    "partners.sign_up", |world, _stage| world.partners().sign_up(&World::partner_input("Atajo Partners"));
    "partners.update", |world, stage| {
        let input = PartnerInput { name: "Atajo Partners".into(), locale: "es".into() };
        world.partners().update(&stage.other.0.session, &input)
    };
    "partners.open_referral", |world, stage| world.partners().open_referral(&stage.other.0.slug, None);
    "partners.designate, another", steps 2, |world, stage| {
        world.partners().designate(&stage.session, &stage.other.0.number, PASSWORD, None)
    };
    "partners.clear", |world, stage| world.partners().clear(stage.firm.admin);
    "partners.clear, a tandem", |world, stage| world.partners().clear(stage.nearly_certified.1.admin);
    "partners.set_visit_notice",
        |world, stage| world.partners().set_visit_notice(stage.firm.admin, VisitNotice::Mail);
    "partners.log_in, the last task", |world, stage| {
        let (agency, firm) = &stage.nearly_certified;
        world.partners().log_in(&agency.session, firm.company, Some("set prices up"))
    };
    "partners.end_visit", |world, stage| world.partners().end_visit(stage.firm.admin, stage.inside.1);
    "partners.suspend", |world, stage| world.partners().suspend(stage.other.0.partner);
    "partners.restore", after |world, stage| world.partners().suspend(stage.other.0.partner).unwrap(),
        |world, stage| world.partners().restore(stage.other.0.partner);
    "price_types.add, by a partner", |world, stage| world.price_types().add(stage.inside.2, "Wholesale");
    "sessions.switch_to, and back", after |world, stage| world.switch_back(&stage.inside.0), |world, stage| {
        let identities = world.sessions().identities(&stage.inside.0.session)?;
        world.sessions().switch_to(&stage.inside.0.session, identities.last().expect("the visit").id)
    };
    "courses.publish", |world, _stage| publish(world);
    "courses.enable", after |world, stage| world.switch_back(&stage.inside.0),
        |world, stage| world.courses().enable(&stage.inside.0.session, stage.firm.company);
    "courses.signal", |world, stage| world.courses().signal(&fact(&stage.nearly_certified.1, "sold", "three"));
    "courses.signal, of before the course", partly GoesOn, steps 3,
        |world, stage| world.courses().signal(&fact(&stage.early, "sold", "one"));
    "courses.signal, moving on", partly GoesOn, steps 2, after |world, _stage| publish(world).unwrap(),
        |world, stage| world.courses().signal(&fact(&stage.nearly_certified.1, "sold", "three"));
    "courses.signal_many, of before the course", partly GoesOn, steps 3, |world, stage| {
        let firms = [&stage.early, &stage.nearly_certified.1, &stage.early];
        let signals = firms.iter().zip(["one", "two", "one"]).map(|(firm, key)| fact(firm, "sold", key));
        world.courses().signal_many(&signals.collect::<Vec<_>>())
    };
    "courses.onboarding, of before the course", partly GoesOn, steps 2,
        |world, stage| world.courses().onboarding(stage.early.admin, None);
}

fn publish(world: &World) -> Result<()> {
    let tasks = [TASKS[0], TASKS[1], TASKS[2], "ad commerce advertised optional"];
    world.courses().publish(&short_course(2, &tasks), CourseFormat::Toml).map(drop)
}

const NEW: &str = "ada keeps a better horse";

fn another_company(stage: &Stage) -> SignUp {
    SignUp { admin_email: stage.firm.email.clone(), ..World::sign_up_input("Rosas") }
}

fn renamed() -> CompanyInput {
    CompanyInput {
        name: "Flora Export y Hijos".into(),
        country: "EC".into(),
        locale: "es".into(),
        time_zone: "America/Guayaquil".into(),
        trial_ends: None,
    }
}

fn form() -> Vec<QuestionInput> {
    let (key, label, kind) = ("flowers".into(), "Which flowers?".into(), "text".into());
    vec![QuestionInput { key, label, kind, choices: Vec::new(), required: true }]
}

fn customer() -> CustomerInput {
    let (name, email, phone) = ("Rosa Campos".into(), "rosa@campos.example".into(), Some("02 600 1122".into()));
    CustomerInput { name, email, phone, ..CustomerInput::default() }
}

fn person(email: &str) -> StaffInput {
    StaffInput { email: email.into(), name: "Nora Nube".into(), role: Role::SalesManager }
}

/// Two requests that wait, and between them one that was decided, which is refused and stops nothing.
fn decide_many(world: &World, stage: &Stage) -> Result<()> {
    let [first, second] = &stage.pending;
    let requests = vec![first.request, stage.declined.request, second.request];
    let input = BulkDecision { requests, verdict: Verdict::Approve, decision: Decision::default() };
    let rows = world.requests().decide_many(stage.firm.admin, "monday", &input)?;
    let approved = rows.iter().map(|row| matches!(row.outcome, Outcome::Approved { .. }));
    assert_eq!(approved.collect::<Vec<_>>(), [true, false, true]);
    Ok(())
}

/// Two people, and between them one whom nobody can reach, which is refused and stops nothing.
fn add_many(world: &World, stage: &Stage) -> Result<()> {
    let users = ["uma@users.example", "nobody", "vera@users.example"];
    let users = users.map(|email| World::user_input(stage.nearly, email)).to_vec();
    let input = BulkUsers { users, csv: None, mode: BulkMode::Apply, first_row: 1 };
    let rows = world.users().add_many(stage.firm.admin, "tuesday", &input)?;
    let added = rows.iter().map(|row| matches!(row.outcome, UserOutcome::Added { .. }));
    assert_eq!(added.collect::<Vec<_>>(), [true, false, true]);
    Ok(())
}

/// Two customers, who are told, and between them one whom nobody can reach, which is refused and stops nothing.
fn import_many(world: &World, stage: &Stage) -> Result<()> {
    let text = "email,name\none@rows.example,One\nnobody,Nobody\nsilent@rows.example,Two\n".to_owned();
    let how = ImportHow { notice: Notice::Mail, ..ImportHow::of(TableFormat::Csv) };
    let input = ImportInput { how, text, first_row: 1 };
    let rows = world.customers().import_many(stage.firm.admin, "thursday", &input)?;
    let created = rows.iter().map(|row| matches!(row.outcome, ImportOutcome::Created { .. }));
    assert_eq!(created.collect::<Vec<_>>(), [true, false, true]);
    Ok(())
}

/// A customer that gets the tag, one that has it, and one that is not there.
fn tag_many(world: &World, stage: &Stage) -> Result<()> {
    let selection = Selection::Ids(vec![stage.nearly, stage.inactive, stage.tag.cast()]);
    let input = BulkTag { tag: stage.tag, change: TagChange::Add, selection, mode: BulkMode::Apply };
    let answer = world.tags().apply_many(stage.firm.admin, "wednesday", &input)?;
    assert_eq!([answer.changed, answer.unchanged, answer.refused], [1, 1, 1]);
    Ok(())
}

fn asked(key: &str) -> question::QuestionInput {
    let label = [("en".to_owned(), "Is it a gift?".to_owned())].into();
    question::QuestionInput { key: key.into(), label, ..question::QuestionInput::default() }
}

fn with_question(world: &World, stage: &Stage) {
    world.questions().add(stage.firm.admin, &asked("gift"), None).unwrap();
}

fn set_service(world: &World, stage: &Stage, customer: Id<Customer>) -> Result<()> {
    world.customers().set_service(stage.firm.admin, customer, &[("friday".into(), stage.carrier)]).map(drop)
}

/// Three mails: one to a visitor, and one to the Admins, who are two.
fn deliver(world: &World, mailer: &dyn Mailer, counts: [u32; 3]) -> Result<()> {
    let delivery = world.mails().deliver(mailer, 100)?;
    assert_eq!([delivery.sent, delivery.waiting, delivery.given_up], counts);
    Ok(())
}

fn guests_only() -> CheckoutInput {
    CheckoutInput { guests: Switch::On, accounts: Switch::Off }
}
