"""Many hosts on one PostgreSQL database. `cargo xtask test` starts the server."""

from __future__ import annotations

import os
import uuid

import pytest

import handfast
from conftest import sign_up_input
from handfast import Actor, HandfastError, Hashing

SERVER = os.environ.get("HANDFAST_TEST_POSTGRES")
KEY = "Fz1xhIbjkqV0mQd3cLrS9uWyZAoEtGnH2aBvKXJ4fis="

pytestmark = pytest.mark.skipif(SERVER is None, reason="HANDFAST_TEST_POSTGRES names no server")


def test_two_handles_on_one_database_see_what_the_other_did() -> None:
    url = f"{SERVER}?schema=python_{uuid.uuid4().hex}"
    with handfast.open(url, root_key=KEY, hashing=Hashing.INSECURE_FOR_TESTS) as one:
        signed = one.companies.sign_up(sign_up_input())
        ada = Actor.staff(signed.admin.login, signed.company.id)
        with handfast.open(url, root_key=KEY, hashing=Hashing.INSECURE_FOR_TESTS) as other:
            other.carriers.add(ada, "Carrier 1")
        assert [carrier.name for carrier in one.carriers.list(ada).items] == ["Carrier 1"]


def test_all_hosts_need_the_same_key() -> None:
    with pytest.raises(HandfastError) as refused:
        handfast.open(f"{SERVER}?schema=python_{uuid.uuid4().hex}")
    assert refused.value.code == "bad_key"
