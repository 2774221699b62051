import Foundation
import Handfast

/// A step that did not do what its scenario expects.
struct Failure: Error, CustomStringConvertible {
    let description: String
}

/// Plays a scenario on a store.
struct Player {
    private let hf: Handfast
    private let clock: ManualClock
    private let outbox = Outbox()
    private var captures: [String: JSON] = [:]

    /// Plays all steps. The first that does not do what the scenario expects ends the play.
    static func play(_ scenario: Scenario, on url: String) async throws {
        let clock = ManualClock(at: scenario.starts)
        let settings = Settings(policy: scenario.policy, hashing: .insecureForTests)
        var player = Player(hf: try await Handfast.open(url, settings: settings, clock: clock), clock: clock)
        for (index, step) in scenario.steps.enumerated() {
            do {
                try await player.act(step)
            } catch {
                let operation = (try? String(json: step["do"])) ?? "clock"
                throw Failure(description: "\(scenario.file): step \(index + 1) (\(operation)): \(error)")
            }
        }
        player.hf.close()
    }

    private init(hf: Handfast, clock: ManualClock) {
        (self.hf, self.clock) = (hf, clock)
    }

    private mutating func act(_ step: JSON) async throws {
        var fields = try Fields(step)
        let _: JSON = try fields.take("say")
        if let hands: [String: String] = try fields.take("clock") {
            try fields.end()
            return try turn(hands)
        }
        let (operation, actor): (String, JSON) = (try fields.take("do"), try fields.take("as"))
        let with = try fill(try fields.take("with"))
        let places: [String: String]? = try fields.take("capture")
        let (expect, expectedError): (JSON, JSON) = (try fields.take("expect"), try fields.take("expect_error"))
        try fields.end()

        clock.advance(by: 0.001)
        do {
            let result = try await call(operation, as: try fill(actor), with: with)
            if expectedError != .null { throw Wrong("expected the error \(expectedError), got \(result.short)") }
            let asked = step.has("expect") ? difference(expected: try fill(expect), got: result) : nil
            if let asked { throw Wrong(asked) }
            try capture(places ?? [:], from: result)
        } catch let refusal as HandfastError {
            if expectedError == .null { throw Wrong("refused with `\(refusal.code)`: \(refusal.message)") }
            if let different = try difference(expected: expectedError, refusal: refusal) { throw Wrong(different) }
        }
    }

    private func turn(_ hands: [String: String]) throws {
        switch hands.first {
        case ("set", let at)?: clock.set(try Date(json: .text(at)))
        case ("advance", let span)?: clock.advance(by: try TimeInterval(span: span))
        default: throw Wrong("the clock can `set` or `advance`")
        }
    }

    private func call(_ operation: String, as actor: JSON, with: JSON) async throws -> JSON {
        var arguments = [String: JSON]()
        if case .object(let given) = with { arguments = given }
        guard operationNames.contains(operation) else { throw Wrong("there is no such operation") }
        guard operationsWithActor.contains(operation) == (actor != .null) else { throw Wrong("`as` does not fit") }
        if actor != .null { arguments["actor"] = try acting(actor) }
        switch operation {
        case "mails.deliver": return try await deliver(.object(arguments))
        default:
            guard let result = try await hf.ask(operation, .object(arguments)) else {
                throw Wrong("it takes a callback, and is not played by hand")
            }
            return result
        }
    }

    /// `{"host": company}`; the actor of a session, a partner's too; or anything with a `login` and a `company`.
    private func acting(_ actor: JSON) throws -> JSON {
        if actor["session"] != .null { return actor }
        let (host, login, company) = (actor["host"], actor["login"], actor["company"])
        if host != .null { return .object(["as": .text("host"), "company": host]) }
        if login != .null, company != .null {
            return .object(["as": .text("staff"), "login": login, "company": company])
        }
        throw Wrong("`as` is neither `{\"host\": company}` nor something with a `login` and a `company`")
    }

    private func deliver(_ given: JSON) async throws -> JSON {
        var fields = try Fields(given)
        let (limit, refuse): (UInt32?, String?) = (try fields.take("limit"), try fields.take("refuse"))
        let kind: MailKind? = try fields.take("kind")
        try fields.end()
        let (before, outbox, reason) = (outbox.count, outbox, "the scenario's mailer refuses")
        let delivery = try await hf.mails.deliver(limit: limit ?? 1_000) { message in
            switch refuse {
            case "temporary" where kind == nil || kind == message.kind: throw MailRejection.temporary(reason)
            case "permanent" where kind == nil || kind == message.kind: throw MailRejection.permanent(reason)
            default: outbox.take(message)
            }
        }
        guard case .object(var shown) = delivery.json else { return .null }
        shown["mails"] = .list(outbox.since(before))
        return .object(shown)
    }

    /// Keeps parts of the result, by pointer; `code`, `link`, `token` and `password` are those of the newest mail with one.
    private mutating func capture(_ places: [String: String], from result: JSON) throws {
        for (name, place) in places {
            let isInMail = ["code", "link", "token", "password"].contains(place)
            guard let value = isInMail ? outbox.newest(place) : result.at(place) else {
                throw Wrong("nothing to capture as `\(name)` at `\(place)`")
            }
            captures[name] = value
        }
    }

    /// The value with what was captured in the place of `"$name"` and `"$name/pointer"`, and what an authenticator app
    /// shows now in the place of `{"$app": secret}`; `"$$"` is a plain `$`.
    private func fill(_ value: JSON) throws -> JSON {
        switch value {
        case .text(let text) where text.hasPrefix("$$"): return .text(String(text.dropFirst()))
        case .text(let text) where text.hasPrefix("$"):
            let name = text.dropFirst().prefix { $0 != "/" }
            guard let found = captures[String(name)]?.at(String(text.dropFirst(name.count + 1))) else {
                throw Wrong("nothing was captured as `\(text)`")
            }
            return found
        case .list(let items): return .list(try items.map(fill))
        case .object(let fields) where fields.keys.contains("$app"): return .text(try app(value))
        case .object(let fields): return .object(try fields.mapValues(fill))
        default: return value
        }
    }

    /// `{"$app": secret}`, or with `after` what the app shows so much later.
    private func app(_ value: JSON) throws -> String {
        var fields = try Fields(value)
        let secret = try String(json: try fill(try fields.take("$app")))
        let after: String? = try fields.take("after")
        try fields.end()
        return try shown(secret: secret, at: clock.now().addingTimeInterval(after.map(TimeInterval.init(span:)) ?? 0))
    }
}

extension JSON {
    /// Whether an object has a field, even one that is `null`.
    fileprivate func has(_ name: String) -> Bool {
        guard case .object(let fields) = self else { return false }
        return fields.keys.contains(name)
    }
}
