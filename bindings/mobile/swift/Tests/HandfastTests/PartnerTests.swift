import Foundation
import Handfast
import Testing

@Suite("Partners")
struct PartnerTests {
    @Test("a partner who enters a client's account acts as such")
    func actor() async throws {
        let shop = try await Shop()
        let token = try await shop.entered("set the carriers up")
        let who = try await shop.hf.sessions.resolve(sessionToken: token)
        let (partner, delegation) = (try #require(who.context.partner), try #require(who.context.delegation))
        #expect((who.context.kind, who.role) == (.delegated, nil))
        let actor = try #require(who.actor)
        #expect(
            actor
                == .partner(
                    session: who.session, identity: who.identity, login: who.login, partner: partner,
                    delegation: delegation, company: shop.company.id
                ))

        let carrier = try await shop.hf.carriers.add(actor: actor, name: "Boat")
        let event = try #require(try await shop.hf.events.list(actor: shop.ada).items.first)
        #expect((event.doer, event.partner, event.login) == (.partner, partner, who.login))
        #expect(event.subject.rawValue == carrier.id.rawValue)
        let visit = try #require(try await shop.hf.partners.visits(actor: shop.ada).items.first)
        #expect((visit.id, visit.reason, visit.state) == (delegation, "set the carriers up", .open))

        let max = StaffInput(email: "max@flora.example", name: "Max", role: .staff)
        let refusal = try await refused { try await shop.hf.staff.invite(actor: actor, person: max) }
        #expect((refusal.category, refusal.code) == (.forbidden, .delegated))
        try await shop.hf.partners.endVisit(actor: shop.ada, visit: visit.id)
        let ended = try await refused { try await shop.hf.companies.get(actor: actor) }
        #expect(ended.code == .accessEnded)
    }

    @Test("a client's account is no place to go to without a visit")
    func places() async throws {
        let shop = try await Shop()
        let token = try await shop.entered()
        let visit = try await shop.hf.sessions.resolve(sessionToken: token).context
        let held = try await shop.hf.sessions.identities(sessionToken: token)
        let own = try #require(held.first { $0.context.kind == .partner })
        #expect((own.partnerName, own.companyName, own.current) == ("Camino Consulting", nil, false))
        try await shop.hf.sessions.switchTo(sessionToken: token, identity: own.id)
        let clients = shop.hf.partners.clientsAll(sessionToken: token, filter: ClientFilter(search: "flor"))
        let found = try await clients.reduce(into: [Client]()) { $0.append($1) }
        #expect(found.map(\.name) == ["Flora Export"])
        #expect(found.map(\.login) == [CanLogIn(yes: true, obstacles: [])])
        let refusal = try await refused { try await shop.hf.sessions.enter(sessionToken: token, context: visit) }
        #expect(refusal.code == .accessEnded)
    }

    @Test("many signals tell how far they have come")
    func signals() async throws {
        let (shop, told) = (try await Shop(), Gathered<[UInt32]>())
        let partner = try await shop.partner().id
        let fields = [
            SignalField(name: "room", text: "north"), SignalField(name: "seats", number: .min),
            SignalField(name: "online", flag: false),
        ]
        let signals = (0..<300).map { seat in
            seat == 1
                ? SignalInput(name: "Webinar", key: "wrong", company: shop.company.id)
                : SignalInput(name: "webinar.attended", key: "seat \(seat)", partner: partner, fields: fields)
        }
        let rows = try await shop.hf.courses.signalMany(signals: signals) { told.append([$0, $1]) }
        #expect(told.values == [[250, 300], [300, 300]])
        let wrong = rows.filter { $0.code != nil }
        #expect(wrong.map(\.row) == [2])
        #expect(wrong.flatMap(\.faults).map(\.field) == ["name"])
        #expect(try await shop.hf.courses.signalMany(signals: signals) == rows)
        #expect(try await shop.hf.courses.signal(signal: signals[0]).completed == [])
    }

    @Test("a detail of a signal is exactly one value")
    func fields() async throws {
        let shop = try await Shop()
        let fields = [SignalField(name: "none"), SignalField(name: "two", text: "yes", flag: true)]
        let signal = SignalInput(name: "seen", key: "1", partner: try await shop.partner().id, fields: fields)
        let refusal = try await refused { try await shop.hf.courses.signal(signal: signal) }
        #expect(refusal.faults.map { [$0.field, $0.code] } == [["fields.0", "required"], ["fields.1", "unknown_field"]])
    }
}

extension Shop {
    /// Carla's partner account.
    fileprivate func partner() async throws -> PartnerView {
        let asked = PartnerSignUp(
            name: "Camino Consulting", locale: "en", ownerName: "Carla", ownerEmail: "carla@camino.example",
            ownerPassword: password)
        return try await hf.partners.signUp(partner: asked).partner
    }

    /// Carla's token, once she has a second factor and is in Flora's account.
    fileprivate func entered(_ reason: String? = nil) async throws -> Secret {
        let number = try await partner().grouped
        let designated = try await hf.partners.designate(
            sessionToken: token("ada@flora.example"), number: number, password: password)
        #expect((designated.grouped, designated.origin, designated.notice) == (number, .manual, .audit))
        let token = try await token("carla@camino.example")
        let can = try await hf.partners.canLogIn(sessionToken: token, company: company.id)
        #expect(can == CanLogIn(yes: false, obstacles: [.twoFactorOff, .sessionNotVerified]))
        let secret = try await hf.twoFactor.enrol(sessionToken: token, password: password).secret.rawValue
        let code = Secret(try shown(secret: secret, at: clock.now()))
        _ = try await hf.twoFactor.confirm(sessionToken: token, code: code)
        _ = try await hf.partners.logIn(sessionToken: token, company: company.id, reason: reason)
        return token
    }

    /// What a device holds on which a person has signed in.
    private func token(_ email: String) async throws -> Secret {
        try #require(try await hf.sessions.signIn(signIn: SignIn(name: email, password: password)).held).token
    }
}
