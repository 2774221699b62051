//! The table of operations as data: what documents, generated files and tests read.

use handfast::{Code, company::Permission};

use crate::{
    scalar::*,
    shape::{Described, Shape},
    types::*,
};

/// An operation.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The group it stands in: `invites`.
    pub group: &'static str,
    /// The name of the group's class: `Invites`.
    pub class: &'static str,
    /// What the group is about.
    pub group_about: &'static str,
    /// Its name: `submit`.
    pub verb: &'static str,
    /// What it does.
    pub about: &'static str,
    /// Of what kind it is.
    pub kind: Kind,
    /// What it takes, in order.
    pub parameters: &'static [Parameter],
    /// What it gives.
    pub result: Shape,
    /// Who may.
    pub who: Who,
    /// What it refuses with, beside the codes of the store.
    pub refuses: &'static [Code],
}

/// What an operation takes.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name, in snake_case.
    pub name: &'static str,
    /// How it looks.
    pub shape: Shape,
    /// Whether it can be left out.
    pub may_be_left_out: bool,
}

/// The kinds of operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reads, in microseconds.
    Read,
    /// Reads a page of a list.
    List,
    /// Writes.
    Change,
    /// Writes many rows, and takes a listener who hears how far it has come.
    Bulk,
    /// Takes another callback as well.
    Special,
}

/// Who may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everyone: who has the link, the code or the token.
    Anyone,
    /// The person who is signed in: who has a session's token.
    SignedIn,
    /// What the host itself does, for all companies: it takes no actor.
    HostOnly,
    /// Staff whose role allows it, and the host.
    Role(Permission),
}

macro_rules! table {
    ($($group:ident $Group:ident $about:literal {
        $(#[doc = $doc:literal]
        $kind:ident $verb:ident($($arg:ident: $Arg:ty),*) [$($may:ident: $May:ty),*] -> $Result:ty,
            who $who:ident, refuses [$($code:ident)*];)+
    })+) => {
        /// Every operation, in the order of the documents.
        pub const OPERATIONS: &[Operation] = &[$($(Operation {
            group: stringify!($group),
            class: stringify!($Group),
            group_about: $about,
            verb: stringify!($verb),
            about: $doc,
            kind: table!(@kind $kind),
            parameters: &[
                $(Parameter { name: stringify!($arg), shape: <$Arg>::SHAPE, may_be_left_out: false },)*
                $(Parameter { name: stringify!($may), shape: <$May>::SHAPE, may_be_left_out: true },)*
            ],
            result: <$Result>::SHAPE,
            who: table!(@who $who),
            refuses: &[$(Code::$code),*],
        },)+)+];
    };
    (@kind read) => { Kind::Read };
    (@kind list) => { Kind::List };
    (@kind change) => { Kind::Change };
    (@kind bulk) => { Kind::Bulk };
    (@kind special) => { Kind::Special };
    (@who Anyone) => { Who::Anyone };
    (@who SignedIn) => { Who::SignedIn };
    (@who HostOnly) => { Who::HostOnly };
    (@who $permission:ident) => { Who::Role(Permission::$permission) };
}

crate::operations!(table);

impl Operation {
    /// Whether it can be refused so, beside the codes of the store: with those that it names, with `not_an_id`, and
    /// with those of the session that its actor acts by, or of its token.
    pub fn can_refuse(&self, code: Code) -> bool {
        let of_session = match self.who {
            Who::Role(_) => {
                &[Code::NotSignedIn, Code::SecondFactorNeeded, Code::AccessEnded, Code::TwoFactorRequired][..]
            }
            Who::SignedIn => &[Code::AccessEnded],
            Who::Anyone | Who::HostOnly => &[],
        };
        let delegated = code == Code::Delegated && self.is_closed_to_partners();
        code == Code::NotAnId || self.refuses.contains(&code) || of_session.contains(&code) || delegated
    }

    /// Whether a Certified Partner in a client's account may not do it: what stays with the client's own Admins, and what
    /// is the person's own.
    fn is_closed_to_partners(&self) -> bool {
        match self.who {
            Who::Role(permission) => permission.is_the_owners(),
            Who::SignedIn => true,
            Who::Anyone | Who::HostOnly => false,
        }
    }

    /// `invites.submit`.
    pub fn name(&self) -> String {
        format!("{}.{}", self.group, self.verb)
    }
}
