"""The same library for `asyncio`: every operation is a coroutine, and lists are walked with `async for`.

Calls run on threads of the library's own, so many can be under way at once. A call whose task is cancelled is done to
its end all the same.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Generator, Sequence
from datetime import datetime
from functools import partial

from .. import _native
from .._choices import Hashing
from .._log import LogRecord
from .._native import BrandInput, Copied, ManualClock, PolicyInput
from .._open import open as _open
from ._calls import Calls
from ._groups import Groups
from ._pages import Page, Pages

__all__ = ["Handfast", "Opening", "Page", "Pages", "open"]


class Handfast(Groups):
    """The library, open on a store. `async with` closes it."""

    async def close(self) -> None:
        """Ends it: calls that are under way finish, later ones are refused with `closed`.

        Closing twice does nothing.
        """
        await self._calls.run(self._hf.close)
        self._calls.end()

    async def copy_to(
        self,
        url: str | os.PathLike[str],
        *,
        live: bool = False,
        progress: Callable[[int, int], object] | None = None,
    ) -> Copied:
        """Copies all that the library holds to another database, as `copy_to` of `handfast.Handfast` does."""
        heard = progress and self._calls.heard(progress)
        return await self._calls.run_apart(self._hf.copy_to, url, live=live, progress=heard)

    async def __aenter__(self) -> Handfast:
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await self.close()


class Opening:
    """What `open` gives: to be awaited, or entered with `async with`."""

    def __init__(self, calls: Calls, opening: Callable[[], _native.Handfast]) -> None:
        self._calls = calls
        self._opening = opening
        self._opened: Handfast | None = None

    async def _open(self) -> Handfast:
        return Handfast(await self._calls.run(self._opening), self._calls)

    def __await__(self) -> Generator[object, None, Handfast]:
        return self._open().__await__()

    async def __aenter__(self) -> Handfast:
        self._opened = await self._open()
        return self._opened

    async def __aexit__(self, *_exception: object) -> None:
        if self._opened is not None:
            await self._opened.close()


def open(
    url: str | os.PathLike[str],
    *,
    root_key: str | None = None,
    retired_root_keys: Sequence[str] | None = None,
    brand: BrandInput | None = None,
    policy: PolicyInput | None = None,
    hashing: Hashing | None = None,
    clock: ManualClock | Callable[[], datetime] | None = None,
    logger: logging.Logger | Callable[[LogRecord], object] | None = None,
    threads: int = 64,
) -> Opening:
    """Opens the library as `handfast.open` does: `async with handfast.aio.open("shop.db") as hf`, or
    `hf = await handfast.aio.open("shop.db")`.

    At most `threads` calls are under way at once; others wait. The clock and the logger are called on those threads.
    """
    opening = partial(
        _open,
        url,
        root_key=root_key,
        retired_root_keys=retired_root_keys,
        brand=brand,
        policy=policy,
        hashing=hashing,
        clock=clock,
        logger=logger,
    )
    return Opening(Calls(threads), opening)
