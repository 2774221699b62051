package dev.handfast.scenario

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.node.ObjectNode
import dev.handfast.Handfast
import dev.handfast.MailRejection
import dev.handfast.Mailer
import dev.handfast.Message
import dev.handfast.deliver
import java.util.concurrent.CopyOnWriteArrayList

private val TEMPORARY_PASSWORD = Regex("[A-Za-z0-9]{5}(-[A-Za-z0-9]{5}){3}")

/** Where a play's mails arrive. */
internal class Outbox {
    private val arrived = CopyOnWriteArrayList<Message>()

    /** `mails.deliver` as scenarios have it: with the mails that arrived, and with a mailer that refuses if told. */
    suspend fun deliver(
        handfast: Handfast,
        arguments: JsonNode,
    ): JsonNode {
        arguments.fieldNames().forEach {
            if (it !in
                setOf("limit", "refuse", "kind")
            ) {
                throw Wrong("`with` has no `$it`")
            }
        }
        val (refuse, kind) = arguments["refuse"]?.textValue() to arguments["kind"]?.textValue()
        val before = arrived.size
        val mailer =
            Mailer { message ->
                if (refuse != null && (kind == null || kind == message.kind.name.lowercase())) throw refusal(refuse)
                arrived.add(message)
            }
        val delivery = handfast.mails.deliver(mailer, arguments["limit"]?.intValue()?.toUInt() ?: 1_000u)
        val shown = write(delivery) as ObjectNode
        return shown.set("mails", write(arrived.drop(before).map(::shown)))
    }

    /** The code, the link, the token or the temporary password of the newest mail that holds one. */
    fun newest(what: String): JsonNode =
        write(arrived.asReversed().firstNotNullOfOrNull { shown(it)[what] } ?: throw Wrong("no mail holds a $what"))

    private fun refusal(refuse: String): MailRejection {
        val reason = "the scenario's mailer refuses"
        return when (refuse) {
            "temporary" -> MailRejection.Temporary(reason)
            "permanent" -> MailRejection.Permanent(reason)
            else -> throw Wrong("`refuse` is neither `temporary` nor `permanent`")
        }
    }

    private fun shown(message: Message): Map<String, Any?> {
        val text = message.text.value
        val link = text.lines().find { it.startsWith("http://") || it.startsWith("https://") }
        return mapOf(
            "kind" to message.kind,
            "to" to message.to,
            "to_name" to message.toName,
            "locale" to message.locale,
            "subject" to message.subject,
            "text" to text,
            "code" to text.lines().map(String::trim).find { Regex("\\d{6,10}").matches(it) },
            "link" to link,
            "token" to link?.substringAfter('#', "")?.ifEmpty { null },
            "password" to text.lines().map(String::trim).find { TEMPORARY_PASSWORD.matches(it) },
        )
    }
}
