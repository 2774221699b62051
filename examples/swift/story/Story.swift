import Foundation
import Handfast

/// From a company's sign-up to a customer who can order, and a partner who is certified.
@main
struct Story {
    static func main() async throws {
        let hf = try await Handfast.open("memory:")
        let post = Post()
        let password: Secret = "correct horse battery staple"
        let partnerChapter = PartnerChapter(hf: hf, password: password)
        try await partnerChapter.publish()

        print("Flora Export grows roses in Ecuador. Ada Flores signs it up.")
        let flora = try await hf.companies.signUp(
            company: SignUp(
                name: "Flora Export", country: "EC", locale: "en", timeZone: "America/Guayaquil",
                adminName: "Ada Flores", adminEmail: "ada@flora.example",
                adminPassword: password))
        let ada = Actor.staff(login: flora.admin.login, company: flora.company.id)
        let retail = try await hf.priceTypes.add(actor: ada, name: "Retail")
        let truck = try await hf.carriers.add(actor: ada, name: "Night truck")

        let link = try await hf.invites.link(actor: ada)
        print("Her invite link is permanent: \(link.url)")

        print("Bea opens it and proves her address with the code from a mail.")
        let visit = try await hf.invites.start(slug: link.slug, email: "bea@rosas.example").visit
        do {
            _ = try await hf.invites.verify(visit: visit, code: "00000000")
        } catch let refusal as HandfastError where refusal.code == .wrongCode {
            print("A wrong one is refused: \(refusal.message).")
        }
        _ = try await hf.mails.deliver(limit: 100, post.take)
        let pass = try await hf.invites.verify(visit: visit, code: post.code()).visitPass

        var rosas = BusinessDraft(phone: "12")
        do {
            _ = try await hf.invites.submit(visitPass: pass, business: rosas.filled)
        } catch HandfastError.invalid(let details) {
            let mistakes = details.faults.map { "\($0.field) \($0.message)" }.joined(separator: ", ")
            print("Her form has mistakes: \(mistakes).")
        }
        rosas.phone = "+593 2 600 1122"
        let request = try await hf.invites.submit(visitPass: pass, business: rosas.filled)

        for try await waiting in hf.requests.listAll(actor: ada, state: .pending) {
            print("Waits for Ada to decide: \(waiting.legalName)")
        }
        let customer = try await hf.requests.approve(actor: ada, request: request.id).customer.id

        try await canOrder(hf, ada, customer)
        _ = try await hf.customers.activate(actor: ada, customer: customer)
        let pricing = PricingInput(priceType: retail.id, markup: 7.5, creditLimit: 2000)
        _ = try await hf.customers.setPricing(actor: ada, customer: customer, pricing: pricing)
        try await canOrder(hf, ada, customer)
        let monday = ServiceDay(day: .monday, carrier: truck.id)
        _ = try await hf.customers.setService(actor: ada, customer: customer, days: [monday])
        try await canOrder(hf, ada, customer)

        _ = try await hf.mails.deliver(limit: 100, post.take)
        print("Bea's last mail: \(post.subjects(to: "bea@rosas.example").last ?? "none").")

        try await partnerChapter.tell(ada: ada, adaEmail: "ada@flora.example", customer: customer)
    }

    static func canOrder(_ hf: Handfast, _ ada: Actor, _ customer: CustomerId) async throws {
        let answer = try await hf.customers.canOrder(actor: ada, customer: customer)
        let missing = answer.missing.map(\.rawValue).joined(separator: ", ")
        print(answer.yes ? "=> Rosas can order." : "=> Rosas cannot order. Missing: \(missing).")
    }
}

/// What Bea types.
struct BusinessDraft {
    var phone: String

    var filled: BusinessInput {
        let billing = PostalAddressInput(line1: "Av. Amazonas 12", city: "Quito", country: "EC")
        return BusinessInput(
            legalName: "Rosas del Valle S.A.", contact: "Bea Rosas", phone: phone, billing: billing)
    }
}

/// A mailer that keeps what it is given.
final class Post: @unchecked Sendable {
    private let lock = NSLock()
    private var arrived: [Message] = []

    func take(_ message: Message) { lock.withLock { arrived.append(message) } }

    func subjects(to address: String) -> [String] {
        lock.withLock { arrived.filter { $0.to == address }.map(\.subject) }
    }

    /// The newest code: it stands alone on its line.
    func code() -> Secret {
        let lines = lock.withLock { arrived.flatMap { $0.text.rawValue.split(separator: "\n") } }
        let words = lines.map { $0.trimmingCharacters(in: .whitespaces) }
        return Secret(words.last { $0.count == 8 && $0.allSatisfy(\.isNumber) } ?? "")
    }
}
