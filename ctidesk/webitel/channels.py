"""From the switch's channels to calls (webitel-protocol.md, "6. From channels to calls").

A plain object: it takes channel events in whatever order they come and returns public events.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from ctidesk.webitel.channel import Channel, field_text
from ctidesk.webitel.effects import PublicEvent
from ctidesk.webitel.fields import Fields, decode
from ctidesk.webitel.switch_call import Direction, State, SwitchCall

LOST = "connection lost"
"""The cause of a call that was gone when the connection came back (6.8)."""
REMEMBERED_CHANNELS = 500
"""How many channels that have ended are remembered, so that an old dump does not bring one back."""

logger = logging.getLogger(__name__)


class Channels:
    """The channels and calls of the own account.

    Attributes:
        account: the own account, `number@domain`; events of others are ignored.
    """

    def __init__(self) -> None:
        self.account = ""
        self._channels: dict[str, Channel] = {}
        self._calls: dict[str, SwitchCall] = {}
        self._ended: deque[str] = deque(maxlen=REMEMBERED_CHANNELS)
        self._undestroyed: deque[str] = deque(maxlen=REMEMBERED_CHANNELS)
        self._doubted: set[str] = set()
        self._handlers: Mapping[str, Callable[[Channel, SwitchCall, Fields], list[PublicEvent]]] = {
            "CHANNEL_CREATE": self._merge,
            "CHANNEL_CALLSTATE": self._merge,
            "CHANNEL_STATE": self._state,
            "CHANNEL_ANSWER": self._answer,
            "CHANNEL_BRIDGE": self._bridge,
            "CHANNEL_UNBRIDGE": self._unbridge,
            "CHANNEL_HOLD": self._hold,
            "CHANNEL_UNHOLD": self._unhold,
            "CHANNEL_HANGUP": self._hang_up,
            "CHANNEL_HANGUP_COMPLETE": self._hang_up,
            "CHANNEL_DESTROY": self._destroy,
            "DTMF": self._dtmf,
            "RECORD_START": lambda _channel, call, _event: [_told("onStartRecordCall", call)],
            "RECORD_STOP": lambda _channel, call, _event: [_told("onStopRecordCall", call)],
        }

    @property
    def calls(self) -> Mapping[str, SwitchCall]:
        """The calls by id, in the order of their start."""
        return MappingProxyType(self._calls)

    @property
    def own_number(self) -> str:
        """The own account's number."""
        return self.account.partition("@")[0]

    def take(self, name: str, event: Fields) -> list[PublicEvent]:
        """Take a channel event; return what it means ("6.6 Server event → public events")."""
        if decode(event.text("Channel-Presence-ID")) != self.account:
            return []
        uuid = event.text("Unique-ID")
        if name == "CHANNEL_UUID":
            self._rename(event.text("Old-Unique-ID"), uuid)
            return []
        handler = self._handlers.get(name)
        if handler is None or not uuid:
            return []
        self._doubted.discard(uuid)
        channel = self._channels.get(uuid)
        if channel is not None:
            told = handler(channel, self._calls[channel.call_id], event)
        elif name == "CHANNEL_CREATE":
            told = self._create(uuid, event)
        else:
            told = []
            self._note_end(name, uuid)
        if name == "CHANNEL_DESTROY" and uuid in self._undestroyed:
            self._undestroyed.remove(uuid)
        return told

    # ---- the table of 6.6

    def _create(self, uuid: str, event: Fields) -> list[PublicEvent]:
        if uuid in self._undestroyed:
            logger.debug("a channel that is ending was told as new")
            return []
        if uuid in self._ended:
            self._ended.remove(uuid)
        call, is_new = self._add(uuid, event)
        return [_told("onNewCall", call)] if is_new else []

    @staticmethod
    def _merge(channel: Channel, _call: SwitchCall, event: Fields) -> list[PublicEvent]:
        channel.merge(event)
        return []

    @staticmethod
    def _state(channel: Channel, call: SwitchCall, event: Fields) -> list[PublicEvent]:
        numbers = {name: field_text(name, event) for name in ("Caller-Caller-ID-Number", "Caller-Callee-ID-Number")}
        changed = any(number and number != channel.text(name) for name, number in numbers.items())
        channel.merge(event)
        return [_told("onBridgeCall", call)] if changed else []

    @staticmethod
    def _answer(channel: Channel, call: SwitchCall, event: Fields) -> list[PublicEvent]:
        channel.merge(event)
        if call.state is not State.RINGING:
            return []
        # The device that was picked up describes the call from now on (D14).
        call.channels.remove(channel)
        call.channels.insert(0, channel)
        call.state = State.ANSWERED
        call.record_id = call.answered_record_id(event)
        told = [_told("onAcceptCall", call)]
        has_party = event.text("Other-Leg-Unique-ID") or event.text("variable_cc_queue")
        if call.direction is Direction.INBOUND and has_party:
            told.append(_told("onBridgeCall", call))
        return told

    @staticmethod
    def _bridge(channel: Channel, call: SwitchCall, event: Fields) -> list[PublicEvent]:
        channel.merge(event)
        return [_told("onBridgeCall", call)]

    @staticmethod
    def _unbridge(channel: Channel, call: SwitchCall, event: Fields) -> list[PublicEvent]:
        channel.merge(event)
        return [_told("onUnBridgeCall", call)]

    @staticmethod
    def _hold(channel: Channel, call: SwitchCall, event: Fields) -> list[PublicEvent]:
        told = _enter(call, State.HOLD, "onHoldCall")
        channel.merge(event)
        channel.values["Channel-Call-State"] = "HOLD"
        return told

    @staticmethod
    def _unhold(channel: Channel, call: SwitchCall, event: Fields) -> list[PublicEvent]:
        told = _enter(call, State.ACTIVE, "onUnholdCall")
        channel.merge(event)
        channel.values["Channel-Call-State"] = "ACTIVE"
        return told

    @staticmethod
    def _dtmf(_channel: Channel, call: SwitchCall, event: Fields) -> list[PublicEvent]:
        return [PublicEvent("onDtmfCall", ({"call": call.record(), "digits": event.decoded("DTMF-Digit")},))]

    def _hang_up(self, channel: Channel, call: SwitchCall, event: Fields) -> list[PublicEvent]:
        """End a channel, and the call with the last one; what comes for this channel later is of no use."""
        channel.merge(event)
        self._forget(channel)
        self._undestroyed.append(channel.id)
        if len(call.channels) > 1:
            call.channels.remove(channel)
            return []
        call.state = State.ENDED
        del self._calls[call.id]
        told = []
        new_id = call.ended_record_id(channel, event)
        if new_id and new_id != call.id and channel.text("variable_hangup_cause") != "LOSE_RACE":
            told.append(PublicEvent("onUuidCall", ({"call": call.record(), "newId": new_id},)))
        return [*told, _told("onHangupCall", call)]

    def _destroy(self, channel: Channel, call: SwitchCall, event: Fields) -> list[PublicEvent]:
        """End a channel whose hangup was never told.

        The maker's library tells nothing of it and keeps the call for ever. Ours would be a call on the screen that
        nobody can end, so it ends for the application alone.
        """
        return [replace(told, is_documented=False) for told in self._hang_up(channel, call, event)]

    def _rename(self, old: str, new: str) -> None:
        channel = self._channels.get(old)
        if channel is None or not new or new in self._channels:
            return
        del self._channels[old]
        channel.id = new
        channel.values["Unique-ID"] = new
        self._channels[new] = channel

    def _note_end(self, name: str, uuid: str) -> None:
        """The end of a channel of which nothing is known: a dump that is older must not make a call of it."""
        if name in ("CHANNEL_HANGUP", "CHANNEL_HANGUP_COMPLETE") and uuid not in self._ended:
            self._ended.append(uuid)

    # ---- channels and calls

    def _add(self, uuid: str, fields: Fields) -> tuple[SwitchCall, bool]:
        call_uuid = fields.text("Channel-Call-UUID")
        call_id = fields.text("variable_w_account_origination_uuid") or call_uuid or uuid
        channel = Channel(uuid, call_id)
        channel.merge(fields)
        self._channels[uuid] = channel
        call = self._calls.get(call_id)
        is_new = call is None
        if call is None:
            call = SwitchCall(call_id, is_originator=call_uuid == uuid, own_number=self.own_number)
            self._calls[call_id] = call
        call.channels.append(channel)
        return call, is_new

    def _forget(self, channel: Channel) -> None:
        del self._channels[channel.id]
        self._ended.append(channel.id)

    # ---- after a connection (6.8)

    def log_in(self, account: str) -> list[PublicEvent]:
        """Begin a connection as `account`; the calls of another account end."""
        self._undestroyed.clear()
        told: list[PublicEvent] = []
        if account != self.account:
            self._doubted = set(self._channels)
            told = self._end_doubted()
            self.account = account
        return told

    def doubt(self) -> None:
        """From now on a channel counts as there only when an event or `recover` says so."""
        self._doubted = set(self._channels)

    @property
    def is_in_doubt(self) -> bool:
        """Whether of some channel nothing has been heard since `doubt`."""
        return not self._doubted.isdisjoint(self._channels)

    def call_of(self, uuid: str) -> SwitchCall | None:
        """Return the call to which a channel belongs."""
        channel = self._channels.get(uuid)
        return None if channel is None else self._calls[channel.call_id]

    def has(self, uuid: str) -> bool:
        """Whether there is this channel."""
        return uuid in self._channels

    def has_ended(self, uuid: str) -> bool:
        """Whether the end of this channel has been told."""
        return uuid in self._ended

    def recover(self, dumps: Iterable[tuple[str, Fields]]) -> list[PublicEvent]:
        """Take the channels that the switch has now; end the calls of which it has none.

        Args:
            dumps: for each channel its call state and all its fields under the switch's own names.

        Returns:
            the ends of calls; what else has changed is read from `calls`.
        """
        for call_state, dump in dumps:
            fields = _with_server_names(dump)
            uuid = fields.text("Unique-ID")
            if not uuid or self.has_ended(uuid):
                continue
            self._doubted.discard(uuid)
            channel = self._channels.get(uuid)
            if channel is None:
                call, _ = self._add(uuid, fields)
                channel = self._channels[uuid]
            else:
                channel.merge(fields)
                call = self._calls[channel.call_id]
            self._restore(call, channel, call_state, fields)
        return self._end_doubted()

    @staticmethod
    def _restore(call: SwitchCall, channel: Channel, call_state: str, fields: Fields) -> None:
        channel.values["Channel-Call-State"] = call_state
        was_ringing = call.state is State.RINGING
        if call_state == "HELD":
            call.state = State.HOLD
        elif call_state in ("ACTIVE", "UNHELD") and call.state is not State.ACTIVE:
            call.state = State.ANSWERED
        if was_ringing and call.state is not State.RINGING:
            call.channels.remove(channel)
            call.channels.insert(0, channel)
        if call.state is not State.RINGING and not call.record_id:
            call.record_id = call.answered_record_id(fields)

    def _end_doubted(self) -> list[PublicEvent]:
        told = []
        for channel in [one for one in self._channels.values() if one.id in self._doubted]:
            call = self._calls[channel.call_id]
            self._forget(channel)
            if len(call.channels) > 1:
                call.channels.remove(channel)
                continue
            channel.values["variable_hangup_cause"] = LOST
            call.state = State.ENDED
            del self._calls[call.id]
            told.append(_told("onHangupCall", call))
        self._doubted = set()
        return told


def _told(name: str, call: SwitchCall) -> PublicEvent:
    return PublicEvent(name, (call.record(),))


def _enter(call: SwitchCall, state: State, name: str) -> list[PublicEvent]:
    """Change the state of a call; entering the one that it has tells nothing."""
    if call.state is state:
        return []
    call.state = state
    return [_told(name, call)]


def _with_server_names(dump: Fields) -> Fields:
    """Give a dump's fields the names under which the server forwards them in events."""
    renamed = dict(dump.values_by_name)
    for name, source in (
        ("variable_w_account_origination_uuid", "variable_webitel_call_uuid"),
        ("Other-Leg-Unique-ID", "variable_originating_leg_uuid"),
        ("variable_hangup_cause", "Hangup-Cause"),
    ):
        if not dump.text(name) and dump.text(source):
            renamed[name] = dump.text(source)
    return Fields(renamed)
