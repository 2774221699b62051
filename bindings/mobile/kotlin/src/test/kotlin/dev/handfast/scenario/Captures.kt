package dev.handfast.scenario

import com.fasterxml.jackson.databind.JsonNode
import java.time.Instant
import kotlin.time.toJavaDuration

/** What a play has captured: values under names. */
internal class Captures {
    private val kept = mutableMapOf<String, JsonNode>()

    fun keep(
        name: String,
        value: JsonNode,
    ) {
        kept[name] = value
    }

    /**
     * The value with what was captured in the place of `"$name"` and `"$name/pointer"`, and what an authenticator app
     * shows at a time in the place of `{"$app": secret}`; `"$$"` is a plain `$`.
     */
    fun fill(
        value: JsonNode,
        at: Instant,
    ): JsonNode =
        when {
            value.has(APP) -> JSON.nodeFactory.textNode(app(value, at))
            value.isObject ->
                JSON.createObjectNode().also { filled ->
                    value.properties().forEach { filled.set<JsonNode>(it.key, fill(it.value, at)) }
                }
            value.isArray -> JSON.createArrayNode().also { filled -> value.forEach { filled.add(fill(it, at)) } }
            !value.isTextual || !value.textValue().startsWith("$") -> value
            value.textValue().startsWith("$$") -> JSON.nodeFactory.textNode(value.textValue().drop(1))
            else -> find(value.textValue().drop(1))
        }

    private fun app(
        value: JsonNode,
        at: Instant,
    ): String {
        value.fieldNames().forEach { if (it !in setOf(APP, "after")) throw Wrong("an app has no `$it`") }
        val secret = fill(value[APP], at).textValue() ?: throw Wrong("`$APP` is the secret of an app, a text")
        val after = value["after"]?.let { duration(it.textValue()).toJavaDuration() }
        return shown(secret, if (after == null) at else at + after)
    }

    private fun find(reference: String): JsonNode {
        val name = reference.substringBefore('/')
        val captured = kept[name] ?: throw Wrong("nothing was captured as `$$name`")
        val found = captured.at(reference.drop(name.length))
        return if (found.isMissingNode) throw Wrong("`$$name` holds nothing at `$reference`") else found
    }
}
