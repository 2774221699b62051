import Foundation
import Handfast
import Testing

struct Down: Error, CustomStringConvertible {
    var description: String { "the mail server is down" }
}

@Suite("Callbacks")
struct CallbackTests {
    @Test("a throwing mailer leaves the mail in the outbox, and what it says comes back")
    func throwingMailer() async throws {
        let shop = try await Shop()
        let delivery = try await shop.hf.mails.deliver(limit: 10) { _ in throw Down() }
        #expect((delivery.sent, delivery.waiting, delivery.givenUp) == (0, 1, 0))
        #expect(delivery.failures.map(\.code) == ["mailer_failed"])
        #expect(delivery.failures.map(\.reason) == ["the mail server is down"])
        let mail = try #require(try await shop.hf.mails.list(state: .queued).items.first)
        #expect((mail.attempts, mail.failure) == (1, "the mail server is down"))
        shop.clock.advance(by: 60)
        try await shop.deliver()
        #expect(shop.outbox.count == 1)
    }

    @Test("a mailer that says never is not asked again")
    func permanent() async throws {
        let shop = try await Shop()
        let delivery = try await shop.hf.mails.deliver(limit: 10) { _ in
            throw MailRejection.permanent("no such mailbox")
        }
        #expect((delivery.waiting, delivery.givenUp) == (0, 1))
        let dead = try #require(try await shop.hf.mails.list(state: .dead).items.first)
        #expect(dead.failure == "no such mailbox")
    }

    @Test("a mailer may call handfast, and wait for it")
    func callingBack() async throws {
        let shop = try await Shop()
        for number in 1...20 {
            let person = StaffInput(email: "p\(number)@flora.example", name: "Person \(number)", role: .staff)
            _ = try await shop.hf.staff.invite(actor: shop.ada, person: person)
        }
        let names = Gathered<String>()
        let delivery = try await shop.hf.mails.deliver(limit: 100) { message in
            let company = try await shop.hf.companies.get(actor: shop.ada)
            _ = try await shop.hf.priceTypes.add(actor: shop.ada, name: message.id)
            names.append(company.name)
        }
        #expect(delivery.sent == 21)
        #expect(names.values == Array(repeating: "Flora Export", count: 21))
    }

    @Test("a mailer is a type of the host's own, too")
    func ownMailer() async throws {
        struct Recording: Mailer {
            let subjects = Gathered<String>()
            func send(_ message: Message) async throws { subjects.append(message.subject) }
        }
        let (shop, mailer) = (try await Shop(), Recording())
        #expect(try await shop.hf.mails.deliver(mailer: mailer, limit: 10).sent == 1)
        #expect(mailer.subjects.values.count == 1)
    }

    @Test("progress is heard after every row")
    func progress() async throws {
        let (shop, told) = (try await Shop(), Gathered<[UInt32]>())
        let decisions = BulkDecision(
            requests: [try await shop.request("Rosas"), try await shop.request("Luna")], verdict: .approve)
        let rows = try await shop.hf.requests.decideMany(actor: shop.ada, key: "bulk", decisions: decisions) {
            told.append([$0, $1])
        }
        #expect(rows.map(\.outcome) == [.approved, .approved])
        #expect(told.values == [[1, 2], [2, 2]])
        let again = try await shop.hf.requests.decideMany(actor: shop.ada, key: "bulk", decisions: decisions)
        #expect(again == rows)
    }

    @Test("progress that throws ends the call with what it said, when all is decided")
    func throwingProgress() async throws {
        let shop = try await Shop()
        let decisions = BulkDecision(
            requests: [try await shop.request("Rosas"), try await shop.request("Luna")], verdict: .reject)
        let refusal = try await refused {
            try await shop.hf.requests.decideMany(actor: shop.ada, key: "bulk", decisions: decisions) { _, _ in
                throw Down()
            }
        }
        #expect((refusal.category, refusal.message.contains("the mail server is down")) == (.internal, true))
        #expect(try await shop.hf.requests.list(actor: shop.ada, state: .rejected).items.count == 2)
    }

    @Test("progress hears of every user that is added")
    func addingUsers() async throws {
        let (shop, told) = (try await Shop(), Gathered<[UInt32]>())
        let users = try await team(of: shop)
        let rows = try await shop.hf.users.addMany(actor: shop.ada, key: "team", users: users) {
            told.append([$0, $1])
        }
        #expect(told.values == [[1, 3], [2, 3], [3, 3]])
        #expect(rows.map(\.outcome) == [.added, .refused, .added])
        #expect(rows[1].faults.map { [$0.field, $0.code] } == [["email", "not_an_email"]])
        #expect(try await shop.hf.users.addMany(actor: shop.ada, key: "team", users: users) == rows)
    }

    @Test("progress that throws is told once all users are added")
    func throwingWhileAddingUsers() async throws {
        let shop = try await Shop()
        let users = try await team(of: shop)
        let refusal = try await refused {
            try await shop.hf.users.addMany(actor: shop.ada, key: "team", users: users) { _, _ in throw Down() }
        }
        #expect((refusal.category, refusal.message.contains("the mail server is down")) == (.internal, true))
        let added = try await shop.hf.users.list(actor: shop.ada, state: .pending).items
        #expect(Set(added.map(\.email)) == ["uma@rosas.example", "leo@rosas.example"])
    }

    /// Three rows, of which the second has no address.
    private func team(of shop: Shop) async throws -> BulkUsers {
        let customer = try await shop.activeCustomer("Rosas")
        let people = [("uma@rosas.example", "Uma Uva"), ("nowhere", "Ned"), ("leo@rosas.example", "Leo Luz")]
        let users = people.map { UserInput(customer: customer, email: $0, name: $1) }
        return BulkUsers(mode: .apply, users: users)
    }

    @Test("a logger hears of every call, and of no secret")
    func logger() async throws {
        let lines = Gathered<LogRecord>()
        let shop = try await Shop(logger: lines.append)
        _ = try await refused { try await shop.hf.invites.open(slug: "nowhere") }
        let told = lines.values.map(\.message)
        #expect(told.contains { $0.contains("companies.sign_up") })
        #expect(told.contains { $0.contains("unknown_link") })
        #expect(!told.contains { $0.contains(password.rawValue) || $0.contains("ada@flora.example") })
    }

    @Test("the host's own clock tells the time")
    func clock() async throws {
        struct Standing: TimeSource {
            func now() -> Date { Date(timeIntervalSince1970: 1_800_000_000.5) }
        }
        let hf = try await Handfast.open(
            "memory:", settings: Settings(hashing: .insecureForTests), clock: Standing())
        let created = try await hf.companies.signUp(company: floraExport).company.created
        #expect(created == Date(timeIntervalSince1970: 1_800_000_000.5))
    }

    @Test("a clock that throws ends the call with `internal` and what it said")
    func throwingClock() async throws {
        struct Broken: TimeSource {
            let isBroken = Gathered<Bool>()
            func now() throws -> Date {
                if !isBroken.values.isEmpty { throw Down() }
                return Date(timeIntervalSince1970: 1_800_000_000)
            }
        }
        let clock = Broken()
        let hf = try await Handfast.open("memory:", settings: Settings(hashing: .insecureForTests), clock: clock)
        clock.isBroken.append(true)
        let refusal = try await refused { try await hf.companies.signUp(company: floraExport) }
        #expect((refusal.category, refusal.message.contains("the mail server is down")) == (.internal, true))
    }
}
