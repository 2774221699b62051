import Foundation
import Handfast

/// The first difference between what is expected and what there is.
///
/// An object may hold more than is expected of it, a list may not. What is not there is `null`. An object of one key that
/// begins with `$` asks for something else than equality.
func difference(expected: JSON, got: JSON, at place: String = "") -> String? {
    if case .object(let fields) = expected {
        if fields.count == 1, let (question, value) = fields.first, question.hasPrefix("$") {
            return answer(to: question, value, got, at: place)
        }
        if case .object = got {
            let names = fields.keys.sorted().lazy
            return names.compactMap { difference(expected: fields[$0]!, got: got[$0], at: "\(place)/\($0)") }.first
        }
    }
    if case .list(let items) = expected, case .list(let there) = got, items.count == there.count {
        let pairs = zip(items, there).enumerated().lazy
        return pairs.compactMap { difference(expected: $1.0, got: $1.1, at: "\(place)/\($0)") }.first
    }
    return expected == got ? nil : told(expected.short, got, at: place)
}

private func answer(to question: String, _ value: JSON, _ got: JSON, at place: String) -> String? {
    switch (question, value, got) {
    case ("$not", _, _):
        return difference(expected: value, got: got) == nil ? told("not \(value.short)", got, at: place) : nil
    case ("$contains", .text(let part), .text(let text)):
        return text.contains(part) ? nil : told("something with \(value.short)", got, at: place)
    case ("$contains", _, .list(let items)):
        let holds = items.contains { difference(expected: value, got: $0) == nil }
        return holds ? nil : told("something with \(value.short)", got, at: place)
    case ("$length", .number(let length), .list(let items)) where Int(length) == items.count: return nil
    case ("$length", .number(let length), .text(let text)) where Int(length) == text.unicodeScalars.count: return nil
    case ("$length", .number(let length), .object(let fields)) where Int(length) == fields.count: return nil
    default: return told("\(question) \(value.short)", got, at: place)
    }
}

private func told(_ expected: String, _ got: JSON, at place: String) -> String {
    "\(place.isEmpty ? "" : "at `\(place)`: ")expected \(expected), got \(got.short)"
}

/// The first difference between the refusal that is expected and the one there is.
func difference(expected: JSON, refusal: HandfastError) throws -> String? {
    guard case .object = expected else {
        return expected == .text(refusal.details.code)
            ? nil : "expected the error \(expected), got `\(refusal.code)`: \(refusal.message)"
    }
    if let different = try difference(expected: expected["code"], refusal: refusal) { return different }
    if case .object = expected["faults"] {
        let there = refusal.faults.reduce(into: [:]) { $0[$1.field] = JSON.text($1.code) }
        if expected["faults"] != .object(there) {
            return "expected the faults \(expected["faults"]), got \(JSON.object(there))"
        }
    }
    if case .text(let wait) = expected["retry_after"], let awaited = try? TimeInterval(span: wait) {
        guard let there = refusal.retryAfter, abs(there - awaited) < 0.000_5 else {
            return "expected to wait \(wait), got \(refusal.retryAfter.map { "\($0) s" } ?? "nothing")"
        }
    }
    return nil
}

extension TimeInterval {
    /// Reads `90s`, `10m`, `24h`, `30d`, `250ms` or several together, `1h30m`.
    init(span text: String) throws {
        let units = ["d": 86_400.0, "h": 3_600, "m": 60, "s": 1, "ms": 0.001]
        var (rest, sum) = (text[...], 0.0)
        repeat {
            let number = rest.prefix(while: \.isNumber)
            let unit = rest.dropFirst(number.count).prefix(while: \.isLetter)
            guard let count = Double(number), let size = units[String(unit)] else {
                throw Wrong("`\(text)` is not a duration")
            }
            sum += count * size
            rest = rest.dropFirst(number.count + unit.count)
        } while !rest.isEmpty
        self = sum
    }
}
