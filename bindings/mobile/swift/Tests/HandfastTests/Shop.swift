import Foundation
import Handfast

let password: Secret = "correct horse battery staple"

/// A company that has just signed up.
struct Shop: Sendable {
    let hf: Handfast
    let clock: ManualClock
    let outbox = Outbox()
    let company: Company
    let ada: Actor

    init(
        on url: String = "memory:",
        policy: PolicyInput? = nil,
        logger: (@Sendable (LogRecord) -> Void)? = nil
    ) async throws {
        clock = ManualClock(at: Date(timeIntervalSince1970: 1_795_000_000))
        let settings = Settings(policy: policy, hashing: .insecureForTests)
        hf = try await Handfast.open(url, settings: settings, clock: clock, logger: logger)
        let signedUp = try await hf.companies.signUp(company: floraExport)
        company = signedUp.company
        ada = .staff(login: signedUp.admin.login, company: company.id)
    }

    /// Everything that waits in the outbox arrives.
    func deliver() async throws {
        _ = try await hf.mails.deliver(limit: 1_000, outbox.take)
    }

    /// A visitor who has proved an address.
    func visitor(_ email: String) async throws -> Secret {
        let slug = try await hf.invites.link(actor: ada).slug
        let visit = try await hf.invites.start(slug: slug, email: email).visit
        try await deliver()
        guard case .text(let code)? = outbox.newest("code") else { throw Wrong("no mail holds a code") }
        return try await hf.invites.verify(visit: visit, code: Secret(code)).visitPass
    }

    /// A request that waits for a decision.
    func request(_ name: String) async throws -> RequestId {
        let email = name.lowercased().filter { $0 != " " } + "@shop.example"
        return try await hf.invites.submit(visitPass: visitor(email), business: business(name)).id
    }

    /// A customer, not yet active.
    func customer(_ name: String) async throws -> Customer {
        try await hf.requests.approve(actor: ada, request: request(name)).customer
    }

    /// A customer that can order.
    func activeCustomer(_ name: String) async throws -> CustomerId {
        try await hf.customers.activate(actor: ada, customer: customer(name).id).id
    }
}

let floraExport = SignUp(
    name: "Flora Export", country: "EC", locale: "en", timeZone: "America/Guayaquil",
    adminName: "Ada Flores", adminEmail: "ada@flora.example", adminPassword: password
)

func business(_ name: String) -> BusinessInput {
    let address = PostalAddressInput(line1: "Av. Amazonas 12", city: "Quito", country: "EC")
    return BusinessInput(legalName: name, contact: "Bea Rosas", phone: "+593 2 600 1122", billing: address)
}

/// Values that are gathered from many threads.
final class Gathered<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var gathered: [Value] = []

    func append(_ value: Value) { lock.withLock { gathered.append(value) } }

    var values: [Value] { lock.withLock { gathered } }
}
