"""Addresses and arguments with places for what callers say."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.cti.templates import (
    LONGEST_VALUE,
    filled_address,
    filled_argument,
    has_fixed_server,
    placeholders_of,
    scheme_of,
)


@given(st.text())
def test_a_value_never_becomes_another_part_of_the_address(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        return  # halves of surrogate pairs are taken out before
    parts = urlsplit(filled_address("https://crm.example/a/{name}/b?x={name}&y=1", {"name": value}))
    cut = value[:LONGEST_VALUE]
    assert (parts.scheme, parts.netloc, parts.fragment) == ("https", "crm.example", "")
    assert parts.path.split("/")[1:] == ["a", parts.path.split("/")[2], "b"]
    assert unquote(parts.path.split("/")[2]) == cut
    assert [unquote(one) for one in parts.query.split("&")] == [f"x={cut}", "y=1"]


def test_what_is_not_known_stays_as_it_is() -> None:
    assert filled_address(" https://x/{other}{number} ", {"number": "+7 9"}) == "https://x/%7Bother%7D%2B7%209"
    assert filled_address("{card}", {"card": " https://crm/1 "}) == "https://crm/1"
    assert filled_address("{card}", {}) == ""
    assert placeholders_of("a{b}{c}{b}") == {"b", "c"}


@pytest.mark.parametrize(
    ("template", "value", "argument"),
    [
        ("{name}", "--help", "help"),
        ("{name}", "/s /q", "s /q"),
        ("{name}", " - -x", "x"),
        ("--name={name}", "-x; rm", "--name=-x; rm"),
        ("a {name}", "-x", "a -x"),
        ("{name}", "+7495", "+7495"),
    ],
)
def test_a_value_is_no_option(template: str, value: str, argument: str) -> None:
    assert filled_argument(template, {"name": value}) == argument


@pytest.mark.parametrize(
    ("address", "is_fixed"),
    [
        ("https://crm.example/{name}", True),
        ("https://crm.example?{name}", True),
        ("https://{name}.example/", False),
        ("https://crm.example{name}/", False),
        ("{name}://x", False),
        ("onec:{name}", True),
        ("onec://{name}", False),
        ("onec:open/{name}", True),
    ],
)
def test_who_decides_where_it_leads(address: str, is_fixed: bool) -> None:
    assert has_fixed_server(address) is is_fixed


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("HTTPS://x", "https"),
        ("onec:x", "onec"),
        ("//x", ""),
        ("", ""),
        ("java\nscript:x", ""),
        ("https ://x", ""),
        ("https://x y", ""),
        ("https://x\u202e", ""),
        ("1x:y", ""),
    ],
)
def test_schemes(address: str, scheme: str) -> None:
    assert scheme_of(address) == scheme
