"""The same for asyncio."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

import handfast
from conftest import PASSWORD, START, business, code_of, sign_up_input
from handfast import (
    Actor,
    BulkDecision,
    Code,
    Hashing,
    MailKind,
    ManualClock,
    Message,
    PartnerSignUp,
    RequestId,
    SignalInput,
    SignIn,
    UnavailableError,
    Verdict,
)
from scenario.authenticator import shown

Story = Callable[[handfast.aio.Handfast, Actor], Awaitable[None]]


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[tuple[handfast.aio.Handfast, Actor]]:
    async with handfast.aio.open(url, clock=ManualClock(START), hashing=Hashing.INSECURE_FOR_TESTS) as hf:
        signed = await hf.companies.sign_up(sign_up_input())
        await hf.mails.deliver(lambda _: None)
        yield hf, Actor.staff(signed.admin.login, signed.company.id)


def play(url: str, story: Story) -> None:
    async def whole() -> None:
        async with opened(url) as (hf, ada):
            await story(hf, ada)

    asyncio.run(whole())


async def request(hf: handfast.aio.Handfast, ada: Actor, email: str = "bea@rosas.example") -> RequestId:
    visit = (await hf.invites.start((await hf.invites.link(ada)).slug, email)).visit
    mails: list[Message] = []
    await hf.mails.deliver(mails.append)
    mail = next(mail for mail in mails if mail.kind is MailKind.VISITOR_CODE)
    verified = await hf.invites.verify(visit, code_of(mail))
    return (await hf.invites.submit(verified.visit_pass, business(f"Shop of {email}"))).id


def test_a_visitor_becomes_a_customer(url: str) -> None:
    async def story(hf: handfast.aio.Handfast, ada: Actor) -> None:
        approved = await hf.requests.approve(ada, await request(hf, ada))
        can_order = await hf.customers.can_order(ada, approved.customer.id)
        assert not can_order.yes and can_order.missing[0] is handfast.Missing.ACTIVATION

    play(url, story)


def test_lists_are_awaited_for_a_page_or_walked_to_their_end(url: str) -> None:
    async def story(hf: handfast.aio.Handfast, ada: Actor) -> None:
        names = [f"Carrier {number}" for number in range(9)]
        for name in names:
            await hf.carriers.add(ada, name)
        page = await hf.carriers.list(ada, limit=4)
        assert [carrier.name for carrier in page.items] == names[:4] and page.next is not None
        assert [carrier.name async for carrier in page] == names
        assert [carrier.name async for carrier in hf.carriers.list(ada, limit=4)] == names
        following = await page.following()
        assert following is not None and following.items[0].name == names[4]

    play(url, story)


def test_a_person_signs_in_acts_and_signs_out(url: str) -> None:
    async def story(hf: handfast.aio.Handfast, ada: Actor) -> None:
        signed = [await hf.sessions.sign_in(SignIn(name="ada@flora.example", password=PASSWORD)) for _ in range(3)]
        tokens = [each.held.token for each in signed if each.held is not None]
        who = await hf.sessions.resolve(tokens[0])
        assert who.actor is not None and who.login == ada.login
        assert (await hf.companies.get(who.actor)).name == "Flora Export"
        assert [session.current async for session in hf.sessions.list(tokens[0], limit=2)] == [True, False, False]
        assert [own async for own in hf.users.mine(tokens[0])] == []
        await hf.sessions.sign_out(tokens[0])
        with pytest.raises(handfast.UnauthenticatedError) as refused:
            await hf.companies.get(who.actor)
        assert refused.value.code is Code.NOT_SIGNED_IN

    play(url, story)


def test_a_second_factor_is_enrolled_confirmed_and_asked_for(url: str) -> None:
    async def story(hf: handfast.aio.Handfast, _ada: Actor) -> None:
        ada = SignIn(name="ada@flora.example", password=PASSWORD)
        held = (await hf.sessions.sign_in(ada)).held
        assert held is not None
        enrolment = await hf.two_factor.enrol(held.token, PASSWORD)
        codes = await hf.two_factor.confirm(held.token, shown(enrolment.secret, START))
        waiting = await hf.sessions.sign_in(ada)
        assert waiting.step is handfast.SignInStep.SECOND_FACTOR and waiting.held is not None
        finished = await hf.sessions.finish(waiting.held.token, codes[0])
        assert (await hf.sessions.resolve(finished.token)).two_factor

    play(url, story)


def test_sixty_four_calls_run_at_once() -> None:
    """Each waits in the logger until all are there: with fewer threads nobody would come through."""
    armed, all_there = threading.Event(), threading.Barrier(64)

    def log(_record: object) -> None:
        if armed.is_set():
            all_there.wait(60)

    async def story() -> None:
        async with handfast.aio.open("memory:", logger=log, hashing=Hashing.INSECURE_FOR_TESTS) as hf:
            armed.set()
            pages = await asyncio.gather(*(hf.mails.list(handfast.MailState.DEAD) for _ in range(64)))
            armed.clear()
        assert len(pages) == 64 and not all_there.broken

    asyncio.run(story())


def test_the_loop_goes_on_meanwhile(tmp_path: Path) -> None:
    async def story() -> None:
        async with handfast.aio.open(tmp_path / "shop.db") as hf:
            signing_up, turns = asyncio.ensure_future(hf.companies.sign_up(sign_up_input())), 0
            while not signing_up.done():
                turns += 1
                await asyncio.sleep(0)
            assert turns > 10

    asyncio.run(story())


def test_a_mailer_can_be_a_coroutine_that_calls_the_library(url: str) -> None:
    async def story(hf: handfast.aio.Handfast, ada: Actor) -> None:
        loop, sent = asyncio.get_running_loop(), []
        await hf.invites.start((await hf.invites.link(ada)).slug, "bea@rosas.example")

        async def mailer(message: Message) -> None:
            assert asyncio.get_running_loop() is loop
            await hf.companies.get(ada)
            assert (await hf.mails.deliver(mailer)).sent == 0
            sent.append(message.to)

        assert (await hf.mails.deliver(mailer)).sent == 1 and sent == ["bea@rosas.example"]

    play(url, story)


def test_a_throwing_coroutine_leaves_the_mail_in_the_outbox(url: str) -> None:
    async def story(hf: handfast.aio.Handfast, ada: Actor) -> None:
        await hf.invites.start((await hf.invites.link(ada)).slug, "bea@rosas.example")

        async def mailer(_message: Message) -> None:
            raise ConnectionError("away")

        delivery = await hf.mails.deliver(mailer)
        assert (delivery.waiting, delivery.failures[0].reason) == (1, "ConnectionError: away")

    play(url, story)


def test_progress_is_told(url: str) -> None:
    async def story(hf: handfast.aio.Handfast, ada: Actor) -> None:
        requests = [await request(hf, ada, f"v{number}@x.example") for number in range(2)]
        told: list[tuple[int, int]] = []
        decisions = BulkDecision(requests=requests, verdict=Verdict.REJECT)
        await hf.requests.decide_many(ada, "key", decisions, progress=lambda done, total: told.append((done, total)))
        assert told == [(1, 2), (2, 2)]

    play(url, story)


def test_many_deliveries_that_call_back_do_not_wait_for_each_other(url: str) -> None:
    async def story(hf: handfast.aio.Handfast, ada: Actor) -> None:
        slug = (await hf.invites.link(ada)).slug
        for number in range(100):
            await hf.invites.start(slug, f"v{number}@x.example")

        sent: list[str] = []

        async def mailer(message: Message) -> None:
            await hf.companies.get(ada)
            sent.append(message.id)

        await asyncio.gather(*(hf.mails.deliver(mailer, limit=2) for _ in range(100)))
        # they took what they saw at once; what they left to each other is still there
        await hf.mails.deliver(mailer)
        assert len(sent) == len(set(sent)) == 100

    play(url, story)


def test_a_refusal_is_the_same_exception(url: str) -> None:
    async def story(hf: handfast.aio.Handfast, ada: Actor) -> None:
        with pytest.raises(handfast.NotFoundError) as refused:
            await hf.invites.open("nothing-here")
        assert refused.value.code is Code.UNKNOWN_LINK
        with pytest.raises(TypeError):
            await hf.companies.get("ada")  # type: ignore[arg-type]

    play(url, story)


def test_a_closed_library_refuses(url: str) -> None:
    async def story(hf: handfast.aio.Handfast, ada: Actor) -> None:
        await hf.close()
        await hf.close()
        calls: list[Callable[[], Awaitable[object]]] = [
            lambda: hf.companies.get(ada),
            lambda: hf.mails.deliver(print),
        ]
        for call in calls:
            with pytest.raises(UnavailableError) as refused:
                await call()
            assert refused.value.code is Code.CLOSED

    play(url, story)


def test_open_can_be_awaited() -> None:
    async def story() -> None:
        hf = await handfast.aio.open("memory:")
        assert (await hf.mails.deliver(print)).sent == 0
        await hf.close()
        with pytest.raises(handfast.HandfastError):
            await handfast.aio.open("")

    asyncio.run(story())


def test_every_operation_is_a_coroutine_or_a_list() -> None:
    for name in handfast.__all__:
        group = getattr(handfast.aio._groups, name, None)
        sync = getattr(handfast, name)
        if group is None or group is sync:
            continue
        verbs = {verb for verb in dir(sync) if not verb.startswith("_")}
        assert verbs and verbs <= set(dir(group)), name


def test_many_signals_tell_a_coroutine_how_far_they_have_come(url: str) -> None:
    async def story(hf: handfast.aio.Handfast, _ada: Actor) -> None:
        asked = PartnerSignUp(
            name="Camino", locale="en", owner_name="Carla", owner_email="carla@camino.example", owner_password=PASSWORD
        )
        account = (await hf.partners.sign_up(asked)).partner.id
        heard: list[tuple[int, int]] = []

        async def listen(done: int, total: int) -> None:
            heard.append((done, total))

        signals = [SignalInput(name="webinar.attended", key=f"{seat}", partner=account) for seat in range(300)]
        rows = await hf.courses.signal_many(signals, progress=listen)
        assert heard == [(250, 300), (300, 300)] and all(row.code is None for row in rows)

    play(url, story)
