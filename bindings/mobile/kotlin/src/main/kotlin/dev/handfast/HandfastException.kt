package dev.handfast

import java.nio.ByteBuffer
import kotlin.time.Duration

/**
 * A refusal: a class for each category of codes. A program decides by [code], a person reads [message].
 */
public sealed class HandfastException(
    /** What was refused, and why. */
    public val details: ErrorDetails,
) : Exception("${details.message} (${details.code})") {
    /** The stable code. */
    public val code: String get() = details.code

    /** The family of the code: `not_found`. */
    public val category: String get() = details.category

    /** Whether the same call may succeed later. */
    public val retryable: Boolean get() = details.retryable

    /** What is wrong, field by field. */
    public val faults: List<FieldFault> get() = details.faults

    /** When trying again makes sense, where that is known. */
    public val retryAfter: Duration? get() = details.retryAfter

    /** Something in the input is wrong: see [faults]. */
    public class Invalid(
        details: ErrorDetails,
    ) : HandfastException(details)

    /** A password, a code or a token is wrong. */
    public class Unauthenticated(
        details: ErrorDetails,
    ) : HandfastException(details)

    /** The actor may not do this. */
    public class Forbidden(
        details: ErrorDetails,
    ) : HandfastException(details)

    /** There is no such thing here. */
    public class NotFound(
        details: ErrorDetails,
    ) : HandfastException(details)

    /** Things are not as the call takes them to be. */
    public class Conflict(
        details: ErrorDetails,
    ) : HandfastException(details)

    /** What the call uses has expired or was used up. */
    public class Expired(
        details: ErrorDetails,
    ) : HandfastException(details)

    /** Too often: see [retryAfter]. */
    public class RateLimited(
        details: ErrorDetails,
    ) : HandfastException(details)

    /** It cannot be done at the moment. */
    public class Unavailable(
        details: ErrorDetails,
    ) : HandfastException(details)

    /** A mistake of the library. */
    public class Internal(
        details: ErrorDetails,
    ) : HandfastException(details)

    internal companion object ErrorHandler : UniffiRustCallStatusErrorHandler<HandfastException> {
        override fun lift(error_buf: RustBuffer.ByValue): HandfastException =
            FfiConverterTypeHandfastError.liftFromRustBuffer(error_buf)
    }
}

/**
 * How a refusal arrives: its category's place among them all, and the details.
 *
 * @suppress
 */
internal object FfiConverterTypeHandfastError : FfiConverterRustBuffer<HandfastException> {
    private val categories: List<(ErrorDetails) -> HandfastException> =
        listOf(
            HandfastException::Invalid,
            HandfastException::Unauthenticated,
            HandfastException::Forbidden,
            HandfastException::NotFound,
            HandfastException::Conflict,
            HandfastException::Expired,
            HandfastException::RateLimited,
            HandfastException::Unavailable,
            HandfastException::Internal,
        )

    override fun read(buf: ByteBuffer): HandfastException {
        val category = categories[buf.getInt() - 1]
        return category(FfiConverterTypeErrorDetails.read(buf))
    }

    override fun allocationSize(value: HandfastException): ULong = neverSent()

    override fun write(
        value: HandfastException,
        buf: ByteBuffer,
    ): Unit = neverSent()

    private fun neverSent(): Nothing = throw UnsupportedOperationException("refusals only arrive")
}
