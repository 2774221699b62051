import Foundation
import Handfast
import Testing

@Suite("Sessions")
struct SessionTests {
    @Test("who has signed in acts by the session, until it is ended from another device")
    func actor() async throws {
        let shop = try await Shop()
        let (phone, desk) = (try await shop.signIn("phone"), try await shop.signIn("desk"))
        let resolved = try await shop.hf.sessions.resolve(sessionToken: phone.token)
        #expect((resolved.context.kind, resolved.role) == (.staff, .admin))
        let actor = try #require(resolved.actor)
        #expect(
            actor
                == .session(
                    session: phone.session, identity: resolved.identity, login: resolved.login, company: shop.company.id
                ))
        #expect(try await shop.hf.carriers.add(actor: actor, name: "Boat").name == "Boat")
        try await shop.hf.sessions.end(sessionToken: desk.token, session: phone.session)
        let refusal = try await refused { try await shop.hf.companies.get(actor: actor) }
        #expect((refusal.category, refusal.code) == (.unauthenticated, .notSignedIn))
        _ = try await refused { try await shop.hf.sessions.resolve(sessionToken: phone.token) }
        #expect(try await shop.hf.sessions.resolve(sessionToken: desk.token).role == .admin)
    }

    @Test("a buyer whose association is revoked is refused at the next call")
    func revoked() async throws {
        let shop = try await Shop()
        let (users, customer) = (shop.hf.users, try await shop.activeCustomer("Rosas"))
        let person = UserInput(customer: customer, email: "uma@rosas.example", name: "Uma Uva")
        let uma = try await users.add(actor: shop.ada, user: person)
        try await shop.deliver()
        guard case .text(let temporary)? = shop.outbox.newest("password") else { throw Wrong("no mail holds one") }
        let chosen: Secret = "seven green bottles fall"
        let first = FirstPassword(name: uma.email, temporary: Secret(temporary), password: chosen)
        _ = try await users.choosePassword(first: first)
        let signedIn = try await shop.hf.sessions.signIn(signIn: SignIn(name: uma.email, password: chosen))
        let token = try #require(signedIn.held).token
        let resolved = try await shop.hf.sessions.resolve(sessionToken: token)
        let context = Context(kind: .user, company: uma.company, customer: customer, association: uma.id)
        #expect((resolved.context, resolved.actor) == (context, nil))
        #expect(try await gathered(users.mineAll(sessionToken: token)).map(\.id) == [uma.id])
        _ = try await users.revoke(actor: shop.ada, association: uma.id)
        let refusal = try await refused { try await shop.hf.sessions.resolve(sessionToken: token) }
        #expect(refusal.code == .accessEnded)
        #expect(try await gathered(users.mineAll(sessionToken: token)).map(\.state) == [.revoked])
    }

    @Test("all sessions come one by one, page by page")
    func all() async throws {
        let shop = try await Shop()
        var held = [Held]()
        for number in 1...5 { held.append(try await shop.signIn("device \(number)")) }
        let sessions = try await gathered(shop.hf.sessions.listAll(sessionToken: held[3].token, pageSize: 2))
        #expect(sessions.map(\.id) == held.map(\.session))
        #expect(sessions.map(\.device) == (1...5).map { "device \($0)" })
        #expect(sessions.map(\.current) == [false, false, false, true, false])
    }

    @Test("an app is enrolled and confirmed, and from then on its code finishes a sign-in")
    func twoFactor() async throws {
        let shop = try await Shop()
        let (sessions, twoFactor) = (shop.hf.sessions, shop.hf.twoFactor)
        let token = try await shop.signIn("desk").token
        let app = try await twoFactor.enrol(sessionToken: token, password: password)
        #expect(Array(app.qrPng.prefix(4)) == [0x89, 0x50, 0x4e, 0x47])
        #expect(!"\(app)".contains(app.secret.rawValue))
        let code = { Secret(try shown(secret: app.secret.rawValue, at: shop.clock.now())) }
        let recovery = try await twoFactor.confirm(sessionToken: token, code: code())
        #expect(Set(recovery).count == 10)
        #expect(!recovery.contains { "\(recovery)".contains($0.rawValue) })
        shop.clock.advance(by: 30)

        for answer in [try code(), recovery[0]] {
            let signedIn = try await sessions.signIn(signIn: SignIn(name: "ada@flora.example", password: password))
            let waiting = try #require(signedIn.held).token
            #expect(signedIn.step == .secondFactor)
            let early = try await refused { try await sessions.resolve(sessionToken: waiting) }
            #expect(early.code == .secondFactorNeeded)
            let wrong = try await refused { try await sessions.finish(sessionToken: waiting, code: "000000") }
            #expect(wrong.code == .wrongCode)
            let held = try await sessions.finish(sessionToken: waiting, code: answer)
            #expect(try await sessions.resolve(sessionToken: held.token).twoFactor)
        }
        #expect(try await twoFactor.status(sessionToken: token).recoveryCodes == 9)
    }

    @Test("an app shows what RFC 6238 says")
    func app() throws {
        // appendix B: `12345678901234567890` in base 32; the last six of eight digits
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        let codes = try [59, 1_111_111_109, 20_000_000_000].map { seconds in
            try shown(secret: secret, at: Date(timeIntervalSince1970: seconds))
        }
        #expect(codes == ["287082", "081804", "353130"])
    }

    private func gathered<Item: Sendable>(_ items: Items<Item>) async throws -> [Item] {
        try await items.reduce(into: []) { $0.append($1) }
    }
}

extension Shop {
    /// What a device holds on which Ada has signed in.
    fileprivate func signIn(_ device: String) async throws -> Held {
        let signIn = SignIn(name: "ada@flora.example", password: password, device: device)
        return try #require(try await hf.sessions.signIn(signIn: signIn).held)
    }
}
