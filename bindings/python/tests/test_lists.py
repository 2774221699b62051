"""Pages, and lists walked to their end."""

from __future__ import annotations

import pickle

import pytest

from conftest import Shop
from handfast import Code, CustomerState, InvalidError, Page, UnavailableError


def test_iterating_walks_all_pages(shop: Shop) -> None:
    names = shop.carriers(25)
    page = shop.hf.carriers.list(shop.ada, limit=10)
    assert [carrier.name for carrier in page.items] == names[:10]
    assert [carrier.name for carrier in page] == names
    # a page is not used up by walking
    assert len(list(page)) == 25


def test_the_next_page_begins_after_the_cursor(shop: Shop) -> None:
    names = shop.carriers(12)
    first = shop.hf.carriers.list(shop.ada, limit=10)
    assert first.next is not None
    second = shop.hf.carriers.list(shop.ada, cursor=first.next, limit=10)
    assert [carrier.name for carrier in second.items] == names[10:] and second.next is None
    assert first.following() == second and second.following() is None


def test_the_other_arguments_hold_for_following_pages(shop: Shop) -> None:
    for number in range(3):
        shop.hf.requests.approve(shop.ada, shop.request(f"v{number}@x.example", f"Shop {number}").id)
    first = shop.hf.customers.list(shop.ada, limit=1).items[0]
    shop.hf.customers.block(shop.ada, first.id)
    walked = list(shop.hf.customers.list(shop.ada, state=CustomerState.INACTIVE, limit=1))
    assert len(walked) == 2 and first.id not in {customer.id for customer in walked}


def test_a_cursor_of_another_list_is_refused(shop: Shop) -> None:
    shop.carriers(2)
    cursor = shop.hf.carriers.list(shop.ada, limit=1).next
    with pytest.raises(InvalidError) as refused:
        shop.hf.customers.list(shop.ada, cursor=cursor)
    assert refused.value.code is Code.NOT_A_CURSOR


def test_a_copied_page_does_not_pretend_to_be_all(shop: Shop) -> None:
    shop.carriers(3)
    page = shop.hf.carriers.list(shop.ada, limit=2)
    copied: Page[object] = pickle.loads(pickle.dumps(page))
    assert copied == page
    with pytest.raises(RuntimeError, match="cursor"):
        list(copied)


def test_closing_ends_a_walk(shop: Shop) -> None:
    shop.carriers(3)
    walk = iter(shop.hf.carriers.list(shop.ada, limit=1))
    next(walk)
    shop.hf.close()
    with pytest.raises(UnavailableError):
        list(walk)


def test_a_page_is_plain_data_too(shop: Shop) -> None:
    shop.carriers(1)
    plain = shop.hf.carriers.list(shop.ada).to_dict()
    assert plain["next"] is None and plain["items"][0]["name"] == "Carrier 000"
