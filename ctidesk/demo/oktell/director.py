"""The director's lines: what the people at the other ends do, and what goes wrong with the links.

command-line.md, "`ctidesk pbx`", lists the lines; every one is answered by one JSON object with `ok`. Here some more:

* `answer WHO SECONDS`, `hangup WHO SECONDS`: WHO does it by itself after so long whenever he is called, or talks.
* `noanswer WHO [SECONDS]`: WHO never answers, and the call ends after so long (15).
* `dial WHO NUMBER`: WHO, a user, dials on his desk phone.
* `login-error KIND`: logins are refused from now on: `desktop`, `licence`, `service`, `other`, or `off`.

A WHO is a number, a login name or a user's id. With `--auto` the parties that are called answer by themselves after a
moment, and so does the operator's own phone when the PBX rings it to start a call; without it everything waits for a
line. A user whose client is connected never answers an incoming call by himself.
"""

from __future__ import annotations

from ctidesk.demo.directing import Action, Answer, Habits, Lines, Links, WrongLine, digits_in
from ctidesk.demo.oktell.agents import UserState
from ctidesk.demo.oktell.connections import Call, Party, Phase
from ctidesk.demo.oktell.credentials import REFUSALS
from ctidesk.demo.oktell.desk import Desk
from ctidesk.demo.oktell.garbage import GARBAGE
from ctidesk.demo.oktell.report import state_report
from ctidesk.demo.oktell.server import OktellServer

_PRESENCES = {"ready": UserState.READY, "break": UserState.BREAK, "dnd": UserState.OFF}


class Director:
    """Carries out the lines of the director and answers each with an object."""

    def __init__(self, desk: Desk, server: OktellServer) -> None:
        self._desk = desk
        self._switch = desk.switch
        self._talkers: dict[Party, Call] = {}
        self._habits = Habits(self._party)
        self._lines = Lines(self._table() | self._habits.table() | Links(server, GARBAGE).table())

    def direct(self, line: str) -> Answer:
        """Carries out one line; a wrong one is answered, never raised."""
        return self._lines.direct(line)

    def _table(self) -> dict[str, tuple[Action, int, int]]:
        return {
            "ring": (self._ring, 2, 3),
            "queue-ring": (self._queue_ring, 3, 3),
            "answer": (self._answer, 1, 2),
            "pickup": (self._answer, 1, 1),
            "hangup": (self._hang_up, 1, 2),
            "abandon": (self._hang_up, 1, 1),
            "hold": (lambda words: self._switch.hold(self._party(words[0])), 1, 1),
            "unhold": (lambda words: self._switch.unhold(self._party(words[0])), 1, 1),
            "presence": (self._presence, 2, 2),
            "dtmf": (self._dtmf, 2, 2),
            "conference": (self._conference, 2, 2),
            "dial": (self._dial, 2, 2),
            "login-error": (self._login_error, 1, 1),
            "state": (lambda _words: state_report(self._switch), 0, 0),
        }

    # ------------------------------------------------------------ calls

    def _ring(self, words: list[str]) -> Answer:
        name = words[2] if len(words) > 2 else ""
        call = self._switch.ring(self._user_party(words[0]), self._party(words[1], name))
        return {"chain": call.chain}

    def _queue_ring(self, words: list[str]) -> Answer:
        service = self._desk.directory.service(words[2])
        queue = service.name if service else words[2]
        call = self._switch.ring(self._user_party(words[0]), self._party(words[1]), queue)
        return {"chain": call.chain}

    def _answer(self, words: list[str]) -> None:
        party = self._party(words[0])
        if len(words) > 1:
            self._habits.answers_after(*words)
        else:
            self._switch.pick_up(party)

    def _hang_up(self, words: list[str]) -> None:
        party = self._party(words[0])
        if len(words) > 1:
            self._habits.hangs_up_after(*words)
        else:
            self._switch.hang_up(party)

    def _dtmf(self, words: list[str]) -> Answer:
        party = self._party(words[0])
        digits = digits_in(words[1])
        if not isinstance(party.active, Call) or party.active.phase is not Phase.TALK:
            raise WrongLine(f"{party.number} does not talk")
        party.digits += digits
        return {"digits": party.digits}

    def _conference(self, words: list[str]) -> Answer:
        members = [self._party(word) for word in words[1].split()]
        conference = self._switch.conferences.gather(words[0], members)
        return {"conference": conference.id}

    def _dial(self, words: list[str]) -> None:
        self._switch.dial(self._user_party(words[0]), words[1])

    # ------------------------------------------------------------ people

    def _presence(self, words: list[str]) -> None:
        party = self._user_party(words[0])
        agent = self._switch.exchange.agent(party)
        assert agent is not None
        state = words[1]
        if state not in (*_PRESENCES, "offline", "talking"):
            raise WrongLine("presence WHO ready|break|dnd|offline|talking")
        if state == "talking":
            self._talk(party)
            return
        talk = self._talkers.pop(party, None)
        if talk is not None:
            self._switch.calls.end(talk, party)
        if state == "offline":
            self._switch.unplug(agent, unplugged=True)
            return
        if agent.no_phone:
            self._switch.unplug(agent, unplugged=False)
        change: dict[str, object] = {"userstateid": int(_PRESENCES[state])}
        self._switch.change_agent(agent, change | ({"lunchreasonid": 1} if state == "break" else {}))

    def _talk(self, party: Party) -> None:
        """An outside party calls, and the talk begins at once; somebody who talks already goes on."""
        talk = self._talkers.get(party)
        if talk is not None and party.active is talk:
            return
        caller = self._switch.exchange.party(f"7495{party.number.zfill(7)}")
        call = self._switch.ring(party, caller)
        self._switch.pick_up(party)
        self._talkers[party] = call

    # ------------------------------------------------------------ links

    def _login_error(self, words: list[str]) -> None:
        if words[0] not in (*REFUSALS, "off"):
            raise WrongLine(f"login-error is one of {', '.join(REFUSALS)}, off")
        self._desk.credentials.refusal = "" if words[0] == "off" else words[0]

    # ------------------------------------------------------------ words

    def _party(self, key: str, name: str = "") -> Party:
        return self._switch.exchange.party(key, name)

    def _user_party(self, key: str) -> Party:
        user = self._desk.directory.user(key)
        if user is None:
            raise WrongLine(f"no user {key}")
        return self._switch.exchange.party_of(user)
