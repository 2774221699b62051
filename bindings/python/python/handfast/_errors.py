"""What the library raises: one base, and a class for each category."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from ._choices import Category, Code


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field."""

    field: str
    """The field, with a path for nested ones: `billing.city`, `answers.colour`."""
    code: Code
    """What is wrong."""
    message: str
    """The same for a person: reads on after the field's name."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of an error beside its code."""

    faults: tuple[Fault, ...] = ()
    """What is wrong with the input, field by field: all of it at once."""
    retry_after: timedelta | None = None
    """After how long trying again makes sense, where that is known."""


class HandfastError(Exception):
    """What the library refuses, or fails at. Each category has a class of its own."""

    category: ClassVar[Category]
    """The family of the code."""
    code: Code
    """The stable code: what a program decides by."""
    message: str
    """What is wrong with which input, for a person."""
    retryable: bool
    """Whether the same call may succeed later."""
    details: Details
    """What is known beside the code."""

    def __init__(self, code: Code, message: str, retryable: bool = False, details: Details | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retryable = retryable
        self.details = details or Details()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.code, self.message, self.retryable, self.details), self.__dict__

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code.value!r}, {self.message!r})"


class InvalidError(HandfastError):
    """Something in the input is wrong: see `details.faults`."""

    category = Category.INVALID


class UnauthenticatedError(HandfastError):
    """The password, the code or the link is not the right one."""

    category = Category.UNAUTHENTICATED


class ForbiddenError(HandfastError):
    """The actor may not do this."""

    category = Category.FORBIDDEN


class NotFoundError(HandfastError):
    """There is no such thing here."""

    category = Category.NOT_FOUND


class ConflictError(HandfastError):
    """It does not fit the state that things are in."""

    category = Category.CONFLICT


class ExpiredError(HandfastError):
    """It was good once and is no longer."""

    category = Category.EXPIRED


class RateLimitedError(HandfastError):
    """Too often: see `details.retry_after`."""

    category = Category.RATE_LIMITED


class UnavailableError(HandfastError):
    """It cannot be done now, or not by this handle."""

    category = Category.UNAVAILABLE


class InternalError(HandfastError):
    """A mistake of the library."""

    category = Category.INTERNAL


class MailRejected(Exception):
    """What a mailer raises when it does not take a mail; `permanent` when it makes no sense to try again."""

    reason: str
    """What it says."""
    permanent: bool
    """Whether never to try again."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


_CLASSES: dict[Category, type[HandfastError]] = {each.category: each for each in HandfastError.__subclasses__()}


def refused(
    code: str, retryable: bool, message: str, faults: Iterable[tuple[str, str, str]], retry_after: timedelta | None
) -> HandfastError:
    """The exception of a failure, for the native half."""
    known = Code(code)
    told = tuple(Fault(field, Code(code), message) for field, code, message in faults)
    return _CLASSES[known.category](known, message, retryable, Details(told, retry_after))
