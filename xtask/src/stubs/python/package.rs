use std::fmt::Write;

use handfast_contract::IDS;

use super::{
    HEAD, all_choices,
    imports::{self, import},
    native::public,
    words::doc,
};

/// What is written by hand: the module, and its names.
const BY_HAND: &[(&str, &[&str])] = &[
    (
        "._errors",
        &[
            "ConflictError",
            "Details",
            "ExpiredError",
            "Fault",
            "ForbiddenError",
            "HandfastError",
            "InternalError",
            "InvalidError",
            "MailRejected",
            "NotFoundError",
            "RateLimitedError",
            "UnauthenticatedError",
            "UnavailableError",
        ],
    ),
    ("._log", &["LogRecord"]),
    ("._open", &["open"]),
    ("._page", &["Page"]),
];

/// `__init__.py`: every name of the package.
pub(super) fn package() -> String {
    let choices = all_choices().map(|choice| choice.name).chain(["Category", "Code"]);
    let mut parts: Vec<(&str, Vec<&'static str>)> = vec![
        ("._choices", choices.collect()),
        ("._ids", IDS.iter().map(|id| id.name).collect()),
        ("._native", public()),
    ];
    parts.extend(BY_HAND.iter().map(|(module, names)| (*module, names.to_vec())));
    parts.sort();
    let mut text = format!("{HEAD}\"\"\"Onboarding between businesses: invite, approve, activate.\n\n");
    text.push_str("`handfast.open` opens the library; `handfast.aio` has the same as coroutines.\n\"\"\"\n\n");
    text.push_str("from . import aio\n");
    let mut all = vec!["aio"];
    for (module, names) in parts {
        all.extend(&names);
        text.push_str(&import(module, names.into_iter()));
    }
    text + &imports::all(all)
}

/// `_ids.py`: a type for each id, a text outside.
pub(super) fn ids() -> String {
    let mut text = format!("{HEAD}\"\"\"The ids: texts that a type checker tells apart.\"\"\"\n\n");
    text.push_str("from typing import NewType\n\n");
    for id in IDS {
        let _ = write!(text, "{0} = NewType(\"{0}\", str)\n{1}", id.name, doc(0, id.about));
    }
    text
}
