"""Addresses and arguments of other programs, with places in braces for what is known of a call."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

PLACEHOLDERS = ("number", "name", "direction", "queue", "call_id", "record_id")
CARD = "{card}"
"""The whole address that a lookup has given for the caller; it stands alone."""
LONGEST_VALUE = 500
WEB_SCHEMES = frozenset({"http", "https"})

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def placeholders_of(template: str) -> frozenset[str]:
    """Return the names in braces."""
    return frozenset(_PLACEHOLDER.findall(template))


def filled_address(template: str, values: Mapping[str, str]) -> str:
    """Return the address with all values percent-encoded: none of them can become another part of it."""
    if template.strip() == CARD:
        return values.get("card", "").strip()
    return _PLACEHOLDER.sub(lambda found: quote(_value(values, found), safe=""), template.strip())


def filled_argument(template: str, values: Mapping[str, str]) -> str:
    """Return one argument of a program; a value at its beginning cannot turn it into an option."""
    text = _PLACEHOLDER.sub(lambda found: _value(values, found), template)
    return text.lstrip("-/ ") if template.startswith("{") else text


def has_fixed_server(template: str) -> bool:
    """Whether no caller can have a say in where the address leads: scheme and server hold no places."""
    scheme, _, rest = template.strip().partition(":")
    server = re.split("[/?#]", rest[2:], maxsplit=1)[0] if rest.startswith("//") else ""
    return "{" not in scheme + server


def scheme_of(address: str) -> str:
    """Return the scheme of an address in small letters; empty when it has none, or holds what no address may."""
    text = address.strip()
    found = re.match(r"([a-z][a-z0-9+.-]*):", text, re.IGNORECASE)
    if found is None or not text.isprintable() or " " in text:
        return ""
    return found[1].lower()


def _value(values: Mapping[str, str], found: re.Match[str]) -> str:
    return values.get(found[1], found[0])[:LONGEST_VALUE]
