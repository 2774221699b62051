"""Threads, forks and other processes."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import handfast
from conftest import START, Shop, sign_up_input
from handfast import (
    Actor,
    Code,
    ConflictError,
    Handfast,
    Hashing,
    MailRejected,
    MailState,
    ManualClock,
    Message,
    UnavailableError,
)

THREADS = 32
TOUR = Path(__file__).parents[3] / "target" / "debug" / ("tour.exe" if sys.platform == "win32" else "tour")


def test_thirty_two_threads_decide_one_request_once(shop: Shop) -> None:
    request = shop.request().id
    begin = threading.Barrier(THREADS)

    def approve(_: int) -> bool:
        begin.wait()
        try:
            shop.hf.requests.approve(shop.ada, request)
        except ConflictError as error:
            assert error.code is Code.ALREADY_DECIDED
            return False
        return True

    with ThreadPoolExecutor(THREADS) as threads:
        assert sum(threads.map(approve, range(THREADS))) == 1
    assert len(list(shop.hf.customers.list(shop.ada))) == 1


def test_thirty_two_threads_each_get_their_own(shop: Shop) -> None:
    def add(thread: int) -> list[str]:
        return [shop.hf.carriers.add(shop.ada, f"{thread}/{number}").name for number in range(5)]

    with ThreadPoolExecutor(THREADS) as threads:
        added = {name for names in threads.map(add, range(THREADS)) for name in names}
    assert added == {carrier.name for carrier in shop.hf.carriers.list(shop.ada, limit=7)}
    assert len(added) == THREADS * 5


def test_mailers_of_many_threads_send_each_mail_once(shop: Shop) -> None:
    for number in range(20):
        shop.hf.staff.invite(
            shop.ada, handfast.StaffInput(email=f"s{number}@flora.example", name="S", role=handfast.Role.STAFF)
        )
    sent: list[str] = []

    def mailer(message: Message) -> None:
        shop.hf.companies.get(shop.ada)
        sent.append(message.id)

    with ThreadPoolExecutor(THREADS) as threads:
        taken = sum(threads.map(lambda _: shop.hf.mails.deliver(mailer).sent, range(THREADS)))
    assert taken == len(sent) == len(set(sent)) == 20


def test_other_threads_go_on_while_a_password_is_hashed(tmp_path: Path) -> None:
    with handfast.open(tmp_path / "shop.db") as hf:
        ticks, done = [0], threading.Event()

        def count() -> None:
            while not done.is_set():
                ticks[0] += 1
                time.sleep(0)

        counter = threading.Thread(target=count)
        counter.start()
        before = ticks[0]
        hf.companies.sign_up(sign_up_input())
        meanwhile = ticks[0] - before
        done.set()
        counter.join()
    assert meanwhile > 100


@pytest.fixture
def file_shop(tmp_path: Path) -> Path:
    return tmp_path / "shop.db"


def opened(file: Path) -> tuple[Handfast, Actor]:
    hf = handfast.open(file, hashing=Hashing.INSECURE_FOR_TESTS)
    signed = hf.companies.sign_up(sign_up_input("Own", "own@shop.example"))
    return hf, Actor.staff(signed.admin.login, signed.company.id)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_handle_refuses_and_harms_nobody(file_shop: Path) -> None:
    hf, ada = opened(file_shop)
    stop = threading.Event()

    def work(thread: int) -> int:
        added = 0
        while not stop.is_set():
            hf.carriers.add(ada, f"{thread}/{added}")
            added += 1
        return added

    with ThreadPoolExecutor(8) as threads:
        working = [threads.submit(work, thread) for thread in range(8)]
        ends = [os.waitpid(forked(hf, ada), 0)[1] for _ in range(20)]
        stop.set()
        added = sum(each.result() for each in working)
    assert ends == [0] * 20
    assert sum(1 for _ in hf.carriers.list(ada, limit=500)) == added
    hf.close()
    with handfast.open(file_shop) as again:
        assert sum(1 for _ in again.carriers.list(ada, limit=500)) == added


def forked(hf: Handfast, ada: Actor) -> int:
    """A child that tries everything with its parent's handle; it exits with 0 when all of it was refused."""
    if child := os.fork():
        return child
    refused = 0
    calls: list[Callable[[], object]] = [
        lambda: hf.carriers.add(ada, "child"),
        lambda: hf.mails.deliver(print),
        lambda: hf.carriers.list(ada),
    ]
    for call in calls:
        try:
            call()
        except UnavailableError as error:
            refused += error.code is Code.FORKED
    hf.close()
    os._exit(0 if refused == 3 else 1)


def decide(file: str, login: str, company: str, requests: list[str], begin: object) -> int:
    """Approves all requests, in a process of its own; how many were not yet decided."""
    begin.wait()  # type: ignore[attr-defined]
    approved = 0
    actor = Actor.staff(handfast.LoginId(login), handfast.CompanyId(company))
    with handfast.open(file) as hf:
        for request in requests:
            try:
                hf.requests.approve(actor, handfast.RequestId(request))
                approved += 1
            except ConflictError:
                pass
    return approved


def test_two_processes_share_a_file(file_shop: Path) -> None:
    hf, ada = opened(file_shop)
    shop = Shop(hf, ManualClock(START), ada)
    requests = [str(shop.request(f"v{number}@x.example", f"Shop {number}").id) for number in range(12)]
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(2) as pool:
        begin = manager.Barrier(2)
        plan = (str(file_shop), str(ada.login), str(ada.company), requests, begin)
        approved = [pool.apply_async(decide, plan) for _ in range(2)]
        assert sum(each.get(timeout=120) for each in approved) == len(requests)
    assert sum(1 for _ in hf.customers.list(ada)) == len(requests)
    hf.close()


@pytest.mark.skipif(not TOUR.exists(), reason="the tour in Rust is built by `cargo build -p tour`")
def test_a_process_in_rust_shares_the_file(file_shop: Path) -> None:
    hf, ada = opened(file_shop)
    told, added = file_shop.with_suffix(".txt"), 0
    with told.open("w") as output:
        tour = subprocess.Popen(
            [TOUR, "--out", file_shop.parent, "--db", file_shop], stdout=output, stderr=subprocess.STDOUT
        )
        while tour.poll() is None and added < 100:
            hf.carriers.add(ada, f"Carrier {added}")
            added += 1
    assert tour.wait(300) == 0, told.read_text()
    assert sum(1 for _ in hf.carriers.list(ada)) == added > 0
    assert "Pedro Paz" in {mail.recipient_name for mail in hf.mails.list(MailState.SENT)}
    hf.close()


INTERRUPTED = """
import os, signal, sys
import handfast
from handfast import Hashing
sys.path.insert(0, sys.argv[1])
from conftest import sign_up_input

# whoever runs the tests in the background has it ignored, and so would this program
signal.signal(signal.SIGINT, signal.default_int_handler)
with handfast.open("memory:", hashing=Hashing.INSECURE_FOR_TESTS) as hf:
    hf.companies.sign_up(sign_up_input())
    try:
        hf.mails.deliver(lambda message: os.kill(os.getpid(), signal.SIGINT))
    except KeyboardInterrupt:
        print("interrupted")
"""


def test_ctrl_c_reaches_the_program_through_a_mailer() -> None:
    program = [sys.executable, "-c", INTERRUPTED, str(Path(__file__).parent)]
    ended = subprocess.run(program, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.stdout, ended.stderr, ended.returncode) == ("interrupted\n", "", 0)


def test_an_exception_of_one_thread_stays_there(shop: Shop) -> None:
    shop.hf.invites.start(shop.hf.invites.link(shop.ada).slug, "bea@rosas.example")

    def mailer(_message: Message) -> None:
        with ThreadPoolExecutor(1) as other:
            other.submit(shop.hf.companies.get, shop.ada).result()
        raise MailRejected("full")

    assert shop.hf.mails.deliver(mailer).failures[0].reason == "full"
