use super::{
    erase::withdrawn,
    person::{CHUNK, Person},
    strip::{StandIn, bare_event, bare_mail, bare_signal, wiped},
};
use crate::{
    actor::Actor,
    association::{Association, AssociationEvent},
    company::Permission,
    course::{Account, Signal},
    error::Result,
    event::{Event, EventKind},
    handfast::Handfast,
    id::Id,
    limit::Limit,
    mail::{self, Mail, MailState},
    request::Request,
    store::{Listing, Paging, Record},
    work::Work,
};

/// What goes over many rows, chunk by chunk.
pub(super) struct Sweep<'a> {
    pub(super) handfast: &'a Handfast,
    /// Who does it, read again in every chunk (invariant 41); nobody when the host or the person does.
    pub(super) actor: Option<Actor>,
    pub(super) stand_in: StandIn,
}

impl Sweep<'_> {
    /// All rows that are not found by the keys of the address.
    pub(super) fn person(&self, actor: Actor, person: &Person) -> Result<()> {
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
        self.list(
            &person.orders(),
            |_| true,
            |work, order| {
                work.put(&wiped(&order, &self.stand_in)?);
                Ok(())
            },
        )?;
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
