package dev.handfast.scenario

import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

private val UNITS = mapOf("d" to 86_400_000L, "h" to 3_600_000L, "m" to 60_000L, "s" to 1_000L, "ms" to 1L)
private val PART = Regex("(\\d+)(ms|[dhms])")

/** Reads `90s`, `10m`, `250ms`, or several together, `1h30m`. */
internal fun duration(text: String): Duration {
    if (text == "for ever") return Duration.INFINITE
    val parts = PART.findAll(text).toList()
    if (text.isEmpty() || parts.joinToString("") { it.value } != text) throw Wrong("`$text` is not a duration")
    return parts.sumOf { it.groupValues[1].toLong() * UNITS.getValue(it.groupValues[2]) }.milliseconds
}
