//! What is measured: kinds of jobs, single jobs, and how the library does one.

use std::hint::black_box;

use handfast::{
    Actor, Handfast, Id,
    customer::{Customer, CustomerFilter, Missing},
    request::{BusinessInput, Decision, Request, RequestState},
    session::{Context, Resolved},
    store::{Cursor, Paging},
};

use crate::{Result, dataset::Stock};

/// A kind of job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Submit,
    Approve,
    Activate,
    CanOrder,
    Resolve,
    ListRequests,
    ListCustomers,
    Search,
    SearchCommon,
}

impl Operation {
    pub(crate) const ALL: [Operation; 9] = [
        Operation::Submit,
        Operation::Approve,
        Operation::Activate,
        Operation::CanOrder,
        Operation::Resolve,
        Operation::ListRequests,
        Operation::ListCustomers,
        Operation::Search,
        Operation::SearchCommon,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Operation::Submit => "submit",
            Operation::Approve => "approve",
            Operation::Activate => "activate",
            Operation::CanOrder => "can_order",
            Operation::Resolve => "resolve",
            Operation::ListRequests => "list_requests",
            Operation::ListCustomers => "list_customers",
            Operation::Search => "search",
            Operation::SearchCommon => "search_common",
        }
    }

    /// A company that has `size` of what this operation looks through.
    pub(crate) fn stock(self, size: u64) -> Stock {
        match self {
            Operation::Resolve => Stock::of_sessions(size),
            _ => Stock::of_customers(size),
        }
    }

    /// Whether each job can be done only once.
    pub(crate) const fn writes(self) -> bool {
        matches!(self, Operation::Submit | Operation::Approve | Operation::Activate)
    }
}

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
    /// The first fifty requests that wait.
    ListRequests,
    /// Fifty customers by name, after some place in the list.
    ListCustomers { cursor: Option<Cursor>, after: Option<(String, String)> },
    /// The first fifty customers that two words find.
    Search { text: String },
}

/// What a job says, as far as both sides must agree on it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Done,
    Missing(Vec<Missing>),
    Who(Box<Who>),
    Page(Vec<String>),
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
        Job::Resolve { token } => drop(black_box(library.sessions().resolve(token)?)),
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

/// What the library says to a job that only reads.
pub(crate) fn answer(library: &Handfast, actor: Actor, job: &Job) -> Result<Answer> {
    let ids = |page: Vec<String>| Answer::Page(page);
    Ok(match job {
        Job::CanOrder { customer } => Answer::Missing(library.customers().can_order(actor, *customer)?.missing),
        Job::Resolve { token } => Answer::Who(Box::new(library.sessions().resolve(token)?.into())),
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
        Job::Submit { .. } | Job::Approve { .. } | Job::Activate { .. } => {
            run(library, actor, job)?;
            Answer::Done
        }
    })
}
