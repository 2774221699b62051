"""Two processes of different languages race for the same requests in one SQLite file: each is decided once.

Usage: python run.py FOLDER COUNT
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent


class Decider:
    """A process that approves what it is told."""

    def __init__(self, *command: str) -> None:
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def tell(self, request: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{request}\n")

    def said(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def end(self) -> str:
        output, _ = self.process.communicate(timeout=300)
        assert self.process.returncode == 0, f"{self.process.args!r} failed"
        return output.strip()


def main(folder: Path, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    url = str(folder / "shop.db")
    prepared = subprocess.run(
        [sys.executable, HERE / "prepare.py", url, str(count)], check=True, capture_output=True, text=True
    )
    plan = json.loads(prepared.stdout)
    actor = (plan["login"], plan["company"])
    deciders = {
        "Python": Decider(sys.executable, str(HERE / "decide.py"), url, *actor),
        "Node": Decider("node", str(HERE / "decide.mjs"), url, *actor),
    }
    assert all(decider.said() == "ready" for decider in deciders.values())
    won: Counter[str] = Counter()
    for request in plan["requests"]:
        for decider in deciders.values():
            decider.tell(request)
        answers = {language: decider.said() for language, decider in deciders.items()}
        assert sorted(answers.values()) == ["already_decided", "approved"], answers
        won.update(language for language, answer in answers.items() if answer == "approved")
    for language, decider in deciders.items():
        seen = decider.end()
        assert seen == str(count), f"{language} sees {seen} customers of {count}"
    print(f"{count} requests, each decided once: {dict(won)}")


main(Path(sys.argv[1]), int(sys.argv[2]))
