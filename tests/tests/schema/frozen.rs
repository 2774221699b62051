use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
    time::Duration,
};

use handfast::{
    Actor, Code, Handfast, Id, SCHEMA, SystemRandom,
    company::{Company, Role, StaffInput},
    course::CourseFormat::Toml,
    customer::{CustomerFilter, CustomerState},
    invite::{Funnel, Visit},
    login::Login,
    mail::{MailKind, MailState, Message, Rejected},
    partner::Partner,
    request::{BulkDecision, Decision, Outcome, Request, RequestState, Verdict},
    secret::{HashingCost, Keyring},
    store::Paging,
};
use handfast_sqlite::{
    SqliteStore,
    rusqlite::{Connection, OpenFlags},
};
use handfast_tests::{
    Firm, Hands, PASSWORD, ROOT_KEY, Seeded, StoreKind, World, business, rules::broken_rules, short_course,
};
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

/// What must be known of a story to go on with it.
#[derive(Serialize, Deserialize)]
struct Known {
    company: Id<Company>,
    admin: Id<Login>,
    /// What the visitor holds whose request waits.
    pass: String,
    pending: Id<Request>,
    /// What was decided under the key `monday`.
    decided: Id<Request>,
    /// Someone whose code is in the outbox.
    visiting: Id<Visit>,
    /// A partner in the company's account; none in files of before there were any.
    #[serde(default)]
    inside: Option<Inside>,
}

/// A certified partner in the company's account.
#[derive(Serialize, Deserialize)]
struct Inside {
    session: String,
    partner: Id<Partner>,
    number: String,
    certificate: String,
}

const INVITED: &str = "nora@people.example";
const VISITING: &str = "visiting@buyers.example";

#[test]
fn every_older_file_is_read_and_gone_on_with() {
    for fixture in fixtures() {
        let copy = Copy::of(fixture);
        let (handfast, known) = (copy.open(), copy.known());
        let host = Actor::host(known.company);
        must_tell_the_story(&handfast, &known);
        must_go_on(&handfast, &known);
        let connection = Connection::open(&copy.path).unwrap();
        assert_eq!(broken_rules(&handfast, &connection), [""; 0], "{fixture:?}");
        let funnel = Funnel { opened: 1, verified: 6, submitted: 6, approved: 4, activated: 1 };
        assert_eq!(handfast.invites().funnel(host).unwrap(), funnel, "{fixture:?}");
    }
}

#[test]
fn an_older_file_gets_the_tables_of_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let new = folder.path().join("new.db");
    Handfast::builder(SqliteStore::open(&new).unwrap()).build().unwrap();
    for fixture in fixtures() {
        let copy = Copy::of(fixture);
        copy.open();
        assert_eq!(tables(&copy.path), tables(&new), "{fixture:?}: see the page of this test on how to make it anew");
    }
}

#[test]
fn every_schema_has_its_file() {
    let names: Vec<_> = fixtures().iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    let due: Vec<_> = (1..=SCHEMA.version.0).map(|version| format!("schema_{version:03}.db")).collect();
    assert_eq!(names, due);
}

/// The tables and indexes of a file, as they were declared.
fn tables(path: &Path) -> Vec<(String, String)> {
    let connection = Connection::open(path).unwrap();
    let query = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name";
    let mut statement = connection.prepare(query).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn must_tell_the_story(handfast: &Handfast, known: &Known) {
    let (admin, host) = (Actor::staff(known.admin, known.company), Actor::host(known.company));
    assert_eq!(handfast.logins().authenticate("admin@floraexport.example", PASSWORD).unwrap(), known.admin);
    assert_eq!(handfast.companies().get(admin).unwrap().name.as_str(), "Flora Export");
    let funnel = Funnel { opened: 1, verified: 5, submitted: 5, approved: 3, activated: 1 };
    assert_eq!(handfast.invites().funnel(admin).unwrap(), funnel);
    let found = handfast
        .customers()
        .search(admin, "rosas ready", &CustomerFilter::default(), &Paging::first(10))
        .unwrap()
        .items;
    let [ready] = &found[..] else { panic!("{found:?}") };
    assert!(handfast.customers().can_order(admin, ready.id).unwrap().yes);
    // words that files of before the directory did not have
    let filter = CustomerFilter { state: Some(CustomerState::Active), ..CustomerFilter::default() };
    let found = handfast.customers().search(admin, "02 600-1122", &filter, &Paging::first(10)).unwrap().items;
    assert_eq!(found.iter().map(|found| found.id).collect::<Vec<_>>(), [ready.id]);
    let waiting = handfast.customers().list(admin, Some(CustomerState::Inactive), &Paging::first(10)).unwrap().items;
    assert_eq!(waiting.len(), 2);
    let view = handfast.invites().standing(&known.pass).unwrap().unwrap();
    assert_eq!((view.id, view.state), (known.pending, RequestState::Pending));
    let rejected = handfast.requests().list(host, RequestState::Rejected, &Paging::first(10)).unwrap().items;
    assert_eq!(rejected.len(), 1);
    let events = handfast.events().list(admin, &Default::default(), &Paging::first(500)).unwrap().items;
    assert_eq!(events.last().unwrap().what.as_str(), "company_signed_up");
    assert_eq!(handfast.mails().list(MailState::Dead, &Paging::first(10)).unwrap().items.len(), 1);
    let partner = handfast.partners().designated(admin).unwrap().map(|found| found.number.to_string());
    assert_eq!(partner.as_ref(), known.inside.as_ref().map(|inside| &inside.number));
    if let Some(inside) = &known.inside {
        let actor = handfast.sessions().resolve(&inside.session).unwrap().actor().unwrap();
        assert_eq!(handfast.companies().get(actor).unwrap().id, known.company);
        let verified = handfast.courses().verify(&inside.certificate, None).unwrap();
        assert_eq!(verified.name.as_str(), "Camino Consulting");
        let visits = handfast.partners().visits(admin, &Paging::first(10)).unwrap().items;
        assert_eq!(visits[0].reason.as_ref().map(|reason| reason.as_str()), Some("set prices up"));
    }
}

fn must_go_on(handfast: &Handfast, known: &Known) {
    let host = Actor::host(known.company);
    let again = decide(handfast, host, known.decided);
    assert!(matches!(again, Outcome::Approved { .. }), "{again:?}");
    let approved = handfast.requests().approve(host, known.pending, &Decision::default()).unwrap();
    handfast.customers().activate(host, approved.customer.id).unwrap();
    // the mails that wait hold a code and a link, sealed by the key beside the file
    let post = std::sync::Mutex::new(handfast_tests::Post::default());
    let mailer = |message: &Message| {
        post.lock().unwrap().0.push(message.clone());
        Ok(())
    };
    assert_eq!(handfast.mails().deliver(&mailer, 100).unwrap().failures, []);
    let post = post.into_inner().unwrap();
    let verified = handfast.invites().verify(known.visiting, &post.to(VISITING).code()).unwrap();
    handfast.invites().submit(verified.pass.expose(), &business()).unwrap();
    let staff = handfast.staff().accept(&post.to(INVITED).token(), Some(PASSWORD)).unwrap();
    handfast.staff().set_role(host, staff.id, Role::Admin).unwrap();
    if let Some(inside) = &known.inside {
        go_on_as_partner(handfast, host, inside);
    }
}

fn go_on_as_partner(handfast: &Handfast, host: Actor, inside: &Inside) {
    let actor = handfast.sessions().resolve(&inside.session).unwrap().actor().unwrap();
    handfast.price_types().add(actor, "Wholesale").unwrap();
    handfast.courses().publish(&short_course(2, &[TASKS[0], TASKS[1], "more commerce more"]), Toml).unwrap();
    let pages = handfast.courses().onboarding(host, None).unwrap();
    assert_eq!((pages.tasks.completed, pages.tasks.total), (1, 2));
    for rebuilt in [
        handfast.courses().rebuild_company(host.company()).unwrap(),
        handfast.courses().rebuild_partner(inside.partner).unwrap(),
    ] {
        assert!(rebuilt.added.is_empty() && rebuilt.unfounded.is_empty(), "{rebuilt:?}");
    }
    handfast.partners().clear(host).unwrap();
    assert_eq!(handfast.price_types().add(actor, "Retail").unwrap_err().code(), Code::AccessEnded);
}

fn decide(handfast: &Handfast, host: Actor, request: Id<Request>) -> Outcome {
    let (requests, decision) = (vec![request], Decision::default());
    let input = BulkDecision { requests, verdict: Verdict::Approve, decision };
    handfast.requests().decide_many(host, "monday", &input).unwrap().remove(0).outcome
}

/// A copy of a frozen file with what belongs to it, to be worked on.
pub(crate) struct Copy {
    pub(crate) path: PathBuf,
    _folder: TempDir,
}

impl Copy {
    pub(crate) fn of(fixture: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        fs::copy(fixture, &path).unwrap();
        fs::copy(fixture.with_extension("json"), path.with_extension("json")).unwrap();
        keep_key(&path, &fs::read_to_string(fixture.with_extension("key")).unwrap());
        Copy { path, _folder: folder }
    }

    /// Opens it some minutes after the story.
    fn open(&self) -> Handfast {
        let (store, clock) = (SqliteStore::open(&self.path).unwrap(), Hands::at("2026-11-22T10:05:00Z"));
        let keyring = Keyring::at(self.path.with_extension("key"), &SystemRandom).unwrap();
        let builder = Handfast::builder(store).clock(clock).random(Seeded::new(9)).keyring(keyring);
        builder.hashing(HashingCost::INSECURE_FOR_TESTS).build().unwrap()
    }

    fn known(&self) -> Known {
        serde_json::from_slice(&fs::read(self.path.with_extension("json")).unwrap()).unwrap()
    }
}

/// Puts a key file beside a database, for its owner alone: versions of files do not keep that.
fn keep_key(database: &Path, key: &str) {
    let path = database.with_extension("key");
    fs::write(&path, key).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}

/// The frozen files, the oldest first; today's is made anew before, when that is asked for.
pub(crate) fn fixtures() -> &'static [PathBuf] {
    static FIXTURES: OnceLock<Vec<PathBuf>> = OnceLock::new();
    FIXTURES.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        if env::var_os("HANDFAST_FREEZE").is_some_and(|set| set == "1") {
            freeze(&folder.join(format!("schema_{:03}.db", SCHEMA.version.0)));
        }
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "db")).collect();
        files.sort();
        files
    })
}

/// Plays the story on a new file at `path`.
fn freeze(path: &Path) {
    let _ = fs::remove_file(path);
    let known = {
        let world = World::on(StoreKind::Sqlite, Arc::new(SqliteStore::open(path).unwrap()), 1, |_| {});
        story(&world)
    };
    // one file, without a log beside it
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); VACUUM;").unwrap();
    drop(connection);
    keep_key(path, &format!("{ROOT_KEY}\n"));
    fs::write(path.with_extension("json"), serde_json::to_string_pretty(&known).unwrap() + "\n").unwrap();
}

fn story(world: &World) -> Known {
    let firm = world.firm("Flora Export");
    let host = firm.host();
    world.invites().open(&firm.slug).unwrap();
    world.ready(&firm, "ready@buyers.example");
    world.approved(&firm, "inactive@buyers.example");
    let decided = world.filed(&firm, "bulk@buyers.example").request;
    decide(world, host, decided);
    world.deliver();
    let rejected = world.filed(&firm, "rejected@buyers.example").request;
    world.deliver();
    let decision = Decision { reason: Some("Too far away.".into()), note: Some("Quito only.".into()) };
    world.requests().reject(host, rejected, &decision).unwrap();
    world.mails().deliver(&|_: &Message| Err(Rejected::permanent("no such mailbox")), 100).unwrap();
    let pending = world.filed(&firm, "pending@buyers.example");
    world.deliver();
    world.later(Duration::from_secs(60));
    let inside = Some(inside(world, &firm));
    let input = StaffInput { email: INVITED.into(), name: "Nora Nube".into(), role: Role::SalesManager };
    world.staff().invite(host, &input).unwrap();
    let visiting = world.invites().start(&firm.slug, VISITING, Some("es")).unwrap().visit;
    let (company, admin) = (firm.company, firm.admin.login().unwrap());
    assert_eq!(world.delivered().of(MailKind::ReadyToBuy).len(), 1);
    Known { company, admin, pass: pending.pass, pending: pending.request, decided, visiting, inside }
}

const TASKS: [&str; 2] = ["login partner client_logged_in", "share commerce invite_link_shared"];

/// Lets a partner be certified with the company, and stay in its account.
fn inside(world: &World, firm: &Firm) -> Inside {
    world.courses().publish(&short_course(1, &TASKS), Toml).unwrap();
    let agency = world.careful_agency("Camino Consulting");
    world.link(firm, &agency);
    world.courses().enable(&agency.session, firm.company).unwrap();
    world.invites().share(firm.host()).unwrap();
    world.partners().log_in(&agency.session, firm.company, Some("see around")).unwrap();
    world.switch_back(&agency);
    let certificate = world.courses().certificate(&agency.session, None).unwrap().number.to_string();
    world.tick();
    world.partners().log_in(&agency.session, firm.company, Some("set prices up")).unwrap();
    let number = agency.number.replace(' ', "");
    Inside { session: agency.session, partner: agency.partner, number, certificate }
}
