import Foundation
import Handfast
import Testing

@Suite("Errors")
struct ErrorTests {
    @Test("a refusal has a case for its category, and tells its code")
    func cases() async throws {
        let shop = try await Shop()
        let sara = Actor.staff(login: "01a207a2-3281-7000-b15b-bf815aaac881", company: shop.company.id)
        do {
            _ = try await shop.hf.invites.link(actor: sara)
            Issue.record("a stranger gets the link")
        } catch HandfastError.forbidden(let details) {
            #expect((details.code, details.category) == ("role_too_low", "forbidden"))
        }
        let unknown = try await refused { try await shop.hf.invites.open(slug: "nowhere") }
        #expect((unknown.code, unknown.category, unknown.retryable) == (.unknownLink, .notFound, false))
        #expect("\(unknown)" == "\(unknown.message) (unknown_link)")
        #expect(unknown.localizedDescription == "\(unknown)")
    }

    @Test("everything that is wrong is told at once, field by field")
    func faults() async throws {
        let shop = try await Shop()
        let pass = try await shop.visitor("bea@rosas.example")
        let empty = PostalAddressInput(line1: "", city: "Quito", country: "Ecuador")
        let wrong = BusinessInput(legalName: "Rosas", contact: "", phone: "12", billing: empty)
        let refusal = try await refused { try await shop.hf.invites.submit(visitPass: pass, business: wrong) }
        #expect(refusal.code == .invalidInput)
        let told = Dictionary(uniqueKeysWithValues: refusal.faults.map { ($0.field, $0.code) })
        #expect(
            told == [
                "contact": "required", "phone": "not_a_phone", "billing.line1": "required",
                "billing.country": "not_a_country",
            ])
        #expect(refusal.faults.allSatisfy { !$0.message.isEmpty })
    }

    @Test("a text that is no id is `not_an_id`")
    func noId() async throws {
        let shop = try await Shop()
        let refusal = try await refused { try await shop.hf.customers.get(actor: shop.ada, customer: "seven") }
        #expect((refusal.code, refusal.message.contains("customer")) == (.notAnId, true))
    }

    @Test("who is too quick is told how long to wait")
    func waiting() async throws {
        let shop = try await Shop()
        let slug = try await shop.hf.invites.link(actor: shop.ada).slug
        _ = try await shop.hf.invites.start(slug: slug, email: "bea@rosas.example")
        let refusal = try await refused { try await shop.hf.invites.start(slug: slug, email: "bea@rosas.example") }
        #expect((refusal.code, refusal.category, refusal.retryable) == (.tooOften, .rateLimited, true))
        #expect(refusal.retryAfter == 60)
    }

    @Test("every code has a name, and the category of each is one that is known")
    func codes() {
        #expect(ErrorCode.wrongCode.rawValue == "wrong_code")
        #expect(ErrorCode.`internal` == "internal")
        #expect(HandfastError.Category.allCases.count == 9)
    }
}
