"""What the library calls: the mailer, the progress listener, the clock and the logger."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

import pytest

import handfast
from conftest import START, Shop, business, sign_up_input
from handfast import (
    BulkDecision,
    Code,
    Delivery,
    Handfast,
    Hashing,
    LogLevel,
    LogRecord,
    MailRejected,
    MailState,
    Message,
    RequestState,
    Verdict,
)


class Stop(BaseException):
    """Nothing that a library may take for its own."""


def raising(error: BaseException) -> Any:
    def raise_it(*_arguments: object) -> NoReturn:
        raise error

    return raise_it


def queued(hf: Handfast) -> int:
    return sum(1 for _ in hf.mails.list(MailState.QUEUED))


def start(shop: Shop) -> None:
    shop.hf.invites.start(shop.hf.invites.link(shop.ada).slug, "bea@rosas.example")


def test_a_throwing_mailer_leaves_the_mail_in_the_outbox(shop: Shop) -> None:
    start(shop)
    delivery = shop.hf.mails.deliver(raising(ConnectionError("the server is away")))
    assert (delivery.sent, delivery.waiting, delivery.given_up) == (0, 1, 0)
    assert delivery.failures[0].code == Code.MAILER_FAILED
    assert delivery.failures[0].reason == "ConnectionError: the server is away"
    assert queued(shop.hf) == 1
    shop.clock.advance(timedelta(minutes=5))
    assert len(shop.deliver()) == 1


def test_a_mail_that_is_rejected_for_good_is_a_dead_letter(shop: Shop) -> None:
    start(shop)
    delivery = shop.hf.mails.deliver(raising(MailRejected("no such mailbox", permanent=True)))
    assert (delivery.given_up, delivery.failures[0].reason) == (1, "no such mailbox")
    assert queued(shop.hf) == 0
    assert sum(1 for _ in shop.hf.mails.list(MailState.DEAD)) == 1


def test_a_mail_that_is_rejected_for_now_waits(shop: Shop) -> None:
    start(shop)
    delivery = shop.hf.mails.deliver(raising(MailRejected("the mailbox is full")))
    assert (delivery.waiting, delivery.failures[0].reason) == (1, "the mailbox is full")


def test_a_mailer_may_call_the_library(shop: Shop) -> None:
    shop.carriers(3)
    start(shop)
    heard: list[object] = []

    def mailer(message: Message) -> None:
        heard.append([carrier.name for carrier in shop.hf.carriers.list(shop.ada, limit=1)])
        heard.append(shop.hf.carriers.add(shop.ada, f"Carrier for {message.to}"))
        heard.append(shop.hf.mails.deliver(lambda _: None))

    assert shop.hf.mails.deliver(mailer).sent == 1
    assert heard[0] == ["Carrier 000", "Carrier 001", "Carrier 002"] and isinstance(heard[2], Delivery)


def test_at_most_limit_mails_are_delivered(shop: Shop) -> None:
    shop.request()
    sent = [shop.hf.mails.deliver(lambda _: None, limit=1).sent for _ in range(3)]
    assert sent == [1, 1, 0]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), Stop("now"), SystemExit(3)])
def test_an_interrupt_in_a_mailer_ends_the_call_and_loses_no_mail(shop: Shop, error: BaseException) -> None:
    start(shop)
    with pytest.raises(type(error)) as raised:
        shop.hf.mails.deliver(raising(error))
    assert raised.value is error
    assert queued(shop.hf) == 1
    shop.clock.advance(timedelta(minutes=10))
    assert len(shop.deliver()) == 1


def requests(shop: Shop, count: int) -> BulkDecision:
    filed = [shop.request(f"visitor{number}@x.example", f"Shop {number}").id for number in range(count)]
    return BulkDecision(requests=filed, verdict=Verdict.APPROVE)


def test_progress_is_told_row_by_row(shop: Shop) -> None:
    decisions, told = requests(shop, 3), []
    rows = shop.hf.requests.decide_many(
        shop.ada, "key", decisions, progress=lambda done, total: told.append((done, total))
    )
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert [row.outcome.value for row in rows] == ["approved"] * 3
    assert shop.hf.requests.decide_many(shop.ada, "key", decisions) == rows


def test_what_progress_raises_cuts_the_call_short_and_it_goes_on_under_its_key(shop: Shop) -> None:
    decisions = requests(shop, 3)

    def stop_after_two(done: int, _total: int) -> None:
        if done == 2:
            raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        shop.hf.requests.decide_many(shop.ada, "key", decisions, progress=stop_after_two)
    assert len(list(shop.hf.requests.list(shop.ada, RequestState.APPROVED))) == 2
    rows = shop.hf.requests.decide_many(shop.ada, "key", decisions)
    assert [row.outcome.value for row in rows] == ["approved"] * 3
    assert len(list(shop.hf.customers.list(shop.ada))) == 3


def test_a_clock_can_be_a_function(url: str) -> None:
    times = [START]
    with handfast.open(url, clock=lambda: times[-1], hashing=Hashing.INSECURE_FOR_TESTS) as hf:
        assert hf.companies.sign_up(sign_up_input()).company.created == START
        times.append(START + timedelta(hours=1))
        created = hf.companies.sign_up(sign_up_input("Other", "other@flora.example")).company.created
        assert created == START + timedelta(hours=1)


@pytest.mark.parametrize(
    ("tell", "error"), [(raising(OSError("no clock")), OSError), (lambda: datetime.now(), TypeError), (int, TypeError)]
)
def test_what_the_clock_raises_the_call_raises_and_nothing_is_changed(url: str, tell: Any, error: Any) -> None:
    now = lambda: datetime.now(UTC)  # noqa: E731
    clocks: list[Any] = [now]
    with handfast.open(url, clock=lambda: clocks[-1](), hashing=Hashing.INSECURE_FOR_TESTS) as hf:
        clocks.append(tell)
        with pytest.raises(error):
            hf.companies.sign_up(sign_up_input())
        clocks.append(now)
        assert hf.companies.sign_up(sign_up_input()).company.name == "Flora Export"
        assert len([mail for mail in hf.mails.list(MailState.QUEUED)]) == 1


def test_a_logger_hears_every_call_and_no_secret(url: str) -> None:
    heard: list[LogRecord] = []
    with handfast.open(url, logger=heard.append, hashing=Hashing.INSECURE_FOR_TESTS) as hf:
        hf.companies.sign_up(sign_up_input())
        with pytest.raises(handfast.HandfastError):
            hf.logins.authenticate("ada@flora.example", "wrong password")
    told = [record for record in heard if "companies.sign_up" in record.message]
    assert told and told[0].level is LogLevel.DEBUG
    assert any("wrong_password" in record.message for record in heard)
    assert not any("horse" in record.message or "ada@" in record.message for record in heard)


def test_a_logger_of_the_standard_library_will_do(url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "shop")
    with handfast.open(url, logger=logging.getLogger("shop"), hashing=Hashing.INSECURE_FOR_TESTS) as hf:
        hf.companies.sign_up(sign_up_input())
    assert any(record.levelno == logging.DEBUG and "companies.sign_up" in record.message for record in caplog.records)


def test_a_throwing_logger_fails_no_call(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lost: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: lost.append(unraisable.exc_value))
    with handfast.open(url, logger=raising(ValueError("no disk")), hashing=Hashing.INSECURE_FOR_TESTS) as hf:
        assert hf.companies.sign_up(sign_up_input()).company.name == "Flora Export"
    assert lost and all(str(error) == "no disk" for error in lost)


def test_an_interrupt_in_a_logger_is_not_lost(url: str) -> None:
    errors: list[BaseException] = []

    def log(_record: LogRecord) -> None:
        if errors:
            raise errors.pop()

    with handfast.open(url, logger=log, hashing=Hashing.INSECURE_FOR_TESTS) as hf:
        errors.append(KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            hf.companies.sign_up(sign_up_input())
        assert hf.mails.deliver(lambda _: None).sent == 1


def test_a_logger_may_call_the_library(url: str) -> None:
    calls: list[object] = []

    def log(_record: LogRecord) -> None:
        if len(calls) == 1:
            calls.append(None)
            calls.append(list(hf.mails.list(MailState.DEAD)))

    with handfast.open(url, logger=log, hashing=Hashing.INSECURE_FOR_TESTS) as hf:
        calls.append(None)
        hf.companies.sign_up(sign_up_input())
    assert calls[-1] == []


@pytest.mark.parametrize("given", [3, "now", START])
def test_what_is_no_clock_is_a_type_error(given: Any) -> None:
    with pytest.raises(TypeError):
        handfast.open("memory:", clock=given)


def test_a_visit_ends_when_the_clock_says_so(shop: Shop) -> None:
    visit_pass = shop.visit_pass("bea@rosas.example")
    shop.clock.advance(timedelta(hours=25))
    with pytest.raises(handfast.ExpiredError) as refused:
        shop.hf.invites.submit(visit_pass, business())
    assert refused.value.code is Code.VISIT_EXPIRED


def test_what_cannot_be_called_is_a_type_error_before_anything_is_done(shop: Shop) -> None:
    start(shop)
    calls: list[Callable[[], object]] = [
        lambda: shop.hf.mails.deliver("mailer"),  # type: ignore[arg-type]
        lambda: shop.hf.requests.decide_many(shop.ada, "key", requests(shop, 0), progress=3),  # type: ignore[arg-type]
        lambda: handfast.open("memory:", logger=3),  # type: ignore[arg-type]
    ]
    for call in calls:
        with pytest.raises(TypeError, match="callable"):
            call()
    assert len(shop.deliver()) == 1


def test_a_coroutine_that_nobody_awaits_sends_no_mail(shop: Shop) -> None:
    start(shop)

    async def mailer(_message: Message) -> None:
        raise AssertionError

    with pytest.raises(TypeError, match=r"handfast\.aio"):
        shop.hf.mails.deliver(mailer)
    assert queued(shop.hf) == 1
