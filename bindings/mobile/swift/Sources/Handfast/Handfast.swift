/// ```swift
/// let hf = try await Handfast.open("shop.db")
/// let link = try await hf.invites.link(actor: ada)
/// ```
///
/// Every operation waits without holding a thread of Swift's; any number may be under way at once. What is refused is
/// thrown as a ``HandfastError``. When the last reference is gone, everything is closed.
extension Handfast {
    /// Opens the library on `memory:`, on the SQLite file `sqlite:shop.db`, on the SQLite file of that path, or on the
    /// PostgreSQL database at `postgres://user@host/shop`, which needs a `rootKey`. A file is made when there is none.
    ///
    /// - Parameters:
    ///   - url: Where the data are.
    ///   - settings: How it is set up; everything has a default.
    ///   - clock: The host's own clock.
    ///   - logger: Hears what the library says. It may be called from any thread, many at once.
    public static func open(
        _ url: String,
        settings: Settings = Settings(),
        clock: (any TimeSource)? = nil,
        logger: (@Sendable (LogRecord) -> Void)? = nil
    ) async throws -> Handfast {
        try await nativeOpen(
            url: url,
            settings: settings,
            clock: clock.map(ClockAdapter.init),
            logger: logger.map(LoggerAdapter.init)
        )
    }
    /// Copies all that the library holds to another database, as `copyTo` does without a listener.
    ///
    /// `progress` hears how many rows are done, of how many; until the verification begins, of as many as were read. When
    /// it throws, the rest is done all the same, and the call ends with `internal` and what it said.
    public func copyTo(
        url: String,
        live: Bool = false,
        progress: @escaping @Sendable (_ done: UInt32, _ total: UInt32) async throws -> Void
    ) async throws -> Copied {
        try await copyTo(url: url, live: live, progress: ProgressAdapter(progress))
    }
}
