"""Makes a shop with requests that wait: prints who acts and what is to be decided, as JSON."""

import json
import sys

import handfast
from handfast import Actor, BusinessInput, PolicyInput, PostalAddressInput, SignUp


def main(url: str, count: int) -> None:
    codes: list[str] = []

    def mailer(message: handfast.Message) -> None:
        if message.kind == handfast.MailKind.VISITOR_CODE:
            # a code stands alone on its line
            codes.extend(line.strip() for line in message.text.splitlines() if line.strip().isdigit())

    policy = PolicyInput(codes_per_company=1_000_000)
    with handfast.open(url, hashing=handfast.Hashing.INSECURE_FOR_TESTS, policy=policy) as hf:
        signed = hf.companies.sign_up(
            SignUp(
                name="Flora Export",
                country="EC",
                locale="en",
                time_zone="America/Guayaquil",
                admin_name="Ada Flores",
                admin_email="ada@flora.example",
                admin_password="correct horse battery staple",
            )
        )
        ada = Actor.staff(signed.admin.login, signed.company.id)
        slug = hf.invites.link(ada).slug
        requests = []
        for number in range(count):
            started = hf.invites.start(slug, f"buyer{number}@rosas.example")
            hf.mails.deliver(mailer, limit=100)
            visit_pass = hf.invites.verify(started.visit, codes[-1]).visit_pass
            billing = PostalAddressInput(line1="Av. Amazonas 12", city="Quito", country="EC")
            business = BusinessInput(legal_name=f"Rosas {number}", contact="Bea", phone="+593 2 600 1122", billing=billing)
            requests.append(hf.invites.submit(visit_pass, business).id)
        print(json.dumps({"login": signed.admin.login, "company": signed.company.id, "requests": requests}))


main(sys.argv[1], int(sys.argv[2]))
