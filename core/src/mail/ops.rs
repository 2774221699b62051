use serde::Serialize;

use super::{Mail, MailEvent, MailState, Mailer, Message, Permanence, Rejected, next};
use crate::{
    company::{Role, Staff, StaffState},
    error::{Code, Error, Result},
    event::{By, EventKind},
    handfast::Handfast,
    id::Id,
    secret::Purpose,
    store::{Page, Paging, ToCell},
    work::Work,
};

/// The verbs of mails: `handfast.mails()`. They are the host's own: they see all companies.
#[derive(Clone, Copy, Debug)]
pub struct Mails<'a>(&'a Handfast);

impl Handfast {
    /// The outbox: deliver, look at dead letters, try them again.
    pub fn mails(&self) -> Mails<'_> {
        Mails(self)
    }
}

/// What came of a delivery.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// Mails that the mailer took.
    pub sent: u32,
    /// Mails that are tried again later.
    pub waiting: u32,
    /// Mails that were given up.
    pub given_up: u32,
    /// What was not taken, and why.
    pub failures: Vec<Failure>,
}

/// A mail that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The mail.
    pub mail: Id<Mail>,
    /// `mailer_failed` when the mailer did not take it; otherwise why it could not be written (`bad_template`,
    /// `key_missing`, `corrupt`).
    pub code: Code,
    /// What the mailer, or the template, said.
    pub reason: String,
}

/// Mails that one worker takes at once: what its lease must suffice for.
const BATCH: u32 = 50;

impl Mails<'_> {
    /// Hands mails that are due to `mailer`, at most `limit` of them.
    ///
    /// Many workers may deliver at once, in many processes: each takes mails for `mail_lease`, so no two send the same
    /// one unless a worker dies or is slower than that. Delivery is at least once; [`Message::id`] is the same every
    /// time. What is not taken waits `first_mail_wait`, twice as long each time, and is given up after `mail_attempts`.
    /// The secret values of a mail are forgotten once it is sent or given up.
    ///
    /// Errors: the store's own; what a mailer says is in [`Delivery::failures`].
    pub fn deliver(&self, mailer: &dyn Mailer, limit: u32) -> Result<Delivery> {
        let (mut delivery, mut left) = (Delivery::default(), limit);
        while left > 0 {
            let (taken, given_up) = self.take(left.min(BATCH))?;
            delivery.given_up += given_up;
            if taken.is_empty() && given_up == 0 {
                break;
            }
            for mail in taken {
                match mail.audience {
                    Some(_) => self.0.change(|work| spread(work, &mail))?,
                    None => {
                        left = left.saturating_sub(1);
                        self.hand_over(mailer, &mail, &mut delivery)?;
                    }
                }
            }
        }
        Ok(delivery)
    }

    /// Mails of one state, those due first at the front; all companies.
    pub fn list(&self, state: MailState, paging: &Paging) -> Result<Page<Mail>> {
        self.0.list(Mail::of_state(state), paging)
    }

    /// Tries a dead letter once more, now. Errors: `not_found`, `wrong_state` (it is not dead, or held a secret that
    /// is forgotten: let a new one be sent).
    pub fn revive(&self, mail: Id<Mail>) -> Result<Mail> {
        self.0.change(|work| {
            let old = work.need(mail)?;
            let holds_secret = old.kind.values().iter().any(|value| value.need == super::Need::Secret);
            if holds_secret && old.sealed.is_none() {
                return Err(Error::because(Code::WrongState, "the secret of this mail is forgotten"));
            }
            let state = next(old.state, MailEvent::Revive)?;
            let mail = Mail { state, due: work.now(), attempts: 0, settled: None, ..old };
            work.put(&mail);
            Ok(mail)
        })
    }

    /// Takes due mails for a while; how many were given up instead. What is due is a list; what is taken is decided on
    /// the rows themselves.
    fn take(&self, limit: u32) -> Result<(Vec<Mail>, u32)> {
        let due = Mail::of_state(MailState::Queued).between(None, Some(self.0.now().next().to_cell()));
        let found: Vec<_> = self.0.list(due, &Paging::first(limit))?.items.into_iter().map(|mail| mail.id).collect();
        if found.is_empty() {
            return Ok((Vec::new(), 0));
        }
        self.0.change(|work| {
            let policy = work.handfast().policy();
            let (now, lease) = (work.now(), work.now() + policy.mail_lease);
            let (mut taken, mut given_up) = (Vec::new(), 0);
            let waiting = work.get(found.clone())?.into_iter().flatten();
            for mail in waiting.filter(|mail| mail.state == MailState::Queued && mail.due <= now) {
                if mail.attempts >= i64::from(policy.mail_attempts) {
                    // every worker that took it died with it, or it would have been settled
                    end(work, mail, MailEvent::GiveUp, Some("no worker came back with it"))?;
                    given_up += 1;
                    continue;
                }
                let mail = Mail { due: lease, attempts: mail.attempts + 1, ..mail };
                work.put(&mail);
                taken.push(mail);
            }
            Ok((taken, given_up))
        })
    }

    fn hand_over(&self, mailer: &dyn Mailer, mail: &Mail, delivery: &mut Delivery) -> Result<()> {
        let refused = match self.render(mail) {
            Ok(message) => mailer.send(&message).err().map(|rejected| (Code::MailerFailed, rejected)),
            // what cannot be written now may be once the templates are mended
            Err(error) => Some((error.code(), Rejected::temporary(error.to_string()))),
        };
        let settled = self.0.change(|work| settle(work, mail, refused.as_ref().map(|(_, rejected)| rejected)))?;
        match settled {
            MailState::Sent => delivery.sent += 1,
            MailState::Queued => delivery.waiting += 1,
            MailState::Dead => delivery.given_up += 1,
        }
        if let Some((code, Rejected { reason, .. })) = refused {
            tracing::warn!(mail = %mail.id, kind = %mail.kind, %code, %reason, "a mail was not taken");
            delivery.failures.push(Failure { mail: mail.id, code, reason });
        }
        Ok(())
    }

    /// The mail as it is sent.
    fn render(&self, mail: &Mail) -> Result<Message> {
        let handfast = self.0;
        let mut values = mail.content.0.clone();
        if let Some(sealed) = &mail.sealed {
            let plain = handfast.keyring().open(sealed, Purpose::Mail, &[mail.id.uuid().as_bytes()])?;
            let secrets: serde_json::Map<_, _> =
                serde_json::from_slice(&plain).map_err(|_| Error::new(Code::Corrupt))?;
            values.extend(secrets);
        }
        let brand = handfast.brand();
        let rendered = handfast.templates().render(mail.kind, mail.locale.as_str(), &values, brand)?;
        let recipient = mail.recipient.as_ref().ok_or_else(|| Error::new(Code::Corrupt))?;
        Ok(Message {
            id: mail.id.to_string(),
            kind: mail.kind,
            at: mail.created,
            locale: mail.locale.to_string(),
            to: recipient.original().to_owned(),
            to_name: mail.recipient_name.as_ref().map(ToString::to_string),
            from_address: brand.sender_address().to_owned(),
            from_name: brand.sender_name().to_owned(),
            reply_to: None,
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
        })
    }
}

/// Writes down what came of a try, unless the lease ran out and another worker has it now.
fn settle(work: &mut Work<'_>, taken: &Mail, rejected: Option<&Rejected>) -> Result<MailState> {
    let mail = work.need(taken.id)?;
    if mail.state != MailState::Queued || mail.attempts != taken.attempts {
        return Ok(mail.state);
    }
    let policy = work.handfast().policy();
    let tried = u32::try_from(mail.attempts).unwrap_or(u32::MAX);
    let event = match rejected {
        None => MailEvent::Send,
        Some(rejected) if rejected.permanence == Permanence::Permanent || tried >= policy.mail_attempts => {
            MailEvent::GiveUp
        }
        Some(_) => MailEvent::Wait,
    };
    let reason = rejected.map(|rejected| rejected.reason.as_str());
    if event != MailEvent::Wait {
        return end(work, mail, event, reason);
    }
    let doubled = policy.first_mail_wait.saturating_mul(1 << tried.saturating_sub(1).min(20));
    let (state, due) = (next(mail.state, event)?, work.now() + doubled.min(policy.longest_mail_wait));
    work.put(&Mail { state, due, failure: reason.map(shortened), ..mail });
    Ok(state)
}

/// Ends a mail, sent or given up; its secret is forgotten.
fn end(work: &mut Work<'_>, mail: Mail, event: MailEvent, reason: Option<&str>) -> Result<MailState> {
    let (state, failure) = (next(mail.state, event)?, reason.map(shortened));
    let new = Mail { state, failure, settled: Some(work.now()), sealed: None, ..mail };
    work.put(&new);
    // what is about a person's login is in no company's history
    if let (MailState::Dead, Some(company)) = (state, new.company) {
        work.event(company, By::System, EventKind::MailGivenUp, &new)?;
    }
    Ok(state)
}

/// Gives up a mail that waits, for whoever it is to or about is erased.
pub(crate) fn call_off(work: &mut Work<'_>, mail: Mail) -> Result<()> {
    end(work, mail, MailEvent::GiveUp, Some("who it is to or about is erased")).map(drop)
}

fn shortened(reason: &str) -> String {
    reason.chars().take(LONGEST_FAILURE).collect()
}

/// Characters of a mailer's complaint that are kept.
const LONGEST_FAILURE: usize = 500;

/// Makes one mail for each of an audience, in place of the one for all.
fn spread(work: &mut Work<'_>, taken: &Mail) -> Result<()> {
    let mail = work.need(taken.id)?;
    let Some(audience) = mail.audience.filter(|_| mail.state == MailState::Queued && mail.attempts == taken.attempts)
    else {
        return Ok(());
    };
    for staff in members(work, &mail, audience.permission())? {
        let copy = Mail {
            id: work.new_id()?,
            address: Some(staff.email.canonical().to_owned()),
            recipient: Some(staff.email),
            recipient_name: Some(staff.name),
            audience: None,
            due: work.now(),
            attempts: 0,
            ..mail.clone()
        };
        work.insert(&copy);
    }
    let state = next(mail.state, MailEvent::Send)?;
    work.put(&Mail { state, settled: Some(work.now()), ..mail });
    Ok(())
}

/// Who of the staff belongs to an audience. The list names candidates; whether they still belong is read in this work.
fn members(work: &mut Work<'_>, mail: &Mail, permission: crate::company::Permission) -> Result<Vec<Staff>> {
    let mut candidates = Vec::new();
    let company = mail.company.ok_or_else(|| Error::new(Code::Corrupt))?;
    for role in Role::ALL.iter().filter(|role| role.may(permission)) {
        let mut paging = Some(Paging::first(500));
        while let Some(asked) = paging {
            let listing = Staff::of_role(company, StaffState::Active, *role);
            let page = work.handfast().list(listing, &asked)?;
            candidates.extend(page.items.iter().map(|staff| staff.id));
            paging = Paging::after(&page, 500);
        }
    }
    let belongs = |staff: &Staff| staff.state == StaffState::Active && staff.role.may(permission);
    Ok(work.get(candidates)?.into_iter().flatten().filter(belongs).collect())
}
