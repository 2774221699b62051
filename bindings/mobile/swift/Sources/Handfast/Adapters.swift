import Foundation

// The callbacks as the native library knows them. What they throw crosses with its own text.

final class MailerAdapter: NativeMailer {
    private let deliver: @Sendable (Message) async throws -> Void

    init(_ deliver: @escaping @Sendable (Message) async throws -> Void) {
        self.deliver = deliver
    }

    func send(message: Message) async throws {
        do {
            try await deliver(message)
        } catch MailRejection.permanent(let reason) {
            throw NativeRejection.Permanent(reason: reason)
        } catch MailRejection.temporary(let reason) {
            throw NativeRejection.Temporary(reason: reason)
        } catch {
            throw NativeRejection.Temporary(reason: text(of: error))
        }
    }
}

final class ProgressAdapter: NativeProgress {
    private let tell: @Sendable (UInt32, UInt32) async throws -> Void

    init(_ tell: @escaping @Sendable (UInt32, UInt32) async throws -> Void) {
        self.tell = tell
    }

    func advanced(done: UInt32, total: UInt32) async throws {
        do {
            try await tell(done, total)
        } catch {
            throw NativeFailure.Failed(reason: text(of: error))
        }
    }
}

final class LoggerAdapter: NativeLogger {
    private let tell: @Sendable (LogRecord) -> Void

    init(_ tell: @escaping @Sendable (LogRecord) -> Void) {
        self.tell = tell
    }

    func log(record: LogRecord) {
        tell(record)
    }
}

final class ClockAdapter: NativeClock {
    private let source: any TimeSource

    init(_ source: any TimeSource) {
        self.source = source
    }

    func now() throws -> Date {
        do {
            return try source.now()
        } catch {
            throw NativeFailure.Failed(reason: text(of: error))
        }
    }
}

/// What an error says of itself.
private func text(of error: any Error) -> String {
    (error as? LocalizedError)?.errorDescription ?? String(describing: error)
}
