import Foundation
import Handfast

/// Where a play's mails arrive.
final class Outbox: @unchecked Sendable {
    private let lock = NSLock()
    private var arrived: [JSON] = []

    func take(_ message: Message) {
        let (kind, text) = (message.kind.rawValue, message.text.rawValue)
        lock.withLock {
            arrived.append(
                .object([
                    "kind": .text(kind), "to": .text(message.to), "to_name": message.toName.json,
                    "locale": .text(message.locale), "subject": .text(message.subject), "text": .text(text),
                    "code": code(in: text).json, "link": link(in: text).json, "token": token(in: text).json,
                    "password": temporaryPassword(in: text).json,
                ]))
        }
    }

    var count: Int { lock.withLock { arrived.count } }

    /// The mails from the `first` on.
    func since(_ first: Int) -> [JSON] { lock.withLock { Array(arrived[first...]) } }

    /// The code, the link, the token or the temporary password of the newest mail that holds one.
    func newest(_ what: String) -> JSON? {
        lock.withLock { arrived.last { $0[what] != .null }?[what] }
    }
}

/// A line of 6 to 10 digits and nothing else.
func code(in text: String) -> String? {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
    return lines.first { (6...10).contains($0.count) && $0.allSatisfy(\.isNumber) }
}

/// The first line that is a web address: the one of the mail's button.
func link(in text: String) -> String? {
    text.split(whereSeparator: \.isNewline).map(String.init).first {
        $0.hasPrefix("http://") || $0.hasPrefix("https://")
    }
}

/// What follows the `#` of the link.
func token(in text: String) -> String? {
    link(in: text)?.split(separator: "#", maxSplits: 1).dropFirst().first.map(String.init)
}

/// A line of four groups of five letters and digits.
func temporaryPassword(in text: String) -> String? {
    let isGroup: (Substring) -> Bool = { $0.count == 5 && $0.allSatisfy { $0.isLetter || $0.isNumber } }
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
    return lines.first {
        let groups = $0.split(separator: "-", omittingEmptySubsequences: false)
        return groups.count == 4 && groups.allSatisfy(isGroup)
    }
}
