//! What the contract says of itself, in words.

use handfast::company::Role;
use handfast_contract::{Role as RoleChoice, Who, shape::Shape};

/// A doc comment as one line.
pub(super) fn line(about: &str) -> &str {
    about.trim()
}

/// The kind of a value, with a link to where records and choices stand.
pub(super) fn shape(shape: &Shape) -> String {
    match *shape {
        Shape::Nothing => "nothing".to_owned(),
        Shape::Text => "text".to_owned(),
        Shape::Flag => "yes or no".to_owned(),
        Shape::Number => "whole number".to_owned(),
        Shape::Bytes => "bytes".to_owned(),
        Shape::Timestamp => "time".to_owned(),
        Shape::Duration => "duration".to_owned(),
        Shape::Decimal => "decimal".to_owned(),
        Shape::Json => "JSON".to_owned(),
        Shape::Secret => "secret".to_owned(),
        Shape::Answer => "text, yes or no, or list of texts".to_owned(),
        Shape::Actor => linked("Actor"),
        Shape::Id(name) => format!("`{name}`"),
        Shape::Choice(name) | Shape::Record(name) => linked(name),
        Shape::Optional(inner) => format!("{}, or nothing", self::shape(inner)),
        Shape::List(inner) => format!("list of {}", self::shape(inner)),
        Shape::Map(inner) => format!("{} by name", self::shape(inner)),
    }
}

fn linked(name: &str) -> String {
    format!("[{name}](#{})", name.to_ascii_lowercase())
}

/// Who may: the roles by the names that people read.
pub(super) fn who(who: Who) -> String {
    match who {
        Who::Anyone => "everyone".to_owned(),
        Who::SignedIn => "who is signed in: who has the session's token".to_owned(),
        Who::HostOnly => "the host itself, for all companies".to_owned(),
        Who::Role(permission) => {
            let roles = Role::ALL.iter().filter(|role| role.may(permission));
            let roles: Vec<_> = roles.map(|role| role.title("en")).collect();
            let staff = match roles.len() == RoleChoice::ALL.len() {
                true => "all staff".to_owned(),
                false => roles.join(", "),
            };
            let partner = if permission.is_the_owners() { "" } else { ", a partner" };
            format!("{staff}{partner}, and the host")
        }
    }
}
