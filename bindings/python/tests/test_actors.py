"""Who acts: by name, by a session, or as the host."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

from conftest import Shop
from handfast import (
    Actor,
    Code,
    CompanyId,
    DelegationId,
    IdentityId,
    InvalidError,
    LoginId,
    PartnerId,
    Resolved,
    SessionId,
)

BY_SESSION = Actor.session(SessionId("s"), IdentityId("i"), LoginId("l"), CompanyId("c"))
ACTORS = {
    "staff": Actor.staff(LoginId("l"), CompanyId("c")),
    "session": BY_SESSION,
    "partner": Actor.partner(
        SessionId("s"), IdentityId("i"), LoginId("l"), PartnerId("p"), DelegationId("d"), CompanyId("c")
    ),
    "host": Actor.host(CompanyId("c")),
}
PLAIN = {
    "staff": {"as": "staff", "login": "l", "company": "c"},
    "session": {"as": "session", "session": "s", "identity": "i", "login": "l", "company": "c"},
    "partner": {
        "as": "partner",
        "session": "s",
        "identity": "i",
        "login": "l",
        "partner": "p",
        "delegation": "d",
        "company": "c",
    },
    "host": {"as": "host", "company": "c"},
}


def resolved(shop: Shop) -> Resolved:
    held = shop.sign_in().held
    assert held is not None
    return shop.hf.sessions.resolve(held.token)


def test_an_actor_shows_how_it_is_made() -> None:
    assert [repr(actor) for actor in ACTORS.values()] == [
        "Actor.staff('l', 'c')",
        "Actor.session('s', 'i', 'l', 'c')",
        "Actor.partner('s', 'i', 'l', 'p', 'd', 'c')",
        "Actor.host('c')",
    ]
    assert [actor.login for actor in ACTORS.values()] == ["l", "l", "l", None]
    assert {actor.company for actor in ACTORS.values()} == {"c"}


def test_actors_are_equal_by_kind_and_ids_and_hash_alike() -> None:
    same = Actor.session(SessionId("s"), IdentityId("i"), LoginId("l"), CompanyId("c"))
    other = Actor.session(SessionId("s"), IdentityId("other"), LoginId("l"), CompanyId("c"))
    assert same == BY_SESSION and hash(same) == hash(BY_SESSION) and other != BY_SESSION
    assert len({*ACTORS.values(), same, other}) == 5


@pytest.mark.parametrize("kind", ACTORS)
@pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, *(lambda actor, at=at: pickle.loads(pickle.dumps(actor, at)) for at in range(6))],
)
def test_a_copy_of_an_actor_is_equal_to_it(kind: str, copied: Any) -> None:
    assert copied(ACTORS[kind]) == ACTORS[kind]


@pytest.mark.parametrize("kind", ACTORS)
def test_an_actor_survives_being_plain_data(kind: str) -> None:
    plain = json.loads(json.dumps(ACTORS[kind].to_dict()))
    assert plain == PLAIN[kind]
    assert Actor.from_dict(plain) == ACTORS[kind] and plain == PLAIN[kind]


def test_plain_data_that_are_no_actor_are_refused() -> None:
    with pytest.raises(InvalidError) as refused:
        Actor.from_dict({"as": "to_dict", "login": "l", "company": "c"})
    assert refused.value.code is Code.UNKNOWN_CHOICE and "`session`" in refused.value.message
    wrong: list[dict[str, Any]] = [
        {},
        {"as": 3},
        {"as": "host"},
        {"as": "host", "company": 3},
        {"as": "host", "company": "c", "login": "l"},
        {"as": "partner", "session": "s", "identity": "i", "login": "l", "company": "c"},
    ]
    for data in wrong:
        with pytest.raises(TypeError):
            Actor.from_dict(data)


def test_who_is_signed_in_holds_an_actor_of_the_session(shop: Shop) -> None:
    who = resolved(shop)
    assert who.actor == Actor.session(who.session, who.identity, who.login, shop.ada.company)
    assert f"actor=Actor.session('{who.session}', '{who.identity}', " in repr(who)


def test_who_is_signed_in_survives_being_plain_data(shop: Shop) -> None:
    who = resolved(shop)
    plain = who.to_dict()
    assert plain["actor"] == {
        "as": "session",
        "session": who.session,
        "identity": who.identity,
        "login": who.login,
        "company": shop.ada.company,
    }
    assert Resolved.from_dict(plain) == who
    from_json = json.loads(json.dumps(plain | {"expires": who.expires.isoformat()}))
    assert Resolved.from_dict(from_json) == who and hash(Resolved.from_dict(from_json)) == hash(who)
    assert pickle.loads(pickle.dumps(who)) == who
