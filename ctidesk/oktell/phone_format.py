"""Numbers as people read them (oktell-protocol.md, "6.4 Number formatting")."""

from __future__ import annotations

import re

_BETWEEN_DIGITS = re.compile(r"[+\-—–\s]")
_BRACKETS = re.compile(r"^\s*(?P<country>[^()]*?)\s*\(\s*(?P<city>[^()]*?)\s*\)\s*(?P<number>.*?)\s*$")
_LONGEST = 64
"""Longer texts are no numbers; taking them apart would only cost time."""
_LOCAL_DIGITS = 7


def format_phone(text: str) -> str:
    """Group the digits of a number; `;` and `,` separate several numbers, which are joined by ", "."""
    return ", ".join(_format_one(one.strip()) for one in re.split("[;,]", text) if one.strip())


def _format_one(number: str) -> str:
    if len(number) > _LONGEST:
        return number
    if bracketed := _BRACKETS.match(number):
        country, city = bracketed["country"], bracketed["city"]
        local = _grouped(_BETWEEN_DIGITS.sub("", bracketed["number"]))
        return " ".join(part for part in (_country(country), f"({city})", local) if part)
    digits = _BETWEEN_DIGITS.sub("", number)
    if not digits.isdecimal():
        return number
    length = len(digits)
    if length <= 4 or length == 8 or length >= 15:
        return digits
    if length <= _LOCAL_DIGITS:
        return _grouped(digits)
    if length == 9:
        return f"({digits[:3]}) {digits[3:5]}-{digits[5:7]}-{digits[7:]}"
    country, city = digits[:-10], digits[-10:-_LOCAL_DIGITS]
    local = _grouped(digits[-_LOCAL_DIGITS:])
    return " ".join(part for part in (_country(country), f"({city})", local) if part)


def _country(code: str) -> str:
    if not code:
        return ""
    digits = code.removeprefix("+")
    return "+7" if digits == "8" else f"+{digits}" if digits.isdecimal() else code


def _grouped(digits: str) -> str:
    match len(digits):
        case 5:
            return f"{digits[:3]}-{digits[3:]}"
        case 6:
            return f"{digits[:2]}-{digits[2:4]}-{digits[4:]}"
        case 7:
            return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"
        case _:
            return digits
