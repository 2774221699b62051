/// The items of a list, whose pages are asked for as they are needed.
///
/// ```swift
/// for try await customer in hf.customers.listAll(actor: ada) { ... }
/// ```
public struct Items<Item: Sendable>: AsyncSequence, Sendable {
    public typealias Element = Item

    /// A page: its items, and the cursor of the next.
    typealias Page = (items: [Item], next: String?)

    private let pageSize: UInt32?
    private let list: @Sendable (Paging) async throws -> Page

    init(pageSize: UInt32?, list: @escaping @Sendable (Paging) async throws -> Page) {
        self.pageSize = pageSize
        self.list = list
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(pageSize: pageSize, list: list)
    }

    public struct Iterator: AsyncIteratorProtocol {
        private let pageSize: UInt32?
        private let list: @Sendable (Paging) async throws -> Page
        private var items: ArraySlice<Item> = []
        private var cursor: String?
        private var isLast = false

        fileprivate init(pageSize: UInt32?, list: @escaping @Sendable (Paging) async throws -> Page) {
            self.pageSize = pageSize
            self.list = list
        }

        public mutating func next() async throws -> Item? {
            while items.isEmpty && !isLast {
                let page = try await list(Paging(cursor: cursor, limit: pageSize))
                (items, cursor, isLast) = (page.items[...], page.next, page.next == nil)
            }
            return items.popFirst()
        }
    }
}
