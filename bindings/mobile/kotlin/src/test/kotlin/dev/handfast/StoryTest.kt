package dev.handfast

import dev.handfast.examples.Story
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertTrue

class StoryTest {
    @Test
    fun `the story in the examples comes to its end`(
        @TempDir folder: Path,
    ) = runBlocking {
        val told = mutableListOf<String>()
        Handfast.open(folder.resolve("shop.db").toString()).use { Story(it, told::add).tell() }
        for (line in listOf(
            "Some of it is wrong: phone is not a phone number",
            "Sara sets the customer up. Can it order? Yes.",
            "Decided 3 of 3.",
            "finds Rosas del Valle.",
            "customer created",
        )) {
            assertTrue(told.any { line in it }, "$line\n$told")
        }
    }
}
