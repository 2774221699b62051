"""What is expected, against what there is."""

from __future__ import annotations

import json
from typing import Any

from handfast import HandfastError

from .values import span


def difference(expected: Any, got: Any, place: str = "") -> str | None:
    """The first difference; none when all that is expected is there."""
    if isinstance(expected, dict) and len(expected) == 1 and next(iter(expected)).startswith("$"):
        holds = answer(next(iter(expected)), next(iter(expected.values())), got)
    elif isinstance(expected, dict) and isinstance(got, dict):
        each = (difference(value, got.get(name), f"{place}/{name}") for name, value in expected.items())
        return next(filter(None, each), None)
    elif isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        items = enumerate(zip(expected, got, strict=True))
        return next(filter(None, (difference(one, there, f"{place}/{at}") for at, (one, there) in items)), None)
    else:
        holds = type(expected) is type(got) and expected == got
    return None if holds else f"expected {short(expected)} at `{place}`, got {short(got)}"


def answer(question: str, value: Any, got: Any) -> bool:
    match question:
        case "$not":
            return difference(value, got) is not None
        case "$length":
            return isinstance(got, (list, str, dict)) and len(got) == value
        case "$contains" if isinstance(got, str):
            return isinstance(value, str) and value in got
        case "$contains":
            return isinstance(got, list) and any(difference(value, item) is None for item in got)
        case _:
            raise AssertionError(f"`{question}` is no question")


def difference_of_errors(expected: Any, got: HandfastError) -> str | None:
    """The same for an error: a code, or a code with all faults and the wait."""
    wanted = expected if isinstance(expected, dict) else {"code": expected}
    there: dict[str, Any] = {"code": got.code.value}
    if "faults" in wanted:
        there["faults"] = {fault.field: fault.code.value for fault in got.details.faults}
    if "retry_after" in wanted:
        wanted = wanted | {"retry_after": span(wanted["retry_after"])}
        there["retry_after"] = got.details.retry_after
    return None if wanted == there else f"expected the error {wanted}, got {there}: {got.message}"


def short(value: Any) -> str:
    return json.dumps(value, default=str)[:300]
