"""The director's lines: what the people at the other ends do, and what goes wrong with the links.

command-line.md, "`ctidesk pbx`", lists the lines; every one is answered by one JSON object with `ok`. Here some more:

* `answer WHO SECONDS`, `hangup WHO SECONDS`: WHO does it by itself after so long whenever he is called, or talks.
* `noanswer WHO [SECONDS]`: WHO never answers, and the call ends after so long (15).
* `dial WHO NUMBER`: WHO, a user, dials on his desk phone.
* `login-error KIND`: logins are refused from now on: `licence`, `sockets`, or `off`.

A WHO is a number or `number@domain`. With `--auto` the parties that are called answer by themselves after a moment,
and so does the operator's own phone when the PBX rings it to start a call; without it everything waits for a line,
but for an own phone that the client has asked to pick up by itself. A user whose client is connected never answers an
incoming call by himself.
"""

from __future__ import annotations

from ctidesk.demo.directing import Action, Answer, Habits, Lines, Links, Refused, WrongLine, digits_in
from ctidesk.demo.webitel.channels import Channel, Party
from ctidesk.demo.webitel.desk import Desk
from ctidesk.demo.webitel.garbage import GARBAGE
from ctidesk.demo.webitel.report import state_report
from ctidesk.demo.webitel.server import WebitelServer
from ctidesk.demo.webitel.switch import is_outside

_PRESENCES = {"ready": "ONHOOK", "break": "ONBREAK('Обед')", "dnd": "DND"}
_REFUSALS = ("licence", "sockets")


class Director:
    """Carries out lines on the desk's switch and on the server's links."""

    def __init__(self, desk: Desk, server: WebitelServer) -> None:
        self._desk = desk
        self._switch = desk.switch
        self._talkers: dict[Party, Channel] = {}
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
            "hold": (lambda words: self._switch.hold(self._talk_of(words[0])), 1, 1),
            "unhold": (lambda words: self._switch.unhold(self._held_talk_of(words[0])), 1, 1),
            "presence": (self._presence, 2, 2),
            "dtmf": (self._dtmf, 2, 2),
            "dial": (self._dial, 2, 2),
            "login-error": (self._login_error, 1, 1),
            "state": (lambda _words: state_report(self._desk), 0, 0),
        }

    # ------------------------------------------------------------ calls

    def _ring(self, words: list[str]) -> Answer:
        called = self._user_party(words[0])
        caller = self._free_party(words[1], words[2] if len(words) > 2 else "", called)
        return {"uuid": self._switch.dial(caller, called.number).id}

    def _queue_ring(self, words: list[str]) -> Answer:
        agent = self._user_party(words[0])
        caller = self._free_party(words[1], "", agent)
        return {"uuid": self._desk.centre.ring(agent, caller, words[2]).id}

    def _answer(self, words: list[str]) -> None:
        party = self._party(words[0])
        if len(words) > 1:
            self._habits.answers_after(*words)
            return
        ringing = [channel for channel in party.channels if channel.is_ringing]
        if not ringing:
            raise WrongLine(f"{party.number} does not ring")
        self._switch.answer(ringing[0])

    def _hang_up(self, words: list[str]) -> None:
        """The talk that is not held first, then what rings, then what is held."""
        party = self._party(words[0])
        if len(words) > 1:
            self._habits.hangs_up_after(*words)
            return
        if not party.channels:
            raise WrongLine(f"{party.number} has no call")
        channel = min(party.channels, key=lambda one: (one.is_held, not one.is_answered))
        self._switch.hang_up(channel, "CALL_REJECTED" if channel.is_ringing else "NORMAL_CLEARING")

    def _dtmf(self, words: list[str]) -> Answer:
        digits = digits_in(words[1])
        channel = self._talk_of(words[0])
        self._switch.dtmf(channel, digits)
        return {"digits": channel.party.digits}

    def _dial(self, words: list[str]) -> None:
        self._switch.dial(self._user_party(words[0]), words[1])

    # ------------------------------------------------------------ people

    def _presence(self, words: list[str]) -> None:
        party = self._user_party(words[0])
        account = party.account
        assert account is not None
        state = words[1]
        if state not in (*_PRESENCES, "offline", "talking"):
            raise WrongLine("presence WHO ready|break|dnd|offline|talking")
        talk = self._talkers.pop(party, None)
        if talk is not None:
            self._switch.hang_up(talk)
        account.registered = state != "offline"
        if state == "offline":
            for channel in party.channels[:]:
                self._switch.hang_up(channel)
        elif state == "talking":
            account.set_status("ONHOOK")
            self._talk(party)
        else:
            before = account.agent_status
            account.set_status(_PRESENCES[state])
            if account.agent_status != before:
                self._desk.centre.status_changed(account)
        self._desk.presence_changed(account)

    def _talk(self, party: Party) -> None:
        """An outside party calls, and the talk begins at once."""
        if party.channels:
            raise Refused(f"{party.number} has a call")
        caller = self._desk.legs.party(f"7495{party.number.zfill(7)}")
        self._switch.dial(caller, party.number)
        ringing = [channel for channel in party.channels if channel.is_ringing]
        if not ringing:
            raise Refused(f"{party.number} takes no calls")
        self._switch.answer(ringing[0])
        self._talkers[party] = ringing[0]

    # ------------------------------------------------------------ links

    def _login_error(self, words: list[str]) -> None:
        if words[0] not in (*_REFUSALS, "off"):
            raise WrongLine(f"login-error is one of {', '.join(_REFUSALS)}, off")
        self._desk.refusal = "" if words[0] == "off" else words[0]

    # ------------------------------------------------------------ words

    def _party(self, key: str, name: str = "") -> Party:
        if self._desk.directory.find(key) is None and not is_outside(key):
            raise WrongLine(f"{key} is no number")
        return self._desk.legs.party(key, name)

    def _user_party(self, key: str) -> Party:
        account = self._desk.directory.find(key)
        if account is None:
            raise WrongLine(f"no user {key}")
        return self._desk.legs.party(account.number)

    def _free_party(self, key: str, name: str, called: Party) -> Party:
        party = self._party(key, name)
        if party is called:
            raise WrongLine(f"{party.number} cannot call himself")
        if party.channels:
            raise Refused(f"{party.number} has a call")
        return party

    def _talk_of(self, key: str) -> Channel:
        return self._answered(key, is_held=False)

    def _held_talk_of(self, key: str) -> Channel:
        return self._answered(key, is_held=True)

    def _answered(self, key: str, *, is_held: bool) -> Channel:
        party = self._party(key)
        for channel in party.channels:
            if channel.is_answered and channel.is_held is is_held:
                return channel
        raise WrongLine(f"{party.number} {'holds nothing' if is_held else 'does not talk'}")
