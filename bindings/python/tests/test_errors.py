"""What is raised."""

from __future__ import annotations

import copy
import pickle
from datetime import timedelta

import pytest

import handfast
from conftest import Shop, business
from handfast import (
    Category,
    Code,
    CompanyInput,
    Fault,
    HandfastError,
    InternalError,
    InvalidError,
    MailRejected,
    RateLimitedError,
    UnavailableError,
)


def test_everything_that_is_wrong_is_told_at_once(shop: Shop) -> None:
    with pytest.raises(InvalidError) as refused:
        shop.hf.companies.update(shop.ada, CompanyInput(name=" ", country="Ecuador", locale="en", time_zone="Mars"))
    error = refused.value
    assert (error.code, error.category, error.retryable) == (Code.INVALID_INPUT, Category.INVALID, False)
    assert [(fault.field, fault.code) for fault in error.details.faults] == [
        ("name", Code.REQUIRED),
        ("country", Code.NOT_A_COUNTRY),
        ("time_zone", Code.NOT_A_TIME_ZONE),
    ]
    assert isinstance(error.details.faults[0], Fault) and "`name` is required" in str(error)


def test_nested_fields_have_a_path(shop: Shop) -> None:
    plain = business().to_dict()
    plain["billing"]["city"] = ""
    with pytest.raises(InvalidError) as refused:
        shop.hf.invites.submit(shop.visit_pass("b@x.example"), handfast.BusinessInput.from_dict(plain))
    assert [fault.field for fault in refused.value.details.faults] == ["billing.city"]


def test_a_wait_is_told_as_a_span(shop: Shop) -> None:
    slug = shop.hf.invites.link(shop.ada).slug
    shop.hf.invites.start(slug, "bea@rosas.example")
    with pytest.raises(RateLimitedError) as refused:
        shop.hf.invites.start(slug, "bea@rosas.example")
    assert refused.value.details.retry_after == timedelta(minutes=1) and refused.value.retryable


def test_every_category_has_a_class() -> None:
    classes = {each.category: each for each in HandfastError.__subclasses__()}
    assert set(classes) == set(Category)
    assert {code.category for code in Code} == set(Category)


def test_an_error_survives_copying(shop: Shop) -> None:
    with pytest.raises(HandfastError) as refused:
        shop.hf.companies.update(shop.ada, CompanyInput(name="", country="EC", locale="en", time_zone="UTC"))
    error = refused.value
    for same in [copy.copy(error), pickle.loads(pickle.dumps(error))]:
        assert type(same) is type(error) and same.args == error.args
        assert (same.code, same.message, same.details) == (error.code, error.message, error.details)
    rejected = pickle.loads(pickle.dumps(MailRejected("full", permanent=True)))
    assert (rejected.reason, rejected.permanent, str(rejected)) == ("full", True, "full")


def test_a_panic_inside_is_an_error_and_no_end(shop: Shop) -> None:
    with pytest.raises(InternalError) as failed:
        shop.hf._provoke_panic()
    assert failed.value.code is Code.INTERNAL and "provoked" in failed.value.message
    assert shop.hf.companies.get(shop.ada).name == "Flora Export"


def test_a_closed_library_refuses(shop: Shop) -> None:
    shop.hf.close()
    shop.hf.close()
    with pytest.raises(UnavailableError) as refused:
        shop.hf.companies.get(shop.ada)
    assert refused.value.code is Code.CLOSED


def test_leaving_the_block_closes_and_hides_no_exception() -> None:
    with pytest.raises(ZeroDivisionError), handfast.open("memory:") as hf:
        raise ZeroDivisionError
    with pytest.raises(UnavailableError):
        hf.mails.deliver(print)


@pytest.mark.parametrize(("url", "code"), [("mysql://x", "not_a_database"), ("", "not_a_database")])
def test_what_cannot_be_opened_is_told(url: str, code: str) -> None:
    with pytest.raises(HandfastError) as refused:
        handfast.open(url)
    assert refused.value.code == code


def test_a_policy_out_of_bounds_is_told() -> None:
    with pytest.raises(InvalidError) as refused:
        handfast.open("memory:", policy=handfast.PolicyInput(code_digits=3))
    assert refused.value.category is Category.INVALID
