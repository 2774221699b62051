//! Swift: the ids as structs, so that they do not mix.

use std::fmt::Write;

use handfast_contract::IDS;

use super::HEAD;

const ID: &str = r#"
/// {about}
public struct {name}: RawRepresentable, Hashable, Sendable, Codable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The id as a text.
    public let rawValue: String

    /// The id of a text; what is no id is told when it is used: `not_an_id`.
    public init(_ text: String) { rawValue = text }

    public init(rawValue: String) { self.rawValue = rawValue }

    public init(stringLiteral text: String) { rawValue = text }

    public var description: String { rawValue }
}
"#;

const SECRET: &str = r#"
/// A password, a code or a token. Nothing shows it by itself.
public struct Secret: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible,
    CustomDebugStringConvertible, CustomReflectable
{
    /// The secret itself.
    public let rawValue: String

    public init(_ text: String) { rawValue = text }

    public init(rawValue: String) { self.rawValue = rawValue }

    public init(stringLiteral text: String) { rawValue = text }

    public var description: String { "…" }

    public var debugDescription: String { "…" }

    public var customMirror: Mirror { Mirror(self, children: []) }
}
"#;

pub(super) fn ids() -> String {
    let mut text = format!("// {HEAD}\n");
    for id in IDS {
        let _ = write!(text, "{}", ID.replace("{about}", id.about.trim()).replace("{name}", id.name));
    }
    text.push_str(SECRET);
    text
}
