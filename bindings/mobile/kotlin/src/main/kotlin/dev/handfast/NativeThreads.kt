package dev.handfast

import com.sun.jna.Callback
import com.sun.jna.CallbackThreadInitializer
import com.sun.jna.Native
import dev.handfast.native.uniffiCallbackInterfaceClock
import dev.handfast.native.uniffiCallbackInterfaceLogger
import dev.handfast.native.uniffiCallbackInterfaceMailer
import dev.handfast.native.uniffiCallbackInterfaceProgress
import dev.handfast.native.uniffiRustFutureContinuationCallbackImpl

/** The library's own threads, as the JVM sees them when they call back. */
internal object NativeThreads {
    private val callbacks: List<Callback> =
        listOf(
            uniffiRustFutureContinuationCallbackImpl,
            uniffiCallbackInterfaceMailer.send,
            uniffiCallbackInterfaceProgress.advanced,
            uniffiCallbackInterfaceLogger.log,
            uniffiCallbackInterfaceClock.now,
        )

    /** Lets a thread that has called back once stay known to the JVM: to make it known at every call costs more. */
    fun keep() {
        val stay = CallbackThreadInitializer(true, false, "handfast")
        callbacks.forEach { Native.setCallbackThreadInitializer(it, stay) }
    }
}
