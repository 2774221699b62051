"""What an authenticator app shows: six digits, new every 30 seconds (RFC 6238)."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime


def shown(secret: str, at: datetime) -> str:
    step = int(at.timestamp()) // 30
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8), "sha1")
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFF_FFFF
    return f"{number % 1_000_000:06}"
