package dev.handfast

import kotlinx.coroutines.runBlocking
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNotNull

class ErrorsTest {
    @Test
    fun `everything wrong with an input is told at once, by field`() =
        runBlocking {
            Shop.open().use { shop ->
                val business = business(" ").copy(phone = "call me", website = "our site")
                val refused = assertFailsWith<HandfastException.Invalid> { shop.file("bea@rosas.example", business) }
                val faults = refused.faults.associate { it.field to it.code }
                assertEquals(
                    mapOf("legal_name" to "required", "phone" to "not_a_phone", "website" to "not_a_website"),
                    faults,
                )
                assertEquals("invalid_input" to "invalid", refused.code to refused.category)
            }
        }

    @Test
    fun `a message is for a person, and names the code`() =
        runBlocking {
            Shop.open().use { shop ->
                val refused = assertFailsWith<HandfastException.NotFound> { shop.handfast.invites.open("nowhere") }
                assertEquals("${refused.details.message} (unknown_link)", refused.message)
                assertEquals("unknown_link" to false, refused.code to refused.retryable)
            }
        }

    @Test
    fun `who comes too often is told when to come again`() =
        runBlocking {
            Shop.open().use { shop ->
                shop.handfast.invites.start(shop.slug, "bea@rosas.example")
                val refused =
                    assertFailsWith<HandfastException.RateLimited> {
                        shop.handfast.invites.start(shop.slug, "bea@rosas.example")
                    }
                assertNotNull(refused.retryAfter)
                assertEquals("too_often" to true, refused.code to refused.retryable)
            }
        }

    @Test
    fun `what is no id is told by its name`() =
        runBlocking {
            Shop.open().use { shop ->
                val refused =
                    assertFailsWith<HandfastException.Invalid> {
                        shop.handfast.customers.get(shop.ada, CustomerId("seven"))
                    }
                assertEquals("not_an_id", refused.code)
                assertEquals(true, "`customer`" in refused.message!!, refused.message)
            }
        }

    @Test
    fun `what cannot be opened says why`() =
        runBlocking {
            val refused = assertFailsWith<HandfastException> { Handfast.open("http://example.com") }
            assertEquals("not_a_database", refused.code)
            val policy = Settings(policy = PolicyInput(codeDigits = 2u))
            assertEquals(
                listOf("code_digits"),
                assertFailsWith<HandfastException> {
                    Handfast.open("memory:", policy)
                }.faults.map { it.field },
            )
        }
}
