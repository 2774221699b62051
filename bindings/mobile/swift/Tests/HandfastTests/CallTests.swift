import Foundation
import Handfast
import Testing

@Suite("Calls")
struct CallTests {
    @Test("64 tasks at once each get an answer of their own")
    func tasks() async throws {
        let folder = try Folder()
        let shop = try await Shop(on: folder.file("shop.db"))
        let names = Set((1...64).map { "Carrier \($0)" })
        let added = try await withThrowingTaskGroup(of: String.self) { tasks in
            for name in names {
                tasks.addTask { try await shop.hf.carriers.add(actor: shop.ada, name: name).name }
            }
            return try await tasks.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(added == names)
        let listed = try await shop.hf.carriers.list(actor: shop.ada, paging: Paging(limit: 100)).items
        #expect(Set(listed.map(\.name)) == names)
    }

    @Test("64 tasks that decide one request agree on who was first")
    func race() async throws {
        let shop = try await Shop()
        let request = try await shop.request("Rosas")
        let codes = await withTaskGroup(of: String.self) { tasks in
            for _ in 1...64 {
                tasks.addTask {
                    do {
                        _ = try await shop.hf.requests.approve(actor: shop.ada, request: request)
                        return "first"
                    } catch {
                        return (error as? HandfastError)?.code.rawValue ?? "\(error)"
                    }
                }
            }
            return await tasks.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(codes.filter { $0 == "first" }.count == 1)
        #expect(codes.filter { $0 == "already_decided" }.count == 63)
    }

    @Test("a panic is thrown as `internal`, and the process lives")
    func panic() async throws {
        let shop = try await Shop()
        let refusal = try await refused { try await shop.hf.provokePanic() }
        #expect((refusal.category, refusal.code) == (.internal, .internal))
        #expect(refusal.message.contains("provoked"))
        #expect(try await shop.hf.companies.get(actor: shop.ada).name == "Flora Export")
    }

    @Test("what is closed refuses, and closing twice does nothing")
    func closing() async throws {
        let shop = try await Shop()
        shop.hf.close()
        shop.hf.close()
        let refusal = try await refused { try await shop.hf.companies.get(actor: shop.ada) }
        #expect(refusal.code == .closed)
    }

    @Test("the file is closed when the last reference is gone")
    func releasing() async throws {
        let folder = try Folder()
        let log = folder.file("shop.db-wal")
        var shop: Shop? = try await Shop(on: folder.file("shop.db"))
        var carriers = shop?.hf.carriers
        #expect(FileManager.default.fileExists(atPath: log))
        shop = nil
        #expect(FileManager.default.fileExists(atPath: log), "a group keeps it open")
        _ = carriers
        carriers = nil
        #expect(!FileManager.default.fileExists(atPath: log))
    }

    @Test("what was written is there when the file is opened again")
    func reopening() async throws {
        let folder = try Folder()
        let shop = try await Shop(on: folder.file("shop.db"))
        shop.hf.close()
        let again = try await Handfast.open("sqlite:" + folder.file("shop.db"))
        #expect(try await again.companies.get(actor: shop.ada) == shop.company)
    }

    @Test("a sequence walks all pages, and stops asking when nobody reads on")
    func pages() async throws {
        let calls = Gathered<String>()
        let shop = try await Shop(logger: { if $0.message.contains("carriers.list") { calls.append($0.message) } })
        for number in 10..<35 {
            _ = try await shop.hf.carriers.add(actor: shop.ada, name: "Carrier \(number)")
        }
        let first = try await shop.hf.carriers.list(actor: shop.ada, paging: Paging(limit: 10))
        #expect((first.items.count, first.next != nil) == (10, true))
        var names: [String] = []
        for try await carrier in shop.hf.carriers.listAll(actor: shop.ada, pageSize: 10) {
            names.append(carrier.name)
        }
        #expect(names == (10..<35).map { "Carrier \($0)" })
        let before = calls.values.count
        for try await _ in shop.hf.carriers.listAll(actor: shop.ada, pageSize: 10).prefix(3) {}
        #expect(calls.values.count == before + 1)
    }

    @Test("a list of nothing ends at once")
    func nothing() async throws {
        let shop = try await Shop()
        var iterator = shop.hf.customers.searchAll(actor: shop.ada, text: "nobody").makeAsyncIterator()
        #expect(try await iterator.next() == nil)
        #expect(try await iterator.next() == nil)
    }
}

/// What a call is refused with.
func refused(_ call: () async throws -> some Any) async throws -> HandfastError {
    do {
        throw Wrong("expected a refusal, got \(try await call())")
    } catch let refusal as HandfastError {
        return refusal
    }
}
