"""The director's lines for a Verto server: those of the demo Webitel, and some more.

* `loss PERCENT`: so many media packets get lost from now on, each way.
"""

from __future__ import annotations

from ctidesk.demo.directing import Action, Answer, Lines, Links, WrongLine, number_in
from ctidesk.demo.verto.calls import Calls
from ctidesk.demo.verto.garbage import GARBAGE
from ctidesk.demo.verto.leg import Leg
from ctidesk.demo.verto.server import VertoServer
from ctidesk.demo.webitel.director import Director


class VertoDirector:
    """Carries out lines on the calls' media and on the server's links, and hands all others to `base`."""

    def __init__(self, base: Director, calls: Calls, server: VertoServer) -> None:
        self._base = base
        self._calls = calls
        self._server = server
        self._own = Links(server, GARBAGE).table() | self._table()  # three of which are for both servers
        self._lines = Lines(self._own)

    def direct(self, line: str) -> Answer:
        """Carries out one line; a wrong one is answered, never raised."""
        name = line.strip().partition(" ")[0]
        return self._lines.direct(line) if name in self._own else self._base.direct(line)

    def _table(self) -> dict[str, tuple[Action, int, int]]:
        return {
            "loss": (self._loss, 1, 1),
            "drop-connections": (self._drop, 0, 0),
            "freeze": (self._freeze, 1, 1),
            "delay": (self._delay, 1, 1),
            "state": (self._state, 0, 0),
        }

    def _loss(self, words: list[str]) -> None:
        percent = number_in(words[0])
        if percent > 100:
            raise WrongLine("loss PERCENT")
        self._calls.set_loss(percent / 100)

    def _drop(self, words: list[str]) -> Answer:
        others = self._base.direct("drop-connections").get("dropped", 0)
        assert isinstance(others, int)
        return {"dropped": others + self._server.drop_connections()}

    def _freeze(self, words: list[str]) -> None:
        self._base.direct(f"freeze {words[0]}")
        self._server.freeze(number_in(words[0]))

    def _delay(self, words: list[str]) -> None:
        self._base.direct(f"delay {words[0]}")
        self._server.delay = number_in(words[0]) / 1000

    def _state(self, _words: list[str]) -> Answer:
        """What the switch knows, and of each web phone's call its media."""
        return {**self._base.direct("state"), "media": {leg.id: _media(leg) for leg in self._calls.legs.values()}}


def _media(leg: Leg) -> Answer:
    mouth = leg.mouth
    return {
        "number": leg.channel.party.number,
        "codec": leg.codec,
        "connected": leg.is_connected,
        "received": mouth.received if mouth else 0,
        "sent": mouth.sent if mouth else 0,
        "flushed": mouth.flushed if mouth else 0,
    }
