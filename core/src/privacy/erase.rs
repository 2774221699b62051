use super::{
    Erasure, Privacy,
    person::{Keyed, Person},
    record::NewErasure,
    strip::{StandIn, wiped},
    sweep::Sweep,
};
use crate::{
    actor::Actor,
    company::{Permission, StaffState},
    customer::{Customer, CustomerEvent, next},
    error::{Code, Error, Result},
    event::EventKind,
    limit::Limit,
    request::{self, Request, RequestEvent, RequestState},
    value::EmailAddress,
    work::Work,
};

impl Privacy<'_> {
    /// Erases what the actor's company holds on the person of an address, for good: what told of the person is gone or
    /// replaced, search finds it no longer, and the address is free. What is left is the fact: that there was a customer,
    /// a request, a mail, an event, when, and what was done.
    ///
    /// A customer of that address is kept out at once, and its other users lose their access and are erased with it. A
    /// request that waits is withdrawn, a mail that waits is given up. The person's login stays, for it is no company's
    /// (invariant 29); see [`erase_login`](Self::erase_login). Who works here is removed from the staff first.
    ///
    /// Done in chunks of 250 rows, so that others get their turn between; a call that was cut short goes on when it is made
    /// again. Who may: Admin.
    ///
    /// `None` where nobody is known by the address, as after it was erased.
    ///
    /// Errors: the address's own (`required`, `too_long`, `forbidden_character`, `not_an_email`), `role_too_low`,
    /// `wrong_state` (the person works here).
    pub fn erase_person(&self, actor: Actor, email: &str) -> Result<Option<Erasure>> {
        let email = EmailAddress::parse(email)?;
        let nobody = Person::find(self.0, actor, &email)?.is_nobody();
        let Some(erasure) = self.0.change(|work| begin(work, actor, &email, nobody))? else { return Ok(None) };
        // found anew: from now on nothing comes to what is found
        let person = Person::find(self.0, actor, &email)?;
        let sweep = Sweep { handfast: self.0, actor: Some(actor), stand_in: StandIn::of(erasure.id) };
        sweep.person(actor, &person)?;
        self.0.change(|work| {
            let erasure = work.authorised(actor, Permission::ManagePrivacy, erasure.id)?;
            finish(work, &person, erasure).map(Some)
        })
    }
}

/// Notes that it begins, and shuts what could fill again meanwhile.
fn begin(work: &mut Work<'_>, actor: Actor, email: &EmailAddress, nobody: bool) -> Result<Option<Erasure>> {
    let company = work.authorised(actor, Permission::ManagePrivacy, actor.company())?.id;
    let address = email.canonical();
    let keyed = Keyed::read(work, company, address)?;
    let (found, open) = work.get((Erasure::by_address(company, address), Request::open_of(company, address)))?;
    if nobody && found.is_none() && keyed.customer.is_none() && keyed.visit.is_none() {
        return Ok(None);
    }
    if keyed.staff.is_some_and(|staff| staff.state != StaffState::Removed) {
        return Err(Error::because(Code::WrongState, "this person works here: remove the person from the staff first"));
    }
    let new = NewErasure { company: Some(company), login: None, address, by: actor.login() };
    let (erasure, is_new) = Erasure::begun(work, found, new)?;
    if let Some(customer) = keyed.customer {
        close(work, customer)?;
    }
    for visit in keyed.visit.into_iter().chain(keyed.first) {
        visit.shut(work)?;
    }
    if let Some(open) = open {
        let open = withdrawn(work, actor, open)?;
        work.put(&open);
    }
    Limit::forget(work, Limit::scopes_at(company, address))?;
    if is_new {
        work.event(company, actor, EventKind::PersonErased, &erasure)?;
    }
    Ok(Some(erasure))
}

/// Keeps a customer out for good, and takes its tags.
fn close(work: &mut Work<'_>, customer: Customer) -> Result<()> {
    customer.tags.all().for_each(|tag| work.add(tag, "customers", -1));
    work.put(&Customer { state: next(customer.state, CustomerEvent::Erase)?, tags: Default::default(), ..customer });
    Ok(())
}

/// A request that waits no longer.
pub(super) fn withdrawn(work: &mut Work<'_>, actor: Actor, old: Request) -> Result<Request> {
    if old.state != RequestState::Pending {
        return Ok(old);
    }
    let (event, what) = match old.is_overdue(work.now()) {
        true => (RequestEvent::Expire, EventKind::RequestExpired),
        false => (RequestEvent::Withdraw, EventKind::RequestWithdrawn),
    };
    let state = request::next(old.state, event)?;
    let new = Request { state, open: None, decided: Some(work.now()), ..old };
    work.event(new.company, actor, what, &new)?;
    Ok(new)
}

/// The rows that are found by the keys come last: until then a call that was cut short finds all the others by them.
fn finish(work: &mut Work<'_>, person: &Person, erasure: Erasure) -> Result<Erasure> {
    let ids = person.visits.iter().map(|visit| visit.id).collect::<Vec<_>>();
    let (customer, visits) = work.get((person.customer.as_ref().map(|customer| customer.id), ids))?;
    if let Some(customer) = customer.flatten() {
        work.put(&wiped(&customer, &StandIn::of(erasure.id))?);
    }
    for visit in visits.into_iter().flatten() {
        work.put(&wiped(&visit, &StandIn::of(visit.id))?);
    }
    if erasure.address.is_none() {
        return Ok(erasure);
    }
    let finished = erasure.finished(work.now())?;
    work.put(&finished);
    Ok(finished)
}
