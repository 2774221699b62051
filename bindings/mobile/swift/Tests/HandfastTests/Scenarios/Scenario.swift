import Foundation
import Handfast

/// A scenario as it stands in its file.
struct Scenario: Sendable, CustomStringConvertible {
    let file: String
    let starts: Date
    let policy: PolicyInput
    let steps: [JSON]

    var description: String { file }

    /// `tests/vectors`, seen from this file.
    private static let folder = URL(filePath: #filePath)
        .appending(path: "../../../../../../../tests/vectors").standardizedFileURL

    /// Every scenario of the project.
    static func all() throws -> [Scenario] {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        return try files.sorted().map { try Scenario(file: $0) }
    }

    init(file: String) throws {
        let text = try String(contentsOf: Scenario.folder.appending(path: file), encoding: .utf8)
        var fields = try Fields(try JSON(parsing: text))
        let _: JSON = try fields.take("title")
        let _: JSON = try fields.take("about")
        let _: JSON = try fields.take("$schema")
        self.file = file
        starts = try fields.take("starts")
        policy = try Scenario.policy(try fields.take("policy"))
        steps = try fields.take("steps")
        try fields.end()
    }

    /// Numbers of the library that the file changes: durations as `10m`, or `for ever`; choices as they are.
    private static func policy(_ given: JSON) throws -> PolicyInput {
        guard case .object(let numbers) = given else { return PolicyInput() }
        let read = try numbers.mapValues { number -> JSON in
            switch number {
            case .text("for ever"): .number(.greatestFiniteMagnitude)
            case .text(let span) where span.first?.isNumber == true: .number(try TimeInterval(span: span) * 1000)
            default: number
            }
        }
        return try PolicyInput(json: .object(read))
    }
}
