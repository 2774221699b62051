import Foundation
import HandfastNative

/// A refusal: a case for each category of codes. A program decides by ``code``, a person reads ``message``.
///
/// ```swift
/// do {
///     _ = try await hf.invites.verify(visit: visit, code: code)
/// } catch let error as HandfastError where error.code == .wrongCode {
///     ...
/// }
/// ```
public enum HandfastError: Error, Hashable, Sendable {
    /// Something in the input is wrong: see ``faults``.
    case invalid(ErrorDetails)
    /// A password, a code or a token is wrong.
    case unauthenticated(ErrorDetails)
    /// The actor may not do this.
    case forbidden(ErrorDetails)
    /// There is no such thing here.
    case notFound(ErrorDetails)
    /// Things are not as the call takes them to be.
    case conflict(ErrorDetails)
    /// What the call uses has expired or was used up.
    case expired(ErrorDetails)
    /// Too often: see ``retryAfter``.
    case rateLimited(ErrorDetails)
    /// It cannot be done at the moment.
    case unavailable(ErrorDetails)
    /// A mistake of the library.
    case `internal`(ErrorDetails)

    /// What was refused, and why.
    public var details: ErrorDetails {
        switch self {
        case .invalid(let details), .unauthenticated(let details), .forbidden(let details), .notFound(let details),
            .conflict(let details), .expired(let details), .rateLimited(let details), .unavailable(let details),
            .internal(let details):
            details
        }
    }

    /// The family of the code.
    public enum Category: String, CaseIterable, Sendable {
        case invalid, unauthenticated, forbidden
        case notFound = "not_found"
        case conflict, expired
        case rateLimited = "rate_limited"
        case unavailable
        case `internal`
    }

    /// The family of the code.
    public var category: Category {
        switch self {
        case .invalid: .invalid
        case .unauthenticated: .unauthenticated
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict: .conflict
        case .expired: .expired
        case .rateLimited: .rateLimited
        case .unavailable: .unavailable
        case .internal: .internal
        }
    }

    /// The stable code.
    public var code: ErrorCode { ErrorCode(rawValue: details.code) }

    /// What is wrong with which input, for a person.
    public var message: String { details.message }

    /// Whether the same call may succeed later.
    public var retryable: Bool { details.retryable }

    /// What is wrong, field by field.
    public var faults: [FieldFault] { details.faults }

    /// When trying again makes sense, in seconds, where that is known.
    public var retryAfter: TimeInterval? { details.retryAfter }
}

extension HandfastError: LocalizedError, CustomStringConvertible {
    public var description: String { "\(message) (\(details.code))" }

    public var errorDescription: String? { description }
}

extension HandfastError {
    /// The cases in the order of the library.
    private static let cases: [@Sendable (ErrorDetails) -> HandfastError] = [
        { .invalid($0) }, { .unauthenticated($0) }, { .forbidden($0) }, { .notFound($0) }, { .conflict($0) },
        { .expired($0) }, { .rateLimited($0) }, { .unavailable($0) }, { .internal($0) },
    ]

    /// How a refusal arrives: its category's place among them all, and the details.
    fileprivate init(_ bytes: Data) throws {
        let category = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        var rest = (data: bytes, offset: bytes.startIndex + 4)
        self = HandfastError.cases[category - 1](try FfiConverterTypeErrorDetails.read(from: &rest))
    }
}

/// Called by the generated code, by this name.
// swift-format-ignore: AlwaysUseLowerCamelCase
func FfiConverterTypeHandfastError_lift(_ buffer: RustBuffer) throws -> HandfastError {
    defer {
        var status = RustCallStatus()
        ffi_handfast_contract_rustbuffer_free(buffer, &status)
    }
    return try HandfastError(Data(UnsafeBufferPointer(start: buffer.data, count: Int(buffer.len))))
}
