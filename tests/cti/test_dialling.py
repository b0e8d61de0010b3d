"""From typed, pasted and clicked text to a number."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.cti.dialling import NumberRefused, normalise_number, number_from_uri
from ctidesk.cti.errors import ErrorKind

DIALLABLE = re.compile(r"\+?[0-9*#]+")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("102", "102"),
        ("+7 (916) 123-45-67", "+79161234567"),
        (" 8 495 123.45.67\n", "84951234567"),
        ("(+7) 916", "+7916"),
        ("[044] 123\u201345\u201367", "0441234567"),
        ("*21*102#", "*21*102#"),
        ("#", "#"),
        ("00\u00a0380\u202f44", "0038044"),
        ("\u202a+38044\u202c", "+38044"),  # as copied from an address book
        ("\ufeff102\u200b", "102"),
        ("\uff0b\uff17\uff19\uff11\uff16", "+7916"),  # full width
        ("\u0661\u0662\u0663", "123"),  # Arabic-Indic
        ("\u06f4\u06f5", "45"),  # Persian
        ("\uff08\uff10\uff09\uff0a\uff03", "0*#"),
        ("+" + "1" * 63, "+" + "1" * 63),
    ],
)
def test_numbers(text: str, number: str) -> None:
    assert normalise_number(text) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Enter a number"),
        ("  - ", "Enter a number"),
        ("+", "Enter a number"),
        ("8-800-FLOWERS", "letters"),
        ("Иванов", "letters"),
        ("1О2", "letters"),  # a Cyrillic letter among the digits
        ("1+2", "plus"),
        ("++7", "plus"),
        ("1,2", "cannot be dialled"),
        ("1;2", "cannot be dialled"),
        ("1\n2", "cannot be dialled"),
        ("1\x002", "cannot be dialled"),
        ("\u202e102", "cannot be dialled"),  # shown as another number than it is
        ("\u2067102", "cannot be dialled"),
        ("10\u00b2", "cannot be dialled"),
        ("50%", "cannot be dialled"),
        ("1/2", "cannot be dialled"),
        ("1" * 65, "too long"),
        (" 1" * 33, "too long"),
    ],
)
def test_refusals(text: str, reason: str) -> None:
    with pytest.raises(NumberRefused, match=reason) as caught:
        normalise_number(text)
    assert caught.value.error.kind is ErrorKind.GENERAL


@pytest.mark.parametrize(
    ("uri", "number"),
    [
        ("tel:+7-916-123-45-67", "+79161234567"),
        ("TEL:102", "102"),
        ("tel://102", "102"),
        ("tel:102;phone-context=example.com;ext=5", "102"),
        ("tel:%2B7%20916", "+7916"),
        ("tel:*21%23", "*21#"),
        ("tel:*21#", "*21#"),
        ("callto:102", "102"),
        ("callto:+7916?call", "+7916"),
        ("callto://%2b7916", "+7916"),
        ("sip:102@pbx.example", "102"),
        ("sips:+7916@pbx.example:5061;transport=tls", "+7916"),
        ("sip:+7916;phone-context=x@pbx.example;user=phone", "+7916"),
        ("sip:102:secret@pbx.example", "102"),
        ("sip:102@pbx.example?subject=hello", "102"),
        ("sip:%31%30%32@pbx.example", "102"),
        ("sip:102", "102"),
        ("sip:102;user=phone", "102"),
        ("  tel:102\n", "102"),
    ],
)
def test_uris(uri: str, number: str) -> None:
    assert number_from_uri(uri) == number


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "102",
        "tel:",
        "tel",
        "tel:;ext=5",
        "http://example.com/102",
        "mailto:102@example.com",
        "tel:1%2531",  # decoded once: a percent sign is no digit
        "tel:10%3B2",
        "tel:10%0A",
        "tel:10%00",
        "tel:10\n2",
        "tel:10%2",
        "tel:10%zz",
        "tel:%ff102",
        "tel:102\ud800",
        "tel:alice",
        "tel:--hidden",
        "tel:102 --quit",
        "sip:alice@pbx.example",
        "sip:pbx.example",
        "sip:10.0.0.1",
        "sip:10.0.0.1:5060",
        "sip:@pbx.example",
        "sip:102@pbx@example",
        "sip:100:5060",
        "tel:" + "1" * 65,
        "tel:" + ";" * 2000,
    ],
)
def test_refused_uris(uri: str) -> None:
    with pytest.raises(NumberRefused):
        number_from_uri(uri)


@given(st.text(max_size=80))
def test_any_text_becomes_a_number_or_is_refused(text: str) -> None:
    try:
        number = normalise_number(text)
    except NumberRefused:
        return
    assert DIALLABLE.fullmatch(number)
    assert len(number) <= 64
    assert normalise_number(number) == number


@given(st.from_regex(DIALLABLE, fullmatch=True).filter(lambda number: len(number) <= 64))
def test_a_number_stays_as_it_is(number: str) -> None:
    assert normalise_number(number) == number
    assert number_from_uri(f"tel:{number}") == number
    assert number_from_uri(f"sip:{number}@pbx.example") == number


@given(st.lists(st.sampled_from([*"0123456789*#", " ", "-", "(", ")", ".", "\u00a0", "\u2011"]), max_size=60))
def test_separators_leave_the_digits_in_order(characters: list[str]) -> None:
    digits = [character for character in characters if character in "0123456789*#"]
    text = "+" + "".join(characters)
    if digits:
        assert normalise_number(text) == "+" + "".join(digits)


@given(
    st.sampled_from(["tel:", "callto:", "sip:", "sips:", "TEL://"]),
    st.text(st.characters() | st.sampled_from("%;?@:#+0123456789"), max_size=60),
)
def test_any_uri_becomes_a_number_or_is_refused(scheme: str, rest: str) -> None:
    try:
        number = number_from_uri(scheme + rest)
    except NumberRefused:
        return
    assert DIALLABLE.fullmatch(number)
