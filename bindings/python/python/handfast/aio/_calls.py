"""Calls on threads, so that the event loop goes on meanwhile."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import os
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Calls:
    """The threads of one open library."""

    def __init__(self, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="handfast")
        self._process = os.getpid()
        self._ended = False

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a call on one of the threads."""
        # a closed library refuses at once, and so does one that was forked: its threads are not here
        if self._ended or os.getpid() != self._process:
            return call(*args, **kwargs)
        return await _on(self._threads, partial(call, *args, **kwargs))

    async def run_apart(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a call that calls back on a thread of its own: what it calls may need the others."""
        thread = ThreadPoolExecutor(1, thread_name_prefix="handfast-callback")
        try:
            return await _on(thread, partial(call, *args, **kwargs))
        finally:
            thread.shutdown(wait=False)

    def heard(self, callback: Callable[P, object]) -> Callable[P, object]:
        """A callback as a plain function: what it gives to be awaited is awaited on the event loop."""
        loop = asyncio.get_running_loop()

        def hear(*args: P.args, **kwargs: P.kwargs) -> object:
            given = callback(*args, **kwargs)
            if not inspect.isawaitable(given):
                return given
            return asyncio.run_coroutine_threadsafe(_awaited(given), loop).result()

        return hear

    def end(self) -> None:
        """Lets the threads go once they are idle."""
        self._ended = True
        self._threads.shutdown(wait=False)


async def _on(threads: ThreadPoolExecutor, call: Callable[[], T]) -> T:
    context = contextvars.copy_context()
    return await asyncio.get_running_loop().run_in_executor(threads, context.run, call)


def _awaited(given: Any) -> Coroutine[Any, Any, object]:
    async def wait() -> object:
        return await given

    return wait()
