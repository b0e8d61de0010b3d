"""What the directors of the demo PBXs have in common: a line of words in, one answer out (command-line.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, Protocol, TypeVar

from ctidesk.demo.people import Behaviour
from ctidesk.demo.sockets import SocketServer

Answer = dict[str, object]
Action = Callable[[list[str]], Answer | None]

NO_ANSWER_SECONDS = 15.0
DIGITS = frozenset("0123456789*#ABCD")


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


class _Behaving(Protocol):
    @property
    def behaviour(self) -> Behaviour: ...


class Habits:
    """The lines that say what a party does by itself; `party` finds it, or raises WrongLine."""

    def __init__(self, party: Callable[[str], _Behaving]) -> None:
        self._party = party

    def table(self) -> dict[str, tuple[Action, int, int]]:
        """The lines `busy` and `noanswer`, for `Lines`."""
        return {"busy": (self._busy, 2, 2), "noanswer": (self._no_answer, 1, 2)}

    def answers_after(self, who: str, seconds: str) -> None:
        """From now on WHO answers whatever rings by himself."""
        self._party(who).behaviour.answers_after = number_in(seconds)

    def hangs_up_after(self, who: str, seconds: str) -> None:
        """From now on WHO ends his talks by himself."""
        self._party(who).behaviour.hangs_up_after = number_in(seconds)

    def _busy(self, words: list[str]) -> None:
        if words[1] not in ("on", "off"):
            raise WrongLine("busy WHO on|off")
        self._party(words[0]).behaviour.busy = words[1] == "on"

    def _no_answer(self, words: list[str]) -> None:
        behaviour = self._party(words[0]).behaviour
        behaviour.answers_after = None
        behaviour.rings_for = number_in(words[1]) if len(words) > 1 else NO_ANSWER_SECONDS


class Speaking(Protocol):
    """A session that sends whatever it is given."""

    def receive(self, text: str | bytes) -> None: ...

    def closed(self) -> None: ...

    def send_raw(self, text: str) -> None: ...


SpeakingT = TypeVar("SpeakingT", bound=Speaking)


class Links(Generic[SpeakingT]):
    """The lines that say what goes wrong with the links of a server.

    `garbage`: the frames of each kind that a client must survive (command-line.md, "`ctidesk pbx`").
    """

    def __init__(
        self, server: SocketServer[SpeakingT], garbage: Mapping[str, Callable[[SpeakingT], list[str]]]
    ) -> None:
        self._server = server
        self._garbage = garbage

    def table(self) -> dict[str, tuple[Action, int, int]]:
        """The lines `drop-connections`, `freeze`, `delay` and `garbage`, for `Lines`."""
        return {
            "drop-connections": (lambda _words: {"dropped": self._server.drop_connections()}, 0, 0),
            "freeze": (lambda words: self._server.freeze(number_in(words[0])), 1, 1),
            "delay": (self._delay, 1, 1),
            "garbage": (self._send_garbage, 1, 1),
        }

    def _delay(self, words: list[str]) -> None:
        self._server.delay = number_in(words[0]) / 1000

    def _send_garbage(self, words: list[str]) -> Answer:
        kind = words[0]
        if kind not in self._garbage:
            raise WrongLine(f"garbage is one of {', '.join(self._garbage)}")
        sessions = self._server.sessions
        for session in sessions:
            for text in self._garbage[kind](session):
                session.send_raw(text)
        return {"clients": len(sessions)}


def digits_in(word: str) -> str:
    """Digits that a telephone has keys for; raises WrongLine."""
    if not set(word) <= DIGITS:
        raise WrongLine("digits are 0-9, *, # and A-D")
    return word
