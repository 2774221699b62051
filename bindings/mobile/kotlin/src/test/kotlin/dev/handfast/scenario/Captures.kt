package dev.handfast.scenario

import com.fasterxml.jackson.databind.JsonNode

/** What a play has captured: values under names. */
internal class Captures {
    private val kept = mutableMapOf<String, JsonNode>()

    fun keep(
        name: String,
        value: JsonNode,
    ) {
        kept[name] = value
    }

    /** The value with what was captured in the place of `"$name"` and `"$name/pointer"`; `"$$"` is a plain `$`. */
    fun fill(value: JsonNode): JsonNode =
        when {
            value.isObject ->
                JSON.createObjectNode().also { filled ->
                    value.properties().forEach { filled.set<JsonNode>(it.key, fill(it.value)) }
                }
            value.isArray -> JSON.createArrayNode().also { filled -> value.forEach { filled.add(fill(it)) } }
            !value.isTextual || !value.textValue().startsWith("$") -> value
            value.textValue().startsWith("$$") -> JSON.nodeFactory.textNode(value.textValue().drop(1))
            else -> find(value.textValue().drop(1))
        }

    private fun find(reference: String): JsonNode {
        val name = reference.substringBefore('/')
        val captured = kept[name] ?: throw Wrong("nothing was captured as `$$name`")
        val found = captured.at(reference.drop(name.length))
        return if (found.isMissingNode) throw Wrong("`$$name` holds nothing at `$reference`") else found
    }
}
