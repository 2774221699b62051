package dev.handfast

/**
 * The library, open on a store.
 *
 * ```
 * Handfast.open("shop.db").use { hf ->
 *     val link = hf.invites.link(ada)
 * }
 * ```
 *
 * Every operation suspends while a thread of the library's own does the work; any number may be under way at once.
 * What is refused is thrown as a [HandfastException].
 */
public class Handfast private constructor(
    private val opened: dev.handfast.native.Handfast,
) : Groups(opened),
    AutoCloseable {
    /** Ends it: calls that are under way finish, later ones are refused with `closed`. Closing twice does nothing. */
    override fun close(): Unit = opened.end()

    /** Panics inside a call, for a host that wants to see that it survives: always [HandfastException.Internal]. */
    public suspend fun provokePanic(): Unit = opened.provokePanic()

    public companion object {
        /**
         * Opens the library on `memory:`, on the SQLite file `sqlite:shop.db`, on the SQLite file of that path, or on the
         * PostgreSQL database at `postgres://user@host/shop`, which needs a `rootKey`. A file is made when there is none.
         * `clock` and `logger` may be the host's own.
         */
        public suspend fun open(
            url: String,
            settings: Settings = Settings(),
            clock: Clock? = null,
            logger: Logger? = null,
        ): Handfast {
            NativeThreads.keep()
            val (hostClock, hostLogger) = clock?.let(::NativeClock) to logger?.let(::NativeLogger)
            return Handfast(
                dev.handfast.native.Handfast
                    .open(url, settings, hostClock, hostLogger),
            )
        }
    }
}
