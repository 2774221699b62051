"""Records, ids, choices and single values."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

import handfast
from conftest import PASSWORD, Shop, business, code_of, sign_up_input
from handfast import (
    Actor,
    BusinessInput,
    Code,
    CompanyId,
    CompanyInput,
    CustomerState,
    EventFilter,
    InvalidError,
    LoginId,
    PolicyInput,
    PriceTypeId,
    PricingInput,
    QrOptions,
    RequestState,
    Role,
    SignedUp,
    StaffInput,
    Verdict,
)

ACTORS = [Actor.staff(LoginId("a"), CompanyId("b")), Actor.host(CompanyId("b"))]


def test_a_record_is_frozen(shop: Shop) -> None:
    company = shop.hf.companies.get(shop.ada)
    with pytest.raises(AttributeError):
        company.name = "Other"  # type: ignore[misc]
    assert isinstance(company.form, tuple)


def test_records_are_equal_by_their_fields_and_hash_alike(shop: Shop) -> None:
    one, same = shop.hf.companies.get(shop.ada), shop.hf.companies.get(shop.ada)
    assert one == same and hash(one) == hash(same) and one is not same
    assert one != shop.hf.invites.link(shop.ada)


def test_a_record_that_holds_a_dictionary_has_no_hash() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(PricingInput(price_type=PriceTypeId("x"), extra={"a": "b"}))


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda record: pickle.loads(pickle.dumps(record))])
def test_a_copy_of_a_record_is_equal_to_it(shop: Shop, copied: Any) -> None:
    shop.request()
    for record in [
        shop.hf.companies.get(shop.ada),
        shop.hf.requests.list(shop.ada, RequestState.PENDING),
        shop.hf.events.list(shop.ada),
        PolicyInput(code_lifetime=timedelta(minutes=5)),
        *shop.mails,
        *ACTORS,
    ]:
        assert copied(record) == record


def test_repr_shows_the_fields_and_no_secret(shop: Shop) -> None:
    assert "country='EC'" in repr(sign_up_input()) and PASSWORD not in repr(sign_up_input())
    assert "role=<Role.ADMIN: 'admin'>" in repr(shop.hf.staff.list(shop.ada))
    shop.visit_pass("bea@rosas.example")
    assert code_of(shop.mails[-1]) not in repr(shop.mails[-1])
    assert repr(ACTORS[0]) == "Actor.staff('a', 'b')"


def test_everything_is_documented_at_run_time() -> None:
    for name in handfast.__all__:
        thing = getattr(handfast, name)
        if not isinstance(thing, type) or thing.__module__ != "handfast":
            continue
        members = {member: value for member, value in vars(thing).items() if not member.startswith("_")}
        undocumented = [member for member, value in members.items() if not value.__doc__]
        assert thing.__doc__ and not undocumented, (name, undocumented)


def test_a_record_survives_being_plain_data(shop: Shop) -> None:
    shop.request()
    signed = shop.hf.companies.sign_up(sign_up_input("Other", "other@flora.example"))
    plain = signed.to_dict()
    assert plain["company"]["name"] == "Other" and plain["company"]["form"] == []
    assert SignedUp.from_dict(plain) == signed
    request = shop.hf.requests.list(shop.ada, RequestState.PENDING).items[0]
    assert type(request).from_dict(request.to_dict()) == request
    event = shop.hf.events.list(shop.ada).items[0]
    assert type(event).from_dict(event.to_dict()) == event


def test_from_dict_takes_what_json_holds() -> None:
    plain = {"since": "2026-11-22T10:00:00Z", "login": "x"}
    assert EventFilter.from_dict(plain) == EventFilter(since=datetime(2026, 11, 22, 10, tzinfo=UTC), login=LoginId("x"))
    assert PolicyInput.from_dict({"code_lifetime": 90_000}) == PolicyInput(code_lifetime=timedelta(seconds=90))
    assert BusinessInput.from_dict(business().to_dict()) == business()


def test_from_dict_refuses_what_the_record_has_not() -> None:
    with pytest.raises(TypeError, match="colour"):
        EventFilter.from_dict({"colour": "red"})
    with pytest.raises(TypeError, match="country"):
        CompanyInput.from_dict({"name": "x"})


def test_a_time_of_any_zone_comes_back_in_utc(shop: Shop) -> None:
    ends = datetime(2027, 1, 1, 0, 0, 0, 123_456, tzinfo=timezone(timedelta(hours=-5)))
    own = CompanyInput(name="Flora", country="EC", locale="en", time_zone="America/Guayaquil", trial_ends=ends)
    got = shop.hf.companies.update(shop.ada, own).trial_ends
    assert got == datetime(2027, 1, 1, 5, 0, 0, 123_000, tzinfo=UTC)
    assert got is not None and got.tzinfo is UTC


def test_the_end_of_time_is_exact(shop: Shop) -> None:
    shop.request()
    pending = shop.hf.requests.list(shop.ada, RequestState.PENDING).items[0]
    assert pending.expires == datetime(9999, 12, 31, 23, 59, 59, 999_000, tzinfo=UTC)


def test_a_naive_time_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="aware"):
        EventFilter(since=datetime(2027, 1, 1))


def test_a_time_before_1970_is_out_of_range(shop: Shop) -> None:
    with pytest.raises(InvalidError) as refused:
        shop.hf.events.list(shop.ada, filter=EventFilter(since=datetime(1969, 1, 1, tzinfo=UTC)))
    assert Code.OUT_OF_RANGE in {refused.value.code, *(fault.code for fault in refused.value.details.faults)}


@pytest.mark.parametrize(
    ("given", "got"),
    [(Decimal("7.50"), "7.50"), ("7.5", "7.5"), (7, "7"), (Decimal("1E+2"), "100"), (Decimal("-0.0001"), "-0.0001")],
)
def test_decimals_are_exact(shop: Shop, given: Decimal | str | int, got: str) -> None:
    retail = shop.hf.price_types.add(shop.ada, "Retail").id
    customer = shop.hf.requests.approve(shop.ada, shop.request().id).customer.id
    markup = shop.hf.customers.set_pricing(shop.ada, customer, PricingInput(price_type=retail, markup=given)).markup
    assert markup == Decimal(got) and isinstance(markup, Decimal)


@pytest.mark.parametrize("given", [Decimal("NaN"), Decimal("1E+999999"), "seven", Decimal("1E-999999")])
def test_what_is_no_decimal_is_told_beside_its_field(shop: Shop, given: Decimal | str) -> None:
    retail = shop.hf.price_types.add(shop.ada, "Retail").id
    customer = shop.hf.requests.approve(shop.ada, shop.request().id).customer.id
    with pytest.raises(InvalidError) as refused:
        shop.hf.customers.set_pricing(shop.ada, customer, PricingInput(price_type=retail, markup=given))
    assert [fault.field for fault in refused.value.details.faults] == ["markup"]


@pytest.mark.parametrize("given", [1.5, True, b"1"])
def test_a_float_is_no_decimal(given: Any) -> None:
    with pytest.raises(TypeError, match="Decimal"):
        PricingInput(price_type=PriceTypeId("x"), markup=given)


def test_a_text_that_is_no_id_is_told_when_it_is_used(shop: Shop) -> None:
    with pytest.raises(InvalidError) as refused:
        shop.hf.companies.get(Actor.staff(LoginId("nobody"), shop.ada.company))
    assert refused.value.code is Code.NOT_AN_ID


def test_a_text_that_is_no_choice_is_told() -> None:
    with pytest.raises(InvalidError) as refused:
        StaffInput(email="x@y.example", name="X", role="boss")  # type: ignore[arg-type]
    assert refused.value.code is Code.UNKNOWN_CHOICE and "`admin`" in refused.value.message


def test_a_choice_is_a_member_and_a_text(shop: Shop) -> None:
    role = shop.hf.staff.list(shop.ada).items[0].role
    assert role is Role.ADMIN and role.upper() == "ADMIN" and Role("admin") in set(Role)
    assert StaffInput(email="x@y.example", name="X", role="staff").role is Role.STAFF  # type: ignore[arg-type]
    assert [state.value for state in CustomerState] == ["inactive", "active", "blocked", "erased"]


@pytest.mark.parametrize("given", [3, None, b"x", ["x"]])
def test_a_wrong_type_is_a_type_error(shop: Shop, given: Any) -> None:
    calls: list[Callable[[], object]] = [
        lambda: shop.hf.carriers.add(shop.ada, given),
        lambda: shop.hf.companies.get(given),
        lambda: shop.hf.requests.list(shop.ada, given),
        lambda: Actor.host(given),
    ]
    for call in calls:
        with pytest.raises(TypeError):
            call()


def test_a_text_is_no_list_of_texts(shop: Shop) -> None:
    with pytest.raises(TypeError):
        handfast.BulkDecision(requests="abc", verdict=Verdict.APPROVE)  # type: ignore[arg-type]


def test_numbers_have_bounds_and_not_wrap_around() -> None:
    for size in [-1, 2**32, 10**30]:
        with pytest.raises(InvalidError) as refused:
            QrOptions(size=size)
        assert refused.value.code is Code.OUT_OF_RANGE


def test_half_a_character_is_refused(shop: Shop) -> None:
    with pytest.raises(InvalidError) as refused:
        shop.hf.carriers.add(shop.ada, "half \ud800")
    assert refused.value.code is Code.FORBIDDEN_CHARACTER


def test_pictures_are_bytes_and_text(shop: Shop) -> None:
    assert shop.hf.invites.qr_png(shop.ada, options=QrOptions(size=128)).startswith(b"\x89PNG")
    assert "<svg" in shop.hf.invites.qr_svg(shop.ada)


def test_what_changed_is_plain_data(shop: Shop) -> None:
    shop.hf.invites.disable(shop.ada)
    event = shop.hf.events.list(shop.ada, limit=1).items[0]
    assert event.before is not None and event.after is not None
    assert (event.before["state"], event.after["state"]) == ("active", "disabled")


def test_answers_are_texts_and_flags(shop: Shop) -> None:
    questions = [
        handfast.QuestionInput(key="heard", label="How did you hear of us?", kind=handfast.QuestionKind.TEXT),
        handfast.QuestionInput(key="terms", label="The terms?", kind=handfast.QuestionKind.CHECKBOX),
    ]
    shop.hf.companies.set_form(shop.ada, questions)
    given = business().to_dict() | {"answers": {"heard": "a fair", "terms": True}}
    shop.hf.invites.submit(shop.visit_pass("bea@rosas.example"), BusinessInput.from_dict(given))
    request = shop.hf.requests.list(shop.ada, RequestState.PENDING).items[0]
    assert [(answer.key, answer.value) for answer in request.answers] == [("heard", "a fair"), ("terms", True)]
