//! A company to try things on: what the examples of this documentation begin with.
//!
//! ```
//! use handfast::{Handfast, example, store::Memory};
//!
//! let handfast = Handfast::builder(Memory::new()).build()?;
//! let (admin, customer) = example::approved_customer(&handfast)?;
//! assert!(!handfast.customers().can_order(admin, customer)?.yes);
//! # Ok::<_, handfast::Error>(())
//! ```

use std::sync::Mutex;

use crate::{
    Actor, Code, Error, Handfast, Id, Result,
    company::SignUp,
    customer::Customer,
    mail::{MailKind, Message},
    request::{BusinessInput, Decision, RequestState},
    store::Paging,
    value::PostalAddressInput,
};

/// Signs up "Flora Export" with its Admin `ada@flora.example`, password `correct horse battery staple`.
pub fn sign_up(handfast: &Handfast) -> Result<Actor> {
    let signed_up = handfast.companies().sign_up(&SignUp {
        name: "Flora Export".into(),
        country: "EC".into(),
        locale: "en".into(),
        time_zone: "America/Guayaquil".into(),
        trial_ends: None,
        attribution: None,
        admin_name: "Ada Flores".into(),
        admin_email: "ada@flora.example".into(),
        admin_password: "correct horse battery staple".into(),
    })?;
    Ok(signed_up.actor())
}

/// Delivers what is in the outbox, and gives it.
pub fn delivered(handfast: &Handfast) -> Result<Vec<Message>> {
    let messages = Mutex::new(Vec::new());
    let mailer = |message: &Message| {
        messages.lock().map(|mut messages| messages.push(message.clone())).unwrap_or_default();
        Ok(())
    };
    handfast.mails().deliver(&mailer, 1_000)?;
    messages.into_inner().map_err(|_| Error::new(Code::Internal))
}

/// Delivers what is in the outbox, and gives the code of the last mail that holds one.
pub fn mailed_code(handfast: &Handfast) -> Result<String> {
    let messages = delivered(handfast)?;
    let message = messages.iter().rfind(|message| message.kind == MailKind::VisitorCode);
    let text = message.map(|message| message.text.as_str()).unwrap_or_default();
    let is_code = |word: &&str| word.len() >= 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    text.split_whitespace().find(is_code).map(str::to_owned).ok_or_else(|| Error::new(Code::NotFound))
}

/// Delivers what is in the outbox, and gives the temporary password of the last mail that holds one.
pub fn mailed_password(handfast: &Handfast) -> Result<String> {
    let messages = delivered(handfast)?;
    let message = messages.iter().rfind(|message| message.kind == MailKind::UserPassword);
    let text = message.map(|message| message.text.as_str()).unwrap_or_default();
    let is_password = |word: &&str| word.len() == 23 && word.matches('-').count() == 3;
    text.split_whitespace().find(is_password).map(str::to_owned).ok_or_else(|| Error::new(Code::NotFound))
}

/// Brings `buyer@rosas.example` through the invite link of the actor's company to a verified address; gives the pass.
pub fn verified_visitor(handfast: &Handfast, admin: Actor) -> Result<String> {
    let slug = handfast.invites().link(admin)?.slug.to_string();
    let started = handfast.invites().start(&slug, "buyer@rosas.example", None)?;
    let verified = handfast.invites().verify(started.visit, &mailed_code(handfast)?)?;
    Ok(verified.pass.expose().to_owned())
}

/// The details of a business.
pub fn business() -> BusinessInput {
    BusinessInput {
        legal_name: "Rosas del Valle S.A.".into(),
        contact: "Bea Rosas".into(),
        phone: "+593 2 600 1122".into(),
        billing: PostalAddressInput {
            line1: "Av. Amazonas 12".into(),
            city: "Quito".into(),
            country: "EC".into(),
            ..PostalAddressInput::default()
        },
        ..BusinessInput::default()
    }
}

/// All of it, up to an approved customer who is not active yet.
pub fn approved_customer(handfast: &Handfast) -> Result<(Actor, Id<Customer>)> {
    let admin = sign_up(handfast)?;
    let pass = verified_visitor(handfast, admin)?;
    handfast.invites().submit(&pass, &business())?;
    let pending = handfast.requests().list(admin, RequestState::Pending, &Paging::first(1))?;
    let request = pending.items.first().ok_or_else(|| Error::new(Code::NotFound))?.id;
    let approved = handfast.requests().approve(admin, request, &Decision::default())?;
    Ok((admin, approved.customer.id))
}
