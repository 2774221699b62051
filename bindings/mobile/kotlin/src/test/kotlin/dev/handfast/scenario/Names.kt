package dev.handfast.scenario

/** `price_types` is `priceTypes`. */
internal fun camel(name: String): String = Regex("_(.)").replace(name) { it.groupValues[1].uppercase() }

/** `priceTypes` is `price_types`. */
internal fun snake(name: String): String = Regex("(?<!^)[A-Z]").replace(name) { "_" + it.value }.lowercase()
