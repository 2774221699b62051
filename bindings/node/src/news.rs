//! The way from any thread to JavaScript: one function that hears everything, in the order in which it happened.

use std::sync::Arc;

use handfast_contract::{
    LogRecord, Logger, Message,
    node::{ToJs, Writing},
};
use napi::{
    Env, JsValue, Result, Status, Unknown,
    bindgen_prelude::{FnArgs, Function, ToNapiValue},
    sys,
    threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode},
};

use crate::operations::Outcome;

/// What JavaScript hears.
pub(crate) enum News {
    /// What came of a call.
    Done { call: u32, outcome: Outcome },
    /// A mail for the mailer of a call, who answers under the ticket.
    Mail { call: u32, ticket: u32, message: Box<Message> },
    /// How far a call has come.
    Progress { call: u32, done: u32, total: u32 },
    /// A line of the log.
    Log(LogRecord),
}

/// A value on its way into the engine.
pub struct Crossing(Box<dyn ToJs + Send>);

impl ToNapiValue for Crossing {
    #[allow(unsafe_code, reason = "the trait's own function is unsafe")]
    // SAFETY: the caller promises that `env` is valid, which is all that making a value in it needs
    unsafe fn to_napi_value(env: sys::napi_env, value: Self) -> Result<sys::napi_value> {
        value.0.to_js(&Env::from_raw(env)).map(|made| made.raw())
    }
}

/// What kind of news, of which call, and two values.
pub(crate) type Heard = FnArgs<(&'static str, u32, Crossing, Crossing)>;

/// Weak: that the process lives until a call is done is seen to by who waits for it.
type Teller = ThreadsafeFunction<News, (), Heard, Status, false, true>;

/// Tells JavaScript the news. Clones tell the same function.
#[derive(Clone)]
pub(crate) struct Wire(Arc<Teller>);

impl Wire {
    /// The way to the function `hear`.
    pub(crate) fn to(hear: &Function<'_, Heard, ()>) -> Result<Self> {
        let teller = hear.build_threadsafe_function::<News>().weak::<true>();
        Ok(Wire(Arc::new(teller.build_callback(|news| Ok(heard(news.value)))?)))
    }

    /// Tells; whether someone is still there to hear it.
    pub(crate) fn tell(&self, news: News) -> bool {
        self.0.call(news, ThreadsafeFunctionCallMode::NonBlocking) == Status::Ok
    }
}

impl Logger for Wire {
    fn log(&self, record: LogRecord) {
        self.tell(News::Log(record));
    }
}

fn heard(news: News) -> Heard {
    let (kind, call, first, second): (_, _, Box<dyn ToJs + Send>, Box<dyn ToJs + Send>) = match news {
        News::Done { call, outcome: Ok(value) } => ("done", call, Box::new(()), value),
        News::Done { call, outcome: Err(failure) } => ("done", call, Box::new(failure), Box::new(())),
        News::Mail { call, ticket, message } => ("mail", call, Box::new(ticket), message),
        News::Progress { call, done, total } => ("progress", call, Box::new(done), Box::new(total)),
        News::Log(record) => ("log", 0, Box::new(Line(record)), Box::new(())),
    };
    FnArgs { data: (kind, call, Crossing(first), Crossing(second)) }
}

/// A line of the log as JavaScript has it.
struct Line(LogRecord);

impl ToJs for Line {
    fn to_js<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        let mut line = Writing::begin(env)?;
        line.set(c"level", &self.0.level)?;
        line.set(c"target", &self.0.target)?;
        line.set(c"message", &self.0.message)?;
        Ok(line.done())
    }
}
