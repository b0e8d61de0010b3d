"""Text of unknown origin: what can be stored, shown and searched of it (architecture.md, rule 7).

Names and notes come from callers, PBXs and files. They are kept as they came and lose only here, on their way out,
what could turn, hide or break the text around them.
"""

from __future__ import annotations

import re
import unicodedata

LINE_LIMIT = 200
NOTE_LIMIT = 20_000
SEARCHED_LIMIT = 2_000
"""How much of a text can be found by a search."""

_KEPT_FORMATS = "\u200c\u200d"  # the joiners shape letters and emoji and reorder nothing
_NO_DIGITS = re.compile(r"\D+")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def storable(text: str, limit: int | None = None) -> str:
    """Return `text` as a database and JSON can hold it: without halves of surrogate pairs and without NUL.

    Args:
        text: the text as it came.
        limit: how many characters are kept; None for all.
    """
    kept = text if limit is None or len(text) <= limit else text[: limit - 1] + "…"
    if "\0" in kept:
        kept = kept.replace("\0", "\ufffd")
    return kept if kept.isascii() else kept.encode("utf-8", "replace").decode("utf-8")


def one_line(text: str, limit: int = LINE_LIMIT) -> str:
    """Return `text` on one line of at most `limit` characters, without control characters and direction marks."""
    beginning = text[: 4 * limit]
    visible = beginning if beginning.isprintable() else "".join(map(_visible, beginning))
    joined = " ".join(visible.split())
    is_cut = len(joined) > limit or len(text) > len(beginning)
    return joined[: limit - 1].rstrip() + "…" if is_cut else joined


def many_lines(text: str, limit: int = NOTE_LIMIT) -> str:
    """Return `text` with its line breaks, each line without control characters and direction marks."""
    lines = text[:limit].splitlines()
    clean = "\n".join("".join(map(_visible, line)).rstrip() for line in lines).strip("\n")
    return clean + "…" if len(text) > limit else clean


def folded(text: str) -> str:
    """Return `text` for comparison in a search: without case, accents and the difference of е and ё."""
    searched = text[:SEARCHED_LIMIT].casefold()
    return searched if searched.isascii() else unicodedata.normalize("NFKD", searched).translate(_without_marks)


def digits_of(text: str) -> str:
    """Return the decimal digits in `text`, those of other scripts as 0-9."""
    digits = _NO_DIGITS.sub("", text)
    return digits if digits.isascii() else "".join(str(unicodedata.decimal(digit)) for digit in digits)


class _WithoutMarks(dict[int, int | None]):
    """A table for `str.translate` that takes accents away; it remembers Latin, Greek and Cyrillic."""

    def __missing__(self, character: int) -> int | None:
        kept = None if unicodedata.category(chr(character)) == "Mn" else character
        if character < _REMEMBERED:
            self[character] = kept
        return kept


_REMEMBERED = 0x600
_without_marks = _WithoutMarks()


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if character.isspace() or category in ("Zl", "Zp"):
        return " "
    if category in _HIDDEN_CATEGORIES and character not in _KEPT_FORMATS:
        return ""
    return character
