"""The life of one leg, event by event, in the order in which a FreeSWITCH reports it."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from ctidesk.demo.people import Behaviour
from ctidesk.demo.scheduler import Scheduler
from ctidesk.demo.webitel.accounts import Account, Directory
from ctidesk.demo.webitel.channels import Channel, Party, switch_event


class Listener(Protocol):
    """Who is told what happens in the switch."""

    def channel_event(self, channel: Channel, event: dict[str, str]) -> None: ...

    def centre_event(self, event: dict[str, object]) -> None:
        """An event of the call centre, named by `Event-Name`."""

    def presence_changed(self, account: Account) -> None:
        """Something that colleagues see may have changed."""

    def is_attended(self, account: Account) -> bool:
        """Whether a client of this account is connected, so that somebody else decides about its calls."""
        ...

    def telephones(self, account: Account) -> Sequence[str]:
        """What the switch dials to reach each telephone of the account."""
        ...

    def talked(self, first: Channel, second: Channel, seconds: float) -> None:
        """Two legs were connected for so long."""


class Legs:
    """All parties and their channels. `habit`: how parties behave unless the director says otherwise."""

    def __init__(
        self, directory: Directory, scheduler: Scheduler, listener: Listener, habit: Behaviour, seed: int
    ) -> None:
        self.directory = directory
        self.scheduler = scheduler
        self.listener = listener
        self.channels: dict[str, Channel] = {}
        self._habit = habit
        self._chance = random.Random(f"legs {seed}")  # noqa: S311 - ids, no secrets
        self._epoch = time.time() - scheduler.now()
        self._parties: dict[str, Party] = {}

    # ------------------------------------------------------------ parties and time

    def party(self, number: str, name: str = "") -> Party:
        """The party with this number; an outside one is made when it is called for the first time."""
        account = self.directory.find(number) or self.directory.with_extension(number)
        key = account.number if account else number
        party = self._parties.get(key)
        if party is None or party.account is not account:
            behaviour = Behaviour(answers_after=self._habit.answers_after)
            party = self._parties[key] = Party(key, account.name if account else name, behaviour, account)
        if account is not None:
            party.name = account.name
        elif name:
            party.name = name
        return party

    def stamp(self) -> int:
        """The time in microseconds since 1970."""
        return int((self._epoch + self.scheduler.now()) * 1_000_000)

    def new_id(self) -> str:
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))

    def later(self, channel: Channel, seconds: float, action: Callable[[], None]) -> None:
        """Runs `action` after so long, unless the channel ends before."""
        channel.timers.append(self.scheduler.later(seconds, action))

    # ------------------------------------------------------------ telling

    def emit(self, channel: Channel, name: str, more: Mapping[str, str] | None = None) -> None:
        self.listener.channel_event(channel, switch_event(channel, name, more))

    def state(self, channel: Channel, state: str) -> None:
        channel.state = state
        self.emit(channel, "CHANNEL_STATE")

    def call_state(self, channel: Channel, call_state: str) -> None:
        before, channel.call_state = channel.call_state, call_state
        self.emit(channel, "CHANNEL_CALLSTATE", {"Original-Channel-Call-State": before})

    # ------------------------------------------------------------ a leg begins

    def call_in(self, party: Party, destination: str, id_: str = "") -> Channel:
        """The party dials: its leg into the switch, as far as the dialplan. `id_`: given by a web phone."""
        channel = self._make(party, destination, inbound=True, id_=id_)
        channel.caller_number, channel.caller_name = party.number, party.name or party.number
        channel.hit_dialplan = True
        self._create(channel)
        channel.state = "CS_ROUTING"
        self.call_state(channel, "RINGING")
        self.state(channel, "CS_ROUTING")
        self.state(channel, "CS_EXECUTE")
        return channel

    def call_out(
        self,
        party: Party,
        caller: tuple[str, str],
        variables: Mapping[str, str],
        origin: Channel | None = None,
        dialled: str = "",
    ) -> Channel:
        """The switch dials the party, on behalf of `origin` or by itself; `caller` is the number and name shown.

        For a call that it begins by itself it has no name of the party. `dialled`: one of its telephones.
        """
        channel = self._make(party, dialled or party.number, inbound=False)
        channel.caller_number, channel.caller_name = caller
        channel.callee_number, channel.callee_name = party.number, "Outbound Call"
        channel.variables.update(variables)
        if origin is not None:
            channel.call_id = origin.call_id
            channel.other = origin
            channel.callee_name = party.name or channel.callee_name
            channel.variables["originating_leg_uuid"] = origin.id
        self._create(channel)
        self.emit(channel, "CHANNEL_ORIGINATE")
        self.state(channel, "CS_ROUTING")
        self.state(channel, "CS_CONSUME_MEDIA")
        return channel

    def ring(self, channel: Channel) -> None:
        self.emit(channel, "CHANNEL_PROGRESS")
        self.call_state(channel, "RINGING")

    def answer(self, channel: Channel) -> None:
        channel.answer_state = "answered"
        channel.answered = self.stamp()
        self.emit(channel, "CHANNEL_ANSWER")
        self.call_state(channel, "ACTIVE")

    def _make(self, party: Party, destination: str, *, inbound: bool, id_: str = "") -> Channel:
        id_ = id_ or self.new_id()
        channel = Channel(id_, id_, party, inbound, destination, self.stamp())
        channel.variables["sip_call_id"] = self.new_id()
        return channel

    def _create(self, channel: Channel) -> None:
        self.channels[channel.id] = channel
        channel.party.channels.append(channel)
        self.state(channel, "CS_INIT")
        self.emit(channel, "CHANNEL_CREATE")
        if channel.party.account is not None:
            channel.party.account.legs += 1
            self.listener.presence_changed(channel.party.account)

    # ------------------------------------------------------------ hold

    def hold(self, channel: Channel) -> None:
        self.call_state(channel, "HELD")
        self.emit(channel, "CHANNEL_HOLD")

    def unhold(self, channel: Channel) -> None:
        self.call_state(channel, "UNHELD")
        self.call_state(channel, "ACTIVE")
        self.emit(channel, "CHANNEL_UNHOLD")

    # ------------------------------------------------------------ a leg ends: these four, in this order

    def hang_up(self, channel: Channel, cause: str) -> None:
        """A held leg is un-held as it is torn down."""
        if channel.is_held:
            self.call_state(channel, "UNHELD")
            self.emit(channel, "CHANNEL_UNHOLD")
        channel.cause = cause
        channel.answer_state = "hangup"
        channel.hung_up = self.stamp()
        for timer in channel.timers:
            timer.cancel()
        self.emit(channel, "CHANNEL_HANGUP")

    def leave(self, channel: Channel) -> None:
        self.state(channel, "CS_HANGUP")
        self.call_state(channel, "HANGUP")
        for action in channel.when_hung_up:
            action()

    def report(self, channel: Channel) -> None:
        """From here on the leg counts as a call of its own, and its cause and length are known."""
        channel.call_id = channel.id
        channel.bridged = None
        channel.variables["hangup_cause"] = channel.cause
        seconds = (channel.hung_up - channel.answered) // 1_000_000 if channel.answered else 0
        channel.variables["billsec"] = str(seconds)
        self.state(channel, "CS_REPORTING")
        self.emit(channel, "CHANNEL_HANGUP_COMPLETE")

    def destroy(self, channel: Channel) -> None:
        self.emit(channel, "CHANNEL_DESTROY")
        del self.channels[channel.id]
        channel.party.channels.remove(channel)
        self.state(channel, "CS_DESTROY")
        if channel.party.account is not None:
            channel.party.account.legs -= 1
            self.listener.presence_changed(channel.party.account)

    def end(self, channel: Channel, cause: str) -> None:
        """All four, for a leg that nobody else is waiting for."""
        self.hang_up(channel, cause)
        self.leave(channel)
        self.report(channel)
        self.destroy(channel)
