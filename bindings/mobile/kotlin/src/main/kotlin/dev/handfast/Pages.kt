package dev.handfast

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** The items of a list, whose pages are asked for as they are needed. */
internal fun <Page, Item> pages(
    pageSize: UInt?,
    items: (Page) -> List<Item>,
    next: (Page) -> String?,
    list: suspend (Paging) -> Page,
): Flow<Item> =
    flow {
        var cursor: String? = null
        do {
            val page = list(Paging(cursor, pageSize))
            items(page).forEach { emit(it) }
            cursor = next(page)
        } while (cursor != null)
    }
