"""One play of a scenario on an open library."""

from __future__ import annotations

import json
import typing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import handfast
from handfast import Actor, HandfastError, Hashing, MailRejected, ManualClock, Message, PolicyInput, aio

from . import authenticator
from .expected import difference, difference_of_errors, short
from .letters import LINES, letter
from .values import at, plain, span, typed

KEYS = {"say", "do", "as", "with", "capture", "expect", "expect_error", "clock"}
TICK = timedelta(milliseconds=1)


class Failure(AssertionError):
    """Which step of which file did not do what was expected."""


def play(file: Path, url: str) -> int:
    """Plays a scenario; how many steps there were."""
    scenario = json.loads(file.read_text())
    clock = ManualClock(datetime.fromisoformat(scenario["starts"]))
    policy = PolicyInput.from_dict({name: number(value) for name, value in scenario.get("policy", {}).items()})
    with handfast.open(url, clock=clock, policy=policy, hashing=Hashing.INSECURE_FOR_TESTS) as hf:
        player = Player(hf, clock)
        for count, step in enumerate(scenario["steps"], start=1):
            try:
                player.step(step)
            except (AssertionError, LookupError, TypeError, ValueError) as reason:
                name = step.get("do", "clock")
                raise Failure(f"{file.name}: step {count} ({name}): {reason}") from reason
    return len(scenario["steps"])


def number(value: Any) -> Any:
    """A number of the policy; a text that begins with a digit is a duration, any other a choice."""
    if value == "for ever":
        return timedelta.max
    return span(value) if isinstance(value, str) and value[:1].isdigit() else value


class Player:
    def __init__(self, hf: handfast.Handfast, clock: ManualClock) -> None:
        self.hf = hf
        self.clock = clock
        self.mails: list[Message] = []
        self.captured: dict[str, Any] = {}

    def step(self, step: dict[str, Any]) -> None:
        assert set(step) <= KEYS, f"there is no {set(step) - KEYS} in a step"
        if hands := step.get("clock"):
            return self.turn(**hands)
        self.clock.advance(TICK)
        try:
            result = self.call(step["do"], self.filled(step.get("as")), self.filled(step.get("with", {})))
        except HandfastError as error:
            assert "expect_error" in step, f"refused with `{error.code}`: {error.message}"
            told = difference_of_errors(step["expect_error"], error)
            assert told is None, told
            return None
        assert "expect_error" not in step, f"expected the error {step['expect_error']}, got {short(result)}"
        told = difference(self.filled(step["expect"]), result) if "expect" in step else None
        assert told is None, told
        for name, place in step.get("capture", {}).items():
            self.captured[name] = self.newest(place) if place in LINES else at(result, place)
        return None

    def turn(self, set: str | None = None, advance: str | None = None) -> None:
        if set is not None:
            self.clock.set(datetime.fromisoformat(set))
        if advance is not None:
            self.clock.advance(span(advance))

    def call(self, operation: str, actor: Any, arguments: dict[str, Any]) -> Any:
        """Does an operation with arguments of the types that it has."""
        group_name, verb = operation.split(".")
        group = getattr(self.hf, group_name)
        if operation == "mails.deliver":
            return self.deliver(**arguments)
        arguments |= arguments.pop("paging", {})
        hints = typing.get_type_hints(getattr(getattr(aio._groups, type(group).__name__), verb))
        given = {name: typed(value, hints.get(name)) for name, value in arguments.items()}
        if actor is not None:
            given["actor"] = acting(actor)
        if operation == "requests.decide_many":
            given["progress"] = lambda done, total: None
        return plain(getattr(group, verb)(**given))

    def deliver(self, limit: int = 1_000, refuse: str | None = None, kind: str | None = None) -> Any:
        before = len(self.mails)

        def mailer(message: Message) -> None:
            if refuse is not None and kind in (None, message.kind):
                raise MailRejected("the scenario's mailer refuses", permanent=refuse == "permanent")
            self.mails.append(message)

        delivery = self.hf.mails.deliver(mailer, limit=limit)
        return plain(delivery) | {"mails": [letter(mail) for mail in self.mails[before:]]}

    def newest(self, what: str) -> str:
        found = [mail[what] for mail in map(letter, reversed(self.mails)) if mail[what] is not None]
        assert found, f"no mail holds a {what}"
        return str(found[0])

    def filled(self, value: Any) -> Any:
        """The value with what was captured in the places of `$name`."""
        match value:
            case str() if value.startswith("$$"):
                return value[1:]
            case str() if value.startswith("$"):
                name, slash, pointer = value[1:].partition("/")
                return at(self.captured[name], slash + pointer)
            case list():
                return [self.filled(item) for item in value]
            case {"$app": secret}:
                return self.app(self.filled(secret), value.get("after", "0s"))
            case dict():
                return {name: self.filled(item) for name, item in value.items()}
            case _:
                return value

    def app(self, secret: str, after: str) -> str:
        """What the authenticator app with this secret shows, now or later."""
        return authenticator.shown(secret, self.clock.now() + span(after))


def acting(actor: dict[str, Any]) -> Actor:
    if "host" in actor:
        return Actor.host(actor["host"])
    if "session" in actor:
        return Actor.from_dict(actor)
    return Actor.staff(actor["login"], actor["company"])
