"""Values between JSON and Python."""

from __future__ import annotations

import base64
import re
import typing
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Union

UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def span(text: str) -> timedelta:
    """`90s`, `1h30m`."""
    parts = re.findall(r"(\d+)(ms|s|m|h|d)", text)
    assert parts and "".join(number + unit for number, unit in parts) == text, f"`{text}` is no duration"
    return sum((timedelta(**{UNITS[unit]: int(number)}) for number, unit in parts), timedelta())


def typed(value: Any, hint: Any) -> Any:
    """The value of a type: dictionaries become records, all the way down."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, UnionType):
        return None if value is None else typed(value, arguments[0])
    if isinstance(value, list) and origin is Sequence:
        return [typed(item, arguments[0]) for item in value]
    if isinstance(value, dict) and hasattr(hint, "from_dict"):
        return hint.from_dict(value)
    return value


def plain(value: Any) -> Any:
    """The same in JSON: times in RFC 3339, decimals as texts, bytes in base64."""
    match value:
        case dict():
            return {name: plain(item) for name, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case Enum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        case timedelta():
            return value // timedelta(milliseconds=1)
        case Decimal():
            return f"{value:f}"
        case bytes():
            return base64.b64encode(value).decode()
        case _ if hasattr(value, "to_dict"):
            return plain(value.to_dict())
        case _:
            return value


def at(value: Any, pointer: str) -> Any:
    """The part of a value at a JSON pointer (RFC 6901)."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value
