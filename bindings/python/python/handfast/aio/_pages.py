"""Pages of lists, for `await` and `async for`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator
from typing import Any, Generic, TypeVar, final

from .. import _page
from ._calls import Calls

T = TypeVar("T")


@final
class Page(Generic[T]):
    """Some items of a list. `async for` walks over them and all that follow, page by page."""

    def __init__(self, calls: Calls, page: _page.Page[T]) -> None:
        self._calls = calls
        self._page = page

    @property
    def items(self) -> tuple[T, ...]:
        """The items of this page, in the order of the list."""
        return self._page.items

    @property
    def next(self) -> str | None:
        """The cursor of the next page; none when this was the last."""
        return self._page.next

    async def following(self) -> Page[T] | None:
        """The next page; none when this was the last."""
        page = await self._calls.run(self._page.following)
        return None if page is None else Page(self._calls, page)

    async def __aiter__(self) -> AsyncIterator[T]:
        page: Page[T] | None = self
        while page is not None:
            for item in page.items:
                yield item
            page = await page.following()

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data: dictionaries, lists and the values of the fields."""
        return self._page.to_dict()

    def __repr__(self) -> str:
        return repr(self._page)


@final
class Pages(Generic[T]):
    """A list: `await` gives its first page, `async for` walks over all of it."""

    def __init__(self, calls: Calls, first: Callable[[], _page.Page[T]]) -> None:
        self._calls = calls
        self._first = first

    async def _page(self) -> Page[T]:
        return Page(self._calls, await self._calls.run(self._first))

    def __await__(self) -> Generator[object, None, Page[T]]:
        return self._page().__await__()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for item in await self._page():
            yield item
