"""What type checkers say: of the stubs, the package, the examples and the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1]
EXAMPLES = PACKAGE.parents[1] / "examples" / "python"


def ran(*arguments: str, **environment: str) -> str:
    """What a tool says that finds something."""
    module = [] if arguments[0].endswith(".py") else ["-m"]
    ended = subprocess.run(
        [sys.executable, *module, *arguments],
        cwd=PACKAGE,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if ended.returncode == 0 else ended.stdout + ended.stderr


def test_the_stubs_say_what_the_module_is() -> None:
    assert not ran("tests/compare_stubs.py", "handfast", "--allowlist", "stubtest.txt", MYPYPATH="")


def test_mypy_finds_nothing_in_the_package_the_examples_and_the_tests() -> None:
    assert not ran("mypy", "--strict", "python/handfast", "tests", str(EXAMPLES), MYPYPATH=str(EXAMPLES))


@pytest.mark.skipif(shutil.which("node") is None, reason="pyright needs Node")
def test_pyright_finds_nothing_in_the_examples() -> None:
    settings = {"PYRIGHT_PYTHON_GLOBAL_NODE": "1", "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    said = ran("pyright", "--pythonpath", sys.executable, str(EXAMPLES), **settings)
    assert not said


def test_ruff_finds_nothing() -> None:
    places = ["python", "tests", str(EXAMPLES)]
    assert not ran("ruff", "check", "--quiet", "--config", "pyproject.toml", *places)
    assert not ran("ruff", "format", "--check", "--quiet", "--config", "pyproject.toml", *places)
