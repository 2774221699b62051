package dev.handfast

import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

class CallbacksTest {
    @Test
    fun `a throwing mailer leaves the mail in the outbox`() =
        runBlocking {
            Shop.open().use { shop ->
                val delivery = shop.handfast.mails.deliver({ error("the line is dead") }, 10u)
                assertEquals(
                    listOf("mailer_failed" to "the line is dead"),
                    delivery.failures.map { it.code to it.reason },
                )
                assertEquals(0u to 1u, delivery.sent to delivery.waiting)
                val waiting =
                    shop.handfast.mails
                        .list(MailState.QUEUED)
                        .items
                        .single()
                assertEquals("the line is dead", waiting.failure)
            }
        }

    @Test
    fun `a temporary rejection is tried again, a permanent one never`() =
        runBlocking {
            Shop.open().use { shop ->
                val mails = shop.handfast.mails
                val later = mails.deliver({ throw MailRejection.Temporary("mailbox full") }, 10u)
                assertEquals(1u to "mailbox full", later.waiting to later.failures.single().reason)
                shop.clock.set(
                    mails
                        .list(MailState.QUEUED)
                        .items
                        .single()
                        .due,
                )
                val never = mails.deliver({ throw MailRejection.Permanent("no such mailbox") }, 10u)
                assertEquals(1u to "no such mailbox", never.givenUp to never.failures.single().reason)
                assertEquals(
                    "no such mailbox",
                    mails
                        .list(MailState.DEAD)
                        .items
                        .single()
                        .failure,
                )
            }
        }

    @Test
    fun `a mailer may call handfast, and wait`() =
        runBlocking {
            Shop.open().use { shop ->
                val seen = CopyOnWriteArrayList<String>()
                val mailer =
                    Mailer { message ->
                        delay(1)
                        seen.add(
                            message.subject to
                                shop.handfast.companies
                                    .get(shop.ada)
                                    .name,
                        )
                    }
                val workers = List(4) { async { shop.handfast.mails.deliver(mailer, 10u) } }
                assertEquals(1u, workers.awaitAll().sumOf { it.sent })
                assertEquals(1, seen.size)
                assertTrue("Flora Export" in seen.single(), seen.single())
            }
        }

    private fun CopyOnWriteArrayList<String>.add(said: Pair<String, String>) = add("${said.first} / ${said.second}")

    @Test
    fun `progress hears of every row and may call handfast`() =
        runBlocking {
            Shop.open().use { shop ->
                val decisions = BulkDecision(List(3) { shop.file("visitor$it@rosas.example").id }, Verdict.APPROVE)
                val heard = CopyOnWriteArrayList<Pair<UInt, UInt>>()
                val rows =
                    shop.handfast.requests.decideMany(shop.ada, "today", decisions) { done, total ->
                        shop.handfast.requests.get(shop.ada, decisions.requests.first())
                        heard.add(done to total)
                    }
                assertEquals(listOf(BulkOutcome.APPROVED), rows.map { it.outcome }.distinct())
                assertEquals(listOf(1u to 3u, 2u to 3u, 3u to 3u), heard)
            }
        }

    @Test
    fun `throwing progress stops nothing and is told`() =
        runBlocking {
            Shop.open().use { shop ->
                val decisions = BulkDecision(List(2) { shop.file("visitor$it@rosas.example").id }, Verdict.REJECT)
                val told =
                    assertFailsWith<HandfastException.Internal> {
                        shop.handfast.requests.decideMany(shop.ada, "today", decisions) { _, _ -> error("no screen") }
                    }
                assertTrue("no screen" in told.message!!, told.message)
                val rejected = shop.handfast.requests.list(shop.ada, RequestState.REJECTED)
                assertEquals(2, rejected.items.size)
            }
        }

    @Test
    fun `progress hears of every user that is added`() =
        runBlocking {
            Shop.open().use { shop ->
                val users = team(shop)
                val heard = CopyOnWriteArrayList<Pair<UInt, UInt>>()
                val rows =
                    shop.handfast.users.addMany(
                        shop.ada,
                        "team",
                        users,
                    ) { done, total -> heard.add(done to total) }
                assertEquals(listOf(1u to 3u, 2u to 3u, 3u to 3u), heard)
                val outcomes = listOf(UserOutcome.ADDED, UserOutcome.REFUSED, UserOutcome.ADDED)
                assertEquals(outcomes, rows.map { it.outcome })
                assertEquals("email" to "not_an_email", rows[1].faults.single().let { it.field to it.code })
                assertEquals(rows, shop.handfast.users.addMany(shop.ada, "team", users))
            }
        }

    @Test
    fun `progress that throws is told once all users are added`() =
        runBlocking {
            Shop.open().use { shop ->
                val users = team(shop)
                val told =
                    assertFailsWith<HandfastException.Internal> {
                        shop.handfast.users.addMany(shop.ada, "team", users) { _, _ -> error("no screen") }
                    }
                assertTrue("no screen" in told.message!!, told.message)
                val added =
                    shop.handfast.users
                        .listAll(shop.ada, AssociationState.PENDING)
                        .toList()
                assertEquals(
                    setOf("uma@rosas.example", "leo@rosas.example"),
                    added.map { it.email }.toSet(),
                )
            }
        }

    /** Three rows, of which the second has no address. */
    private suspend fun team(shop: Shop): BulkUsers {
        val customer = shop.customer("bea@rosas.example")
        val people = listOf("uma@rosas.example" to "Uma Uva", "nowhere" to "Ned", "leo@rosas.example" to "Leo Luz")
        return BulkUsers(BulkMode.APPLY, people.map { (email, name) -> UserInput(customer, email, name) })
    }

    @Test
    fun `a logger hears of every call and cannot make one fail`() =
        runBlocking {
            val lines = CopyOnWriteArrayList<LogRecord>()
            val logger =
                Logger {
                    lines.add(it)
                    error("the disk is full")
                }
            Shop.open(logger = logger).use { shop ->
                shop.handfast.companies.get(shop.ada)
                assertTrue(lines.any { "companies.get" in it.message && it.level == LogLevel.DEBUG }, lines.toString())
            }
        }

    @Test
    fun `a host's own clock tells the time, and one that throws ends the call`() =
        runBlocking {
            var stopped = false
            val clock = Clock { if (stopped) error("no battery") else STARTS }
            Handfast.open("memory:", Settings(hashing = Hashing.INSECURE_FOR_TESTS), clock).use { handfast ->
                val signedUp = handfast.companies.signUp(FLORA)
                assertEquals(STARTS, signedUp.company.created)
                stopped = true
                val ada = Actor.Host(signedUp.company.id)
                val told = assertFailsWith<HandfastException.Internal> { handfast.invites.replace(ada) }
                assertTrue("no battery" in told.message!!, told.message)
                stopped = false
                assertEquals("Flora Export", handfast.companies.get(ada).name)
            }
        }
}
