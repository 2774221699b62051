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
    /**
     * Copies all that the library holds to another database: a file, or `postgres://user@host/shop`. It must be empty or
     * an earlier copy, of which what differs is written, so a copy that was cut short is called again. The library may be
     * used meanwhile, the other database by nobody.
     *
     * With `live`, while others write, nothing is verified. Once they have stopped, call it again without: both databases
     * are compared in the end, row by row. Open the copy with the same root key: it is in neither database.
     *
     * `progress` hears how many rows are done, of how many; until the verification begins, of as many as were read.
     */
    public suspend fun copyTo(
        url: String,
        live: Boolean = false,
        progress: Progress? = null,
    ): Copied = opened.copyTo(url, live, progress?.let(::NativeProgress))

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
