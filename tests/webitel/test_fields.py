"""Decoding (webitel-protocol.md, "5.1 Envelope")."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.webitel.fields import Fields, decode, decode_description


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("100%40crm.test", "100@crm.test"),
        ("%D0%86%D0%B2%D0%B0%D0%BD", "Іван"),
        ("50% off", "50% off"),
        ("+380671234567", "+380671234567"),
        ("50%", "50%"),
        ("%u0421%u0435", "%u0421%u0435"),
        ("%D0", "%D0"),
        ("%ff%fe", "%ff%fe"),
        ("Іван", "Іван"),
        ("", ""),
    ],
)
def test_decoding(text: str, decoded: str) -> None:
    assert decode(text) == decoded


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("Lunch%2520break", "Lunch break"),
        ("Lunch%20break", "Lunch break"),
        ("Lunch break", "Lunch break"),
        ("50%", "50%"),
        ("50%25 off", "50% off"),
        ("%25D0%25BE%25D0%25B1", "об"),
        ("", ""),
    ],
)
def test_descriptions_may_be_encoded_twice(text: str, decoded: str) -> None:
    assert decode_description(text) == decoded


@given(st.text())
def test_decoding_never_fails(text: str) -> None:
    assert isinstance(decode_description(text), str)


def test_values_of_other_kinds_are_absent() -> None:
    fields = Fields({"a": ["x"], "b": True, "c": 5, "d": None, "e": {"f": "g"}})
    assert [fields.text(name) for name in "abcdx"] == ["", "", "5", "", ""]
    assert fields.fields("e").text("f") == "g"
    assert dict(Fields("no object")) == {}


@pytest.mark.parametrize(
    ("value", "number"), [(1, 1), ("12", 12), ("x", None), (True, None), (None, None), (1e400, None)]
)
def test_numbers(value: object, number: int | None) -> None:
    assert Fields({"n": value}).number("n") == number  # type: ignore[dict-item]
