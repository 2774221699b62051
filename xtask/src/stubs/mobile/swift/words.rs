//! Choices and codes: what stands for them everywhere outside Swift.

use std::{collections::BTreeMap, fmt::Write, iter};

use handfast::Code;
use handfast_contract::{CHOICES, LogLevel, shape::ChoiceType};

use super::{HEAD, camel, declared};
use crate::parts::by_module;

/// Every choice of each module, and its text.
pub(super) fn choices() -> BTreeMap<&'static str, String> {
    let modules = by_module(iter::empty(), CHOICES.iter().copied().chain([LogLevel::TYPE]));
    let file = |choices: &[ChoiceType]| {
        let mut text = format!("// {HEAD}\n");
        choices.iter().for_each(|choice| raw_values(&mut text, choice));
        text
    };
    modules.into_iter().map(|(module, types)| (module, file(&types.choices))).collect()
}

fn raw_values(text: &mut String, ty: &ChoiceType) {
    let name = ty.name;
    let _ = write!(
        text,
        "\nextension {name}: RawRepresentable {{\n    /// The choice that this text stands for; none when there is no \
         such choice.\n    public init?(rawValue text: String) {{\n        switch text {{\n"
    );
    for choice in ty.choices {
        let _ = writeln!(text, "        case \"{}\": self = .{}", (choice.text)(), camel(choice.name));
    }
    text.push_str(
        "        default: return nil\n        }\n    }\n\n    /// The choice as it is written everywhere outside Swift.\n    \
         public var rawValue: String {\n        switch self {\n",
    );
    for choice in ty.choices {
        let _ = writeln!(text, "        case .{}: \"{}\"", camel(choice.name), (choice.text)());
    }
    text.push_str("        }\n    }\n}\n");
}

const CODE: &str = "
/// The stable code of a refusal: what a program decides by. A later version may have more.
public struct ErrorCode: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The code as a text.
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public init(stringLiteral text: String) { rawValue = text }

    public var description: String { rawValue }
}

extension ErrorCode {
";

/// Every code by its name.
pub(super) fn codes() -> String {
    let mut text = format!("// {HEAD}\n{CODE}");
    for (at, code) in Code::ALL.iter().enumerate() {
        let gap = if at == 0 { "" } else { "\n" };
        let (says, name) = (code.sentence(), declared(code.as_str()));
        let _ = write!(text, "{gap}    /// {says}\n    public static let {name}: ErrorCode = \"{code}\"\n");
    }
    text.push_str("}\n");
    text
}
