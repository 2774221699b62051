import Foundation
import Handfast

/// Flora Export gets a Certified Partner, and the partner its certificate.
struct PartnerChapter {
    let hf: Handfast
    let password: Secret

    /// What the host does once: from then on, whatever happens counts.
    func publish() async throws {
        let file = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../courses/certified-partner.toml")
        let source = try String(contentsOf: file.standardizedFileURL, encoding: .utf8)
        let course = try await hf.courses.publish(source: source, format: .toml)
        print("The e-course: \(course.partnerTasks) tasks of partners, \(course.commerceTasks) of clients.")
    }

    func tell(ada: Actor, adaEmail: String, customer: CustomerId) async throws {
        let signUp = PartnerSignUp(
            name: "Camino Consulting", locale: "en", ownerName: "Carla Camino",
            ownerEmail: "carla@camino.example", ownerPassword: password)
        let partner = try await hf.partners.signUp(partner: signUp).partner
        print("Carla signs \(partner.name) up. Its number: \(partner.grouped).")
        try await link(admin: signedIn(adaEmail), number: partner.grouped)

        let carla = try await signedIn("carla@camino.example")
        guard let client = try await hf.partners.clients(sessionToken: carla).items.first else { return }
        try await hf.courses.enable(sessionToken: carla, company: client.company)
        print("\(client.name) works on the e-course in tandem with \(partner.name). Left: \(try await toDo(carla)).")
        try await setUp(ada: ada, customer: customer)
        // a fact that only the host knows; the course of today does not ask for it, one of tomorrow may
        let fact = SignalInput(name: "webinar_attended", key: "webinar 7, Carla", partner: partner.id)
        _ = try await hf.courses.signal(signal: fact)
        print("Ada does her part. Left: \(try await toDo(carla)).")

        try await oneClick(carla, ada: ada, company: client.company)
        let number = try await hf.courses.certificate(sessionToken: carla).number
        let verified = try await hf.courses.verify(number: number)
        print("That was the last task. Anyone can verify \(number): \(verified.name), \(verified.course).")
        try await leave(carla, ada: ada, company: client.company)
    }

    /// A session's token; a host keeps it in a cookie.
    private func signedIn(_ name: String) async throws -> Secret {
        let signedIn = try await hf.sessions.signIn(signIn: SignIn(name: name, password: password))
        guard let held = signedIn.held else { preconditionFailure("\(name) was not signed in") }
        return held.token
    }

    private func link(admin: Secret, number: String) async throws {
        let wrong = number.dropLast() + (number.hasSuffix("0") ? "1" : "0")
        try await refused("Ada mistypes a digit") {
            _ = try await hf.partners.designate(sessionToken: admin, number: String(wrong), password: password)
        }
        let partner = try await hf.partners.designate(sessionToken: admin, number: number, password: password)
        print("\(partner.name) is the partner of Flora Export now.")
    }

    private func toDo(_ carla: Secret) async throws -> Int {
        let page = try await hf.courses.page(sessionToken: carla)
        return page.sections.flatMap(\.directives).filter { $0.state == .task }.count
    }

    /// What the course asks for that Ada has not done before.
    private func setUp(ada: Actor, customer: CustomerId) async throws {
        let own = try await hf.companies.get(actor: ada)
        let profile = CompanyInput(name: own.name, country: own.country, locale: "es-EC", timeZone: own.timeZone)
        _ = try await hf.companies.update(actor: ada, company: profile)
        _ = try await hf.priceTypes.add(actor: ada, name: "Wholesale")
        _ = try await hf.invites.share(actor: ada)
        let rita = UserInput(customer: customer, email: "rita@rosas.example", name: "Rita Rosas")
        _ = try await hf.users.add(actor: ada, user: rita)
    }

    private func oneClick(_ carla: Secret, ada: Actor, company: CompanyId) async throws {
        let can = try await hf.partners.canLogIn(sessionToken: carla, company: company)
        print("Carla cannot enter yet: \(can.obstacles.map(\.rawValue).joined(separator: ", ")).")
        let enrolment = try await hf.twoFactor.enrol(sessionToken: carla, password: password)
        let code = shown(secret: enrolment.secret.rawValue, at: Date())
        _ = try await hf.twoFactor.confirm(sessionToken: carla, code: Secret(code))
        _ = try await hf.partners.logIn(sessionToken: carla, company: company, reason: "setting the shop up")
        for try await visit in hf.partners.visitsAll(actor: ada) {
            print("Now one click is enough. Ada sees \(visit.person) of \(visit.partnerName): \(visit.reason ?? "").")
        }
        try await switchBack(carla)
    }

    private func switchBack(_ carla: Secret) async throws {
        let identities = try await hf.sessions.identities(sessionToken: carla)
        guard let own = identities.first(where: { $0.context.kind == .partner }) else { return }
        try await hf.sessions.switchTo(sessionToken: carla, identity: own.id)
    }

    private func leave(_ carla: Secret, ada: Actor, company: CompanyId) async throws {
        _ = try await hf.partners.logIn(sessionToken: carla, company: company)
        try await hf.partners.clear(actor: ada)
        try await refused("Ada takes the number out again. Carla's next call") {
            _ = try await hf.sessions.resolve(sessionToken: carla)
        }
        try await switchBack(carla)
        let clients = try await hf.partners.clients(sessionToken: carla).items.count
        let state = try await hf.partners.get(sessionToken: carla).state.rawValue
        print("Carla has \(clients) clients, and stays \(state).")
    }

    private func refused(_ what: String, _ call: () async throws -> Void) async throws {
        do {
            try await call()
        } catch let refusal as HandfastError {
            print("\(what): \(refusal.message) (\(refusal.code.rawValue)).")
        }
    }
}
