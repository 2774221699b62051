"""The visitor's side of an invite link, and the sign-in of those who work with it, as a web service.

    pip install handfast fastapi uvicorn
    uvicorn fastapi_host:app

`HANDFAST_URL` says where the data are; `shop.db` unless told. Another job of the host delivers the mails:
`hf.mails.deliver(mailer)`, every few seconds.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Body, Depends, FastAPI, Header, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

import handfast
from handfast import Actor, BusinessInput, Category, HandfastError, Resolved, SignIn, VisitId, aio

STATUS = {
    Category.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Category.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    Category.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Category.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Category.CONFLICT: HTTPStatus.CONFLICT,
    Category.EXPIRED: HTTPStatus.GONE,
    Category.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    Category.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    Category.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with aio.open(os.environ.get("HANDFAST_URL", "shop.db")) as hf:
        app.state.hf = hf
        yield


app = FastAPI(title="Become a customer", lifespan=lifespan)


def library(request: Request) -> aio.Handfast:
    hf: aio.Handfast = request.app.state.hf
    return hf


Library = Annotated[aio.Handfast, Depends(library)]
VisitPass = Annotated[str, Header(alias="visit-pass")]
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]


def session_token(bearer: Bearer) -> str:
    """What the device holds. Nothing is a token too, of nobody."""
    return "" if bearer is None else bearer.credentials


SessionToken = Annotated[str, Depends(session_token)]


async def signed_in(hf: Library, token: SessionToken) -> Resolved:
    """Who asks. It is read at every request, so who has lost access is refused from the next one on."""
    return await hf.sessions.resolve(token)


Who = Annotated[Resolved, Depends(signed_in)]


def acting(who: Who) -> Actor:
    """Who asks, as a member of a company's staff."""
    if who.actor is None:
        raise HTTPException(HTTPStatus.FORBIDDEN, "for the staff of a company")
    return who.actor


Staff = Annotated[Actor, Depends(acting)]


@app.exception_handler(HandfastError)
async def refused(_request: Request, error: HandfastError) -> Response:
    """A refusal by its category; the code is for the page, the message for a person."""
    faults = [{"field": fault.field, "code": fault.code, "message": fault.message} for fault in error.details.faults]
    wait = error.details.retry_after
    return JSONResponse(
        {"code": error.code, "message": error.message, "faults": faults},
        STATUS[error.category],
        {} if wait is None else {"Retry-After": str(int(wait.total_seconds()))},
    )


@app.get("/invite/{slug}")
async def preview(hf: Library, slug: str) -> dict[str, Any]:
    """What the link leads to. Opening it consumes nothing."""
    return (await hf.invites.open(slug)).to_dict()


@app.post("/invite/{slug}/start")
async def start(
    hf: Library, slug: str, email: Annotated[str, Body()], locale: Annotated[str | None, Body()] = None
) -> dict[str, Any]:
    """Mails a code to the address."""
    return (await hf.invites.start(slug, email, locale=locale)).to_dict()


@app.post("/visit/{visit}/verify")
async def verify(hf: Library, visit: str, code: Annotated[str, Body(embed=True)]) -> dict[str, Any]:
    """Takes the code; the visit pass that it gives goes into the header `visit-pass` from now on."""
    return (await hf.invites.verify(VisitId(visit), code)).to_dict()


@app.post("/request", status_code=HTTPStatus.CREATED)
async def submit(hf: Library, visit_pass: VisitPass, business: Annotated[dict[str, Any], Body()]) -> Response:
    """Files the request. What is wrong with the details comes back field by field."""
    try:
        details = BusinessInput.from_dict(business)
    except TypeError as error:
        body = {"code": handfast.Code.INVALID_INPUT, "message": str(error), "faults": []}
        return JSONResponse(body, HTTPStatus.UNPROCESSABLE_ENTITY)
    request = await hf.invites.submit(visit_pass, details)
    return JSONResponse({"id": request.id, "state": request.state}, HTTPStatus.CREATED)


@app.get("/request")
async def standing(hf: Library, visit_pass: VisitPass) -> dict[str, Any] | None:
    """Where the visitor's request stands."""
    request = await hf.invites.standing(visit_pass)
    return None if request is None else request.to_dict()


@app.post("/session", status_code=HTTPStatus.CREATED)
async def sign_in(
    hf: Library,
    name: Annotated[str, Body()],
    password: Annotated[str, Body()],
    user_agent: Annotated[str | None, Header()] = None,
) -> dict[str, Any]:
    """Signs in. The token goes into the header `authorization` from now on: `Bearer ...`."""
    device = None if user_agent is None else user_agent[:200]
    signed = await hf.sessions.sign_in(SignIn(name=name, password=password, device=device))
    return {"step": signed.step, "token": signed.held and signed.held.token}


@app.post("/session/finish")
async def finish(hf: Library, token: SessionToken, code: Annotated[str, Body(embed=True)]) -> dict[str, Any]:
    """Takes the second factor, where `step` asked for it. Another token takes the place of the one before."""
    return {"token": (await hf.sessions.finish(token, code)).token}


@app.get("/session")
async def who_is_it(who: Who) -> dict[str, Any]:
    """Who is signed in, and as what."""
    return who.to_dict()


@app.delete("/session", status_code=HTTPStatus.NO_CONTENT)
async def sign_out(hf: Library, token: SessionToken) -> None:
    """Signs out."""
    await hf.sessions.sign_out(token)


@app.get("/customers")
async def customers(hf: Library, staff: Staff) -> list[dict[str, Any]]:
    """The customers of the company that the person works for."""
    return [{"id": each.id, "name": each.legal_name, "state": each.state} async for each in hf.customers.list(staff)]
