//! The table of operations: every public verb of the library once, with the names of its parameters.

use serde_json::Value;

use super::{
    call::{Call, answer},
    failure::Stop,
    special,
};

pub(super) type Operation = fn(&mut Call<'_>) -> Result<Value, Stop>;

/// A line `verb(parameter: kind, ...)` becomes `handfast.group().verb(...)`. The kinds of parameters are: `actor` (the
/// step's `as`), `value` (one argument, passed by value), `text` and `maybe_text` (passed as `&str`), `reference`
/// (passed by reference), `list` (passed as a slice), `fields` (all arguments that are not named, as one input)
/// and `paging` (`cursor`, `limit`).
macro_rules! operations {
    ($($group:ident { $($verb:ident($($name:ident: $kind:ident),*);)+ })+) => {
        const PLAIN: &[(&str, Operation)] = &[$($(
            (concat!(stringify!($group), ".", stringify!($verb)), |call| {
                $(let $name = operations!(@take $kind call $name);)*
                call.finish()?;
                answer(call.handfast.$group().$verb($(operations!(@pass $kind $name)),*)?)
            }),
        )+)+];
    };
    (@take actor $call:ident $name:ident) => { $call.actor()? };
    (@take text $call:ident $name:ident) => { $call.take::<String>(stringify!($name))? };
    (@take maybe_text $call:ident $name:ident) => { $call.take::<Option<String>>(stringify!($name))? };
    (@take list $call:ident $name:ident) => { $call.take::<Vec<_>>(stringify!($name))? };
    (@take fields $call:ident $name:ident) => { $call.rest()? };
    (@take paging $call:ident $name:ident) => { $call.paging()? };
    (@take $kind:ident $call:ident $name:ident) => { $call.take(stringify!($name))? };
    (@pass actor $name:ident) => { $name };
    (@pass value $name:ident) => { $name };
    (@pass maybe_text $name:ident) => { $name.as_deref() };
    (@pass $kind:ident $name:ident) => { &$name };
}

operations! {
    companies {
        sign_up(input: fields);
        get(actor: actor);
        update(actor: actor, input: fields);
        set_form(actor: actor, questions: reference);
    }
    staff {
        invite(actor: actor, input: fields);
        invitation(token: text);
        accept(token: text, password: maybe_text);
        set_role(actor: actor, staff: value, role: value);
        remove(actor: actor, staff: value);
        list(actor: actor, paging: paging);
    }
    price_types {
        add(actor: actor, name: text);
        rename(actor: actor, offer: value, name: text);
        set_state(actor: actor, offer: value, state: value);
        list(actor: actor, paging: paging);
    }
    carriers {
        add(actor: actor, name: text);
        rename(actor: actor, offer: value, name: text);
        set_state(actor: actor, offer: value, state: value);
        list(actor: actor, paging: paging);
    }
    invites {
        link(actor: actor);
        replace(actor: actor);
        disable(actor: actor);
        enable(actor: actor);
        funnel(actor: actor);
        open(slug: text);
        start(slug: text, email: text, locale: maybe_text);
        submit(pass: text, input: fields);
        standing(pass: text);
        withdraw(pass: text);
    }
    requests {
        list(actor: actor, state: value, paging: paging);
        get(actor: actor, request: value);
        approve(actor: actor, request: value, decision: fields);
        reject(actor: actor, request: value, decision: fields);
        decide_many(actor: actor, key: text, input: fields);
        expire(limit: value);
    }
    customers {
        get(actor: actor, customer: value);
        list(actor: actor, state: value, paging: paging);
        search(actor: actor, text: text, paging: paging);
        can_order(actor: actor, customer: value);
        tour(actor: actor, customer: value, language: maybe_text);
        activate(actor: actor, customer: value);
        deactivate(actor: actor, customer: value);
        block(actor: actor, customer: value);
        unblock(actor: actor, customer: value);
        set_pricing(actor: actor, customer: value, input: fields);
        set_service(actor: actor, customer: value, days: list);
    }
    logins {
        authenticate(email: text, password: text);
    }
    mails {
        list(state: value, paging: paging);
        revive(mail: value);
    }
    events {
        list(actor: actor, filter: fields, paging: paging);
    }
}

/// What does not fit the table: results that hold secrets or bytes, and mailers.
const SPECIAL: &[(&str, Operation)] = &[
    ("invites.verify", special::verify),
    ("invites.qr_svg", special::qr_svg),
    ("invites.qr_png", special::qr_png),
    ("mails.deliver", special::deliver),
];

fn all() -> impl Iterator<Item = &'static (&'static str, Operation)> {
    PLAIN.iter().chain(SPECIAL)
}

/// The names of all operations.
pub fn names() -> impl Iterator<Item = &'static str> {
    all().map(|(name, _)| *name)
}

pub(super) fn find(name: &str) -> Result<Operation, Stop> {
    let found = all().find(|(known, _)| *known == name);
    found.map(|(_, operation)| *operation).ok_or_else(|| Stop::Wrong(unknown(name)))
}

fn unknown(name: &str) -> String {
    let group = name.split('.').next().unwrap_or_default();
    let near: Vec<_> = names().filter(|known| known.split('.').next() == Some(group)).collect();
    match near.is_empty() {
        true => "there is no such operation".to_owned(),
        false => format!("there is no such operation; there are `{}`", near.join("`, `")),
    }
}
