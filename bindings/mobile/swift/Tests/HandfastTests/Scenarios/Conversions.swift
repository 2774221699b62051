import Foundation
import Handfast

/// What a scenario asks for that cannot be asked.
struct Wrong: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A value that a scenario can hand over.
protocol FromJSON {
    init(json: JSON) throws
}

/// A value that a scenario can look at.
protocol ToJSON {
    var json: JSON { get }
}

/// The fields of an object, taken one by one.
struct Fields {
    private var left: [String: JSON]

    init(_ json: JSON) throws {
        guard case .object(let fields) = json else { throw Wrong("expected an object, got \(json.short)") }
        left = fields
    }

    /// One field; one that is left out is `null`.
    mutating func take<T: FromJSON>(_ name: String) throws -> T {
        do {
            return try T(json: left.removeValue(forKey: name) ?? .null)
        } catch let wrong as Wrong {
            throw Wrong("`\(name)`: \(wrong)")
        }
    }

    /// A field that is not looked at would be a mistake that nobody notices.
    func end() throws {
        if let name = left.keys.sorted().first { throw Wrong("has no field `\(name)`") }
    }
}

/// An id or a secret.
protocol TextInJSON: FromJSON, ToJSON, RawRepresentable where RawValue == String {
    init(_ text: String)
}

extension TextInJSON {
    init(json: JSON) throws { self.init(try String(json: json)) }
    var json: JSON { .text(rawValue) }
}

/// One of several texts.
protocol ChoiceInJSON: FromJSON, ToJSON, RawRepresentable where RawValue == String {}

extension ChoiceInJSON {
    init(json: JSON) throws {
        let text = try String(json: json)
        guard let choice = Self(rawValue: text) else { throw Wrong("`\(text)` is no \(Self.self)") }
        self = choice
    }
    var json: JSON { .text(rawValue) }
}

extension JSON: FromJSON {
    init(json: JSON) { self = json }

    /// Columns of a record, which Swift has as a text.
    init(columns: Columns?) { self = columns.flatMap { try? JSON(parsing: $0) } ?? .null }
}

extension String: FromJSON, ToJSON {
    init(json: JSON) throws {
        guard case .text(let text) = json else { throw Wrong("expected a text, got \(json.short)") }
        self = text
    }
    var json: JSON { .text(self) }
}

extension Bool: FromJSON, ToJSON {
    init(json: JSON) throws {
        guard case .flag(let flag) = json else { throw Wrong("expected yes or no, got \(json.short)") }
        self = flag
    }
    var json: JSON { .flag(self) }
}

extension Double: ToJSON {
    fileprivate init(number json: JSON) throws {
        guard case .number(let number) = json else { throw Wrong("expected a number, got \(json.short)") }
        self = number
    }
    var json: JSON { .number(self) }
}

extension TimeInterval: FromJSON {
    /// Milliseconds.
    init(json: JSON) throws { self = try Double(number: json) / 1000 }
}

extension UInt32: FromJSON, ToJSON {
    init(json: JSON) throws {
        guard let number = UInt32(exactly: try Double(number: json)) else { throw Wrong("\(json) is out of range") }
        self = number
    }
    var json: JSON { .number(Double(self)) }
}

extension Int64: FromJSON, ToJSON {
    init(json: JSON) throws {
        guard let number = Int64(exactly: try Double(number: json)) else { throw Wrong("\(json) is out of range") }
        self = number
    }
    var json: JSON { .number(Double(self)) }
}

extension Decimal: FromJSON, ToJSON {
    init(json: JSON) throws {
        let text = try String(json: json)
        self = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) ?? .nan
    }
    var json: JSON { .text(description) }
}

extension Data: ToJSON {
    var json: JSON { .text(base64EncodedString()) }
}

extension Date: FromJSON, ToJSON {
    init(json: JSON) throws {
        let text = try String(json: json)
        let read = try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains(".")))
        guard let read else { throw Wrong("`\(text)` is no time") }
        self = read
    }

    /// RFC 3339 with milliseconds.
    var json: JSON {
        let millis = Int64((timeIntervalSince1970 * 1000).rounded())
        let seconds = Date(timeIntervalSince1970: TimeInterval(millis / 1000)).formatted(.iso8601)
        return .text(seconds.dropLast() + String(format: ".%03dZ", Int(millis % 1000)))
    }
}

extension AnswerValue: FromJSON, ToJSON {
    init(json: JSON) throws {
        switch json {
        case .flag(let flag): self = .flag(flag)
        case .list: self = .several(try [String](json: json))
        default: self = .text(try String(json: json))
        }
    }
    var json: JSON {
        switch self {
        case .flag(let flag): .flag(flag)
        case .text(let text): .text(text)
        case .several(let several): several.json
        }
    }
}

extension Actor: FromJSON, ToJSON {
    init(json: JSON) throws {
        var fields = try Fields(json)
        switch try fields.take("as") as String {
        case "host": self = .host(company: try fields.take("company"))
        case "staff": self = .staff(login: try fields.take("login"), company: try fields.take("company"))
        case "session":
            self = .session(
                session: try fields.take("session"), identity: try fields.take("identity"),
                login: try fields.take("login"), company: try fields.take("company"))
        case "partner":
            self = .partner(
                session: try fields.take("session"), identity: try fields.take("identity"),
                login: try fields.take("login"), partner: try fields.take("partner"),
                delegation: try fields.take("delegation"), company: try fields.take("company"))
        case let other: throw Wrong("nobody acts as `\(other)`")
        }
        try fields.end()
    }
    var json: JSON {
        switch self {
        case .host(let company): .object(["as": .text("host"), "company": company.json])
        case .staff(let login, let company):
            .object(["as": .text("staff"), "login": login.json, "company": company.json])
        case .session(let session, let identity, let login, let company):
            .object([
                "as": .text("session"), "session": session.json, "identity": identity.json, "login": login.json,
                "company": company.json,
            ])
        case .partner(let session, let identity, let login, let partner, let delegation, let company):
            .object([
                "as": .text("partner"), "session": session.json, "identity": identity.json, "login": login.json,
                "partner": partner.json, "delegation": delegation.json, "company": company.json,
            ])
        }
    }
}

extension Optional: FromJSON where Wrapped: FromJSON {
    init(json: JSON) throws { self = json == .null ? nil : try Wrapped(json: json) }
}

extension Optional: ToJSON where Wrapped: ToJSON {
    var json: JSON { self?.json ?? .null }
}

extension Array: FromJSON where Element: FromJSON {
    init(json: JSON) throws {
        guard case .list(let items) = json else { throw Wrong("expected a list, got \(json.short)") }
        self = try items.map(Element.init(json:))
    }
}

extension Array: ToJSON where Element: ToJSON {
    var json: JSON { .list(map(\.json)) }
}

extension Dictionary: FromJSON where Key == String, Value: FromJSON {
    init(json: JSON) throws {
        guard case .object(let fields) = json else { throw Wrong("expected an object, got \(json.short)") }
        self = try fields.mapValues(Value.init(json:))
    }
}

extension Dictionary: ToJSON where Key == String, Value: ToJSON {
    var json: JSON { .object(mapValues(\.json)) }
}
