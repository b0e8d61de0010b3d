"""Finding people by name or number, also when the keyboard was in the other layout (look.md, "Panel", search)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from enum import IntEnum

from msgspec import Struct

from ctidesk.cti.directory import Abonent
from ctidesk.cti.slices import at_once
from ctidesk.ui.widgets.bidi import clean

MOST_RESULTS = 200
"""More people than anybody reads through; typing on is quicker."""
_LONGEST_QUERY = 64
_STEP = 250
"""People that are taken in at once."""
_WORD = "\x01"
"""Stands before each word of a name in the text that is searched; `clean` leaves none in what people are called."""

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_UKRAINIAN = "йцукенгшщзхїфівапролджєячсмитьбюґ"
_LAYOUTS = (
    str.maketrans(_LATIN, _RUSSIAN),
    str.maketrans(_LATIN, _UKRAINIAN),
    str.maketrans(_RUSSIAN, _LATIN),
    str.maketrans(_UKRAINIAN, _LATIN),
)
_SAME_LETTERS = str.maketrans("ё", "е")
_BETWEEN_DIGITS = str.maketrans("", "", " -()+.")


class _Rank(IntEnum):
    """Best first."""

    WHOLE_NUMBER = 0
    NAME_BEGINS = 1
    WORD_BEGINS = 2
    NUMBER_BEGINS = 3
    INSIDE_NAME = 4
    INSIDE_NUMBER = 5


Span = tuple[int, int]
"""First letter and the one after the last, in the name as `clean` gives it."""


class Match(Struct, frozen=True):
    """One person found, and which letters of the name or number were asked for."""

    abonent_id: str
    in_name: tuple[Span, ...] = ()
    in_number: tuple[Span, ...] = ()


class Found(Struct, frozen=True):
    """What a search has brought.

    Attributes:
        matches: best first.
        other_layout: the query as it reads in the other keyboard layout; empty when there is no other reading.
        by_other_layout: whether somebody was found only by that.
    """

    matches: tuple[Match, ...]
    other_layout: str = ""
    by_other_layout: bool = False


class _Entry(Struct, frozen=True):
    abonent_id: str
    name: str
    number: str


class PeopleIndex:
    """The people's names and numbers, made ready for searching once."""

    def __init__(self, abonents: Iterable[Abonent] = ()) -> None:
        """Take in everybody but the operator."""
        self._entries: list[_Entry] = []
        self._names, self._numbers = _Lines(), _Lines()
        at_once(self.take(abonents))

    def take(self, abonents: Iterable[Abonent]) -> Iterator[None]:
        """Take in everybody but the operator, in steps; they are found after the last one."""
        entries: list[_Entry] = []
        names, numbers = _Lines(), _Lines()
        for place, one in enumerate(abonents, 1):
            if not one.is_me:
                entry = _Entry(one.id, fold(clean(one.name)), clean(one.number))
                entries.append(entry)
                names.add(_marked(entry.name))
                numbers.add(entry.number)
            if place % _STEP == 0:
                yield
        names.close()
        yield
        numbers.close()
        self._entries, self._names, self._numbers = entries, names, numbers

    def search(self, query: str) -> Found:
        """Find those whose name has every word of `query`, or whose number has it."""
        typed = fold(clean(query, _LONGEST_QUERY))
        if not typed:
            return Found(())
        direct = self._matches(typed)
        seen = {match.abonent_id for match in direct}
        others = other_layouts(typed)
        by_other = [match for other in others for match in self._matches(other) if match.abonent_id not in seen]
        unique = {match.abonent_id: match for match in reversed(by_other)}
        added = [match for match in by_other if unique.pop(match.abonent_id, None) is not None]
        return Found((*direct, *added)[:MOST_RESULTS], others[0] if others else "", bool(added))

    def _matches(self, query: str) -> list[Match]:
        """Return the best, never more than `MOST_RESULTS`.

        Looking through one long text is a hundred times faster than through as many names, so the people are only
        looked at one by one where that has found something; and rank by rank, until there are enough.
        """
        words = tuple(dict.fromkeys(query.split()))
        digits = query.translate(_BETWEEN_DIGITS)
        found: dict[int, tuple[_Rank, Match]] = {}
        rarest = words[0] if len(words) == 1 else min(words, key=self._names.count, default="")
        marked = _marked(rarest)
        inside = marked.removeprefix(_WORD)
        # Nobody at all is the usual answer for the reading in another keyboard layout.
        is_there = (bool(digits) and digits in self._numbers, inside in self._names)
        number_begins = (self._numbers, f"\n{digits}", _Rank.NUMBER_BEGINS)
        if len(words) == 1:
            word_begins = (self._names, marked, _Rank.WORD_BEGINS)  # a word that begins with a sign has no mark
            steps = [(self._names, f"\n{marked}", _Rank.NAME_BEGINS), word_begins, number_begins]
        else:
            steps = [number_begins, (self._names, inside, _Rank.WORD_BEGINS)]
        steps.append((self._names, inside, _Rank.INSIDE_NAME))
        whole = (self._numbers, f"\n{digits}\n", _Rank.WHOLE_NUMBER)
        for text, wanted, rank in [whole, *steps, (self._numbers, digits, _Rank.INSIDE_NUMBER)]:
            if is_there[text is self._names]:
                self._match_some(text.places(wanted), words, digits, found, rank)
        ranked = sorted(found.items(), key=lambda one: (one[1][0], one[0]))
        return [match for _, (_, match) in ranked[:MOST_RESULTS]]

    def _match_some(
        self,
        places: Iterable[int],
        words: tuple[str, ...],
        digits: str,
        found: dict[int, tuple[_Rank, Match]],
        rank: _Rank,
    ) -> None:
        """Match the people at `places`, until there are enough of `rank` or better."""
        enough = sum(one[0] < rank for one in found.values())
        if enough >= MOST_RESULTS:
            return  # before the first place is looked for
        for place in places:
            best = found.get(place)
            is_new = best is None
            if best is None:
                best = _match(self._entries[place], words, digits)
            if best is not None:
                found[place] = best
                enough += best[0] is rank or (is_new and best[0] < rank)
            if enough >= MOST_RESULTS:
                return


class _Lines:
    """Many short texts as one long one."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._parts: list[str] = []
        self._end = 1
        self._text = "\n\n"

    def add(self, text: str) -> None:
        """Take one more; it is found after `close`."""
        self._starts.append(self._end)
        self._end += len(text) + 1
        self._parts.append(text.replace("\n", " "))

    def close(self) -> None:
        """All are there."""
        self._text = "\n" + "\n".join(self._parts) + "\n"
        self._parts = []

    def count(self, word: str) -> int:
        """Return about how often `word` is there."""
        return self._text.count(_marked(word).removeprefix(_WORD))

    def __contains__(self, text: str) -> bool:
        return text in self._text

    def places(self, wanted: str) -> Iterator[int]:
        """Yield the places of the texts in which `wanted` is, in order, each once; nothing for an empty one.

        A line feed at its begin or end stands for that of a text.
        """
        if not wanted.strip("\n"):
            return
        skipped = 1 if wanted.startswith("\n") else 0
        position, last = 0, len(self._starts) - 1
        while (hit := self._text.find(wanted, position)) >= 0:
            place = bisect_right(self._starts, hit + skipped) - 1
            yield place
            if place == last:
                return
            position = self._starts[place + 1] - 1


def _marked(text: str) -> str:
    """Return `text` with a mark before each letter or digit that begins a word."""
    return _WORD_BEGINS.sub(_WORD, text)


_WORD_BEGINS = re.compile(r"(?<![^\W_])(?=[^\W_])")


def fold(text: str) -> str:
    """Return `text` in the form in which letters are compared, as long as `text` itself."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters of other scripts become two
        lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return lower.translate(_SAME_LETTERS)


def spans_of(text: str, query: str) -> tuple[Span, ...]:
    """Return where the words of `query` stand in `text`, at the beginnings of its words if they do."""
    folded = fold(text)
    spans: list[Span] = []
    for word in fold(query).split():
        found = _places(folded, word)
        spans += [span for span in found if _begins_word(folded, span[0])] or found[:1]
    return _united(spans)


def other_layouts(query: str) -> list[str]:
    """Return the other readings of `query`, each once; those of the same keys in Russian and Ukrainian both count."""
    if not any(letter.isalpha() for letter in query):
        return []
    readings = (fold(query.translate(layout)) for layout in _LAYOUTS)
    return [reading for reading in dict.fromkeys(readings) if reading != query and _is_one_script(reading)]


def _is_one_script(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len({letter.isascii() for letter in letters}) <= 1


def _match(entry: _Entry, words: tuple[str, ...], digits: str) -> tuple[_Rank, Match] | None:
    """Return how `entry` is found by its number or its name, whichever is better."""
    by_number = _match_number(entry, digits)
    if by_number is not None and by_number[0] is _Rank.WHOLE_NUMBER:
        return by_number
    by_name = _match_name(entry, words)
    if by_name is None or (by_number is not None and by_number[0] < by_name[0]):
        return by_number
    return by_name


def _match_number(entry: _Entry, digits: str) -> tuple[_Rank, Match] | None:
    start = entry.number.find(digits) if digits else -1
    if start < 0:
        return None
    rank = _Rank.INSIDE_NUMBER if start else _Rank.NUMBER_BEGINS
    if digits == entry.number:
        rank = _Rank.WHOLE_NUMBER
    return rank, Match(entry.abonent_id, in_number=((start, start + len(digits)),))


def _match_name(entry: _Entry, words: tuple[str, ...]) -> tuple[_Rank, Match] | None:
    spans: list[Span] = []
    rank = _Rank.NAME_BEGINS
    for word in words:
        found = _places(entry.name, word)
        if not found:
            return None
        begin = entry.name.startswith(word)
        at_words = [span for span in found if _begins_word(entry.name, span[0])]
        spans += at_words or found[:1]
        rank = max(rank, _Rank.NAME_BEGINS if begin else _Rank.WORD_BEGINS if at_words else _Rank.INSIDE_NAME)
    return rank, Match(entry.abonent_id, in_name=_united(spans))


def _places(name: str, word: str) -> list[Span]:
    found = []
    start = name.find(word)
    while start >= 0:
        found.append((start, start + len(word)))
        start = name.find(word, start + len(word))
    return found


def _begins_word(name: str, place: int) -> bool:
    return place == 0 or not name[place - 1].isalnum()


def _united(spans: list[Span]) -> tuple[Span, ...]:
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return tuple(united)
