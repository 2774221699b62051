//! Versions of the test's own course.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

/// What a task waits for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) key: &'static str,
    pub(crate) side: Side,
    pub(crate) signal: &'static str,
    count: usize,
    distinct: Option<&'static str>,
    matching: Option<(&'static str, &'static str)>,
}

/// In which account it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Partner,
    Commerce,
}

/// One version: which tasks it has, which of them in their other form, and which may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edition {
    has: u16,
    other: u16,
    optional: u16,
}

/// A fact as it stands in an account's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) fields: BTreeMap<&'static str, String>,
    /// The version that counted then; 0 for none.
    pub(crate) edition: usize,
}

type Form = (&'static str, usize, Option<&'static str>, Option<(&'static str, &'static str)>);

use Side::{Commerce, Partner};

/// Every task in its two forms: signal, how many, of which different values, and what they must say.
const TASKS: [(&str, Side, Form, Form); 10] = [
    ("link", Partner, ("client_linked", 1, None, None), ("client_linked", 2, Some("company"), None)),
    ("factor", Partner, ("two_factor_enabled", 1, None, None), ("two_factor_enabled", 2, None, None)),
    ("view", Partner, ("clients_viewed", 1, None, None), ("clients_viewed", 2, None, None)),
    ("enter", Partner, ("client_logged_in", 1, None, None), ("client_logged_in", 2, Some("company"), None)),
    ("read", Partner, ("lesson_read", 2, Some("lesson"), None), ("lesson_read", 1, None, Some(("lesson", "2")))),
    ("tandem", Partner, ("course_enabled", 1, None, None), ("partner_signed_up", 1, None, None)),
    ("linked", Commerce, ("partner_linked", 1, None, None), ("partner_linked", 1, None, Some(("origin", "referral")))),
    ("learn", Commerce, ("lesson_read", 3, None, None), ("lesson_read", 2, Some("lesson"), None)),
    ("order", Commerce, ("order_placed", 2, None, Some(("lesson", "1"))), ("order_placed", 1, None, None)),
    ("offer", Commerce, ("offer_added", 1, None, None), ("partner_entered", 1, None, None)),
];

/// Any version; most have some five tasks.
pub(crate) fn edition() -> impl Strategy<Value = Edition> {
    (any::<u16>(), any::<u16>(), any::<u16>()).prop_map(|(has, other, optional)| Edition { has, other, optional })
}

impl Edition {
    /// Its tasks, and whether the course can be finished without them. There is one that it cannot.
    pub(crate) fn tasks(self) -> impl Iterator<Item = (Rule, bool)> {
        let bit = |mask: u16, at: usize| mask & 1 << at != 0;
        let none = !(0..TASKS.len()).any(|at| bit(self.has, at));
        let has = move |at: usize| bit(self.has, at) || none && at == 0;
        let first = (0..TASKS.len()).find(|at| has(*at));
        TASKS.into_iter().enumerate().filter(move |(at, _)| has(*at)).map(move |(at, (key, side, one, other))| {
            let (signal, count, distinct, matching) = if bit(self.other, at) { other } else { one };
            let optional = bit(self.optional, at) && first != Some(at);
            (Rule { key, side, signal, count, distinct, matching }, optional)
        })
    }

    /// As the file that is published.
    pub(crate) fn source(self, version: usize) -> String {
        let mut source = format!(
            "key = \"test\"\nversion = {version}\ntitle = {{ en = \"Test\" }}\n[[sections]]\nkey = \"all\"\n\
             title = {{ en = \"All\" }}\n"
        );
        for (rule, optional) in self.tasks() {
            let Rule { key, side, signal, count, distinct, matching } = rule;
            let side = if side == Partner { "partner" } else { "commerce" };
            let need = if optional { "optional" } else { "required" };
            source += &format!(
                "[[sections.items]]\nkey = \"{key}\"\ntitle = {{ en = \"{key}\" }}\n[sections.items.task]\n\
                 directive = {{ en = \"Do it\" }}\nside = \"{side}\"\nneed = \"{need}\"\nsignal = \"{signal}\"\n\
                 count = {count}\n"
            );
            distinct.into_iter().for_each(|field| source += &format!("distinct = \"{field}\"\n"));
            matching.into_iter().for_each(|(field, value)| source += &format!("where = {{ {field} = \"{value}\" }}\n"));
        }
        source
    }
}

impl Rule {
    /// How much of what it asks for stands in a log, of what came until a version.
    pub(crate) fn counted(self, log: &[Fact], until: usize) -> usize {
        let matches = |fact: &&Fact| {
            let says = |(field, value): (&str, &str)| fact.fields.get(field).is_some_and(|is| is == value);
            fact.edition <= until && fact.name == self.signal && self.matching.is_none_or(says)
        };
        let found = log.iter().filter(matches);
        match self.distinct {
            Some(field) => found.filter_map(|fact| fact.fields.get(field)).collect::<BTreeSet<_>>().len(),
            None => found.count(),
        }
    }

    pub(crate) fn is_done(self, log: &[Fact], until: usize) -> bool {
        self.counted(log, until) >= self.count
    }
}
