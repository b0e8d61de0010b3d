"""Calls: who rings whom, who talks with whom, and what the commands of clients do to it.

The order of the events is that of recorded FreeSWITCH calls; causes and numbers are those of webitel-protocol.md,
"14. Wire examples".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from ctidesk.demo.directing import Refused
from ctidesk.demo.webitel.channels import Attempt, Channel, Party
from ctidesk.demo.webitel.legs import Legs

ORIGINATE_SECONDS = 60.0
OWN_PHONE_ANSWERS_AFTER_SECONDS = 0.5
MOST_FORWARDS = 5
SHORTEST_OUTSIDE_NUMBER = 5

Done = Callable[[str], None]
"""Gets the switch's line when a telephone has answered, `+OK <uuid>`, or has not, `-ERR <cause>`."""


class SwitchError(Refused):
    """What was asked for cannot be done now; the text is the switch's own."""


NO_CHANNEL = "-ERR No such channel!\n"
FAILED = "-ERR Operation failed\n"


class Switch:
    """`services`: what the dialplan does itself with a number, for instance an echo."""

    def __init__(self, legs: Legs) -> None:
        self.legs = legs
        self.services: dict[str, Callable[[Channel], None]] = {}

    def channel(self, id_: object) -> Channel:
        """Raises SwitchError when there is none."""
        channel = self.legs.channels.get(id_) if isinstance(id_, str) else None
        if channel is None or channel.cause:
            raise SwitchError(NO_CHANNEL)
        return channel

    # ------------------------------------------------------------ calling

    def dial(self, caller: Party, number: str) -> Channel:
        """The caller dials on his telephone. The channel may be over when this returns."""
        channel = self.legs.call_in(caller, number)
        self.route(channel, number)
        return channel

    def originate(
        self,
        party: Party,
        shown: tuple[str, str],
        variables: Mapping[str, str],
        answered: Callable[[Channel], None],
        done: Done,
        *,
        picks_up: bool = False,
    ) -> None:
        """The switch rings the party by itself; `shown` is the caller's number and name on its display.

        `picks_up`: the telephone answers by itself.
        """
        account = party.account
        if account is not None and not account.registered:
            done("-ERR USER_NOT_REGISTERED\n")
            return

        def win(channel: Channel) -> None:
            self.legs.emit(channel, "CHANNEL_OUTGOING")
            done(f"+OK {channel.id}\n")
            answered(channel)

        attempt = Attempt(win, lambda cause: done(f"-ERR {cause}\n"), own=True)
        self.ring_phones(attempt, party, shown, variables)
        for leg in attempt.legs:
            if leg.is_web_phone:
                pass  # its client answers
            elif picks_up:
                self.legs.later(leg, OWN_PHONE_ANSWERS_AFTER_SECONDS, partial(self.answer, leg))
            elif party.behaviour.answers_after is not None:
                self.legs.later(leg, party.behaviour.answers_after, partial(self.answer, leg))
            self.legs.later(leg, ORIGINATE_SECONDS, partial(self.hang_up, leg, "NO_ANSWER"))

    def call(self, party: Party, extension: str, variables: Mapping[str, str], done: Done, *, picks_up: bool) -> None:
        """Rings the party's own telephone and, when it answers, dials `extension` from it."""

        def go_on(channel: Channel) -> None:
            self._enter_dialplan(channel, extension)
            self.route(channel, extension)

        own = {"w_jsclient_originate_number": extension, **variables}
        self.originate(party, (extension, extension), own, go_on, done, picks_up=picks_up)

    def route(self, caller: Channel, number: str, forwards: int = 0) -> None:
        """What the dialplan does with a number that a leg has dialled."""
        if number in self.services:
            self.services[number](caller)
            return
        party = self.legs.party(number)
        account = party.account
        if account is None:
            if is_outside(number):
                self._connect(caller, party)
            else:
                self._end_alone(caller, "NO_ROUTE_DESTINATION")
        elif not account.registered:
            self._end_alone(caller, "USER_NOT_REGISTERED")
        elif account.away == "CALLFORWARD" and account.tag.strip("+").isdecimal() and forwards < MOST_FORWARDS:
            self.route(caller, account.tag, forwards + 1)
        else:
            self._connect(caller, party)

    def ring_phones(self, attempt: Attempt, party: Party, shown: tuple[str, str], variables: Mapping[str, str]) -> None:
        """Adds one leg for each of the party's telephones, with one id that says that they are one call."""
        common = dict(variables)
        telephones: Sequence[str] = (party.number,)
        if party.account is not None:
            common["webitel_call_uuid"] = self.legs.new_id()
            telephones = self.legs.listener.telephones(party.account)
        for telephone in telephones:
            leg = self.legs.call_out(party, shown, common, attempt.caller, telephone)
            leg.attempt = attempt
            attempt.legs.append(leg)
        if self.refuses(party, attempt):
            for leg in list(attempt.legs):
                self.hang_up(leg, "USER_BUSY")
        for leg in attempt.legs:
            self.legs.ring(leg)

    def refuses(self, party: Party, attempt: Attempt) -> bool:
        """Whether the party is busy for this call. A client decides for itself about a second one."""
        account = party.account
        if attempt.own:
            return False
        if party.behaviour.busy or (account is not None and account.away == "DND"):
            return True
        attended = account is not None and self.legs.listener.is_attended(account)
        return len(party.channels) > len(attempt.legs) and not attended

    def behave(self, attempt: Attempt, party: Party) -> None:
        """Lets the party answer, or not, as it is used to. An account with a client waits for its user."""
        behaviour = party.behaviour
        attended = party.account is not None and self.legs.listener.is_attended(party.account)
        for leg in attempt.legs:
            if behaviour.answers_after is not None and not attended:
                self.legs.later(leg, behaviour.answers_after, partial(self.answer, leg))
            elif behaviour.rings_for is not None:
                self.legs.later(leg, behaviour.rings_for, partial(self.hang_up, leg, "NO_ANSWER"))

    def _connect(self, caller: Channel, party: Party) -> None:
        """Rings the party for a leg that waits in the dialplan."""
        if caller.is_answered:
            self.legs.call_state(caller, "RING_WAIT")
        attempt = Attempt(
            lambda leg: self._bridge_answered(caller, leg),
            lambda cause: self._end_alone(caller, cause),
            caller,
        )
        caller.dialling = attempt
        self.ring_phones(attempt, party, (caller.caller_number, caller.party.name or caller.caller_number), {})
        if caller.call_state == "RINGING" and attempt.legs:
            caller.answer_state = "early"
            self.legs.emit(caller, "CHANNEL_PROGRESS_MEDIA")
            self.legs.call_state(caller, "EARLY")
        self.behave(attempt, party)

    def _enter_dialplan(self, channel: Channel, extension: str) -> None:
        channel.destination = extension
        self.legs.state(channel, "CS_ROUTING")
        if not channel.inbound and not channel.hit_dialplan:
            channel.swap_numbers()
            channel.caller_name = channel.caller_number
        channel.callee_number = extension
        self.legs.state(channel, "CS_EXECUTE")

    # ------------------------------------------------------------ answering and talking

    def answer(self, channel: Channel) -> None:
        """The party lifts this telephone. Raises SwitchError when it does not ring."""
        attempt = channel.attempt
        if not channel.is_ringing or attempt is None:
            raise SwitchError(f"{channel.party.number} does not ring")
        for timer in channel.timers:
            timer.cancel()
        self.legs.answer(channel)
        channel.attempt = None
        losers = [leg for leg in attempt.legs if leg is not channel]
        attempt.legs.clear()
        for loser in losers:
            self.legs.hang_up(loser, "LOSE_RACE")
            self.legs.leave(loser)
        attempt.answered(channel)
        for loser in losers:
            self.legs.report(loser)
            self.legs.destroy(loser)

    def _bridge_answered(self, caller: Channel, leg: Channel) -> None:
        caller.dialling = None
        caller.callee_number, caller.callee_name = leg.callee_number, leg.callee_name
        if not caller.is_answered:
            self.legs.answer(caller)
        caller.other = leg
        if caller.call_state == "RING_WAIT":
            self.legs.call_state(caller, "ACTIVE")
        self.bridge(caller, leg)

    def bridge(self, first: Channel, second: Channel) -> None:
        """Connects two answered legs that are alone now. The bridge is reported on the first."""
        first.other, second.other = second, first
        first.bridged, second.bridged = second, first
        first.is_first, second.is_first = True, False
        first.talking_since = second.talking_since = self.legs.scheduler.now()
        self.legs.emit(second, "CHANNEL_OUTGOING")
        self.legs.emit(first, "CHANNEL_BRIDGE", {"Bridge-A-Unique-ID": first.id, "Bridge-B-Unique-ID": second.id})
        self.legs.state(second, "CS_EXCHANGE_MEDIA")
        for leg in (first, second):
            after = leg.party.behaviour.hangs_up_after
            if after is not None:
                self.legs.later(leg, after, partial(self.hang_up, leg))

    def hold(self, channel: Channel) -> None:
        if not channel.is_answered:
            raise SwitchError(FAILED)
        if not channel.is_held:
            self.legs.hold(channel)

    def unhold(self, channel: Channel) -> None:
        if not channel.is_answered:
            raise SwitchError(FAILED)
        if channel.is_held:
            self.legs.unhold(channel)

    def dtmf(self, channel: Channel, digits: str) -> None:
        """Reports the digits on the channel of the party that has pressed them."""
        channel.party.digits += digits
        for digit in digits:
            self.legs.emit(channel, "DTMF", {"DTMF-Digit": digit})

    # ------------------------------------------------------------ ending

    def hang_up(self, channel: Channel, cause: str = "NORMAL_CLEARING") -> None:
        """Ends one leg, and with it what hangs on it: the leg it talks with, or those it makes ring."""
        if channel.cause:
            return
        if channel.bridged is not None:
            self._end_talk(channel, cause)
        elif channel.dialling is not None:
            self._give_up(channel, cause)
        elif channel.attempt is not None:
            self._refuse(channel, cause)
        else:
            self.legs.end(channel, cause)

    def _end_talk(self, channel: Channel, cause: str) -> None:
        legs, other = self.legs, channel.bridged
        assert other is not None
        first, second = (channel, other) if channel.is_first else (other, channel)
        self._talked(first, second)
        legs.hang_up(channel, cause)
        if channel is first:
            legs.hang_up(second, "NORMAL_CLEARING")
            legs.leave(second)
            self._unbridge(first, second)
            legs.leave(first)
            legs.report(second)
            legs.destroy(second)
        else:
            legs.leave(second)
            legs.report(second)
            self._unbridge(first, second)
            legs.hang_up(first, "NORMAL_CLEARING")
            legs.leave(first)
            legs.destroy(second)
        legs.report(first)
        legs.destroy(first)

    def _give_up(self, caller: Channel, cause: str) -> None:
        """The caller hangs up before anybody has answered."""
        attempt, caller.dialling = caller.dialling, None
        assert attempt is not None
        ringing, attempt.legs = attempt.legs, []
        if not caller.is_answered and cause == "NORMAL_CLEARING":
            cause = "ORIGINATOR_CANCEL"
        self.legs.hang_up(caller, cause)
        for leg in ringing:
            self.legs.hang_up(leg, "ORIGINATOR_CANCEL")
            self.legs.leave(leg)
        self.legs.leave(caller)
        for leg in ringing:
            self.legs.report(leg)
            self.legs.destroy(leg)
        self.legs.report(caller)
        self.legs.destroy(caller)

    def cancel(self, attempt: Attempt, cause: str) -> None:
        """Stops the telephones from ringing; nobody is told that it has failed."""
        ringing, attempt.legs = attempt.legs, []
        for leg in ringing:
            self.legs.end(leg, cause)

    def _refuse(self, channel: Channel, cause: str) -> None:
        """One telephone does not want the call; the others go on ringing."""
        attempt = channel.attempt
        assert attempt is not None
        attempt.legs.remove(channel)
        self.legs.end(channel, cause)
        if not attempt.legs:
            attempt.failed(cause)

    def _end_alone(self, channel: Channel, cause: str) -> None:
        channel.dialling = None
        self.legs.end(channel, cause)

    def _unbridge(self, first: Channel, second: Channel) -> None:
        self.legs.emit(first, "CHANNEL_UNBRIDGE", {"Bridge-A-Unique-ID": first.id, "Bridge-B-Unique-ID": second.id})

    def _talked(self, first: Channel, second: Channel) -> None:
        self.legs.listener.talked(first, second, self.legs.scheduler.now() - first.talking_since)

    # ------------------------------------------------------------ transferring

    def transfer(self, moved: Channel, destination: str) -> None:
        """Blind: the leg that `moved` talked with is hung up, and `moved` dials the destination."""
        if not moved.is_answered or moved.dialling is not None:
            raise SwitchError(FAILED)
        self._take_away(moved)
        left = moved.bridged
        if left is not None:
            self._talked(moved, left)
            self._part(moved, left, "BLIND_TRANSFER")
            moved.other = None
        if moved.is_held:
            self.legs.unhold(moved)
        self._enter_dialplan(moved, destination)
        self.route(moved, destination)

    def join(self, first: Channel, second: Channel) -> None:
        """Connects two legs; those that they talked with are hung up. An attended transfer is this."""
        if first is second or not (first.is_answered and second.is_answered):
            raise SwitchError(FAILED)
        if first.bridged is second or first.dialling is not None or second.dialling is not None:
            raise SwitchError(FAILED)
        self._take_away(first)
        self._take_away(second)
        for leg, partner, joined in ((second, second.bridged, first), (first, first.bridged, second)):
            if partner is not None:
                self._talked(leg, partner)
                self._part(leg, partner, "NORMAL_CLEARING", joined)
        for leg in (first, second):
            if leg.is_held:
                self.legs.unhold(leg)
            self.legs.state(leg, "CS_SOFT_EXECUTE")
        first.callee_number, first.callee_name = second.party.number, second.party.name
        second.caller_number, second.caller_name = first.party.number, first.party.name
        self.bridge(first, second)

    @staticmethod
    def _take_away(channel: Channel) -> None:
        action, channel.when_moved = channel.when_moved, None
        if action is not None:
            action()

    def _part(self, staying: Channel, leaving: Channel, cause: str, joined: Channel | None = None) -> None:
        """Takes a talk apart: one leg is hung up, the other one waits alone for what comes next."""
        legs = self.legs
        staying.bridged = leaving.bridged = None
        if leaving.is_first:
            self._unbridge(leaving, staying)
            legs.end(leaving, cause)
        else:
            legs.hang_up(leaving, cause)
            legs.leave(leaving)
            legs.report(leaving)
            staying.other = joined or staying.other
            self._unbridge(staying, leaving)
            legs.destroy(leaving)
        staying.call_id = staying.id
        staying.other = joined or staying.other


def is_outside(number: str) -> bool:
    """Whether a number is one of the public network."""
    digits = number.removeprefix("+")
    return digits.isdecimal() and len(digits) >= SHORTEST_OUTSIDE_NUMBER
