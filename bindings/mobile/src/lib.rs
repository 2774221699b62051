//! handfast for Kotlin and Swift.
