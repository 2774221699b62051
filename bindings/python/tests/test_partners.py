"""A partner in a client's account, and what is reported of accounts."""

from __future__ import annotations

import pickle
from typing import NoReturn

import pytest

from conftest import PASSWORD, Shop
from handfast import (
    Actor,
    ClientFilter,
    Code,
    CompanyId,
    Context,
    ContextKind,
    Doer,
    EventKind,
    ForbiddenError,
    InvalidError,
    LinkOrigin,
    LoginObstacle,
    PartnerId,
    PartnerSignUp,
    RecordId,
    Resolved,
    Role,
    SignalField,
    SignalInput,
    StaffInput,
)
from scenario.authenticator import shown

CARLA = "carla@camino.example"


def token_of(shop: Shop, email: str) -> str:
    """What a person's device holds."""
    held = shop.sign_in(email).held
    assert held is not None
    return held.token


def partner(shop: Shop) -> PartnerId:
    """Carla's partner account."""
    asked = PartnerSignUp(
        name="Camino Consulting", locale="en", owner_name="Carla", owner_email=CARLA, owner_password=PASSWORD
    )
    return shop.hf.partners.sign_up(asked).partner.id


def entered(shop: Shop, reason: str | None = None) -> str:
    """Carla's token, once she has a second factor and is in Flora's account."""
    number = shop.hf.partners.get(token_of(shop, CARLA)).grouped
    designated = shop.hf.partners.designate(token_of(shop, "ada@flora.example"), number, PASSWORD)
    assert (designated.grouped, designated.origin) == (number, LinkOrigin.MANUAL)
    carla = token_of(shop, CARLA)
    assert shop.hf.partners.can_log_in(carla, shop.ada.company).obstacles == (
        LoginObstacle.TWO_FACTOR_OFF,
        LoginObstacle.SESSION_NOT_VERIFIED,
    )
    secret = shop.hf.two_factor.enrol(carla, PASSWORD).secret
    shop.hf.two_factor.confirm(carla, shown(secret, shop.clock.now()))
    shop.hf.partners.log_in(carla, shop.ada.company, reason=reason)
    return carla


def test_a_partner_who_enters_a_clients_account_acts_as_such(shop: Shop) -> None:
    account = partner(shop)
    token = entered(shop, "set the carriers up")
    who = shop.hf.sessions.resolve(token)
    assert (who.context.kind, who.context.partner, who.role) == (ContextKind.DELEGATED, account, None)
    assert who.actor is not None and who.context.delegation is not None
    assert who.actor == Actor.partner(
        who.session, who.identity, who.login, account, who.context.delegation, shop.ada.company
    )
    assert Resolved.from_dict(who.to_dict()) == who == pickle.loads(pickle.dumps(who))

    carrier = shop.hf.carriers.add(who.actor, "Andes Air")
    event = next(iter(shop.hf.events.list(shop.ada)))
    assert (event.what, event.doer, event.partner) == (EventKind.OFFER_ADDED, Doer.PARTNER, account)
    assert (event.login, event.subject) == (who.login, RecordId(carrier.id))
    visit = shop.hf.partners.visits(shop.ada, limit=1).items[0]
    assert (visit.id, visit.reason) == (who.context.delegation, "set the carriers up")

    with pytest.raises(ForbiddenError) as refused:
        shop.hf.staff.invite(who.actor, StaffInput(email="max@flora.example", name="Max", role=Role.STAFF))
    assert refused.value.code is Code.DELEGATED
    shop.hf.partners.end_visit(shop.ada, visit.id)
    with pytest.raises(ForbiddenError) as refused:
        shop.hf.carriers.list(who.actor)
    assert refused.value.code is Code.ACCESS_ENDED


def test_a_clients_account_is_no_place_to_go_to_without_a_visit(shop: Shop) -> None:
    partner(shop)
    token = entered(shop)
    own = next(each for each in shop.hf.sessions.identities(token) if each.context.kind is ContextKind.PARTNER)
    assert (own.partner_name, own.company_name, own.current) == ("Camino Consulting", None, False)
    visit = shop.hf.sessions.resolve(token).context
    shop.hf.sessions.switch_to(token, own.id)
    client = next(iter(shop.hf.partners.clients(token, filter=ClientFilter(search="flor"))))
    assert (client.name, client.login.yes) == ("Flora Export", True)
    with pytest.raises(ForbiddenError) as refused:
        shop.hf.sessions.enter(token, visit)
    assert refused.value.code is Code.ACCESS_ENDED
    with pytest.raises(InvalidError) as wrong:
        shop.hf.sessions.enter(token, Context(kind=ContextKind.DELEGATED, company=CompanyId("flora")))
    faults = {fault.field: fault.code for fault in wrong.value.details.faults}
    assert faults == {"company": "not_an_id", "partner": "required", "delegation": "required"}


def signals(account: PartnerId, count: int) -> list[SignalInput]:
    fields = [
        SignalField(name="room", text="north"),
        SignalField(name="seats", number=-(2**53)),
        SignalField(name="online", flag=False),
    ]
    return [
        SignalInput(name="webinar.attended", key=f"seat {seat}", partner=account, fields=fields)
        for seat in range(count)
    ]


def test_many_signals_tell_how_far_they_have_come(shop: Shop) -> None:
    account = partner(shop)
    rows = signals(account, 300)
    rows[1] = SignalInput(name="Webinar", key="wrong", company=shop.ada.company)
    heard: list[tuple[int, int]] = []
    done = shop.hf.courses.signal_many(rows, progress=lambda *told: heard.append(told))
    assert heard == [(250, 300), (300, 300)]
    assert [row.row for row in done] == list(range(1, 301))
    assert [row.row for row in done if row.code is not None] == [2]
    assert (done[1].code, [fault.field for fault in done[1].faults]) == ("invalid_input", ["name"])
    assert shop.hf.courses.signal(rows[0]).completed == ()


def test_what_the_listener_raises_cuts_the_signals_short_and_again_they_go_on(shop: Shop) -> None:
    rows = signals(partner(shop), 300)

    def stop(_done: int, _total: int) -> NoReturn:
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        shop.hf.courses.signal_many(rows, progress=stop)
    assert all(row.code is None for row in shop.hf.courses.signal_many(rows))


def test_a_detail_of_a_signal_is_exactly_one_value(shop: Shop) -> None:
    fields = [SignalField(name="none"), SignalField(name="two", text="yes", flag=True)]
    wrong = SignalInput(name="seen", key="1", partner=partner(shop), fields=fields)
    with pytest.raises(InvalidError) as refused:
        shop.hf.courses.signal(wrong)
    faults = [(fault.field, fault.code) for fault in refused.value.details.faults]
    assert faults == [("fields.0", "required"), ("fields.1", "unknown_field")]
    with pytest.raises(InvalidError) as refused:
        shop.hf.courses.signal_many([wrong])
    assert [fault.field for fault in refused.value.details.faults] == ["signals.0.fields.0", "signals.0.fields.1"]
