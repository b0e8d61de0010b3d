"""Numbers as people read them (oktell-protocol.md, "6.4 Number formatting")."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.oktell.phone_format import format_phone

VECTORS = [
    ("1011", "1011"),
    ("1", "1"),
    ("12345678", "12345678"),
    ("123456789012345", "123456789012345"),
    ("12345", "123-45"),
    ("123456", "12-34-56"),
    ("1234567", "123-45-67"),
    ("123456789", "(123) 45-67-89"),
    ("9161234567", "(916) 123-45-67"),
    ("79161234567", "+7 (916) 123-45-67"),
    ("89161234567", "+7 (916) 123-45-67"),
    ("379161234567", "+37 (916) 123-45-67"),
    ("1379161234567", "+137 (916) 123-45-67"),
    ("11379161234567", "+1137 (916) 123-45-67"),
    ("+7 916 123-45-67", "+7 (916) 123-45-67"),
    ("8 (495) 1234567", "+7 (495) 123-45-67"),
    ("+7 (3412) 123456", "+7 (3412) 12-34-56"),
    ("12345;1234567, 1011", "123-45, 123-45-67, 1011"),
    ("sip:anna", "sip:anna"),
    ("", ""),
]


@pytest.mark.parametrize(("number", "expected"), VECTORS)
def test_format(number: str, expected: str) -> None:
    assert format_phone(number) == expected


@given(st.text("0123456789 ()+-,;", max_size=200))
def test_no_digit_is_lost_but_the_country_code_of_russia(number: str) -> None:
    def digits(text: str) -> str:
        return "".join(char for char in text if char.isdigit()).replace("8", "7")

    assert digits(format_phone(number)) == digits(number)


@pytest.mark.parametrize("hostile", ["(" + " " * 50_000, "1" + " " * 50_000 + "2", "(" * 50_000, "1 (" * 20_000])
def test_a_long_text_is_left_as_it_is(hostile: str) -> None:
    # With a pattern that goes back and forth this would take minutes.
    assert format_phone(hostile) == hostile.strip()
