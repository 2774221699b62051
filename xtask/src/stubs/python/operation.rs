//! What is said of an operation: its arguments and its documentation.

use std::fmt::Write;

use handfast_contract::{
    Category, Operation, Paging, Role, Who,
    shape::{Fits, Shape},
};

use super::{choices::exception, words::taken};

/// An argument: its name, its type, and whether it can be left out.
pub(super) struct Argument {
    pub(super) name: &'static str,
    pub(super) ty: String,
    pub(super) optional: bool,
}

/// The arguments, paging taken apart; those of a callback are written where the method is.
pub(super) fn arguments(operation: &Operation) -> Vec<Argument> {
    let mut arguments = Vec::new();
    for parameter in operation.parameters {
        match parameter.shape {
            Shape::Record(name) if name == Paging::TYPE.name => {
                let paging = Paging::TYPE.fields.iter();
                arguments.extend(paging.map(|field| Argument {
                    name: field.name,
                    ty: taken(&field.shape),
                    optional: true,
                }));
            }
            shape => {
                let none = if parameter.may_be_left_out { " | None" } else { "" };
                let ty = format!("{}{none}", taken(&shape));
                arguments.push(Argument { name: parameter.name, ty, optional: parameter.may_be_left_out });
            }
        }
    }
    arguments
}

/// `self, actor: Actor, *, cursor: str | None = None`.
pub(super) fn signature(arguments: &[Argument]) -> Vec<String> {
    let required = arguments.iter().filter(|argument| !argument.optional);
    let optional = arguments.iter().filter(|argument| argument.optional);
    let mut signature = vec!["self".to_owned()];
    signature.extend(required.map(|Argument { name, ty, .. }| format!("{name}: {ty}")));
    if arguments.iter().any(|argument| argument.optional) {
        signature.push("*".to_owned());
    }
    signature.extend(optional.map(|Argument { name, ty, .. }| format!("{name}: {ty} = None")));
    signature
}

/// What it does, who may, and what it raises.
pub(super) fn about(operation: &Operation) -> String {
    let mut text = format!("{}\n\n{}", operation.about, who(operation.who));
    let mut codes = operation.refuses.to_vec();
    codes.sort_by_key(|code| code.category().as_str());
    for (at, same) in codes.chunk_by(|one, next| one.category() == next.category()).enumerate() {
        let names: Vec<_> = same.iter().map(|code| format!("`{code}`")).collect();
        let category = same.first().map_or(Category::Internal, |code| code.category());
        let begin = if at == 0 { "\n\nRaises" } else { "," };
        let _ = write!(text, "{begin} `{}` ({})", exception(category), names.join(", "));
    }
    if codes.is_empty() { text } else { text + "." }
}

fn who(who: Who) -> String {
    let permission = match who {
        Who::Anyone => return "Anyone may.".to_owned(),
        Who::SignedIn => return "For who has the session's token.".to_owned(),
        Who::HostOnly => return "For the host itself: it takes no actor.".to_owned(),
        Who::Role(permission) => permission,
    };
    let may = |role: &&Role| role.fit().is_ok_and(|role: handfast::company::Role| role.may(permission));
    let roles: Vec<_> = Role::ALL.iter().filter(may).map(|role| format!("`{}`", role.as_str())).collect();
    let partner = if permission.is_the_owners() { "" } else { ", and a partner in the account" };
    match roles.len() == Role::ALL.len() {
        true => format!("All staff may{partner}."),
        false => format!("Roles that may: {}{partner}.", roles.join(", ")),
    }
}
