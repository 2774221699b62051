//! The words that each language keeps for itself.

/// A language and its words.
pub(crate) struct Language {
    pub(crate) name: &'static str,
    pub(crate) words: &'static str,
}

pub(crate) const LANGUAGES: &[Language] = &[RUST, PYTHON, JAVASCRIPT, KOTLIN, SWIFT];

/// The Rust Reference, "Keywords": strict and reserved ones of the 2024 edition.
const RUST: Language = Language {
    name: "Rust",
    words: "\
as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub \
ref return self Self static struct super trait true type unsafe use where while \
abstract become box do final gen macro override priv try typeof unsized virtual yield",
};

/// `keyword.kwlist` of Python 3.11. Soft keywords (`match`, `case`, `type`) may be names.
const PYTHON: Language = Language {
    name: "Python",
    words: "\
False None True and as assert async await break class continue def del elif else except finally for from global if \
import in is lambda nonlocal not or pass raise return try while with yield",
};

/// ECMAScript 2026, 12.7.2 "Keywords and Reserved Words", with those of strict mode; TypeScript has the same.
const JAVASCRIPT: Language = Language {
    name: "JavaScript",
    words: "\
await break case catch class const continue debugger default delete do else enum export extends false finally for \
function if import in instanceof new null return super switch this throw true try typeof var void while with yield \
let static implements interface package private protected public eval arguments",
};

/// The Kotlin documentation, "Keywords and operators": the hard ones. Soft ones and modifiers may be names.
const KOTLIN: Language = Language {
    name: "Kotlin",
    words: "\
as break class continue do else false for fun if in interface is null object package return super this throw true try \
typealias typeof val var when while",
};

/// The Swift Programming Language, "Keywords and Punctuation": those of declarations, statements and expressions.
const SWIFT: Language = Language {
    name: "Swift",
    words: "\
associatedtype borrowing class consuming deinit enum extension fileprivate func import init inout internal let \
nonisolated open operator precedencegroup private protocol public rethrows static struct subscript typealias var \
break case catch continue default defer do else fallthrough for guard if in repeat return switch throw where while \
Any as await false is nil self Self super throws true try",
};
