package dev.handfast

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.io.TempDir
import java.math.BigDecimal
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration

class CallsTest {
    @Test
    fun `64 coroutines at once each add a price type`(
        @TempDir folder: Path,
    ) = runBlocking {
        Shop.open("sqlite:${folder.resolve("shop.db")}").use { shop ->
            val added =
                List(
                    64,
                ) { async(Dispatchers.Default) { shop.handfast.priceTypes.add(shop.ada, "Price %02d".format(it)) } }
            assertEquals(
                64,
                added
                    .awaitAll()
                    .map { it.id }
                    .toSet()
                    .size,
            )
            val names =
                shop.handfast.priceTypes
                    .listAll(shop.ada, pageSize = 10u)
                    .map { it.name }
                    .toList()
            assertEquals(List(64) { "Price %02d".format(it) }, names)
        }
    }

    @Test
    fun `a flow asks for no more pages than it needs`() =
        runBlocking {
            Shop.open().use { shop ->
                repeat(5) { shop.handfast.carriers.add(shop.ada, "Truck $it") }
                val page = shop.handfast.carriers.list(shop.ada, Paging(limit = 2u))
                assertEquals(listOf("Truck 0", "Truck 1"), page.items.map { it.name })
                val next = shop.handfast.carriers.list(shop.ada, Paging(cursor = page.next, limit = 2u))
                assertEquals(listOf("Truck 2", "Truck 3"), next.items.map { it.name })
                val calls = mutableListOf<String?>()
                val flow =
                    pages<CarrierPage, Carrier>(2u, { it.items }, { it.next }) {
                        calls.add(it.cursor)
                        shop.handfast.carriers.list(shop.ada, it)
                    }
                assertEquals(3, flow.take(3).toList().size)
                assertEquals(listOf(null, page.next), calls)
            }
        }

    @Test
    fun `what was closed refuses, and what is under way finishes`() =
        runBlocking {
            val shop = Shop.open()
            val invites = shop.handfast.invites
            shop.close()
            shop.close()
            val refused = assertFailsWith<HandfastException> { invites.link(shop.ada) }
            assertEquals("closed", refused.code)
        }

    @Test
    fun `a panic inside is an internal error and the process lives`() =
        runBlocking {
            Shop.open().use { shop ->
                val told = assertFailsWith<HandfastException.Internal> { shop.handfast.provokePanic() }
                assertEquals("internal" to false, told.code to told.retryable)
                assertEquals(
                    "Flora Export",
                    shop.handfast.companies
                        .get(shop.ada)
                        .name,
                )
            }
        }

    @Test
    fun `ids, times, decimals, spans and bytes come back as they went`() =
        runBlocking {
            Shop.open(policy = PolicyInput(codeLifetime = 5.minutes)).use { shop ->
                val retail = shop.handfast.priceTypes.add(shop.ada, "Retail")
                val request = shop.file("bea@rosas.example")
                val customer =
                    shop.handfast.requests
                        .approve(shop.ada, request.id)
                        .customer
                val pricing =
                    PricingInput(
                        retail.id,
                        markup = BigDecimal("7.50"),
                        extra =
                            mapOf(
                                "erp" to "42",
                                "a" to "b",
                            ),
                    )
                val priced = shop.handfast.customers.setPricing(shop.ada, customer.id, pricing)
                assertEquals(retail.id, priced.priceType)
                assertEquals(0, BigDecimal("7.5").compareTo(priced.markup))
                assertEquals(mapOf("erp" to "42", "a" to "b"), priced.extra)
                assertEquals(CustomerId(priced.id.toString()), customer.id)
                assertEquals(priced.created, STARTS)
                val since = EventFilter(since = STARTS, until = STARTS + 1.seconds.toJavaDuration())
                assertTrue(
                    shop.handfast.events
                        .list(shop.ada, since)
                        .items
                        .isNotEmpty(),
                )
                assertContentEquals(
                    byteArrayOf(-119, 80, 78, 71),
                    shop.handfast.invites
                        .qrPng(shop.ada)
                        .take(4)
                        .toByteArray(),
                )
            }
        }

    @Test
    fun `a span given to the policy is the one that counts`() =
        runBlocking {
            Shop.open(policy = PolicyInput(codeLifetime = 5.minutes)).use { shop ->
                val started = shop.handfast.invites.start(shop.slug, "bea@rosas.example")
                assertEquals(STARTS + 5.minutes.toJavaDuration(), started.expires)
                shop.clock.advance(5.minutes)
                val late =
                    assertFailsWith<HandfastException.Expired> {
                        shop.handfast.invites.verify(
                            started.visit,
                            Secret("00000000"),
                        )
                    }
                assertEquals("code_expired", late.code)
            }
        }

    @Test
    fun `a secret is not shown`() {
        assertEquals("…", Secret("correct horse battery staple").toString())
        assertFalse("horse" in FLORA.toString())
    }

    @Test
    fun `a time that the library cannot hold is out of range`() =
        runBlocking {
            Shop.open().use { shop ->
                for (time in listOf(
                    STARTS - 40_000.days.toJavaDuration(),
                    java.time.Instant.parse("+10000-01-01T00:00:00Z"),
                )) {
                    val refused =
                        assertFailsWith<HandfastException.Invalid> {
                            shop.handfast.events.list(
                                shop.ada,
                                EventFilter(since = time),
                            )
                        }
                    assertEquals(listOf("since" to "out_of_range"), refused.faults.map { it.field to it.code })
                }
            }
        }
}
