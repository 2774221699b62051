"""What the library says while it works."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from ._choices import LogLevel


@dataclass(frozen=True, slots=True)
class LogRecord:
    """A line of the log. It holds no secret and nothing that a person typed."""

    level: LogLevel
    """How much it matters."""
    target: str
    """The part of the library that says it."""
    message: str
    """What it says, with its values: `done operation="invites.open"`."""


_LEVELS = {
    LogLevel.ERROR: logging.ERROR,
    LogLevel.WARN: logging.WARNING,
    LogLevel.INFO: logging.INFO,
    LogLevel.DEBUG: logging.DEBUG,
    LogLevel.TRACE: logging.DEBUG - 5,
}


def listener(logger: logging.Logger | Callable[[LogRecord], object]) -> Callable[[LogRecord], object]:
    """What hears the lines: the callable itself, or one that hands them to the standard library's logger."""
    if not isinstance(logger, logging.Logger):
        if not callable(logger):
            raise TypeError("`logger` must be a logging.Logger or callable")
        return logger

    def tell(record: LogRecord) -> None:
        logger.log(_LEVELS[record.level], "%s", record.message, extra={"target": record.target})

    return tell
