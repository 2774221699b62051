"""Moving to another database."""

from __future__ import annotations

import asyncio
import os
import uuid
from pathlib import Path

import pytest

import handfast
from conftest import sign_up_input
from handfast import Actor, ConflictError, Hashing, InvalidError

SERVER = os.environ.get("HANDFAST_TEST_POSTGRES")
KEY = "Fz1xhIbjkqV0mQd3cLrS9uWyZAoEtGnH2aBvKXJ4fis="
QUICK = Hashing.INSECURE_FOR_TESTS


def opened(url: str | Path) -> handfast.Handfast:
    return handfast.open(url, root_key=KEY, hashing=QUICK)


def carried(hf: handfast.Handfast, ada: Actor) -> list[str]:
    return [carrier.name for carrier in hf.carriers.list(ada).items]


def moves(source: str | Path, target: str | Path) -> None:
    with opened(source) as hf:
        signed = hf.companies.sign_up(sign_up_input())
        ada = Actor.staff(signed.admin.login, signed.company.id)
        live = hf.copy_to(target, live=True)
        assert live.rows == live.written > 0 and live.tables == ()
        hf.carriers.add(ada, "Carrier 1")
        heard: list[tuple[int, int]] = []
        copied = hf.copy_to(target, progress=lambda done, total: heard.append((done, total)))
        assert heard[-1] == (copied.rows, copied.rows)
        assert sum(table.rows for table in copied.tables) == copied.rows > copied.written > 0
        with opened(target) as there:
            assert carried(there, ada) == ["Carrier 1"]
            there.carriers.add(ada, "Carrier 2")
            back = there.copy_to(source)
            assert back.written > 0
        assert carried(hf, ada) == ["Carrier 1", "Carrier 2"]


def test_a_file_is_copied_to_another_and_back(tmp_path: Path) -> None:
    moves(tmp_path / "shop.db", tmp_path / "copy.db")


@pytest.mark.skipif(SERVER is None, reason="HANDFAST_TEST_POSTGRES names no server")
def test_a_file_is_moved_to_postgresql_and_back(tmp_path: Path) -> None:
    moves(tmp_path / "shop.db", f"{SERVER}?schema=python_{uuid.uuid4().hex}")


def test_another_database_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path / "one.db") as one, opened(tmp_path / "two.db") as two:
        for hf in (one, two):
            hf.companies.sign_up(sign_up_input())
        with pytest.raises(ConflictError) as refused:
            one.copy_to(tmp_path / "two.db")
        assert refused.value.code == "not_a_copy"
        with pytest.raises(InvalidError):
            one.copy_to("memory:")
        with pytest.raises(ZeroDivisionError):
            one.copy_to(tmp_path / "three.db", progress=lambda done, total: done / 0)


def test_the_loop_goes_on_while_it_copies(tmp_path: Path) -> None:
    async def move() -> int:
        async with handfast.aio.open(tmp_path / "shop.db", hashing=QUICK) as hf:
            await hf.companies.sign_up(sign_up_input())
            heard: list[int] = []

            async def hear(done: int, total: int) -> None:
                heard.append(done)

            copied = await hf.copy_to(tmp_path / "copy.db", progress=hear)
            assert heard[-1] == copied.rows
            return copied.rows

    assert asyncio.run(move()) > 0
