"""What a call costs from Python: does what the plan says, prints the figures as JSON."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import handfast
from handfast import Actor, BusinessInput, CompanyId, CustomerId, LoginId


def each(call: Callable[[Any], object], arguments: Sequence[object]) -> float:
    """Microseconds of each call with one of the arguments."""
    begin = time.perf_counter()
    for argument in arguments:
        call(argument)
    return (time.perf_counter() - begin) * 1e6 / len(arguments)


def some(items: Sequence[str], count: int) -> list[str]:
    return list(islice(cycle(items), count))


def lower_quartile(numbers: list[float]) -> float:
    return sorted(numbers)[len(numbers) // 4]


def resident() -> float:
    """MiB of memory that are really there."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def main() -> None:
    plan = json.loads(Path(sys.argv[-1]).read_text())
    business = BusinessInput.from_dict(plan["business"])
    actor = Actor.staff(LoginId(plan["login"]), CompanyId(plan["company"]))
    ids = [CustomerId(text) for text in plan["customers"]]
    can_order, resolve, page, submit, together = [], [], [], [], []
    with handfast.open(plan["url"], root_key=plan["root_key"]) as hf:
        ask = partial(hf.customers.can_order, actor)

        def list_page(_: object) -> None:
            hf.customers.list(actor, limit=100)

        def file(visit_pass: str) -> None:
            hf.invites.submit(visit_pass, business)

        for at in range(plan["rounds"]):
            sys.stdin.readline()
            for _ in range(plan["slices"]):
                can_order.append(each(ask, some(ids, plan["calls"])))
                resolve.append(each(hf.sessions.resolve, some(plan["tokens"], plan["calls"])))
                page.append(each(list_page, range(plan["pages"])))
            submit.append(each(file, plan["alone"][at]))
            with ThreadPoolExecutor(plan["callers"]) as callers:
                passes = plan["together"][at]
                begin = time.perf_counter()
                list(callers.map(file, passes))
                together.append(len(passes) / (time.perf_counter() - begin))
            print(flush=True)
        calls = plan["memory_calls"]
        each(ask, some(ids, calls // 10))
        early = resident()
        for _ in range(9):
            each(ask, some(ids, calls // 10))
        figures = {
            "can_order": lower_quartile(can_order),
            "resolve": lower_quartile(resolve),
            "page": lower_quartile(page),
            "submit": statistics.median(submit),
            "submits_together": statistics.median(together),
            "memory": [early, resident()],
        }
    print(json.dumps(figures))


main()
