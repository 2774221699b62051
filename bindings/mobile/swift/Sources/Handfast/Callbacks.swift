/// Sends mails.
public protocol Mailer: Sendable {
    /// Sends one mail. Throw ``MailRejection/permanent(_:)`` for what makes no sense to try again; everything else that
    /// is thrown is tried again later.
    func send(_ message: Message) async throws
}

/// Thrown by a mailer that does not take a mail, with what is to be kept of it.
public enum MailRejection: Error, Hashable, Sendable {
    /// Try again later.
    case temporary(String)
    /// Never try again.
    case permanent(String)
}

extension Mails {
    /// Hands mails that are due to `mailer`, at most `limit` of them. Many workers may deliver at once. What is not taken
    /// is tried again later, and given up after twelve tries (`mail_attempts`); what the mailer said is in `failures`.
    /// No lock is held while the mailer is called: it may call handfast.
    public func deliver(mailer: any Mailer, limit: UInt32) async throws -> Delivery {
        try await deliver(mailer: MailerAdapter(mailer.send), limit: limit)
    }

    /// The same with a closure as the mailer.
    ///
    /// ```swift
    /// try await hf.mails.deliver(limit: 100) { message in
    ///     try await smtp.send(message.html.rawValue, to: message.to)
    /// }
    /// ```
    public func deliver(
        limit: UInt32,
        _ send: @escaping @Sendable (Message) async throws -> Void
    ) async throws -> Delivery {
        try await deliver(mailer: MailerAdapter(send), limit: limit)
    }
}
