"""Names and numbers of unknown origin inside our own sentences (look.md, section 5, "Numbers").

A name may hold characters that turn the direction of the text around it, hide it or break the line. Such characters
are taken out, and what is left stands between isolates, so that it cannot reorder its neighbours.
"""

import unicodedata

LENGTH_LIMIT = 200
"""Longest text taken over from outside for a single line; the rest is replaced by an ellipsis."""

_LEFT_TO_RIGHT_ISOLATE = "\u2066"
_FIRST_STRONG_ISOLATE = "\u2068"
_POP_ISOLATE = "\u2069"
# Zero-width joiners shape letters and emoji and cannot reorder anything.
_KEPT_FORMATS = "\u200c\u200d"
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}


def clean(text: str, limit: int = LENGTH_LIMIT) -> str:
    """`text` on one line, without direction controls, control and invisible characters, at most `limit` long."""
    beginning = text[: 4 * limit]
    # Nearly every name is printable as it is; lists of ten thousand are cleaned at once.
    visible = beginning if beginning.isprintable() else "".join(map(_visible, beginning))
    joined = " ".join(visible.split())
    return joined if len(joined) <= limit else joined[: limit - 1].rstrip() + "…"


def isolate(text: str) -> str:
    """A name, cleaned, for the inside of a sentence; its own first letter decides its direction."""
    return f"{_FIRST_STRONG_ISOLATE}{clean(text)}{_POP_ISOLATE}"


def ltr(text: str) -> str:
    """A number or an address, cleaned, for the inside of a sentence: one left-to-right run."""
    return f"{_LEFT_TO_RIGHT_ISOLATE}{clean(text)}{_POP_ISOLATE}"


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if character.isspace() or category in ("Zl", "Zp"):
        return " "
    if category in _HIDDEN_CATEGORIES and character not in _KEPT_FORMATS:
        return ""
    return character
