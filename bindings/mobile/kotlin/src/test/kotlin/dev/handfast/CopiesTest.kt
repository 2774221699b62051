package dev.handfast

import kotlinx.coroutines.runBlocking
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.io.path.createTempDirectory
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

class CopiesTest {
    @Test
    fun `a shop in memory is kept in a file, and what differs is written the next time`() =
        runBlocking {
            Shop.open().use { shop ->
                val file = createTempDirectory("handfast").resolve("kept.db").toString()
                val live = shop.handfast.copyTo(file, live = true)
                assertTrue(live.rows > 0 && live.written == live.rows && live.tables.isEmpty())
                shop.handfast.carriers.add(shop.ada, "Carrier 1")
                val heard = CopyOnWriteArrayList<Pair<UInt, UInt>>()
                val copied = shop.handfast.copyTo(file) { done, total -> heard.add(done to total) }
                assertEquals(copied.rows.toUInt() to copied.rows.toUInt(), heard.last())
                assertEquals(copied.rows, copied.tables.sumOf { it.rows })
                Handfast.open(file, Settings(hashing = Hashing.INSECURE_FOR_TESTS)).use { there ->
                    assertEquals(listOf("Carrier 1"), there.carriers.list(shop.ada).items.map { it.name })
                }
            }
        }

    @Test
    fun `what lives in memory is no target`() =
        runBlocking {
            Shop.open().use { shop ->
                val refused = assertFailsWith<HandfastException> { shop.handfast.copyTo("memory:") }
                assertEquals("not_a_database", refused.code)
            }
        }
}
