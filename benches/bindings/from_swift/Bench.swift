import Foundation
import Handfast

/// What is to be done, as `handfast-benches` writes it.
struct Plan: Decodable, Sendable {
    struct Billing: Decodable { let line1, city, country: String }
    struct Business: Decodable {
        let legal_name, contact, phone, tax_id, website, message: String
        let billing: Billing
    }
    let url, root_key, login, company: String
    let customers, tokens: [String]
    let rounds, slices, calls, pages, memory_calls, callers: Int
    let alone, together: [[String]]
    let business: Business
}

/// The items that are still to be done, for many tasks.
actor Queue {
    private var items: ArraySlice<String>
    init(_ items: [String]) { self.items = items[...] }
    func next() -> String? { items.popFirst() }
}

/// What a call costs from Swift: does what the plan says, prints the figures as JSON.
@main
struct Bench {
    let hf: Handfast
    let plan: Plan
    let actor: Actor
    let ids: [CustomerId]
    let business: BusinessInput

    static func main() async throws {
        let file = URL(fileURLWithPath: CommandLine.arguments.last ?? "")
        let plan = try JSONDecoder().decode(Plan.self, from: Data(contentsOf: file))
        let given = plan.business
        let billing = PostalAddressInput(
            line1: given.billing.line1, city: given.billing.city, country: given.billing.country)
        let bench = Bench(
            hf: try await Handfast.open(plan.url, settings: Settings(rootKey: Secret(rawValue: plan.root_key))),
            plan: plan,
            actor: .staff(login: LoginId(rawValue: plan.login), company: CompanyId(rawValue: plan.company)),
            ids: plan.customers.map { CustomerId(rawValue: $0) },
            business: BusinessInput(
                legalName: given.legal_name, contact: given.contact, phone: given.phone, billing: billing,
                taxId: given.tax_id, website: given.website, message: given.message))
        try await bench.run()
    }

    func run() async throws {
        var (canOrder, resolve, page): ([Double], [Double], [Double]) = ([], [], [])
        var (submit, together): ([Double], [Double]) = ([], [])
        for round in 0..<plan.rounds {
            _ = readLine()
            for _ in 0..<plan.slices {
                canOrder.append(try await each(plan.calls, ask))
                resolve.append(try await each(plan.calls, who))
                page.append(try await each(plan.pages, list))
            }
            let alone = plan.alone[round]
            submit.append(try await each(alone.count) { try await file(alone[$0]) })
            together.append(try await atOnce(plan.together[round]))
            FileHandle.standardOutput.write(Data("\n".utf8))
        }
        _ = try await each(plan.memory_calls / 10, ask)
        let early = resident()
        _ = try await each(plan.memory_calls * 9 / 10, ask)
        let figures = [
            "can_order": lowerQuartile(canOrder), "resolve": lowerQuartile(resolve), "page": lowerQuartile(page),
            "submit": median(submit), "submits_together": median(together),
        ]
        var all: [String: Any] = figures
        all["memory"] = [early, resident()]
        print(String(decoding: try JSONSerialization.data(withJSONObject: all), as: UTF8.self))
    }

    func ask(_ at: Int) async throws {
        _ = try await hf.customers.canOrder(actor: actor, customer: ids[at % ids.count])
    }

    func who(_ at: Int) async throws {
        _ = try await hf.sessions.resolve(sessionToken: Secret(rawValue: plan.tokens[at % plan.tokens.count]))
    }

    func list(_: Int) async throws {
        _ = try await hf.customers.list(actor: actor, paging: Paging(limit: 100))
    }

    func file(_ pass: String) async throws {
        _ = try await hf.invites.submit(visitPass: Secret(rawValue: pass), business: business)
    }

    /// Microseconds of each of `count` calls.
    func each(_ count: Int, _ call: (Int) async throws -> Void) async throws -> Double {
        let begin = DispatchTime.now().uptimeNanoseconds
        for at in 0..<count { try await call(at) }
        return Double(DispatchTime.now().uptimeNanoseconds - begin) / 1_000 / Double(count)
    }

    /// Requests filed a second, with as many tasks as there are callers.
    func atOnce(_ passes: [String]) async throws -> Double {
        let (queue, begin) = (Queue(passes), DispatchTime.now().uptimeNanoseconds)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<plan.callers {
                group.addTask { while let pass = await queue.next() { try await file(pass) } }
            }
            try await group.waitForAll()
        }
        return Double(passes.count) / (Double(DispatchTime.now().uptimeNanoseconds - begin) / 1e9)
    }

    func lowerQuartile(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 4] }

    func median(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 2] }

    /// MiB of memory that are really there; nothing where the system does not tell.
    func resident() -> Double {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
        return (Double(line.filter(\.isNumber)) ?? 0) / 1024
    }
}
