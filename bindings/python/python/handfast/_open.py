"""Opening the library."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from datetime import datetime

from . import _native
from ._choices import Hashing
from ._log import LogRecord, listener
from ._native import BrandInput, Handfast, ManualClock, PolicyInput


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
) -> Handfast:
    """Opens the library on `memory:`, on the SQLite file `sqlite:shop.db`, on the SQLite file of a path, which is made
    when there is none, or on the PostgreSQL database at `postgres://user@host/shop`, which needs a `root_key`.

    - `root_key`: 32 random bytes in base64, which codes, tokens and sealed values are made with. Unless told, those
      of the file `shop.db.key` beside the database `shop.db`, which is made when there is none; in memory, bytes that
      live as long as the handle.
    - `retired_root_keys`: keys that were used before; what was made with them is still understood.
    - `brand`: the host's name, logo and sender.
    - `policy`: the numbers that the library decides by, where they are not to be the usual ones.
    - `hashing`: what hashing a password costs; as recommended unless told.
    - `clock`: tells the time as an aware datetime; what it raises, the call raises.
    - `logger`: hears every line of the log, from any thread.

    Raises `InvalidError` and `UnavailableError`: `not_a_database`, `bad_key`, `invalid_input`, `newer_schema`.
    """
    path = url if isinstance(url, str) else f"sqlite:{os.fspath(url)}"
    return _native.open(
        path,
        root_key=root_key,
        retired_root_keys=retired_root_keys,
        brand=brand,
        policy=policy,
        hashing=hashing,
        clock=clock,
        logger=None if logger is None else listener(logger),
    )
