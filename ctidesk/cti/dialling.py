"""From what people type, paste or click to a number that can be dialled.

cti-model.md, "5.3 Derived abilities" ("Call by number"); command-line.md, "`ctidesk` — the desktop application".
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote_to_bytes

from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.text import translate

LONGEST_NUMBER = 64
LONGEST_URI = 1024


class NumberRefused(CtiException):
    """The text is no number that can be dialled; its error says why in the operator's words."""

    def __init__(self, text: str) -> None:
        super().__init__(CtiError(ErrorKind.GENERAL, text, source="number"))


def normalise_number(text: str) -> str:
    """Return the number in `text` with nothing but a leading ``+`` and the characters ``0-9*#``.

    Spaces, dashes, brackets and dots are dropped. Digits of other scripts become 0-9: what is dialled is the number
    that the operator sees. The marks that address books wrap around numbers are dropped, too, but not those that show
    the digits in another order.

    Raises:
        NumberRefused: the text holds anything else, no digit, or more than 64 characters.
    """
    stripped = text.strip()
    if len(stripped) > LONGEST_NUMBER:
        raise NumberRefused(translate("Number", "The number is too long."))
    number = ""
    for character in stripped:
        kept = _kept(character)
        if kept == "+" and number:
            raise NumberRefused(translate("Number", "A plus sign can only stand at the beginning of a number."))
        number += kept
    if not number.strip("+"):
        raise NumberRefused(translate("Number", "Enter a number."))
    return number


def number_from_uri(uri: str) -> str:
    """Return the number of a ``tel:``, ``callto:`` or ``sip:`` address, as `normalise_number` does.

    Parameters (``;phone-context`` and others) and headers are dropped; percent signs are decoded once. Of a ``sip:``
    or ``sips:`` address the user part counts.

    Raises:
        NumberRefused: it is no such address or holds no number.
    """
    if len(uri) > LONGEST_URI:
        raise NumberRefused(translate("Number", "The number is too long."))
    found = _URI.fullmatch(uri.strip())
    if found is None:
        raise NumberRefused(translate("Number", "This is not the address of a phone number."))
    rest = found["rest"]
    if found["scheme"].lower().startswith("sip"):
        rest = _sip_user(rest)
    decoded = _percent_decoded(re.split("[;?]", rest, maxsplit=1)[0])
    if any(unicodedata.category(character) == "Cc" for character in decoded):
        raise NumberRefused(_strange_characters())
    return normalise_number(decoded)


def number_from_text(text: str) -> str:
    """Return the number that `text` is, written as a number or as the address of one.

    Raises:
        NumberRefused: it is neither.
    """
    return number_from_uri(text) if _URI.match(text.strip()) else normalise_number(text)


_URI = re.compile(r"(?P<scheme>tel|callto|sips?):(//)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL)

_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")
_BRACKETS = frozenset("()[]\uff08\uff09\uff3b\uff3d")
_DOTS = frozenset(".\u00b7\u2024\uff0e")
_WIDE_SIGNS = {"\uff0b": "+", "\ufe62": "+", "\uff0a": "*", "\uff03": "#"}
# Zero width, and marks of direction that leave digits in their order. Right-to-left embeddings and overrides are not
# among them: a number that reads as another one than it is must not be dialled.
_INVISIBLE = frozenset("\u00ad\u200b\u200e\u200f\u202a\u202c\u202d\u2060\u2066\u2068\u2069\ufeff")


def _kept(character: str) -> str:
    """Return what a number keeps of `character`: a character to dial, or nothing."""
    if character in "0123456789*#+":
        return character
    if character in _DASHES or character in _BRACKETS or character in _DOTS or character in _INVISIBLE:
        return ""
    category = unicodedata.category(character)
    if category == "Zs":
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if character in _WIDE_SIGNS:
        return _WIDE_SIGNS[character]
    if category.startswith("L"):
        raise NumberRefused(translate("Number", "The number has letters. Enter digits, +, * or # only."))
    raise NumberRefused(_strange_characters())


def _strange_characters() -> str:
    return translate("Number", "The number has characters that cannot be dialled. Enter digits, +, * or # only.")


def _sip_user(rest: str) -> str:
    user, at, host = rest.partition("@")
    if not at:
        # A host alone. One without dots and port may be a number that somebody wrote short; an IP address is not.
        if "." in re.split("[;?]", rest, maxsplit=1)[0]:
            raise NumberRefused(translate("Number", "This address names no phone number."))
        return rest
    if "@" in host:
        raise NumberRefused(translate("Number", "This is not the address of a phone number."))
    return user.partition(":")[0]  # what follows a colon is a password


def _percent_decoded(text: str) -> str:
    if re.search("%(?![0-9A-Fa-f]{2})", text):
        raise NumberRefused(_strange_characters())
    try:
        return unquote_to_bytes(text).decode()
    except UnicodeError:  # not UTF-8, or half of a surrogate pair, as the command line may have them
        raise NumberRefused(_strange_characters()) from None
