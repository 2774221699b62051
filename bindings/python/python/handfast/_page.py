"""A page of a list, which knows the way to the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar, final

T = TypeVar("T")


@final
class Page(Generic[T]):
    """Some items of a list. Iterating walks over them and all that follow, page by page."""

    __slots__ = ("_following", "_items", "_next")
    __match_args__ = ("items", "next")

    def __init__(
        self, items: tuple[T, ...], next: str | None = None, following: Callable[[str], Page[T]] | None = None
    ) -> None:
        self._items = items
        self._next = next
        self._following = following

    @property
    def items(self) -> tuple[T, ...]:
        """The items of this page, in the order of the list."""
        return self._items

    @property
    def next(self) -> str | None:
        """The cursor of the next page; none when this was the last."""
        return self._next

    def following(self) -> Page[T] | None:
        """The next page; none when this was the last."""
        if self._next is None:
            return None
        if self._following is None:
            raise RuntimeError(
                "a page that was copied does not know its list: ask for the next with `cursor=page.next`"
            )
        return self._following(self._next)

    def __iter__(self) -> Iterator[T]:
        page: Page[T] | None = self
        while page is not None:
            yield from page._items
            page = page.following()

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data: dictionaries, lists and the values of the fields."""
        plain: list[Any] = [getattr(item, "to_dict", lambda item=item: item)() for item in self._items]
        return {"items": plain, "next": self._next}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Page):
            return NotImplemented
        return self._items == other._items and self._next == other._next

    def __hash__(self) -> int:
        return hash((self._items, self._next))

    def __repr__(self) -> str:
        return f"Page(items={self._items!r}, next={self._next!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Page, (self._items, self._next)
