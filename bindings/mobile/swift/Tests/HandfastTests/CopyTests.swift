import Handfast
import Testing

@Suite("Copies")
struct CopyTests {
    @Test("a file is copied to another, and what differs is written the next time")
    func copying() async throws {
        let (folder, told) = (try Folder(), Gathered<[UInt32]>())
        let shop = try await Shop(on: folder.file("shop.db"))
        let live = try await shop.hf.copyTo(url: folder.file("copy.db"), live: true)
        #expect((live.rows > 0, live.rows == live.written, live.tables.isEmpty) == (true, true, true))
        _ = try await shop.hf.carriers.add(actor: shop.ada, name: "Carrier 1")
        let copied = try await shop.hf.copyTo(url: folder.file("copy.db")) { told.append([$0, $1]) }
        #expect(told.values.last == [UInt32(copied.rows), UInt32(copied.rows)])
        #expect(copied.tables.map(\.rows).reduce(0, +) == copied.rows)
        let there = try await Handfast.open(folder.file("copy.db"))
        #expect(try await there.carriers.list(actor: shop.ada).items.map(\.name) == ["Carrier 1"])
    }

    @Test("what lives in memory is no target")
    func memory() async throws {
        let shop = try await Shop()
        let refusal = try await refused { try await shop.hf.copyTo(url: "memory:") }
        #expect(refusal.code == .notADatabase)
    }
}
