"""The story of an invite link, from a company's sign-up to a customer who can order, and of its partner.

python story.py            in memory
python story.py shop.db    on a database, which the second run goes on with under other names
"""

import sys
from datetime import UTC, datetime

from partner import Chapter, publish

import handfast
from handfast import (
    Actor,
    BulkDecision,
    BusinessInput,
    CarrierId,
    CustomerId,
    Decision,
    EventFilter,
    Handfast,
    HandfastError,
    InvalidError,
    MailKind,
    Message,
    PostalAddressInput,
    PriceTypeId,
    PricingInput,
    RecordId,
    RequestId,
    RequestState,
    Role,
    ServiceDay,
    SignUp,
    StaffInput,
    Verdict,
    Weekday,
)

PASSWORD = "correct horse battery staple"


class Story:
    """What is told, and the mails that went out meanwhile."""

    def __init__(self, hf: Handfast, play: str) -> None:
        self.hf = hf
        self.play = play

    def deliver(self) -> list[Message]:
        """Delivers what is in the outbox; a real mailer would speak SMTP."""
        mails: list[Message] = []
        self.hf.mails.deliver(mails.append)
        for mail in mails:
            print(f"   [mail] {mail.to}: {mail.subject}")
        return mails

    def tell(self) -> None:
        publish(self.hf)
        ada = self.company()
        pedro = self.member(ada, "Pedro Paz", Role.PROCUREMENT_MANAGER)
        sara = self.member(ada, "Sara Sol", Role.SALES_MANAGER)
        retail = self.hf.price_types.add(ada, "Retail").id
        truck = self.hf.carriers.add(ada, "Night truck").id
        link = self.hf.invites.link(pedro)
        print(f"3. The invite link: {link.url}")
        bea = self.visitor(link.slug, "bea", "Rosas del Valle")
        boss = self.visitor(link.slug, "boss", "Quick Money Ltd")
        customer = self.decide(pedro, bea, boss)
        self.activate(sara, customer, retail, truck)
        self.decide_many(pedro, [self.visitor(link.slug, name, name.title()) for name in ("luna", "max", "eva")])
        self.look_back(ada, pedro, customer)
        Chapter(self.hf, self.deliver, self.play, PASSWORD, ada, customer).tell()

    def company(self) -> Actor:
        print("1. Ada signs Flora Export up.")
        signed = self.hf.companies.sign_up(
            SignUp(
                name="Flora Export",
                country="EC",
                locale="en",
                time_zone="America/Guayaquil",
                admin_name="Ada Flores",
                admin_email=f"ada{self.play}@flora.example",
                admin_password=PASSWORD,
            )
        )
        self.deliver()
        return Actor.staff(signed.admin.login, signed.company.id)

    def member(self, ada: Actor, name: str, role: Role) -> Actor:
        print(f"2. Ada invites {name} as {role.value.replace('_', ' ')}.")
        email = f"{name.split()[0].lower()}{self.play}@flora.example"
        self.hf.staff.invite(ada, StaffInput(email=email, name=name, role=role))
        token = next(line.partition("#")[2] for line in self.deliver()[-1].text.splitlines() if "#" in line)
        staff = self.hf.staff.accept(token, password=PASSWORD)
        return Actor.staff(staff.login, staff.company)

    def visitor(self, slug: str, who: str, legal_name: str) -> RequestId:
        """A visitor opens the link, proves an address with the code from a mail, and files a request."""
        print(f'4. {who.title()} opens the link: "become a customer of {self.hf.invites.open(slug).company}".')
        visit = self.hf.invites.start(slug, f"{who}{self.play}@{who}.example").visit
        mail = next(mail for mail in self.deliver() if mail.kind is MailKind.VISITOR_CODE)
        code = next(line.strip() for line in mail.text.splitlines() if line.strip().isdigit())
        visit_pass = self.hf.invites.verify(visit, code).visit_pass
        try:
            self.hf.invites.submit(visit_pass, business(legal_name, phone="call me"))
        except InvalidError as error:
            for fault in error.details.faults:
                print(f"   In a hurry: {fault.field} {fault.message} ({fault.code.value})")
        request = self.hf.invites.submit(visit_pass, business(legal_name, phone="+593 2 600 1122"))
        self.deliver()
        return request.id

    def decide(self, pedro: Actor, bea: RequestId, boss: RequestId) -> CustomerId:
        waiting = [request.legal_name for request in self.hf.requests.list(pedro, RequestState.PENDING)]
        print(f"5. Pedro reviews what waits: {', '.join(waiting)}. He approves one, and rejects one.")
        self.hf.requests.reject(pedro, boss, decision=Decision(reason="We sell to shops only."))
        customer = self.hf.requests.approve(pedro, bea).customer
        try:
            self.hf.requests.approve(pedro, bea)
        except HandfastError as error:
            print(f"   Again? {error.message} ({error.code.value})")
        self.deliver()
        return customer.id

    def activate(self, sara: Actor, customer: CustomerId, retail: PriceTypeId, truck: CarrierId) -> None:
        print("6. Sara activates the customer in three steps.")
        self.can_order(sara, customer)
        self.hf.customers.activate(sara, customer)
        self.hf.customers.set_pricing(sara, customer, PricingInput(price_type=retail, markup="7.5", credit_limit=2_000))
        self.can_order(sara, customer)
        self.hf.customers.set_service(sara, customer, [ServiceDay(day=Weekday.MONDAY, carrier=truck)])
        self.can_order(sara, customer)
        self.deliver()

    def can_order(self, sara: Actor, customer: CustomerId) -> None:
        answer = self.hf.customers.can_order(sara, customer)
        missing = ", ".join(missing.value for missing in answer.missing)
        print("   => can order" if answer.yes else f"   => cannot order yet: {missing}")

    def decide_many(self, pedro: Actor, requests: list[RequestId]) -> None:
        decisions = BulkDecision(requests=requests, verdict=Verdict.APPROVE)
        print(f"7. Pedro approves {len(requests)} at once, and sends the call twice.")
        first = self.hf.requests.decide_many(
            pedro, "bulk", decisions, progress=lambda done, total: print(f"   {done} of {total}")
        )
        assert self.hf.requests.decide_many(pedro, "bulk", decisions) == first
        self.deliver()

    def look_back(self, ada: Actor, pedro: Actor, customer: CustomerId) -> None:
        funnel = self.hf.invites.funnel(pedro)
        print(f"8. {funnel.opened} opened the link, {funnel.submitted} filed, {funnel.activated} can order.")
        for event in reversed(list(self.hf.events.list(ada, filter=EventFilter(subject=RecordId(customer))))):
            print(f"   {event.at:%H:%M:%S}  {event.doer.value:<8} {event.what.value.replace('_', ' ')}")


def business(legal_name: str, phone: str) -> BusinessInput:
    billing = PostalAddressInput(line1="Av. Amazonas 12", city="Quito", country="EC")
    return BusinessInput(legal_name=legal_name, contact="Bea Rosas", phone=phone, billing=billing)


def main(url: str = "memory:") -> None:
    with handfast.open(url) as hf:
        Story(hf, play=f"{datetime.now(UTC):%d%H%M%S%f}").tell()


if __name__ == "__main__":
    main(*sys.argv[1:])
