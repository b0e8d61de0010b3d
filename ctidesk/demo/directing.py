"""What the directors of the demo PBXs have in common: a line of words in, one answer out (command-line.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Answer = dict[str, object]
Action = Callable[[list[str]], Answer | None]


class Refused(Exception):
    """What was asked for cannot be done now; the text says why."""


class WrongLine(Refused):
    """The line is not understood."""


class Lines:
    """A table of lines: the name, what it does, and the fewest and most words after it.

    The last word of a line that may have more than one reaches to the end of the line.
    """

    def __init__(self, table: Mapping[str, tuple[Action, int, int]]) -> None:
        self._table = table

    def direct(self, line: str) -> Answer:
        """Carries out one line; a wrong one is answered, never raised."""
        name, _, rest = line.strip().partition(" ")
        try:
            if name not in self._table:
                raise WrongLine(f"unknown line: {name}")
            action, fewest, most = self._table[name]
            words = rest.split(maxsplit=max(most - 1, 0)) if most else rest.split()
            if not fewest <= len(words) <= most:
                raise WrongLine(f"{name} needs {fewest} words" if fewest == most else f"{name}: a word is missing")
            return {"ok": True, **(action([word.strip() for word in words]) or {})}
        except Refused as error:
            return {"ok": False, "error": str(error)}


def number_in(word: str) -> float:
    """A time from a line, not negative; raises WrongLine."""
    try:
        number = float(word)
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e6:
        raise WrongLine(f"{word} is no number of that kind")
    return number
