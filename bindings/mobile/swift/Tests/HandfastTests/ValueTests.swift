import Foundation
import Handfast
import Testing

@Suite("Values")
struct ValueTests {
    @Test(
        "times come back to the millisecond",
        arguments: [0, 1, 999, 1_795_000_000_123, 253_402_300_799_999] as [Int64])
    func times(millis: Int64) async throws {
        let shop = try await Shop()
        let at = Date(timeIntervalSince1970: TimeInterval(millis) / 1_000)
        let form = CompanyInput(
            name: "Flora", country: "EC", locale: "en", timeZone: "America/Guayaquil", trialEnds: at)
        let ends = try #require(try await shop.hf.companies.update(actor: shop.ada, company: form).trialEnds)
        #expect((ends.timeIntervalSince1970 * 1_000).rounded() == Double(millis))
        #expect(try await shop.hf.companies.get(actor: shop.ada).trialEnds == ends)
    }

    @Test(
        "a time or a span that is none is refused, and does not end the process",
        arguments: [Double.nan, .infinity, -.infinity, .greatestFiniteMagnitude, -1])
    func noTimes(number: Double) async throws {
        let shop = try await Shop()
        let filter = EventFilter(since: Date(timeIntervalSince1970: number))
        let refusal = try await refused { try await shop.hf.events.list(actor: shop.ada, filter: filter) }
        #expect(refusal.category == .invalid)
        let settings = Settings(policy: PolicyInput(mailLease: number))
        let policy = try await refused { try await Handfast.open("memory:", settings: settings) }
        #expect(policy.faults.map(\.field) == ["mail_lease"])
    }

    @Test("decimals are exact", arguments: ["0.1", "7.5", "2000", "123456789012.34"])
    func decimals(text: String) async throws {
        let shop = try await Shop()
        let customer = try await shop.customer("Rosas")
        let price = try await shop.hf.priceTypes.add(actor: shop.ada, name: "Retail")
        let amount = try #require(Decimal(string: text))
        let pricing = PricingInput(priceType: price.id, markup: Decimal(string: "0.1"), creditLimit: amount)
        let priced = try await shop.hf.customers.setPricing(actor: shop.ada, customer: customer.id, pricing: pricing)
        #expect((priced.creditLimit, priced.markup) == (amount, Decimal(string: "0.1")))
    }

    @Test("a decimal that is none is refused")
    func noDecimal() async throws {
        let shop = try await Shop()
        let customer = try await shop.customer("Rosas")
        let price = try await shop.hf.priceTypes.add(actor: shop.ada, name: "Retail")
        let pricing = PricingInput(priceType: price.id, creditLimit: .nan)
        let refusal = try await refused {
            try await shop.hf.customers.setPricing(actor: shop.ada, customer: customer.id, pricing: pricing)
        }
        #expect(refusal.faults.map(\.field) == ["credit_limit"])
    }

    @Test("an id is a text with a type of its own")
    func ids() async throws {
        let shop = try await Shop()
        let customer = try await shop.customer("Rosas")
        let kept = "\(customer.id)"
        #expect(try await shop.hf.customers.get(actor: shop.ada, customer: CustomerId(kept)) == customer)
        #expect(try JSONDecoder().decode(CustomerId.self, from: JSONEncoder().encode(customer.id)) == customer.id)
    }

    @Test("a choice is told by its text")
    func choices() {
        #expect(Role.procurementManager.rawValue == "procurement_manager")
        #expect(Role(rawValue: "sales_manager") == .salesManager)
        #expect(Role(rawValue: "boss") == nil)
        #expect(Role.allCases.allSatisfy { Role(rawValue: $0.rawValue) == $0 })
    }

    @Test("a secret shows itself to nobody who does not ask")
    func secrets() async throws {
        let shop = try await Shop()
        let invited = StaffInput(email: "sara@flora.example", name: "Sara Sol", role: .salesManager)
        _ = try await shop.hf.staff.invite(actor: shop.ada, person: invited)
        let pass = try await shop.visitor("bea@rosas.example")
        var dumped = ""
        dump(pass, to: &dumped)
        for shown in ["\(pass)", String(reflecting: pass), String(describing: Optional(pass)), dumped] {
            #expect(!shown.contains(pass.rawValue))
        }
    }

    @Test("bytes come as they are")
    func bytes() async throws {
        let shop = try await Shop()
        let picture = try await shop.hf.invites.qrPng(actor: shop.ada)
        #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }

    @Test("columns that changed are JSON")
    func columns() async throws {
        let shop = try await Shop()
        _ = try await shop.hf.invites.disable(actor: shop.ada)
        let event = try #require(try await shop.hf.events.list(actor: shop.ada).items.first)
        #expect((event.what, event.before) == (.linkSwitched, #"{"state":"active"}"#))
    }
}
