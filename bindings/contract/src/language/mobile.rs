//! Kotlin and Swift: values that cross as another one does.
