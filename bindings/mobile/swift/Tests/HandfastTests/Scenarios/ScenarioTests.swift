import Foundation
import Handfast
import Testing

@Suite("Scenarios")
struct ScenarioTests {
    @Test("every scenario plays in memory", arguments: try Scenario.all())
    func inMemory(scenario: Scenario) async throws {
        try await Player.play(scenario, on: "memory:")
    }

    @Test("every scenario plays on a SQLite file", arguments: try Scenario.all())
    func onFile(scenario: Scenario) async throws {
        let folder = try Folder()
        try await Player.play(scenario, on: folder.file("shop.db"))
    }

    @Test("a step that fails is told with its file, its number, what was expected and what came")
    func failure() async throws {
        let step = try JSON(parsing: #"{ "do": "invites.open", "with": { "slug": "x" }, "expect_error": "not_found" }"#)
        let scenario = Scenario(file: "one.json", starts: Date(timeIntervalSince1970: 1_800_000_000), steps: [step])
        let told = "one.json: step 1 (invites.open): expected the error \"not_found\", got `unknown_link`"
        await #expect { try await Player.play(scenario, on: "memory:") } throws: { "\($0)".hasPrefix(told) }
    }

    @Test("an object may hold more than is expected, a list may not")
    func comparison() throws {
        let got = try JSON(parsing: #"{ "a": [1, 2], "b": "text", "c": null }"#)
        let told: (String) throws -> String? = { difference(expected: try JSON(parsing: $0), got: got) }
        #expect(try told(#"{ "a": [1, 2], "d": null }"#) == nil)
        #expect(try told(#"{ "a": { "$contains": 2 }, "b": { "$contains": "ex" } }"#) == nil)
        #expect(try told(#"{ "a": [1] }"#) == "at `/a`: expected [1], got [1, 2]")
        #expect(try told(#"{ "a": { "$length": 3 } }"#) == "at `/a`: expected $length 3, got [1, 2]")
        #expect(try told(#"{ "b": { "$not": "text" } }"#) == #"at `/b`: expected not "text", got "text""#)
    }
}

extension Scenario {
    fileprivate init(file: String, starts: Date, steps: [JSON]) {
        (self.file, self.starts, self.steps) = (file, starts, steps)
        policy = PolicyInput()
    }
}
