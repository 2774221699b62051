use super::{
    Erasure, Privacy,
    person::{CHUNK, Keyed, Person},
    record::NewErasure,
    strip::{StandIn, bare_event, bare_mail, bare_signal, wiped},
};
use crate::{
    actor::Actor,
    association::{Association, AssociationEvent},
    company::{Permission, StaffState},
    course::{Account, Signal},
    customer::{Customer, CustomerEvent, next},
    error::{Code, Error, Result},
    event::{Event, EventKind},
    handfast::Handfast,
    id::Id,
    limit::Limit,
    mail::{self, Mail, MailState},
    request::{self, Request, RequestEvent, RequestState},
    store::{Listing, Paging, Record},
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
    pub fn erase(&self, actor: Actor, email: &str) -> Result<Option<Erasure>> {
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
fn withdrawn(work: &mut Work<'_>, actor: Actor, old: Request) -> Result<Request> {
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

/// What goes over many rows, chunk by chunk.
pub(super) struct Sweep<'a> {
    pub(super) handfast: &'a Handfast,
    /// Who does it, read again in every chunk (invariant 41); nobody when the host or the person does.
    pub(super) actor: Option<Actor>,
    pub(super) stand_in: StandIn,
}

impl Sweep<'_> {
    fn person(&self, actor: Actor, person: &Person) -> Result<()> {
        let users = || person.users.iter().chain(&person.colleagues).map(|user| user.id);
        self.rows(users(), |work, user: Association| revoked(work, actor, user))?;
        self.mails(&[Mail::of_company(person.company)], |mail| match person.gets(mail) {
            true => Some(false),
            false => person.is_told_of(mail).then(|| !is_of(mail, &person.colleagues)),
        })?;
        let signals = Signal::of_account(Account::Commerce(person.company).id());
        self.list(
            &[signals],
            |signal| person.is_signalled(signal),
            |work, signal| {
                work.put(&bare_signal(signal));
                Ok(())
            },
        )?;
        for subject in person.subjects().chain(person.colleagues.iter().map(|user| user.id.cast())) {
            self.events(Event::of_subject(person.company, subject))?;
        }
        self.rows(person.requests.iter().map(|request| request.id), |work, request: Request| {
            let request = withdrawn(work, actor, request)?;
            work.put(&wiped(&request, &self.stand_in)?);
            Ok(())
        })?;
        self.rows(users(), |work, user: Association| {
            Limit::forget(work, Limit::scopes_at(user.company, user.email.canonical()))?;
            work.put(&wiped(&user, &self.stand_in)?);
            Ok(())
        })?;
        self.wipe(person.staff.iter().map(|staff| staff.id))
    }

    /// Takes from events what they tell of a person.
    pub(super) fn events(&self, events: Listing<Event>) -> Result<()> {
        self.list(
            &[events],
            |_| true,
            |work, event| {
                work.put(&bare_event(event));
                Ok(())
            },
        )
    }

    /// Takes from mails what they tell, and gives up those that wait. `whose` picks them, and says whether the recipient
    /// stays because it is another.
    pub(super) fn mails(&self, mails: &[Listing<Mail>], whose: impl Fn(&Mail) -> Option<bool>) -> Result<()> {
        self.list(
            mails,
            |mail| whose(mail).is_some(),
            |work, mail| {
                let bare = bare_mail(&mail, &self.stand_in, whose(&mail).unwrap_or_default())?;
                match mail.state {
                    MailState::Queued => mail::call_off(work, bare),
                    MailState::Sent | MailState::Dead => {
                        work.put(&bare);
                        Ok(())
                    }
                }
            },
        )
    }

    /// Wipes rows by their cards.
    pub(super) fn wipe<T: Record + Clone>(&self, ids: impl Iterator<Item = Id<T>>) -> Result<()> {
        self.rows(ids, |work, row: T| {
            work.put(&wiped(&row, &self.stand_in)?);
            Ok(())
        })
    }

    /// Does `step` to the rows of some lists of one order that `keep` lets through.
    pub(super) fn list<T: Record>(
        &self,
        listings: &[Listing<T>],
        keep: impl Fn(&T) -> bool,
        step: impl Fn(&mut Work<'_>, T) -> Result<()>,
    ) -> Result<()> {
        let mut paging = Some(Paging::first(CHUNK));
        while let Some(asked) = paging {
            let page = self.handfast.list_where(listings, &asked, &keep)?;
            self.rows(page.items.iter().map(Record::id), &step)?;
            paging = Paging::after(&page, CHUNK);
        }
        Ok(())
    }

    /// Does `step` to rows, 250 in a commit. One that is so already writes nothing.
    pub(super) fn rows<T: Record>(
        &self,
        ids: impl Iterator<Item = Id<T>>,
        step: impl Fn(&mut Work<'_>, T) -> Result<()>,
    ) -> Result<()> {
        let ids: Vec<_> = ids.collect();
        for chunk in ids.chunks(CHUNK as usize) {
            self.handfast.change(|work| {
                if let Some(actor) = self.actor {
                    work.authorise(actor, Permission::ManagePrivacy)?;
                }
                work.get(chunk.to_vec())?.into_iter().flatten().try_for_each(|row| step(work, row))
            })?;
        }
        Ok(())
    }
}

/// Ends what makes a person a user.
pub(super) fn revoked(work: &mut Work<'_>, actor: Actor, user: Association) -> Result<()> {
    user.kill_secrets(work)?;
    if let Ok(revoked) = user.after(AssociationEvent::Revoke, work.now()) {
        work.put(&revoked);
        work.event(revoked.company, actor, EventKind::UserRevoked, &revoked)?;
    }
    Ok(())
}

fn is_of(mail: &Mail, users: &[Association]) -> bool {
    users.iter().any(|user| mail.recipient.as_ref() == Some(&user.email))
}
