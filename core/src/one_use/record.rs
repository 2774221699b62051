use std::time::Duration;

use super::{TicketEvent, TicketState, next};
use crate::{
    clock::Timestamp,
    error::{Code, Error, Result},
    id::Id,
    record,
    secret::{Digest, PinCode, PinLength, Purpose, TemporaryPassword, Token},
    store::{Unique, choice_columns},
    value::choices,
    work::Work,
};

choices! {
    /// What a one-use secret opens.
    pub(crate) enum TicketPurpose {
        /// Proves an address to an invite link: a code.
        VisitorCode = "visitor_code",
        /// Joins the staff of a company: a token.
        StaffInvitation = "staff_invitation",
        /// Answers the invitation of a user: a token.
        UserInvitation = "user_invitation",
        /// Opens the choice of a password: a temporary password.
        TemporaryPassword = "temporary_password",
        /// Lets a new password be chosen: a token.
        PasswordReset = "password_reset",
        /// Proves the address that a login is to have: a token.
        EmailChange = "email_change",
    }
}

choice_columns!(TicketPurpose, TicketState);

record! {
    /// A code or a token, as a keyed hash (invariant 9).
    pub(crate) struct Ticket in "one_use" {
        /// The id.
        id: Id<Ticket>,
        /// What it is for and for whom; one ticket a slot.
        slot: String,
        /// What it opens.
        purpose: TicketPurpose,
        /// The keyed hash; of a code together with its slot.
        digest: Digest,
        /// The record it is about.
        subject: Id<()>,
        /// Where it stands.
        state: TicketState,
        /// Wrong tries left.
        tries: i64,
        /// When it stops to open.
        expires: Timestamp,
    }
    unique by_slot(slot: &str);
    unique by_digest(digest: &Digest);
}

/// What came of giving a code.
pub(crate) enum Redeemed {
    /// It opens, once.
    Yes,
    /// It does not; the try is counted, so the change must be committed all the same.
    No(Error),
}

impl Ticket {
    /// A new code for a slot; the older one is dead.
    pub(crate) fn issue_code(
        work: &mut Work<'_>,
        slot: &str,
        purpose: TicketPurpose,
        subject: Id<()>,
    ) -> Result<PinCode> {
        let policy = work.handfast().policy().clone();
        let code = PinCode::generate(work.handfast().random(), PinLength::new(policy.code_digits)?)?;
        let digest = work.handfast().keyring().digest(Purpose::Code, &code_parts(slot, purpose, code.expose()));
        Ticket::place(work, slot, purpose, digest, subject, i64::from(policy.code_attempts), policy.code_lifetime)?;
        Ok(code)
    }

    /// A new token for a slot; the older one is dead.
    pub(crate) fn issue(
        work: &mut Work<'_>,
        slot: &str,
        purpose: TicketPurpose,
        subject: Id<()>,
        lifetime: Duration,
    ) -> Result<Token> {
        let token = Token::generate(work.handfast().random())?;
        let digest = work.handfast().keyring().digest(Purpose::MailToken, &token_parts(purpose, &token));
        // a token is found by its hash or not at all: there are no wrong tries to count
        Ticket::place(work, slot, purpose, digest, subject, 0, lifetime)?;
        Ok(token)
    }

    /// A new temporary password for a slot, good for one address; the older one is dead. Its wrong tries are counted
    /// where people sign in.
    pub(crate) fn issue_password(
        work: &mut Work<'_>,
        slot: &str,
        address: &str,
        subject: Id<()>,
        lifetime: Duration,
    ) -> Result<TemporaryPassword> {
        let password = TemporaryPassword::generate(work.handfast().random())?;
        let digest = work.handfast().keyring().digest(Purpose::Code, &password_parts(address, &password));
        Ticket::place(work, slot, TicketPurpose::TemporaryPassword, digest, subject, 0, lifetime)?;
        Ok(password)
    }

    /// Where the temporary password of an address can stand, one key for each of the ring. With 100 random bits it is
    /// found by its hash or not at all, as a token is; several companies can have sent one to the same address.
    pub(crate) fn passwords(
        work: &Work<'_>,
        address: &str,
        password: Option<&TemporaryPassword>,
    ) -> Vec<Unique<Ticket>> {
        let keyring = work.handfast().keyring();
        let digests = password.map(|password| keyring.digests(Purpose::Code, &password_parts(address, password)));
        digests.unwrap_or_default().iter().map(Ticket::by_digest).collect()
    }

    /// Whether it opens now.
    pub(crate) fn is_live(&self, now: Timestamp) -> bool {
        self.state == TicketState::Live && now < self.expires
    }

    fn place(
        work: &mut Work<'_>,
        slot: &str,
        purpose: TicketPurpose,
        digest: Digest,
        subject: Id<()>,
        tries: i64,
        lifetime: Duration,
    ) -> Result<()> {
        let expires = work.now() + lifetime;
        match work.get(Ticket::by_slot(slot))? {
            Some(old) => {
                let state = next(old.state, TicketEvent::Issue)?;
                work.put(&Ticket { purpose, digest, subject, state, tries, expires, ..old });
            }
            None => {
                let (id, slot, state) = (work.new_id()?, slot.to_owned(), TicketState::Live);
                work.insert(&Ticket { id, slot, purpose, digest, subject, state, tries, expires });
            }
        }
        Ok(())
    }

    /// Takes back what a slot holds, if anything.
    pub(crate) fn kill(work: &mut Work<'_>, slot: &str) -> Result<()> {
        if let Some(mut ticket) = work.get(Ticket::by_slot(slot))? {
            ticket.state = next(ticket.state, TicketEvent::Revoke)?;
            work.put(&ticket);
        }
        Ok(())
    }

    /// The live ticket of a token, found under every key of the ring. Consumes nothing.
    ///
    /// Errors: `unknown_token`, `token_expired`, `token_spent`.
    pub(crate) fn find(work: &mut Work<'_>, purpose: TicketPurpose, token: &str) -> Result<Ticket> {
        let token = Token::parse(token)?;
        let digests = work.handfast().keyring().digests(Purpose::MailToken, &token_parts(purpose, &token));
        let found = work.get(digests.iter().map(Ticket::by_digest).collect::<Vec<_>>())?;
        let ticket = found.into_iter().flatten().next().ok_or_else(|| Error::new(Code::UnknownToken))?;
        match ticket.state {
            TicketState::Live if work.now() < ticket.expires => Ok(ticket),
            TicketState::Live | TicketState::Expired => Err(Error::new(Code::TokenExpired)),
            TicketState::Used | TicketState::Exhausted | TicketState::Revoked => Err(Error::new(Code::TokenSpent)),
        }
    }

    /// Uses a found ticket up.
    pub(crate) fn use_up(mut self, work: &mut Work<'_>) -> Result<()> {
        self.state = next(self.state, TicketEvent::Redeem)?;
        work.put(&self);
        Ok(())
    }

    /// Gives a code to a slot.
    ///
    /// Errors: `code_spent`, `code_expired`, where there is nothing to count; a wrong code is `Redeemed::No`.
    pub(crate) fn redeem_code(work: &mut Work<'_>, slot: &str, purpose: TicketPurpose, code: &str) -> Result<Redeemed> {
        let found = work.get(Ticket::by_slot(slot))?.filter(|ticket| ticket.purpose == purpose);
        let mut ticket = found.ok_or_else(|| Error::new(Code::CodeSpent))?;
        let used = next(ticket.state, TicketEvent::Redeem)?;
        if work.now() >= ticket.expires {
            ticket.state = next(ticket.state, TicketEvent::Expire)?;
            work.put(&ticket);
            return Ok(Redeemed::No(Error::new(Code::CodeExpired)));
        }
        let length = PinLength::new(work.handfast().policy().code_digits)?;
        let right = PinCode::parse(code, length).is_ok_and(|code| {
            work.handfast().keyring().matches(&ticket.digest, Purpose::Code, &code_parts(slot, purpose, code.expose()))
        });
        if right {
            ticket.state = used;
            work.put(&ticket);
            return Ok(Redeemed::Yes);
        }
        ticket.tries -= 1;
        if ticket.tries <= 0 {
            ticket.state = next(ticket.state, TicketEvent::Exhaust)?;
        }
        work.put(&ticket);
        let message = format!("this is not the code that was sent; tries left: {}", ticket.tries);
        Ok(Redeemed::No(Error::because(Code::WrongCode, message)))
    }
}

fn code_parts<'a>(slot: &'a str, purpose: TicketPurpose, code: &'a str) -> [&'a [u8]; 3] {
    [purpose.as_str().as_bytes(), slot.as_bytes(), code.as_bytes()]
}

fn password_parts<'a>(address: &'a str, password: &'a TemporaryPassword) -> [&'a [u8]; 3] {
    code_parts(address, TicketPurpose::TemporaryPassword, password.expose())
}

fn token_parts(purpose: TicketPurpose, token: &Token) -> [&[u8]; 2] {
    [purpose.as_str().as_bytes(), token.expose().as_bytes()]
}
