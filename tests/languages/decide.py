"""Approves each request it is told of, while another process is told the same: answers what came of it."""

import sys

import handfast
from handfast import Actor, CompanyId, ConflictError, LoginId, RequestId


def main(url: str, login: str, company: str) -> None:
    actor = Actor.staff(LoginId(login), CompanyId(company))
    with handfast.open(url) as hf:
        print("ready", flush=True)
        for line in sys.stdin:
            try:
                hf.requests.approve(actor, RequestId(line.strip()))
                print("approved", flush=True)
            except ConflictError as error:
                print(error.code, flush=True)
        print(sum(1 for _ in hf.customers.list(actor, limit=7)), flush=True)


main(*sys.argv[1:])
