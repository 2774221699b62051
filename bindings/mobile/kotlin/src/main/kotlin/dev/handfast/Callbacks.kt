package dev.handfast

import dev.handfast.native.Mails
import java.util.concurrent.atomic.AtomicReference
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/** Sends mails. */
public fun interface Mailer {
    /**
     * Sends one mail. Throw [MailRejection.Permanent] for what makes no sense to try again; everything else that is
     * thrown is tried again later.
     */
    public suspend fun send(message: Message)
}

/** Thrown by a mailer that does not take a mail. */
public sealed class MailRejection(
    reason: String,
) : Exception(reason) {
    /** Try again later. */
    public class Temporary(
        reason: String,
    ) : MailRejection(reason)

    /** Never try again. */
    public class Permanent(
        reason: String,
    ) : MailRejection(reason)
}

/** Hears how far a long call has come. */
public fun interface Progress {
    /** So many are done, of so many. */
    public suspend fun advanced(
        done: UInt,
        total: UInt,
    )
}

/** Hears what the library says. It may be called from any thread, many at once; what it throws is ignored. */
public fun interface Logger {
    /** One line. */
    public fun log(record: LogRecord)
}

/** Tells the time. A call whose clock throws ends with [HandfastException.Internal]. */
public fun interface Clock {
    /** What time it is. A clock that goes back is not believed. */
    public fun now(): Timestamp
}

/** A clock that stands still until it is set: for tests. */
public class ManualClock(
    at: Timestamp,
) : Clock {
    private val shown = AtomicReference(at)

    override fun now(): Timestamp = shown.get()

    /** Sets it. An open library does not believe a clock that goes back. */
    public fun set(at: Timestamp): Unit = shown.set(at)

    /** Lets time pass. */
    public fun advance(by: Duration) {
        shown.updateAndGet { it + by.toJavaDuration() }
    }
}

/**
 * Hands mails that are due to `mailer`, at most `limit` of them. Many workers may deliver at once. What is not taken is
 * tried again later, and given up after twelve tries (`mail_attempts`); what the mailer said is in `failures`. No lock
 * is held while the mailer is called: it may call handfast.
 */
public suspend fun Mails.deliver(
    mailer: Mailer,
    limit: UInt,
): Delivery = deliver(NativeMailer(mailer), limit)
