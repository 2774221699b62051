use std::{
    collections::BTreeMap,
    ffi::OsString,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use handfast::{
    Clock, Handfast, SystemRandom, Timestamp,
    mail::{Mail, MailState},
    secret::{HashingCost, Keyring},
    store::{Paging, Store},
};
use handfast_contract::{Handle, ManualClock, shape::Fits};
use handfast_sqlite::SqliteStore;
use serde_json::{Map, Value};

use super::{
    call::call,
    captures::Captures,
    duration,
    expected::{difference, difference_of_errors, short},
    failure::{Failure, Stop},
    file::{Action, Hands, Scenario, Step, Then},
    outbox::Outbox,
    seeded::Seeded,
};

/// Plays scenarios on a store.
pub struct Player {
    store: Arc<dyn Store>,
    secrets: Secrets,
    mails: Option<PathBuf>,
}

/// Where keys, ids, codes and tokens come from, and what passwords cost.
enum Secrets {
    /// The same in every run: for a store that is thrown away.
    Rehearsed(Seeded),
    /// Real ones, under the key file at this path.
    Real(PathBuf),
}

/// What was played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Played {
    /// How many steps.
    pub steps: usize,
    /// How many mails arrived.
    pub mails: usize,
}

/// One step that was played, as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// From 1.
    pub number: usize,
    /// The operation, or `clock`.
    pub operation: String,
    /// What the scenario says of it.
    pub say: String,
    /// The code that it was refused with, as expected.
    pub refused: Option<String>,
}

/// So much later than the one before each step begins: no two share their moment, and lists that are ordered by time
/// have one order only.
const TICK: Duration = Duration::from_millis(1);

impl Player {
    /// Plays on a store that is empty and not kept: every run is the same to the last id, and passwords are hashed
    /// at the least cost.
    pub fn new(store: impl Store) -> Self {
        Player { store: Arc::new(store), secrets: Secrets::Rehearsed(Seeded::new(1)), mails: None }
    }

    /// The same with other ids, codes and links.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        Player { secrets: Secrets::Rehearsed(Seeded::new(seed)), ..self }
    }

    /// Plays on the SQLite file at `path`, with the key file `path.key` beside it: with real secrets, and from the
    /// moment on at which the last play on it ended.
    pub fn on_file(path: impl AsRef<Path>) -> handfast::Result<Self> {
        let path = path.as_ref();
        let store = SqliteStore::open(path)?;
        Ok(Player { store: Arc::new(store), secrets: Secrets::Real(key_file(path)), mails: None })
    }

    /// Also writes the mails that arrive as `.eml` files into this folder.
    #[must_use]
    pub fn writing_mails_to(mut self, folder: impl Into<PathBuf>) -> Self {
        self.mails = Some(folder.into());
        self
    }

    /// Plays all steps. The first that does not do what the scenario expects ends the play; what was committed before
    /// it stays.
    pub fn play(&self, scenario: &Scenario) -> Result<Played, Failure> {
        self.play_and_tell(scenario, |_| {})
    }

    /// The same; `tell` hears of every step that was played.
    pub fn play_and_tell(&self, scenario: &Scenario, mut tell: impl FnMut(Told)) -> Result<Played, Failure> {
        let failed = |error: handfast::Error| Failure::of_file(&scenario.file, format!("cannot begin: {error}"));
        let mut play = self.begin(scenario).map_err(failed)?;
        for (step, number) in scenario.steps.iter().zip(1..) {
            let named = || {
                let name = step.get("do").and_then(Value::as_str);
                (number, name.unwrap_or(if step.get("clock").is_some() { "clock" } else { "?" }).to_owned())
            };
            let fail = |reason| Failure { file: scenario.file.clone(), step: Some(named()), reason };
            let Step { say, action } = Step::read(step).map_err(fail)?;
            let refused = play.act(&action).map_err(fail)?;
            tell(Told { number, operation: named().1, say, refused });
        }
        Ok(Played { steps: scenario.steps.len(), mails: play.outbox.count() })
    }

    fn begin(&self, scenario: &Scenario) -> handfast::Result<Play> {
        let clock = ManualClock::new(scenario.starts.into());
        let policy = scenario.policy.clone().fit()?;
        let builder = Handfast::builder(Arc::clone(&self.store)).clock(clock.clone()).policy(policy);
        let builder = match &self.secrets {
            Secrets::Rehearsed(random) => builder.random(random.clone()).hashing(HashingCost::INSECURE_FOR_TESTS),
            Secrets::Real(path) => builder.keyring(Keyring::at(path, &SystemRandom)?),
        };
        let handfast = builder.build()?;
        clock.set(scenario.starts.max(latest(&handfast)?).into());
        let outbox = Outbox::new(self.mails.clone());
        Ok(Play { handle: Handle::from(handfast), clock, outbox, captures: Captures::default() })
    }
}

/// The key file of a database: `shop.db.key` beside `shop.db`.
pub(crate) fn key_file(database: &Path) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(".key");
    name.into()
}

/// When the last mail was queued or tried: every story ends with mails, so nothing of note is later.
fn latest(handfast: &Handfast) -> handfast::Result<Timestamp> {
    let mut latest = Timestamp::MIN;
    for state in MailState::ALL {
        let last = handfast.list(Mail::of_state(*state).descending(), &Paging::first(1))?;
        latest = last.items.iter().map(|mail| mail.due).fold(latest, Timestamp::max);
    }
    Ok(latest)
}

/// One play, in the middle of it.
struct Play {
    handle: Handle,
    clock: ManualClock,
    outbox: Outbox,
    captures: Captures,
}

impl Play {
    /// Plays one step; gives the code of a refusal that was expected, or what went wrong.
    fn act(&mut self, action: &Action) -> Result<Option<String>, String> {
        match action {
            Action::Clock(Hands::Set(at)) => self.clock.set((*at).into()),
            Action::Clock(Hands::Advance(by)) => self.clock.advance(duration::parse(by)?.into()),
            Action::Call { operation, actor, with, then } => {
                self.clock.advance(TICK.into());
                let result = self.call(operation, actor.as_ref(), with);
                return self.judge(result, then);
            }
        }
        Ok(None)
    }

    fn call(&self, operation: &str, actor: Option<&Value>, with: &Map<String, Value>) -> Result<Value, Stop> {
        let fill = |value: &Value| self.captures.fill(value, self.now()).map_err(Stop::Wrong);
        let actor = actor.map(fill).transpose()?;
        let with = with.iter().map(|(name, value)| Ok((name.clone(), fill(value)?))).collect::<Result<_, Stop>>()?;
        call(&self.handle, &self.outbox, operation, actor, with)
    }

    fn judge(&mut self, result: Result<Value, Stop>, then: &Then) -> Result<Option<String>, String> {
        match (result, then) {
            (Err(Stop::Wrong(reason)), _) => Err(reason),
            (Err(Stop::Refused(error)), Then::Fails(expected)) => match difference_of_errors(expected, &error) {
                Some(difference) => Err(difference),
                None => Ok(Some(expected.code.clone())),
            },
            (Err(Stop::Refused(error)), Then::Succeeds { .. }) => {
                Err(format!("refused with `{}`: {}", error.code, error.message))
            }
            (Ok(result), Then::Fails(expected)) => {
                Err(format!("expected the error `{}`, got {}", expected.code, short(&result)))
            }
            (Ok(result), Then::Succeeds { expect, capture }) => {
                let expected = expect.as_ref().map(|expect| self.captures.fill(expect, self.now())).transpose()?;
                match expected.and_then(|expected| difference(&expected, &result)) {
                    Some(difference) => Err(difference),
                    None => self.capture(&result, capture).map(|()| None),
                }
            }
        }
    }

    fn now(&self) -> Timestamp {
        Clock::now(&self.clock)
    }

    /// Keeps parts of the result, by pointer; `code`, `link`, `token` and `password` are those of the newest mail with
    /// one.
    fn capture(&mut self, result: &Value, capture: &BTreeMap<String, String>) -> Result<(), String> {
        for (name, place) in capture {
            let captured = match place.as_str() {
                "code" | "link" | "token" | "password" => {
                    self.outbox.newest(place).ok_or(format!("no mail holds a {place}"))?
                }
                pointer => result.pointer(pointer).cloned().ok_or_else(|| {
                    format!(
                        "nothing to capture as `{name}` at `{pointer}`: use a JSON pointer, `code`, `link`, `token` or \
                         `password`"
                    )
                })?,
            };
            self.captures.keep(name, captured);
        }
        Ok(())
    }
}
