package dev.handfast.scenario

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.node.NullNode
import dev.handfast.HandfastException

/** The first difference between what is expected and what there is. */
internal fun difference(
    expected: JsonNode,
    got: JsonNode,
    at: String = "",
): String? {
    val question = expected.properties().singleOrNull()?.takeIf { it.key.startsWith("$") }
    return when {
        question != null -> ask(question.key, question.value, got, at)
        // the columns of an event are a JSON text in Kotlin
        expected.isObject && got.isTextual -> difference(expected, JSON.readTree(got.textValue()), at)
        expected.isObject && got.isObject ->
            expected.properties().firstNotNullOfOrNull { (name, value) ->
                difference(value, got.path(name).takeUnless { it.isMissingNode } ?: NullNode.instance, "$at/$name")
            }
        expected.isArray && got.isArray && expected.size() == got.size() ->
            expected.zip(got).withIndex().firstNotNullOfOrNull { (index, pair) ->
                difference(pair.first, pair.second, "$at/$index")
            }
        expected == got -> null
        else -> told(short(expected), got, at)
    }
}

private fun ask(
    question: String,
    value: JsonNode,
    got: JsonNode,
    at: String,
): String? {
    val (holds, asked) =
        when (question) {
            "\$contains" -> contains(got, value) to "something that contains ${short(value)}"
            "\$length" -> (length(got) == value.intValue()) to "a length of $value"
            "\$not" -> (difference(value, got) != null) to "anything but ${short(value)}"
            else -> return "`$question` is not asked of values"
        }
    return if (holds) null else told(asked, got, at)
}

private fun contains(
    got: JsonNode,
    value: JsonNode,
): Boolean =
    when {
        got.isTextual && value.isTextual -> value.textValue() in got.textValue()
        got.isArray -> got.any { difference(value, it) == null }
        else -> false
    }

private fun length(got: JsonNode): Int? =
    when {
        got.isTextual -> got.textValue().let { it.codePointCount(0, it.length) }
        got.isContainerNode -> got.size()
        else -> null
    }

private fun told(
    expected: String,
    got: JsonNode,
    at: String,
): String = "expected $expected${if (at.isEmpty()) "" else " at `$at`"}, got ${short(got)}"

internal fun short(value: JsonNode): String = value.toString().let { if (it.length > 300) it.take(300) + "..." else it }

/** What differs between the expected refusal and the one that came. */
internal fun difference(
    expected: JsonNode,
    got: HandfastException,
): String? {
    val code = expected.textValue() ?: expected["code"].textValue()
    val faults = expected["faults"]?.properties()?.associate { it.key to it.value.textValue() }
    val retryAfter = expected["retry_after"]?.let { duration(it.textValue()) }
    val there = got.faults.associate { it.field to it.code }
    return when {
        code != got.code -> "expected the error `$code`, got `${got.code}`: ${got.message}"
        faults != null && faults != there -> "expected the faults $faults, got $there"
        retryAfter != null && retryAfter != got.retryAfter ->
            "expected `retry_after` $retryAfter, got ${got.retryAfter}"
        snake(got::class.simpleName!!) != got.category -> "`${got.category}` came as ${got::class.simpleName}"
        else -> null
    }
}
