"""Two processes of different languages decide the same requests in one SQLite file: each is decided once.

Usage: python run.py FOLDER COUNT
"""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(folder: Path, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    url, plan = folder / "shop.db", folder / "plan.json"
    prepared = subprocess.run(
        [sys.executable, HERE / "prepare.py", url, str(count)], check=True, capture_output=True, text=True
    )
    plan.write_text(prepared.stdout)
    programs = {"Python": [sys.executable, HERE / "decide.py"], "Node": ["node", HERE / "decide.mjs"]}
    deciders = {
        language: subprocess.Popen([*program, url, plan], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for language, program in programs.items()
    }
    for decider in deciders.values():
        assert decider.stdout is not None and decider.stdout.readline() == "ready\n"
    # both are open and wait: now they begin at once
    ended = {}
    for decider in deciders.values():
        assert decider.stdin is not None
        decider.stdin.write("go\n")
        decider.stdin.flush()
    for language, decider in deciders.items():
        output, _ = decider.communicate(timeout=300)
        assert decider.returncode == 0, f"{language} failed"
        ended[language] = json.loads(output)
    print(ended)
    assert sum(each["approved"] for each in ended.values()) == count, "each request is decided once"
    for language, each in ended.items():
        assert each["approved"] + each["refused"] == count, f"{language} lost a request"
        assert each["customers"] <= count, f"{language} sees too many customers"
        assert each["approved"] > 0, f"{language} decided nothing: they did not run at once"
    assert max(each["customers"] for each in ended.values()) == count, "whoever ends last sees all"


main(Path(sys.argv[1]), int(sys.argv[2]))
