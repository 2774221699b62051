package dev.handfast.benches

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import dev.handfast.Actor
import dev.handfast.BusinessInput
import dev.handfast.CompanyId
import dev.handfast.CustomerId
import dev.handfast.Handfast
import dev.handfast.LoginId
import dev.handfast.PostalAddressInput
import dev.handfast.Secret
import dev.handfast.Settings
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import java.io.File
import java.util.concurrent.atomic.AtomicInteger

/** Microseconds of each of `count` calls. */
private suspend fun each(
    count: Int,
    call: suspend (Int) -> Unit,
): Double {
    val begin = System.nanoTime()
    repeat(count) { call(it) }
    return (System.nanoTime() - begin) / 1_000.0 / count
}

/** Calls for every item a second, `width` of them under way. */
private suspend fun together(
    width: Int,
    items: List<String>,
    call: suspend (String) -> Unit,
): Double {
    val (next, begin) = AtomicInteger() to System.nanoTime()
    coroutineScope {
        repeat(width) {
            launch(Dispatchers.Default) {
                while (true) call(items.getOrNull(next.getAndIncrement()) ?: break)
            }
        }
    }
    return items.size / ((System.nanoTime() - begin) / 1e9)
}

private fun median(numbers: List<Double>) = numbers.sorted()[numbers.size / 2]

private fun lowerQuartile(numbers: List<Double>) = numbers.sorted()[numbers.size / 4]

/** MiB of memory that are really there, after what can be collected was. */
private fun resident(): Double {
    System.gc()
    val line = File("/proc/self/status").readLines().first { it.startsWith("VmRSS") }
    return line.filter(Char::isDigit).toDouble() / 1024
}

private fun JsonNode.texts() = map { it.asText() }

/** What a call costs from Kotlin: does what the plan says, prints the figures as JSON. */
public fun main(arguments: Array<String>): Unit =
    runBlocking {
        val plan = ObjectMapper().readTree(File(arguments.last()))
        val given = plan["business"]
        val billing = given["billing"].run { PostalAddressInput(this["line1"].asText(), this["city"].asText(), this["country"].asText()) }
        val business =
            BusinessInput(
                given["legal_name"].asText(), given["contact"].asText(), given["phone"].asText(), billing,
                taxId = given["tax_id"].asText(), website = given["website"].asText(), message = given["message"].asText(),
            )
        val actor = Actor.Staff(LoginId(plan["login"].asText()), CompanyId(plan["company"].asText()))
        val ids = plan["customers"].texts().map(::CustomerId)
        Handfast.open(plan["url"].asText(), Settings(rootKey = Secret(plan["root_key"].asText()))).use { hf ->
            val ask: suspend (Int) -> Unit = { hf.customers.canOrder(actor, ids[it % ids.size]) }
            val tokens = plan["tokens"].texts().map(::Secret)
            val who: suspend (Int) -> Unit = { hf.sessions.resolve(tokens[it % tokens.size]) }
            val file: suspend (String) -> Unit = { hf.invites.submit(Secret(it), business) }
            val (canOrder, resolve, page, submit, atOnce) = List(5) { mutableListOf<Double>() }
            (0 until plan["rounds"].asInt()).forEach { round ->
                readln()
                val alone = plan["alone"][round].texts()
                repeat(plan["slices"].asInt()) {
                    canOrder += each(plan["calls"].asInt(), ask)
                    resolve += each(plan["calls"].asInt(), who)
                    page += each(plan["pages"].asInt()) { hf.customers.list(actor, paging = dev.handfast.Paging(limit = 100u)) }
                }
                submit += each(alone.size) { file(alone[it]) }
                atOnce += together(plan["callers"].asInt(), plan["together"][round].texts(), file)
                println()
            }
            val calls = plan["memory_calls"].asInt()
            each(calls / 10, ask)
            val early = resident()
            each(calls - calls / 10, ask)
            val figures =
                mapOf(
                    "can_order" to lowerQuartile(canOrder),
                    "resolve" to lowerQuartile(resolve),
                    "page" to lowerQuartile(page),
                    "submit" to median(submit),
                    "submits_together" to median(atOnce),
                    "memory" to listOf(early, resident()),
                )
            println(ObjectMapper().writeValueAsString(figures))
        }
    }
