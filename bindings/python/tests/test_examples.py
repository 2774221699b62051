"""The examples run, and the README's quick start too."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import handfast
from conftest import PASSWORD, START, Shop, business, code_of, sign_up_input
from handfast import Actor, Message
from scenario.authenticator import shown

PACKAGE = Path(__file__).parents[1]
EXAMPLES = PACKAGE.parents[1] / "examples" / "python"
sys.path.insert(0, str(EXAMPLES))

from fastapi.testclient import TestClient  # noqa: E402


def ran(*arguments: str | Path, folder: Path) -> str:
    ended = subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_the_story_is_told_in_memory_and_twice_on_a_file(tmp_path: Path) -> None:
    for place in [(), ("shop.db",), ("shop.db",)]:
        told = ran(EXAMPLES / "story.py", *place, folder=tmp_path)
        assert "=> can order" in told and "3 of 3" in told and "5 filed, 1 can order" in told
        assert "(mistyped_partner_number)" in told and "(access_ended)" in told
        assert "Camino Consulting, Certified Partner Certification." in told and "stays certified" in told


def test_the_quick_start_works_pasted(tmp_path: Path) -> None:
    readme = (PACKAGE / "README.md").read_text()
    for number, program in enumerate(re.findall(r"```python\n(.*?)```", readme, re.DOTALL)):
        folder = tmp_path / str(number)
        folder.mkdir()
        ran("-c", program, folder=folder)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[handfast.Handfast]:
    with handfast.open(tmp_path / "shop.db", hashing=handfast.Hashing.INSECURE_FOR_TESTS) as hf:
        yield hf


def test_a_visitor_files_a_request_over_http(
    shop: handfast.Handfast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fastapi_host

    signed = shop.companies.sign_up(sign_up_input())
    slug = shop.invites.link(Actor.staff(signed.admin.login, signed.company.id)).slug
    monkeypatch.setenv("HANDFAST_URL", str(tmp_path / "shop.db"))
    with TestClient(fastapi_host.app) as web:
        missing = web.get("/invite/nothing-here")
        assert (missing.status_code, missing.json()["code"]) == (404, "unknown_link")
        opened = web.get(f"/invite/{slug}").json()
        assert (opened["company"], opened["standing"]) == ("Flora Export", "open")
        visit = web.post(f"/invite/{slug}/start", json={"email": "bea@rosas.example"}).json()["visit"]
        again = web.post(f"/invite/{slug}/start", json={"email": "bea@rosas.example"})
        assert again.status_code == 429 and 0 < int(again.headers["retry-after"]) <= 60
        mails: list[Message] = []
        shop.mails.deliver(mails.append)
        wrong = web.post(f"/visit/{visit}/verify", json={"code": "00000000"})
        assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_code")
        verified = web.post(f"/visit/{visit}/verify", json={"code": code_of(mails[-1])}).json()
        headers = {"visit-pass": verified["visit_pass"]}
        assert web.get("/request", headers=headers).json() is None
        faulty = business().to_dict() | {"phone": "call me"}
        refused = web.post("/request", json=faulty, headers=headers)
        assert refused.status_code == 422
        assert refused.json()["faults"][0] | {"message": ""} == {"field": "phone", "code": "not_a_phone", "message": ""}
        assert web.post("/request", json={"colour": "red"}, headers=headers).status_code == 422
        filed = web.post("/request", json=business().to_dict(), headers=headers)
        assert (filed.status_code, filed.json()["state"]) == (201, "pending")
        assert web.get("/request", headers=headers).json()["id"] == filed.json()["id"]
        assert web.post("/request", json=business().to_dict(), headers=headers).status_code == 409


def test_a_person_signs_in_over_http_and_out_again(
    shop: handfast.Handfast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fastapi_host

    shop.companies.sign_up(sign_up_input())
    ada = {"name": "ada@flora.example", "password": PASSWORD}
    monkeypatch.setenv("HANDFAST_URL", str(tmp_path / "shop.db"))
    with TestClient(fastapi_host.app, headers={"user-agent": "a browser"}) as web:
        for stranger in [{}, {"authorization": "Bearer x"}]:
            refused = web.get("/customers", headers=stranger)
            assert (refused.status_code, refused.json()["code"]) == (401, "not_signed_in")
        wrong = web.post("/session", json=ada | {"password": "a guess"})
        assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_password")

        signed = web.post("/session", json=ada)
        assert (signed.status_code, signed.json()["step"]) == (201, "active")
        token = signed.json()["token"]
        web.headers["authorization"] = f"Bearer {token}"
        who = web.get("/session").json()
        assert (who["email"], who["role"], who["actor"]["as"]) == ("ada@flora.example", "admin", "session")
        assert [session.device for session in shop.sessions.list(token)] == ["a browser"]
        assert web.get("/customers").json() == []
        assert web.delete("/session").status_code == 204
        assert web.get("/customers").status_code == 401


def test_the_second_factor_is_asked_for_over_http(
    shop: handfast.Handfast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fastapi_host

    shop.companies.sign_up(sign_up_input())
    ada = {"name": "ada@flora.example", "password": PASSWORD}
    held = shop.sessions.sign_in(handfast.SignIn(name=ada["name"], password=PASSWORD)).held
    assert held is not None
    enrolment = shop.two_factor.enrol(held.token, PASSWORD)
    codes = shop.two_factor.confirm(held.token, shown(enrolment.secret, datetime.now(UTC)))
    monkeypatch.setenv("HANDFAST_URL", str(tmp_path / "shop.db"))
    with TestClient(fastapi_host.app) as web:
        waiting = web.post("/session", json=ada).json()
        assert waiting["step"] == "second_factor"
        web.headers["authorization"] = f"Bearer {waiting['token']}"
        assert web.get("/session").json()["code"] == "second_factor_needed"
        web.headers["authorization"] = f"Bearer {web.post('/session/finish', json={'code': codes[0]}).json()['token']}"
        assert web.get("/session").json()["two_factor"] is True


def test_a_user_of_a_customer_sees_no_customers_over_http(
    shop: handfast.Handfast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fastapi_host

    signed = shop.companies.sign_up(sign_up_input())
    world = Shop(shop, handfast.ManualClock(START), Actor.staff(signed.admin.login, signed.company.id))
    world.user()
    held = world.sign_in("bea@rosas.example").held
    assert held is not None
    monkeypatch.setenv("HANDFAST_URL", str(tmp_path / "shop.db"))
    with TestClient(fastapi_host.app, headers={"authorization": f"Bearer {held.token}"}) as web:
        assert web.get("/session").json()["context"]["kind"] == "user"
        assert web.get("/customers").status_code == 403
