import Foundation

/// Tells the time. A call whose clock throws ends with ``HandfastError/internal(_:)``.
public protocol TimeSource: Sendable {
    /// What time it is. A clock that goes back is not believed.
    func now() throws -> Date
}

/// A clock that stands still until it is set: for tests.
public final class ManualClock: TimeSource, @unchecked Sendable {
    private let lock = NSLock()
    private var shown: Date

    /// A clock that shows `at`.
    public init(at: Date) {
        shown = at
    }

    public func now() -> Date {
        lock.withLock { shown }
    }

    /// Sets it. An open library does not believe a clock that goes back.
    public func set(_ at: Date) {
        lock.withLock { shown = at }
    }

    /// Lets time pass.
    public func advance(by span: TimeInterval) {
        lock.withLock { shown += span }
    }
}
