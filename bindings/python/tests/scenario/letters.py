"""What people find in a mail: they read its text, so this does too."""

from __future__ import annotations

import re
from typing import Any

from handfast import Message

# what a line of a mail can hold, by the name that a scenario has for it
LINES = {
    "code": re.compile(r"^\s*(\d{6,10})\s*$", re.MULTILINE),
    "link": re.compile(r"^(https?://.*)$", re.MULTILINE),
    "token": re.compile(r"^https?://[^#\n]*#(.+)$", re.MULTILINE),
    "password": re.compile(r"^\s*((?:[A-Za-z0-9]{5}-){3}[A-Za-z0-9]{5})\s*$", re.MULTILINE),
}


def found(what: str, text: str) -> str | None:
    """The first of its kind in a text."""
    there = LINES[what].search(text)
    return there and there[1]


def letter(mail: Message) -> dict[str, Any]:
    """A mail as scenarios see it."""
    return {
        "kind": mail.kind.value,
        "to": mail.to,
        "to_name": mail.to_name,
        "locale": mail.locale,
        "subject": mail.subject,
        "text": mail.text,
        **{what: found(what, mail.text) for what in LINES},
    }
