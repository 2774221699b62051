"""A company with its staff, and a visitor's way through the link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

import handfast
from handfast import (
    Actor,
    Association,
    BusinessInput,
    Handfast,
    Hashing,
    MailKind,
    ManualClock,
    Message,
    PostalAddressInput,
    RequestView,
    SignedIn,
    SignIn,
    SignUp,
)

PASSWORD = "correct horse battery staple"
START = datetime(2026, 11, 22, 10, tzinfo=UTC)


def sign_up_input(name: str = "Flora Export", email: str = "ada@flora.example") -> SignUp:
    return SignUp(
        name=name,
        country="EC",
        locale="en",
        time_zone="America/Guayaquil",
        admin_name="Ada Flores",
        admin_email=email,
        admin_password=PASSWORD,
    )


def business(name: str = "Rosas del Valle") -> BusinessInput:
    billing = PostalAddressInput(line1="Av. Amazonas 12", city="Quito", country="EC")
    return BusinessInput(legal_name=name, contact="Bea Rosas", phone="+593 2 600 1122", billing=billing)


def code_of(mail: Message) -> str:
    """The code in a mail: a line of digits."""
    return next(line.strip() for line in mail.text.splitlines() if line.strip().isdigit())


def token_of(mail: Message) -> str:
    """What the link in a mail carries behind its `#`."""
    link = next(line for line in mail.text.splitlines() if line.startswith("http"))
    return link.partition("#")[2]


@dataclass
class Shop:
    """An open library with one company in it."""

    hf: Handfast
    clock: ManualClock
    ada: Actor
    mails: list[Message] = field(default_factory=list)

    def deliver(self) -> list[Message]:
        """The mails that went out."""
        before = len(self.mails)
        self.hf.mails.deliver(self.mails.append)
        return self.mails[before:]

    def visit_pass(self, email: str) -> str:
        """What a visitor holds whose address is verified."""
        visit = self.hf.invites.start(self.hf.invites.link(self.ada).slug, email).visit
        mail = next(mail for mail in self.deliver() if mail.kind == MailKind.VISITOR_CODE)
        return self.hf.invites.verify(visit, code_of(mail)).visit_pass

    def request(self, email: str = "bea@rosas.example", name: str = "Rosas del Valle") -> RequestView:
        """A filed request."""
        return self.hf.invites.submit(self.visit_pass(email), business(name))

    def user(self, email: str = "bea@rosas.example") -> Association:
        """The person of an approved request, as the first user of the customer, who has chosen a password."""
        customer = self.hf.requests.approve(self.ada, self.request(email).id).customer
        self.hf.customers.activate(self.ada, customer.id)
        mail = next(mail for mail in self.deliver() if mail.kind is MailKind.USER_INVITED)
        return self.hf.users.accept(token_of(mail), PASSWORD)

    def sign_in(self, email: str = "ada@flora.example") -> SignedIn:
        """A person who signs in on some device."""
        return self.hf.sessions.sign_in(SignIn(name=email, password=PASSWORD, device="Firefox"))

    def carriers(self, count: int) -> list[str]:
        """So many carriers, by name."""
        names = [f"Carrier {number:03}" for number in range(count)]
        for name in names:
            self.hf.carriers.add(self.ada, name)
        return names


@pytest.fixture(params=["memory", "sqlite"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Every store."""
    return "memory:" if request.param == "memory" else f"sqlite:{tmp_path / 'shop.db'}"


@pytest.fixture
def shop(url: str) -> Iterator[Shop]:
    clock = ManualClock(START)
    with handfast.open(url, clock=clock, hashing=Hashing.INSECURE_FOR_TESTS) as hf:
        signed = hf.companies.sign_up(sign_up_input())
        shop = Shop(hf, clock, Actor.staff(signed.admin.login, signed.company.id))
        shop.deliver()
        yield shop
