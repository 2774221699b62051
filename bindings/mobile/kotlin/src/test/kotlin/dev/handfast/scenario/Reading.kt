package dev.handfast.scenario

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.node.NullNode
import dev.handfast.Actor
import dev.handfast.AnswerValue
import dev.handfast.CompanyId
import dev.handfast.DelegationId
import dev.handfast.IdentityId
import dev.handfast.LoginId
import dev.handfast.PartnerId
import dev.handfast.SessionId
import java.math.BigDecimal
import java.time.Instant
import java.util.Base64
import kotlin.reflect.KCallable
import kotlin.reflect.KClass
import kotlin.reflect.KParameter
import kotlin.reflect.KType
import kotlin.reflect.full.primaryConstructor
import kotlin.time.Duration

/** A value that Kotlin's own type refuses to hold, before the library is asked; it would refuse it with `code`. */
internal class Inexpressible(
    val code: String,
) : Exception("there is no such value in Kotlin: `$code`")

/** A value of a scenario as Kotlin's own: `"sales_manager"` is `Role.SALES_MANAGER` where a `Role` is asked for. */
internal fun read(
    json: JsonNode,
    type: KType,
    place: String,
): Any? {
    if (json.isNull) return if (type.isMarkedNullable) null else throw Wrong("`$place` is needed")
    return when (val asked = type.classifier as KClass<*>) {
        String::class -> text(json, place)
        Boolean::class -> if (json.isBoolean) json.booleanValue() else throw Wrong("`$place` is not yes or no")
        UInt::class -> number(json, place).toUInt()
        Long::class -> number(json, place)
        Instant::class -> Instant.parse(text(json, place))
        Duration::class -> duration(text(json, place))
        BigDecimal::class -> text(json, place).toBigDecimalOrNull() ?: throw Inexpressible("not_a_decimal")
        ByteArray::class -> Base64.getDecoder().decode(text(json, place))
        AnswerValue::class ->
            when {
                json.isBoolean -> AnswerValue.Flag(json.booleanValue())
                json.isArray -> AnswerValue.Several(json.mapIndexed { at, item -> text(item, "$place.$at") })
                else -> AnswerValue.Text(text(json, place))
            }
        List::class -> json.mapIndexed { at, item -> read(item, type.arguments.single().type!!, "$place.$at") }
        Map::class ->
            json.properties().associate { (name, value) ->
                name to
                    read(value, type.arguments[1].type!!, "$place.$name")
            }
        Actor::class -> actor(json)
        else -> readOther(json, asked, place)
    }
}

private fun readOther(
    json: JsonNode,
    asked: KClass<*>,
    place: String,
): Any =
    when {
        asked.java.isEnum -> choice(text(json, place), asked, place)
        asked.isValue -> asked.primaryConstructor!!.call(text(json, place))
        else -> asked.primaryConstructor!!.let { it.callBy(arguments(it, json, place)) }
    }

/** What a function takes, by name; nothing that it does not know. */
internal fun arguments(
    function: KCallable<*>,
    json: JsonNode,
    place: String,
): Map<KParameter, Any?> {
    val parameters = function.parameters.filter { it.kind == KParameter.Kind.VALUE }
    val names = parameters.map { snake(it.name!!) }
    json.fieldNames().forEach { if (it !in names) throw Wrong("`$place` has no `$it`") }
    return parameters.associateWith { read(json.path(snake(it.name!!)).orNull(), it.type, "$place.${it.name}") }
}

/** Who acts: `{"host": company}`; the actor of a session, a partner's too; or anything with a `login` and a `company`. */
private fun actor(json: JsonNode): Actor =
    when {
        json.has("delegation") ->
            Actor.Partner(
                SessionId(json["session"].textValue()),
                IdentityId(json["identity"].textValue()),
                LoginId(json["login"].textValue()),
                PartnerId(json["partner"].textValue()),
                DelegationId(json["delegation"].textValue()),
                CompanyId(json["company"].textValue()),
            )
        json.has("session") -> {
            val (session, identity) = SessionId(json["session"].textValue()) to IdentityId(json["identity"].textValue())
            Actor.Session(session, identity, LoginId(json["login"].textValue()), CompanyId(json["company"].textValue()))
        }
        json.has("host") -> Actor.Host(CompanyId(json["host"].textValue()))
        json.has("login") && json.has("company") ->
            Actor.Staff(LoginId(json["login"].textValue()), CompanyId(json["company"].textValue()))
        else -> throw Wrong("`as` is neither `{\"host\": company}` nor something with a `login` and a `company`")
    }

private fun choice(
    text: String,
    asked: KClass<*>,
    place: String,
): Any {
    val choices = asked.java.enumConstants.map { it as Enum<*> }
    return choices.find { it.name == text.uppercase() } ?: throw Wrong("`$place`: `$text` is none of $choices")
}

private fun text(
    json: JsonNode,
    place: String,
): String = json.textValue() ?: throw Wrong("`$place` is not a text: $json")

private fun number(
    json: JsonNode,
    place: String,
): Long = if (json.isIntegralNumber) json.longValue() else throw Wrong("`$place` is not a whole number: $json")

private fun JsonNode.orNull(): JsonNode = if (isMissingNode) NullNode.instance else this
