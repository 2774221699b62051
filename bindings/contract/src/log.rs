//! What the library says while it works, to the host's own logger.

use std::{
    cell::Cell,
    fmt::Write as _,
    sync::{Arc, OnceLock},
};

use tracing::{
    Dispatch, Event, Level, Subscriber,
    field::{Field, Visit},
    subscriber::NoSubscriber,
};
use tracing_subscriber::{Layer, Registry, layer::Context, prelude::*};

use crate::shape::choice;

choice! {
    /// How much a line of the log matters.
    pub enum LogLevel {
        /// Something failed.
        Error = "error",
        /// Something is not as it should be.
        Warn = "warn",
        /// Something of note.
        Info = "info",
        /// Every call.
        Debug = "debug",
        /// Everything.
        Trace = "trace",
    }
}

/// A line of the log. It holds no secret and nothing that a person typed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "mobile", derive(uniffi::Record))]
pub struct LogRecord {
    /// How much it matters.
    pub level: LogLevel,
    /// The part of the library that says it.
    pub target: String,
    /// What it says, with its values: `done operation=invites.open`.
    pub message: String,
}

/// Hears what the library says. It may be called from any thread, many at once.
pub trait Logger: Send + Sync {
    /// One line.
    fn log(&self, record: LogRecord);
}

impl<F: Fn(LogRecord) + Send + Sync> Logger for F {
    fn log(&self, record: LogRecord) {
        self(record);
    }
}

/// Makes sure that no logger is missed. While `tracing` knows of one subscriber at most, a thread that comes upon an
/// event for the first time asks only its own and writes down for all that nobody listens, whoever begins to meanwhile;
/// so it always knows of two.
pub(crate) fn prepare() {
    static KNOWN: OnceLock<[Dispatch; 2]> = OnceLock::new();
    KNOWN.get_or_init(|| [(); 2].map(|()| Dispatch::new(NoSubscriber::default())));
}

/// Where the events of one handle's calls go.
pub(crate) fn dispatch(logger: Arc<dyn Logger>) -> Dispatch {
    Dispatch::new(Registry::default().with(ToLogger(logger)))
}

thread_local! {
    static LOGGING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a logger is at work on this thread. What it asks of the library is not logged: it would have no end.
pub(crate) fn is_logging() -> bool {
    LOGGING.get()
}

/// That a logger is at work, until it returns or unwinds.
struct AtWork;

impl AtWork {
    fn begin() -> Self {
        LOGGING.set(true);
        AtWork
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        LOGGING.set(false);
    }
}

struct ToLogger(Arc<dyn Logger>);

impl<S: Subscriber> Layer<S> for ToLogger {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let level = match *event.metadata().level() {
            Level::ERROR => LogLevel::Error,
            Level::WARN => LogLevel::Warn,
            Level::INFO => LogLevel::Info,
            Level::DEBUG => LogLevel::Debug,
            Level::TRACE => LogLevel::Trace,
        };
        let (mut message, mut values) = (String::new(), String::new());
        event.record(&mut Words { message: &mut message, values: &mut values });
        message.push_str(&values);
        let _at_work = AtWork::begin();
        self.0.log(LogRecord { level, target: event.metadata().target().to_owned(), message });
    }
}

/// The words of an event: its message, then ` name=value` for each field.
struct Words<'a> {
    message: &'a mut String,
    values: &'a mut String,
}

impl Visit for Words<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        // writing to a String does not fail
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.values, " {name}={value:?}"),
        };
    }
}
