package dev.handfast

/*
 * The callbacks as the native library knows them. What they throw crosses with its own text: the generated code would
 * send the whole stack trace.
 */

internal class NativeMailer(
    private val mailer: Mailer,
) : dev.handfast.native.Mailer {
    override suspend fun send(message: Message): Unit =
        try {
            mailer.send(message)
        } catch (rejection: MailRejection.Permanent) {
            throw dev.handfast.native.MailRejection
                .Permanent(rejection.text())
        } catch (failure: Throwable) {
            throw dev.handfast.native.MailRejection
                .Temporary(failure.text())
        }
}

internal class NativeProgress(
    private val progress: Progress,
) : dev.handfast.native.Progress {
    override suspend fun advanced(
        done: UInt,
        total: UInt,
    ): Unit =
        try {
            progress.advanced(done, total)
        } catch (failure: Throwable) {
            throw failed(failure)
        }
}

internal class NativeLogger(
    private val logger: Logger,
) : dev.handfast.native.Logger {
    override fun log(record: LogRecord): Unit =
        try {
            logger.log(record)
        } catch (failure: Throwable) {
            throw failed(failure)
        }
}

internal class NativeClock(
    private val clock: Clock,
) : dev.handfast.native.Clock {
    override fun now(): Timestamp =
        try {
            clock.now()
        } catch (failure: Throwable) {
            throw failed(failure)
        }
}

private fun failed(failure: Throwable) =
    dev.handfast.native.HostFailure
        .Failed(failure.text())

private fun Throwable.text(): String = message ?: javaClass.name
