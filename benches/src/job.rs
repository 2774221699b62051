//! Single jobs, and how the library does one.

use std::hint::black_box;

use handfast::{
    Actor, Handfast, Id,
    company::Company,
    course::{SignalInput, SignalRow},
    customer::{Customer, CustomerFilter, Missing},
    partner::{Client, ClientFilter, Tandem},
    request::{BusinessInput, Decision, Request, RequestState},
    session::{Context, Resolved},
    store::{Cursor, Paging},
};

use crate::Result;

/// One job.
pub(crate) enum Job {
    /// A verified visitor files a request.
    Submit { pass: String, input: Box<BusinessInput> },
    /// A pending request is approved.
    Approve { request: Id<Request> },
    /// A customer that lacks only this is activated, and can order from now on.
    Activate { customer: Id<Customer> },
    /// Whether a customer can order.
    CanOrder { customer: Id<Customer> },
    /// Who holds a session's token.
    Resolve { token: String },
    /// The same of a partner in a client's account.
    ResolveVisit { token: String },
    /// The host reports a fact.
    Signal { input: Box<SignalInput> },
    /// The host reports many.
    SignalMany { inputs: Vec<SignalInput> },
    /// Fifty clients of the partner, after some place in the list.
    Clients { token: String, filter: ClientFilter, cursor: Option<Cursor>, after: Option<Place> },
    /// The partner enters a client's account.
    LogIn { token: String, company: Id<Company> },
    /// The first fifty requests that wait.
    ListRequests,
    /// Fifty customers by name, after some place in the list.
    ListCustomers { cursor: Option<Cursor>, after: Option<(String, String)> },
    /// The first fifty customers that two words find.
    Search { text: String },
}

/// Where a page of clients ended: the name or the time by which they are ordered, and the id.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) folded: String,
    pub(crate) since: i64,
    pub(crate) id: String,
}

/// What a job says, as far as both sides must agree on it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Done,
    Missing(Vec<Missing>),
    Who(Box<Who>),
    Page(Vec<String>),
    Clients(Vec<ClientLine>),
}

/// A line of a clients list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ClientLine {
    pub(crate) company: String,
    pub(crate) name: String,
    pub(crate) origin: String,
    pub(crate) since: i64,
    pub(crate) trial: String,
    pub(crate) completed: u32,
    pub(crate) total: u32,
    pub(crate) tandem: bool,
    pub(crate) can_log_in: bool,
}

impl From<Client> for ClientLine {
    fn from(client: Client) -> Self {
        ClientLine {
            company: client.company.to_string(),
            name: client.name.to_string(),
            origin: client.origin.as_str().to_owned(),
            since: client.since.millis(),
            trial: client.trial.as_str().to_owned(),
            completed: client.onboarding.completed,
            total: client.onboarding.total,
            tandem: client.tandem == Tandem::Enabled,
            can_log_in: client.login.yes,
        }
    }
}

/// Who is signed in, as the database has it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Who {
    pub(crate) session: String,
    pub(crate) identity: String,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) company: Option<String>,
    pub(crate) customer: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) two_factor: bool,
    pub(crate) expires: i64,
}

impl From<Resolved> for Who {
    fn from(who: Resolved) -> Self {
        let customer = if let Context::User { customer, .. } = who.context { Some(customer) } else { None };
        Who {
            session: who.session.to_string(),
            identity: who.identity.to_string(),
            login: who.login.to_string(),
            name: who.name.to_string(),
            email: who.email.original().to_owned(),
            company: who.context.company().map(|company| company.to_string()),
            customer: customer.map(|customer| customer.to_string()),
            role: who.role.map(|role| role.as_str().to_owned()),
            two_factor: who.two_factor,
            expires: who.expires.millis(),
        }
    }
}

/// Does a job with the library.
#[inline(never)] // a profiler can tell it from what prepares it
pub(crate) fn run(library: &Handfast, actor: Actor, job: &Job) -> Result<()> {
    match job {
        Job::Submit { pass, input } => drop(black_box(library.invites().submit(pass, input)?)),
        Job::Approve { request } => {
            drop(black_box(library.requests().approve(actor, *request, &Decision::default())?));
        }
        Job::Activate { customer } => drop(black_box(library.customers().activate(actor, *customer)?)),
        Job::CanOrder { customer } => drop(black_box(library.customers().can_order(actor, *customer)?)),
        Job::Resolve { token } | Job::ResolveVisit { token } => drop(black_box(library.sessions().resolve(token)?)),
        Job::Signal { input } => drop(black_box(library.courses().signal(input)?)),
        Job::SignalMany { inputs } => all_counted(library.courses().signal_many(inputs)?)?,
        Job::Clients { token, filter, cursor, .. } => {
            let paging = Paging { cursor: cursor.clone(), limit: None };
            drop(black_box(library.partners().clients(token, filter, &paging)?));
        }
        Job::LogIn { token, company } => drop(black_box(library.partners().log_in(token, *company, None)?)),
        Job::ListRequests => {
            drop(black_box(library.requests().list(actor, RequestState::Pending, &Paging::default())?));
        }
        Job::ListCustomers { cursor, .. } => {
            let paging = Paging { cursor: cursor.clone(), limit: None };
            drop(black_box(library.customers().list(actor, None, &paging)?));
        }
        Job::Search { text } => {
            drop(black_box(library.customers().search(actor, text, &CustomerFilter::default(), &Paging::default())?))
        }
    }
    Ok(())
}

/// A signal that was left out is no error of the call.
fn all_counted(rows: Vec<SignalRow>) -> Result<()> {
    match rows.into_iter().find_map(|row| row.message) {
        None => Ok(()),
        Some(message) => Err(message.into()),
    }
}

/// What the library says to a job that only reads.
pub(crate) fn answer(library: &Handfast, actor: Actor, job: &Job) -> Result<Answer> {
    let ids = |page: Vec<String>| Answer::Page(page);
    Ok(match job {
        Job::CanOrder { customer } => Answer::Missing(library.customers().can_order(actor, *customer)?.missing),
        Job::Resolve { token } | Job::ResolveVisit { token } => {
            Answer::Who(Box::new(library.sessions().resolve(token)?.into()))
        }
        Job::ListRequests => {
            let page = library.requests().list(actor, RequestState::Pending, &Paging::default())?;
            ids(page.items.iter().map(|request| request.id.to_string()).collect())
        }
        Job::ListCustomers { cursor, .. } => {
            let page = library.customers().list(actor, None, &Paging { cursor: cursor.clone(), limit: None })?;
            ids(page.items.iter().map(|customer| customer.id.to_string()).collect())
        }
        Job::Search { text } => {
            let page = library.customers().search(actor, text, &CustomerFilter::default(), &Paging::default())?;
            ids(page.items.iter().map(|customer| customer.id.to_string()).collect())
        }
        Job::Clients { token, filter, cursor, .. } => {
            let paging = Paging { cursor: cursor.clone(), limit: None };
            let page = library.partners().clients(token, filter, &paging)?;
            Answer::Clients(page.items.into_iter().map(ClientLine::from).collect())
        }
        Job::Submit { .. }
        | Job::Approve { .. }
        | Job::Activate { .. }
        | Job::Signal { .. }
        | Job::SignalMany { .. }
        | Job::LogIn { .. } => {
            run(library, actor, job)?;
            Answer::Done
        }
    })
}
