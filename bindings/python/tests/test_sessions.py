"""Signing in, acting by a session, and second factors."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import PASSWORD, Shop, token_of
from handfast import (
    Actor,
    AssociationState,
    Code,
    ContextKind,
    ForbiddenError,
    Held,
    MailKind,
    Role,
    SignInStep,
    StaffInput,
    TwoFactorState,
    UnauthenticatedError,
    UserInput,
)
from scenario.authenticator import shown


def held(shop: Shop, email: str = "ada@flora.example") -> Held:
    """What the device of a person holds who is signed in."""
    signed = shop.sign_in(email)
    assert signed.step is SignInStep.ACTIVE and signed.held is not None
    return signed.held


def actor_of(shop: Shop, token: str) -> Actor:
    """Who acts, of a member of the staff."""
    actor = shop.hf.sessions.resolve(token).actor
    assert actor is not None
    return actor


def member(shop: Shop, email: str = "sara@flora.example") -> Held:
    """Sara, who works for the company, signed in."""
    shop.hf.staff.invite(shop.ada, StaffInput(email=email, name="Sara", role=Role.STAFF))
    mail = next(mail for mail in shop.deliver() if mail.kind is MailKind.STAFF_INVITED)
    shop.hf.staff.accept(token_of(mail), password=PASSWORD)
    return held(shop, email)


def test_who_is_signed_in_acts_for_the_company(shop: Shop) -> None:
    who = shop.hf.sessions.resolve(held(shop).token)
    assert (who.email, who.context.kind, who.role) == ("ada@flora.example", ContextKind.STAFF, Role.ADMIN)
    assert who.actor is not None
    assert shop.hf.companies.get(who.actor) == shop.hf.companies.get(shop.ada)
    carrier = shop.hf.carriers.add(who.actor, "Andes Air")
    assert [each.id for each in shop.hf.carriers.list(who.actor)] == [carrier.id]


def test_a_wrong_password_signs_nobody_in(shop: Shop) -> None:
    with pytest.raises(UnauthenticatedError) as refused:
        shop.sign_in("nobody@flora.example")
    assert refused.value.code is Code.WRONG_PASSWORD


def test_who_is_removed_is_refused_at_the_next_call(shop: Shop) -> None:
    token = member(shop).token
    sara = actor_of(shop, token)
    shop.hf.customers.list(sara)
    row = next(each for each in shop.hf.staff.list(shop.ada) if each.email == "sara@flora.example")
    shop.hf.staff.remove(shop.ada, row.id)
    with pytest.raises(ForbiddenError) as refused:
        shop.hf.customers.list(sara)
    assert refused.value.code is Code.ROLE_TOO_LOW
    with pytest.raises(ForbiddenError) as refused:
        shop.hf.sessions.resolve(token)
    assert refused.value.code is Code.ACCESS_ENDED


def test_who_signs_out_is_refused_at_the_next_call(shop: Shop) -> None:
    token = held(shop).token
    ada = actor_of(shop, token)
    shop.hf.sessions.sign_out(token)
    calls: list[Callable[[], object]] = [
        lambda: shop.hf.sessions.resolve(token),
        lambda: shop.hf.companies.get(ada),
    ]
    for call in calls:
        with pytest.raises(UnauthenticatedError) as refused:
            call()
        assert refused.value.code is Code.NOT_SIGNED_IN


def test_a_user_works_with_several_customers_and_loses_one(shop: Shop) -> None:
    first = shop.user()
    other = shop.hf.requests.approve(shop.ada, shop.request("rosa@rosas.example", "Rosas del Sur").id).customer
    shop.hf.customers.activate(shop.ada, other.id)
    token = held(shop, "bea@rosas.example").token
    who = shop.hf.sessions.resolve(token)
    assert (who.context.kind, who.context.association, who.actor) == (ContextKind.USER, first.id, None)

    bea = UserInput(customer=other.id, email="bea@rosas.example", name="Bea")
    assert shop.hf.users.preview(shop.ada, bea).association
    asked = shop.hf.users.add(shop.ada, bea)
    mail = next(mail for mail in shop.deliver() if mail.kind is MailKind.ASSOCIATION_ASKED)
    shop.hf.users.confirm(token, token_of(mail))
    assert [own.id for own in shop.hf.users.mine(token, limit=1)] == [first.id, asked.id]

    shop.hf.users.revoke(shop.ada, first.id)
    with pytest.raises(ForbiddenError) as refused:
        shop.hf.sessions.resolve(token)
    assert refused.value.code is Code.ACCESS_ENDED
    back = next(choice for choice in shop.hf.sessions.choices(token) if choice.open)
    shop.hf.sessions.enter(token, back.context)
    assert shop.hf.sessions.resolve(token).context.association == asked.id
    states = {own.id: own.state for own in shop.hf.users.mine(token, limit=1)}
    assert states == {first.id: AssociationState.REVOKED, asked.id: AssociationState.ACTIVE}


def test_a_person_walks_the_own_sessions_and_ends_the_others(shop: Shop) -> None:
    tokens = [held(shop).token for _ in range(5)]
    page = shop.hf.sessions.list(tokens[0], limit=2)
    assert len(page.items) == 2 and page.next is not None
    assert [session.current for session in page] == [True, False, False, False, False]
    assert {session.device for session in page} == {"Firefox"}
    shop.hf.sessions.end_others(tokens[0])
    assert len(list(shop.hf.sessions.list(tokens[0]))) == 1
    with pytest.raises(UnauthenticatedError):
        shop.hf.sessions.resolve(tokens[1])


def test_a_second_factor_is_asked_for_once_it_is_confirmed(shop: Shop) -> None:
    token = held(shop).token
    enrolment = shop.hf.two_factor.enrol(token, PASSWORD)
    assert enrolment.qr_png.startswith(b"\x89PNG") and "<svg" in enrolment.qr_svg
    codes = shop.hf.two_factor.confirm(token, shown(enrolment.secret, shop.clock.now()))
    assert isinstance(codes, tuple) and len(set(codes)) == 10
    assert shop.hf.two_factor.status(token).state is TwoFactorState.ON

    waiting = shop.sign_in()
    assert waiting.step is SignInStep.SECOND_FACTOR and waiting.held is not None
    with pytest.raises(UnauthenticatedError) as refused:
        shop.hf.sessions.resolve(waiting.held.token)
    assert refused.value.code is Code.SECOND_FACTOR_NEEDED
    with pytest.raises(UnauthenticatedError) as refused:
        shop.hf.sessions.finish(waiting.held.token, "000000")
    assert refused.value.code is Code.WRONG_CODE
    finished = shop.hf.sessions.finish(waiting.held.token, codes[0])
    who = shop.hf.sessions.resolve(finished.token)
    assert who.two_factor and who.actor is not None
    assert shop.hf.two_factor.status(finished.token).recovery_codes == 9


def test_no_secret_is_shown(shop: Shop) -> None:
    signed = shop.sign_in()
    assert signed.held is not None and signed.held.token not in repr(signed)
    enrolment = shop.hf.two_factor.enrol(signed.held.token, PASSWORD)
    said = repr(enrolment)
    assert enrolment.secret not in said and "otpauth" not in said and "<svg" not in said and "PNG" not in said
    assert "expires=" in said and len(said) < 300
