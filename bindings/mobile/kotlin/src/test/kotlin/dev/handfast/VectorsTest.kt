package dev.handfast

import dev.handfast.scenario.play
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.test.assertTrue

/** The scenarios that every language plays. */
class VectorsTest {
    private val files = workspace.resolve("tests/vectors").listDirectoryEntries("*.json").sorted()

    @TestFactory
    fun `every scenario plays in memory`(): List<DynamicTest> = tests { "memory:" }

    @TestFactory
    fun `every scenario plays on a SQLite file`(
        @TempDir folder: Path,
    ): List<DynamicTest> = tests { "sqlite:${folder.resolve("${it.name}.db")}" }

    private fun tests(url: (Path) -> String): List<DynamicTest> {
        assertTrue(files.isNotEmpty())
        return files.map { file -> dynamicTest(file.name) { runBlocking { play(file, url(file)) } } }
    }
}
