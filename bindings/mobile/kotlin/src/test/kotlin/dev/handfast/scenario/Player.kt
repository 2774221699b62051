package dev.handfast.scenario

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.node.ObjectNode
import dev.handfast.Handfast
import dev.handfast.HandfastException
import dev.handfast.Hashing
import dev.handfast.ManualClock
import dev.handfast.PolicyInput
import dev.handfast.Settings
import java.nio.file.Path
import java.time.Instant
import kotlin.io.path.name
import kotlin.reflect.KProperty1
import kotlin.reflect.full.callSuspendBy
import kotlin.reflect.full.declaredFunctions
import kotlin.reflect.full.instanceParameter
import kotlin.reflect.full.memberProperties
import kotlin.reflect.typeOf
import kotlin.time.Duration.Companion.milliseconds

/** A scenario, or a step of it, that is not understood. */
internal class Wrong(
    reason: String,
) : Exception(reason)

/** Plays a file of `tests/vectors` on the store at `url`. The first step that does not do what is expected ends it. */
internal suspend fun play(
    file: Path,
    url: String,
) {
    val scenario = JSON.readTree(file.toFile())
    val clock = ManualClock(Instant.parse(scenario["starts"].textValue()))
    val policy = read(scenario["policy"] ?: JSON.createObjectNode(), typeOf<PolicyInput>(), "policy") as PolicyInput
    val settings = Settings(policy = policy, hashing = Hashing.INSECURE_FOR_TESTS)
    Handfast.open(url, settings, clock).use { handfast ->
        val play = Play(handfast, clock)
        scenario["steps"].forEachIndexed { index, step ->
            val name = step["do"]?.textValue() ?: "clock"
            val wrong = runCatching { play.act(step) }.getOrElse { it.message ?: it.toString() }
            if (wrong != null) throw AssertionError("${file.name}: step ${index + 1} ($name): $wrong")
        }
    }
}

private val KEYS = setOf("say", "do", "as", "with", "capture", "expect", "expect_error", "clock")

/** One play, in the middle of it. */
private class Play(
    private val handfast: Handfast,
    private val clock: ManualClock,
) {
    private val captures = Captures()
    private val outbox = Outbox()

    /** Plays one step; gives what is not as expected. */
    suspend fun act(step: JsonNode): String? {
        step.fieldNames().forEach { if (it !in KEYS) throw Wrong("a step has no `$it`") }
        step["clock"]?.let { return turn(it) }
        clock.advance(1.milliseconds)
        val expectedError = step["expect_error"]
        val result =
            try {
                call(step)
            } catch (refused: HandfastException) {
                return if (expectedError == null) "refused: ${refused.message}" else difference(expectedError, refused)
            } catch (refused: Inexpressible) {
                return if ("\"${refused.code}\"" in expectedError.toString()) null else refused.message
            }
        return if (expectedError ==
            null
        ) {
            judge(result, step)
        } else {
            "expected the error $expectedError, got ${short(result)}"
        }
    }

    private fun turn(hands: JsonNode): String? {
        hands["set"]?.let { clock.set(Instant.parse(it.textValue())) }
        hands["advance"]?.let { clock.advance(duration(it.textValue())) }
        return null
    }

    private fun judge(
        result: JsonNode,
        step: JsonNode,
    ): String? {
        step["expect"]?.let { expect -> difference(captures.fill(expect, clock.now()), result)?.let { return it } }
        step["capture"]?.properties()?.forEach { (name, place) ->
            val found =
                when (val text = place.textValue()) {
                    "code", "link", "token", "password" -> outbox.newest(text)
                    else -> result.at(text)
                }
            if (found.isMissingNode) throw Wrong("nothing to capture as `$name` at $place")
            captures.keep(name, found)
        }
        return null
    }

    /** Calls the function of the operation's name with arguments by name. */
    private suspend fun call(step: JsonNode): JsonNode {
        val with = captures.fill(step["with"] ?: JSON.createObjectNode(), clock.now()) as ObjectNode
        step["as"]?.let { with.set<JsonNode>("actor", captures.fill(it, clock.now())) }
        val operation = step["do"].textValue()
        if (operation == "mails.deliver") return outbox.deliver(handfast, with)
        val (group, verb) = operation.split('.').map(::camel)
        val property = Handfast::class.memberProperties.find { it.name == group } as KProperty1<Handfast, *>?
        val receiver = property?.get(handfast) ?: throw Wrong("there is no group `$group`")
        val function =
            receiver::class.declaredFunctions.find { it.name == verb } ?: throw Wrong("there is no such operation")
        val arguments = arguments(function, with, "with") + (function.instanceParameter!! to receiver)
        return try {
            write(function.callSuspendBy(arguments))
        } catch (thrown: java.lang.reflect.InvocationTargetException) {
            throw thrown.targetException
        }
    }
}
