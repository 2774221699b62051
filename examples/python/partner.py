"""The chapter of the story in which Ada's company gets a Certified Partner, and the partner its certificate."""

import base64
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from handfast import (
    Actor,
    CompanyInput,
    ContextKind,
    CourseFormat,
    CustomerId,
    Handfast,
    HandfastError,
    PartnerSignUp,
    PartnerView,
    SignalInput,
    SignIn,
    TaskState,
    UserInput,
)

COURSE = Path(__file__).parents[1] / "courses" / "certified-partner.toml"


def publish(hf: Handfast) -> None:
    """What the host does once: from then on, whatever happens counts."""
    course = hf.courses.publish(COURSE.read_text(encoding="utf-8"), CourseFormat.TOML)
    tasks = f"{course.partner_tasks} tasks of partners, {course.commerce_tasks} of clients"
    print(f"The host publishes its e-course: {tasks}.")


@dataclass
class Chapter:
    """Who takes part: Ada, whose company has `customer`, and Carla, who is told of by `play`."""

    hf: Handfast
    deliver: Callable[[], object]
    play: str
    password: str
    ada: Actor
    customer: CustomerId

    def tell(self) -> None:
        carla = self.sign_up()
        partner = self.hf.partners.get(carla)
        self.link(partner)
        self.tandem(carla, partner)
        self.second_factor(carla)
        self.one_click(carla)
        self.certified(carla)
        self.leave(carla)

    def signed_in(self, name: str) -> str:
        """A session's token; a host keeps it in a cookie."""
        held = self.hf.sessions.sign_in(SignIn(name=name, password=self.password)).held
        assert held is not None
        return held.token

    def sign_up(self) -> str:
        email = f"carla{self.play}@camino.example"
        self.hf.partners.sign_up(
            PartnerSignUp(
                name="Camino Consulting",
                locale="en",
                owner_name="Carla Camino",
                owner_email=email,
                owner_password=self.password,
            )
        )
        return self.signed_in(email)

    def link(self, partner: PartnerView) -> None:
        print(f"9. Carla signs Camino Consulting up, and gives Ada its number: {partner.grouped}")
        admin = self.signed_in(f"ada{self.play}@flora.example")
        mistyped = partner.grouped[:-1] + ("1" if partner.grouped.endswith("0") else "0")
        for number in (mistyped, partner.grouped):
            try:
                designated = self.hf.partners.designate(admin, number, self.password)
                print(f"   {designated.name} is Flora Export's partner now.")
            except HandfastError as error:
                print(f"   One digit wrong: it {error.message} ({error.code.value})")
        self.deliver()

    def tandem(self, carla: str, partner: PartnerView) -> None:
        """What Ada has done before counts at once; the rest shows as she does it."""
        client = self.hf.partners.clients(carla).items[0]
        self.hf.courses.enable(carla, client.company)
        print(f"10. She chooses {client.name} for her e-course. Still to do:")
        for section in self.hf.courses.page(carla).sections:
            for directive in section.directives:
                if directive.state is TaskState.TASK:
                    print(f"   - {section.title}: {directive.text}")
        own = self.hf.companies.get(self.ada)
        profile = CompanyInput(name=own.name, country=own.country, locale="es-EC", time_zone=own.time_zone)
        self.hf.companies.update(self.ada, profile)
        self.hf.price_types.add(self.ada, "Wholesale")
        self.hf.invites.share(self.ada)
        user = UserInput(customer=self.customer, email=f"rita{self.play}@rosas.example", name="Rita Rosas")
        self.hf.users.add(self.ada, user)
        # a fact that only the host knows; the course of today does not ask for it, one of tomorrow may
        self.hf.courses.signal(SignalInput(partner=partner.id, name="webinar_attended", key="webinar 7, Carla"))
        self.deliver()

    def second_factor(self, carla: str) -> None:
        can = self.hf.partners.can_log_in(carla, self.hf.partners.clients(carla).items[0].company)
        print(f"11. She cannot enter yet: {', '.join(obstacle.value for obstacle in can.obstacles)}.")
        enrolment = self.hf.two_factor.enrol(carla, self.password)
        self.hf.two_factor.confirm(carla, shown(enrolment.secret))

    def one_click(self, carla: str) -> None:
        client = self.hf.partners.clients(carla).items[0]
        self.hf.partners.log_in(carla, client.company, reason="setting the shop up")
        who = self.hf.sessions.resolve(carla)
        assert who.actor is not None
        print(f"   With a second factor, one click: {who.name} is in {self.hf.companies.get(who.actor).name}.")
        for visit in self.hf.partners.visits(self.ada):
            print(f"   Ada sees the visit: {visit.person} of {visit.partner_name}, {visit.reason}.")
        self.switch_back(carla)
        self.deliver()

    def switch_back(self, carla: str) -> None:
        identities = self.hf.sessions.identities(carla)
        own = next(each for each in identities if each.context.kind is ContextKind.PARTNER)
        self.hf.sessions.switch_to(carla, own.id)

    def certified(self, carla: str) -> None:
        number = self.hf.courses.certificate(carla).number
        verified = self.hf.courses.verify(number)
        print(f"12. That was the last task. Anyone can verify {number}: {verified.name}, {verified.course}.")

    def leave(self, carla: str) -> None:
        self.hf.partners.log_in(carla, self.hf.partners.clients(carla).items[0].company)
        self.hf.partners.clear(self.ada)
        try:
            self.hf.sessions.resolve(carla)
        except HandfastError as error:
            print(f"13. Ada takes the number out again. Carla's next call: {error.message} ({error.code.value})")
        self.switch_back(carla)
        print(f"   She has {len(self.hf.partners.clients(carla).items)} clients, and stays certified.")
        self.deliver()


def shown(secret: str) -> str:
    """What Carla's authenticator app shows (RFC 6238)."""
    step = int(time.time()) // 30
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8), "sha1")
    start = digest[-1] & 0xF
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFF_FFFF) % 1_000_000:06}"
