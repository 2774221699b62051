"""What a call costs from Python: does what the plan says, prints the figures as JSON."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import handfast
from handfast import Actor, BusinessInput, CompanyId, CustomerId, LoginId


def each(count: int, call: Callable[[int], object]) -> float:
    """Microseconds of each of `count` calls."""
    begin = time.perf_counter()
    for at in range(count):
        call(at)
    return (time.perf_counter() - begin) * 1e6 / count


def resident() -> float:
    """MiB of memory that are really there."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def main() -> None:
    plan = json.loads(Path(sys.argv[-1]).read_text())
    business = BusinessInput.from_dict(plan["business"])
    actor = Actor.staff(LoginId(plan["login"]), CompanyId(plan["company"]))
    ids = [CustomerId(text) for text in plan["customers"]]
    can_order, page, submit, together = [], [], [], []
    with handfast.open(plan["url"], root_key=plan["root_key"]) as hf:

        def file(visit_pass: str) -> None:
            hf.invites.submit(visit_pass, business)

        for at in range(plan["rounds"]):
            ask = hf.customers.can_order
            can_order.append(each(plan["calls"], lambda at: ask(actor, ids[at % len(ids)])))
            page.append(each(plan["pages"], lambda _: hf.customers.list(actor, limit=100)))
            alone = plan["alone"][at]
            submit.append(each(len(alone), lambda at: file(alone[at])))
            with ThreadPoolExecutor(plan["callers"]) as callers:
                passes = plan["together"][at]
                begin = time.perf_counter()
                list(callers.map(file, passes))
                together.append(len(passes) / (time.perf_counter() - begin))
        calls = plan["memory_calls"]
        each(calls // 10, lambda at: ask(actor, ids[at % len(ids)]))
        early = resident()
        each(calls - calls // 10, lambda at: ask(actor, ids[at % len(ids)]))
        figures = {
            "can_order": statistics.median(can_order),
            "page": statistics.median(page),
            "submit": statistics.median(submit),
            "submits_together": statistics.median(together),
            "memory": [early, resident()],
        }
    print(json.dumps(figures))


main()
