package dev.handfast

import dev.handfast.examples.Story
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.readText
import kotlin.test.Test
import kotlin.test.assertTrue

class StoryTest {
    @Test
    fun `the story in the examples comes to its end`(
        @TempDir folder: Path,
    ) = runBlocking {
        val course = Path.of("../../../examples/courses/certified-partner.toml").readText()
        val told = mutableListOf<String>()
        Handfast.open(folder.resolve("shop.db").toString()).use { Story(it, course, told::add).tell() }
        for (line in listOf(
            "Some of it is wrong: phone is not a phone number",
            "Sara sets the customer up. Can it order? Yes.",
            "Decided 3 of 3.",
            "finds Rosas del Valle.",
            "customer created",
            "Ada mistypes a digit: has a wrong digit",
            "Carla cannot enter yet: two_factor_off, session_not_verified.",
            "Camino Consulting, Certified Partner Certification.",
            "(access_ended).",
            "stays certified.",
        )) {
            assertTrue(told.any { line in it }, "$line\n$told")
        }
    }
}
