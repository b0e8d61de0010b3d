"""Truth and equality of the wire (oktell-protocol.md, "0. Terms and conventions")."""

from __future__ import annotations

import pytest
from hypothesis import given

from ctidesk.oktell.record import Json, Record, as_number, as_text, is_true, same
from tests.oktell.json_values import json_values


@pytest.mark.parametrize("value", [None, False, 0, 0.0, ""])
def test_false(value: Json) -> None:
    assert not is_true(value)
    assert not Record({"field": value}).true("field")


@pytest.mark.parametrize("value", ["0", "false", " ", 1, -1, 0.1, True, [], {}, [0]])
def test_true(value: Json) -> None:
    assert is_true(value)


def test_a_missing_field_is_false() -> None:
    record = Record({})
    assert not record.true("field")
    assert (record.text("field"), record.number("field"), record.records("field")) == ("", None, [])
    assert not record.record("field")


@pytest.mark.parametrize(
    ("one", "other"), [(5, "5"), (5.0, "5"), (5, 5.0), ("5", "5"), (5, "5.0"), (5, " 5 "), ("a", "a"), (None, None)]
)
def test_same(one: Json, other: Json) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("05", "5"), (5, "five"), (5, ""), (1, True), ("", None), (0, None), ("5", "5.0"), (5, "1_0")]
)
def test_different(one: Json, other: Json) -> None:
    assert not same(one, other)
    assert not same(other, one)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("7", 7), (7, 7), (7.0, 7), ("-1", -1), (7.5, None), ("7.5", None), ("1_0", None), ("", None), (True, None)],
)
def test_numbers(value: Json, expected: int | None) -> None:
    assert as_number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(102, "102"), (102.0, "102"), ("0102", "0102"), (True, ""), (None, ""), ([1], "")]
)
def test_texts(value: Json, expected: str) -> None:
    assert as_text(value) == expected


@given(json_values, json_values)
def test_any_value_can_be_read(one: Json, other: Json) -> None:
    assert same(one, other) == same(other, one)
    as_text(one)
    as_number(one)
    Record(one).records("field")
