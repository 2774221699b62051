"""Every scenario that all languages play."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scenario import Failure, play
from scenario.authenticator import shown

VECTORS = sorted((Path(__file__).parents[3] / "tests" / "vectors").glob("*.json"))
SCENARIOS = [file for file in VECTORS if "steps" in json.loads(file.read_text())]


def test_there_are_scenarios() -> None:
    assert len(SCENARIOS) > 10


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_the_scenario_goes_as_it_should(file: Path, url: str) -> None:
    assert play(file, url) > 0


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({"do": "invites.open", "with": {"slug": "x"}}, "step 1 (invites.open): refused with `unknown_link`"),
        ({"do": "mails.deliver", "expect": {"sent": 1}}, "step 1 (mails.deliver): expected 1 at `/sent`, got 0"),
        ({"do": "mails.deliver", "expect_error": "closed"}, "step 1 (mails.deliver): expected the error closed, got"),
        ({"do": "mails.list", "with": {"state": "dead", "colour": 1}}, "colour"),
        ({"do": "invites.open", "with": {"slug": "$x"}}, "'x'"),
        ({"do": "invites.open", "colour": 1}, "colour"),
    ],
)
def test_a_step_that_goes_wrong_is_named(tmp_path: Path, step: object, told: str) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps({"title": "Wrong", "starts": "2026-11-22T10:00:00Z", "steps": [step]}))
    with pytest.raises(Failure) as failure:
        play(file, "memory:")
    assert str(failure.value).startswith("wrong.json: step 1") and told in str(failure.value)


@pytest.mark.parametrize(("at", "code"), [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")])
def test_the_authenticator_app_shows_what_rfc_6238_says(at: int, code: str) -> None:
    assert shown("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", datetime.fromtimestamp(at, UTC)) == code
