//! The library as JavaScript holds it.

use std::{sync::Arc, thread};

use handfast_contract::{Code, Failure, Handle, Logger, ManualClock, Permanence, Rejection, Settings, node::ToJs};
use napi::{
    Env, Result,
    bindgen_prelude::{Array, Function, JavaScriptClassExt, ToNapiValue, Unknown, spawn_blocking},
};
use napi_derive::napi;

use crate::{
    callback::Tickets,
    clock::NodeClock,
    news::{Heard, News, Wire},
    operations::{Arguments, Call, Outcome, asked},
    thrown,
};

/// An open library. Whatever takes the number of a call answers through the function that the handle was opened with.
#[napi(js_name = "Handle")]
pub struct NodeHandle(Arc<Shared>);

/// What the calls that are under way need.
struct Shared {
    handle: Handle,
    wire: Wire,
    tickets: Tickets,
}

impl Shared {
    /// Tells how far a call has come, if that is wanted.
    fn advanced(&self, call: u32, tells: bool, done: u32, total: u32) {
        if tells {
            self.wire.tell(News::Progress { call, done, total });
        }
    }
}

/// What opening takes.
struct Opening {
    url: String,
    settings: Settings,
    clock: Option<ManualClock>,
    wire: Wire,
    logger: Option<Arc<dyn Logger>>,
}

impl Opening {
    fn open(self) -> std::result::Result<Arc<Shared>, Failure> {
        let handle = Handle::open_with(&self.url, self.settings, self.clock, self.logger)?;
        Ok(Arc::new(Shared { handle, wire: self.wire, tickets: Tickets::default() }))
    }
}

/// A handle that was opened on another thread.
struct Opened(Arc<Shared>);

impl ToJs for Opened {
    fn to_js<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        NodeHandle(Arc::clone(&self.0)).into_instance(env)?.into_unknown(env)
    }
}

/// Does the work on a thread of its own pool: a call that waits for the disk holds up nobody.
fn run(wire: Wire, call: u32, work: impl FnOnce() -> Outcome + Send + 'static) {
    spawn_blocking(move || wire.tell(News::Done { call, outcome: work() }));
}

/// Opens the library, at once if no call is numbered.
#[napi(catch_unwind)]
pub fn open(
    env: &Env,
    hear: Function<'_, Heard, ()>,
    call: Option<u32>,
    given: Array<'_>,
    clock: Option<&NodeClock>,
    logs: bool,
) -> Result<Option<NodeHandle>> {
    let mut arguments = Arguments::new(&given);
    let mut take = || Ok((arguments.next("url")?, arguments.next::<Option<Settings>>("settings")?.unwrap_or_default()));
    let (url, settings) = take().map_err(|unfit| thrown::unfit(*env, unfit))?;
    let wire = Wire::to(&hear)?;
    let logger = logs.then(|| Arc::new(wire.clone()) as Arc<dyn Logger>);
    let opening = Opening { url, settings, clock: clock.map(|clock| clock.0.clone()), wire: wire.clone(), logger };
    match call {
        Some(call) => {
            run(wire, call, move || Ok(Box::new(Opened(opening.open()?))));
            Ok(None)
        }
        None => match opening.open() {
            Ok(shared) => Ok(Some(NodeHandle(shared))),
            Err(failure) => Err(thrown::failure(env, &failure)),
        },
    }
}

#[napi]
impl NodeHandle {
    /// Does an operation on a thread of the pool.
    #[napi(catch_unwind)]
    pub fn call(&self, env: Env, call: u32, operation: String, given: Array<'_>) -> Result<()> {
        let (work, shared) = (self.work(env, &operation, &given)?, Arc::clone(&self.0));
        run(self.0.wire.clone(), call, move || work.carry_out(&shared.handle, &|_, _| {}));
        Ok(())
    }

    /// Does an operation at once.
    #[napi(catch_unwind)]
    pub fn call_sync<'env>(&self, env: &'env Env, operation: String, given: Array<'_>) -> Result<Unknown<'env>> {
        let work = self.work(*env, &operation, &given)?;
        match work.carry_out(&self.0.handle, &|_, _| {}) {
            Ok(value) => value.to_js(env),
            Err(failure) => Err(thrown::failure(env, &failure)),
        }
    }

    fn work(&self, env: Env, operation: &str, given: &Array<'_>) -> Result<Call> {
        let work = asked(operation, Arguments::new(given)).map_err(|unfit| thrown::unfit(env, unfit))?;
        work.ok_or_else(|| thrown::type_error(env, format!("there is no operation `{operation}`")))
    }

    /// Delivers mails; each is told as news and waits for its answer.
    #[napi(catch_unwind)]
    pub fn deliver(&self, env: Env, call: u32, given: Array<'_>) -> Result<()> {
        let limit: u32 = Arguments::new(&given).next("limit").map_err(|unfit| thrown::unfit(env, unfit))?;
        let shared = Arc::clone(&self.0);
        self.on_own_thread(call, move || {
            let mailer = |message| shared.tickets.ask(&shared.wire, call, message);
            Ok(Box::new(shared.handle.mails().deliver(&mailer, limit)?))
        });
        Ok(())
    }

    /// What the mailer says about the mail of a ticket: nothing, or why it did not take it.
    #[napi(catch_unwind)]
    pub fn answer(&self, ticket: u32, reason: Option<String>, permanent: bool) {
        let permanence = if permanent { Permanence::Permanent } else { Permanence::Temporary };
        self.0.tickets.answer(ticket, reason.map_or(Ok(()), |reason| Err(Rejection { reason, permanence })));
    }

    /// Does an operation on many rows on a thread of its own; how far it has come is told as news if wanted.
    #[napi(catch_unwind)]
    pub fn bulk(&self, env: Env, call: u32, operation: String, given: Array<'_>, tells: bool) -> Result<()> {
        let (work, shared) = (self.work(env, &operation, &given)?, Arc::clone(&self.0));
        self.on_own_thread(call, move || {
            let tell = |done, total| shared.advanced(call, tells, done, total);
            work.carry_out(&shared.handle, &tell)
        });
        Ok(())
    }

    /// Copies to another database on a thread of its own; how far it has come is told as news if wanted.
    #[napi(catch_unwind)]
    pub fn copy_to(&self, env: Env, call: u32, given: Array<'_>, tells: bool) -> Result<()> {
        let mut arguments = Arguments::new(&given);
        let mut take = || Ok((arguments.next::<String>("url")?, arguments.next::<bool>("live")?));
        let (url, live) = take().map_err(|unfit| thrown::unfit(env, unfit))?;
        let shared = Arc::clone(&self.0);
        self.on_own_thread(call, move || {
            let tell = |done, total| shared.advanced(call, tells, done, total);
            Ok(Box::new(shared.handle.copy_to(&url, live, &tell)?))
        });
        Ok(())
    }

    /// Panics inside a call: for a host that wants to see that it survives.
    #[napi(catch_unwind)]
    pub fn provoke_panic(&self, call: u32) {
        let shared = Arc::clone(&self.0);
        run(self.0.wire.clone(), call, move || {
            shared.handle.provoke_panic()?;
            Ok(Box::new(()))
        });
    }

    /// Ends it: calls that are under way finish, later ones are refused with `closed`.
    #[napi(catch_unwind)]
    pub fn close(&self) {
        self.0.handle.close();
    }

    /// What waits for JavaScript gets a thread of its own: were it one of the pool, as many deliveries as the pool has
    /// threads would leave none for the calls that their mailers make.
    fn on_own_thread(&self, call: u32, work: impl FnOnce() -> Outcome + Send + 'static) {
        let wire = self.0.wire.clone();
        let name = "handfast-callbacks".to_owned();
        let started = thread::Builder::new().name(name).spawn(move || wire.tell(News::Done { call, outcome: work() }));
        if let Err(error) = started {
            let message = format!("no thread could be started: {error}");
            self.0.wire.tell(News::Done { call, outcome: Err(thrown::failed(Code::Internal, message)) });
        }
    }
}

impl Drop for NodeHandle {
    fn drop(&mut self) {
        self.0.tickets.give_up();
    }
}
