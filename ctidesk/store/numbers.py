"""Who is the same party: one form for all the ways in which a number is written and dialled.

Internal extensions come first; everything longer is read by the numbering plan of the country in which the desk stands.
The result serves for comparison only: what is dialled never comes from here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ctidesk.cti.dialling import NumberRefused, number_from_uri
from ctidesk.store.plain_text import digits_of

if TYPE_CHECKING:
    import phonenumbers

LONGEST_TEXT = 256
"""Longer texts are no numbers."""


class NumberPlan(Struct, frozen=True):
    """How numbers are dialled at this desk.

    Attributes:
        country: the two letters of the country (ISO 3166), in which numbers without a country code are.
        area_code: the code of the town without trunk prefix, for numbers dialled inside it; empty when that is unusual.
        longest_extension: how many digits an internal number has at most; 0 when there are none.
        outside_line: what is dialled before a number outside the PBX; empty when nothing is.
    """

    country: str = "RU"
    area_code: str = ""
    longest_extension: int = 5
    outside_line: str = ""

    def party(self, text: str) -> str:
        """Return who `text` reaches, in one form for all ways to write it; empty when it holds no number.

        That is an international number like ``+74951234567``, an internal number or a service code as it is dialled,
        or a SIP user's name in small letters. A number that fits no plan stands for itself.
        """
        return _party(self, text[:LONGEST_TEXT])

    def search_forms(self, text: str) -> tuple[str, ...]:
        """Return the strings of digits that a search for the beginning, middle or end of a number looks for."""
        digits = digits_of(text)
        forms = [digits]
        trunk, calling_code = _TRUNKS.get(self.country, ("0", ""))
        if digits.startswith("00"):
            forms.append(digits[2:])
        elif digits.startswith(trunk) and len(digits) > len(trunk) + 1:
            forms.append(calling_code + digits[len(trunk) :])
        return tuple(form for form in dict.fromkeys(forms) if form)


_TRUNKS = {"RU": ("8", "7"), "KZ": ("8", "7"), "BY": ("80", "375"), "UA": ("0", "380"), "US": ("1", "1")}
"""The trunk prefix and the calling code of countries whose stored numbers would else not be found as people type."""

_EXTENSION = re.compile(r"\s*(?:;ext=|;|,|\bext\.?|\bx|доб\.?|дод\.?|вн\.?|#)\s*\d{1,10}\s*$", re.IGNORECASE)
_URI = re.compile(r"(tel|callto|sips?):", re.IGNORECASE)
_LOCAL_LENGTHS = (5, 6, 7)
_SHORTEST_WITH_CODE = 11
"""Digits from which a number without a plus may begin with a country code."""


_ORDINARY = re.compile(r"[+(\d][\d ().\-]*", re.ASCII)
"""A number as people write it, with nothing around it."""


@lru_cache(maxsize=8192)
def _party(plan: NumberPlan, text: str) -> str:
    if _ORDINARY.fullmatch(text):
        plain = text
    else:
        plain = _without_wrapping(text)
        if any(unicodedata.category(character).startswith("L") for character in plain):
            return plain.casefold()
    digits = digits_of(plain)
    if not digits:
        return ""
    if "*" in plain or plain.startswith("#"):
        return re.sub("[^0-9*#]", "", plain)
    is_international = plain.lstrip(" (").startswith(("+", "\uff0b"))
    if not is_international and len(digits) <= plan.longest_extension:
        return digits
    if is_international:
        return _plain_international(digits) or _international("+" + digits) or "+" + digits
    return _plain_national(plan.country, digits) or _by_plan(plan, digits)


# Most numbers of a book are of these forms, which have only one reading. Numbers are read by the hundred thousand, and
# to find that one reading among all that is possible takes several times as long.
_PLAIN_INTERNATIONAL = re.compile(r"7[347-9]\d{9}|380[3-9]\d{8}")
_NO_FORM = re.compile(r"(?!)")
_PLAIN_NATIONAL = {
    "RU": (7, re.compile(r"(?:[78](?=[347-9])|(?=[349]))(\d{10})")),
    "UA": (380, re.compile(r"(?:380|80|0)([3-9]\d{8})")),
}


def _plain_international(digits: str) -> str:
    return "+" + digits if _PLAIN_INTERNATIONAL.fullmatch(digits) else ""


def _plain_national(country: str, digits: str) -> str:
    """Return the only reading of `digits` in `country` if it has one of the usual forms and a range that is in use."""
    calling_code, form = _PLAIN_NATIONAL.get(country, (0, _NO_FORM))
    found = form.fullmatch(digits)
    if found is None:
        return ""
    import phonenumbers  # only where it is needed: a desk that sees internal numbers alone never loads it

    number = phonenumbers.PhoneNumber(country_code=calling_code, national_number=int(found[1]))
    return f"+{calling_code}{found[1]}" if phonenumbers.is_valid_number(number) else ""


def _without_wrapping(text: str) -> str:
    """Take the number out of an address, without display marks and without what is dialled after it."""
    plain = "".join(character for character in text if unicodedata.category(character) not in ("Cf", "Cc")).strip()
    if _URI.match(plain):
        try:
            return number_from_uri(plain)
        except NumberRefused:
            plain = plain.partition(":")[2]
    plain = re.split("[;?]", plain.partition("@")[0], maxsplit=1)[0] if "@" in plain else plain
    without_extension = _EXTENSION.sub("", plain)
    return without_extension if any(character.isdecimal() for character in without_extension) else plain


def _by_plan(plan: NumberPlan, digits: str) -> str:
    readings = tuple(_readings(plan, digits))
    # At last those of a range that is newer than the data, or that is kept free for examples.
    for must_be_known in (True, False):
        for number in readings:
            if found := _read(number, plan.country, must_be_known=must_be_known):
                return found
    return digits


def _readings(plan: NumberPlan, digits: str) -> Iterator[str]:
    """Yield what `digits` can mean, the likelier first; with a plus what holds a country code."""
    may_hold_code = len(digits) >= _SHORTEST_WITH_CODE
    if digits.startswith("00"):
        yield "+" + digits[2:]
    if may_hold_code and digits.startswith(("810", "011")):
        yield "+" + digits[3:]
    if plan.country == "UA" and digits.startswith("80") and len(digits) == len("80441234567"):
        yield digits[1:]  # the trunk prefix 8 of before 2009, which many still write
    yield digits
    if plan.area_code and len(digits) in _LOCAL_LENGTHS:
        yield plan.area_code + digits
    if plan.outside_line and digits.startswith(plan.outside_line):
        yield from _readings(replace(plan, outside_line=""), digits.removeprefix(plan.outside_line))
    if may_hold_code:
        yield "+" + digits


def _international(number: str) -> str:
    parsed = _parsed(number, None)
    return "" if parsed is None else _e164(parsed)


def _read(number: str, country: str, *, must_be_known: bool) -> str:
    import phonenumbers

    parsed = _parsed(number, country)
    if parsed is None:
        return ""
    if must_be_known:
        return _e164(parsed) if phonenumbers.is_valid_number(parsed) else ""
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    return _e164(parsed) if reason == phonenumbers.ValidationResult.IS_POSSIBLE else ""


def _parsed(number: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    import phonenumbers

    try:
        return phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None


def _e164(parsed: phonenumbers.PhoneNumber) -> str:
    import phonenumbers

    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    # Of a number that no country has, each reading takes another zero for a trunk prefix.
    again = _parsed(number, None)
    return number if again is None or again == parsed else _e164(again)
