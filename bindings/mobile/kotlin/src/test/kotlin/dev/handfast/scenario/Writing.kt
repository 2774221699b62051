package dev.handfast.scenario

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import dev.handfast.Actor
import dev.handfast.AnswerValue
import java.math.BigDecimal
import java.time.Instant
import java.time.ZoneOffset
import java.time.format.DateTimeFormatter
import java.util.Base64
import kotlin.reflect.full.memberProperties
import kotlin.time.Duration

internal val JSON = ObjectMapper()

private val RFC_3339 = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC)

/** A result as scenarios see it. */
internal fun write(value: Any?): JsonNode = JSON.readTree(JSON.writeValueAsString(plain(value)))

private fun plain(value: Any?): Any? =
    when (value) {
        null, Unit -> null
        is String, is Boolean, is Long -> value
        is UInt -> value.toLong()
        is Enum<*> -> value.name.lowercase()
        is Instant -> RFC_3339.format(value)
        is Duration -> value.inWholeMilliseconds
        is BigDecimal -> value.toPlainString()
        is ByteArray -> Base64.getEncoder().encodeToString(value)
        is Actor -> mapOf("as" to snake(value::class.simpleName!!)) + fields(value).mapKeys { snake(it.key) }
        is AnswerValue.Flag -> value.v1
        is AnswerValue.Text -> value.v1
        is AnswerValue.Several -> value.v1
        is List<*> -> value.map(::plain)
        is Map<*, *> -> value.mapValues { plain(it.value) }
        else -> if (value::class.isValue) only(value) else fields(value).mapKeys { snake(it.key) }
    }

private fun only(value: Any): Any? = fields(value).values.single()

private fun fields(value: Any): Map<String, Any?> =
    value::class.memberProperties.associate {
        it.name to
            plain(it.getter.call(value))
    }
