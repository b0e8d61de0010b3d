"""An operator's line as the application sees it, with a scripted server behind it."""

from __future__ import annotations

from typing import Any, TypeAlias

import pytest

from ctidesk.cti.call import Call
from ctidesk.cti.events import CallFinished, CallStarted, CtiEvent, ErrorOccurred, LineStateChanged
from ctidesk.cti.values import CallFeatures, CallState, feature_names
from ctidesk.oktell.provider import OktellCtiProvider
from tests.cti.fake_clock import FakeClock
from tests.oktell.scripted_connection import OPTIONS, Pbx

Picture: TypeAlias = dict[str, Any]
"""What the line shows: the reply of a reload."""


class Desk(Pbx):
    """The provider, its server, and what the provider has told.

    Attributes:
        told: the provider's events.
        problems: what contradicts itself in them; empty at the end of every test.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        clock = FakeClock()
        self.provider = OktellCtiProvider(OPTIONS, clock=clock)
        super().__init__(monkeypatch, self.provider.client, clock)
        self.told: list[CtiEvent] = []
        self.problems: list[str] = []
        self._active: list[Call] = []
        self._finished: set[Call] = set()
        self.answers |= dict.fromkeys(COMMANDS, ACCEPTED)
        self.provider.events.subscribe(self._hear)

    def _hear(self, event: CtiEvent) -> None:
        self.told.append(event)
        if isinstance(event, CallStarted):
            if event.call in self._active or event.call in self._finished:
                self.problems.append(f"{event.call} began twice")
            self._active.append(event.call)
            if len(self._active) > 2:
                self.problems.append(f"three calls: {self._active}")
        elif isinstance(event, CallFinished):
            if event.call not in self._active:
                self.problems.append(f"{event.call} ended and was not there")
            else:
                self._active.remove(event.call)
            self._finished.add(event.call)
            if event.call.state is not CallState.NONE:
                self.problems.append(f"{event.call} ended in a state")

    def forget(self) -> None:
        super().forget()
        self.told.clear()

    @property
    def calls(self) -> list[Call]:
        """The active calls in the order of their start, as the events told them."""
        return list(self._active)

    def states(self) -> list[tuple[str, str]]:
        """Number and state of every active call."""
        return [(call.abonent_number, call.state.name) for call in self._active]

    def lines(self) -> list[str]:
        """The provider's events as text, without those about the line."""
        return [_line(event) for event in self.told if not isinstance(event, LineStateChanged)]

    def idle_features(self) -> CallFeatures | None:
        """What the line without calls was said to be able to last."""
        told = [one.features for one in self.told if isinstance(one, LineStateChanged) and one.call_id is None]
        return told[-1] if told else None

    def call(self, number: str) -> Call:
        return next(one for one in self._active if one.abonent_number == number)

    def errors(self) -> list[int | str | None]:
        return [event.error.code for event in self.told if isinstance(event, ErrorOccurred)]


ACCEPTED = {"result": 1}
COMMANDS = (
    "pbxautocallstart",
    "pbxautocallabort",
    "pbxabortcall",
    "pbxdeclinecall",
    "pbxmakeflash",
    "pbxmaketransfer",
    "pbxanswercall",
    "confhandleevent",
    "exitconference",
)

A: Picture = {"number": "79161234567", "isextline": True, "extline": "trunk1"}
B: Picture = {"number": "102", "userid": "u102", "username": "Boris"}
C: Picture = {"number": "79160000000", "isextline": True}


def features(call: Call) -> set[str]:
    """The names of what may be done with a call."""
    return {name.removeprefix("CAN_") for name in feature_names(call.features)}


def ring(party: Picture, chain: str = "c-0001") -> Picture:
    return {"linestatestr": "lsRinging", "chainid": chain, "abonent": {**party, "isringing": True}}


def talk(party: Picture, chain: str = "c-0001", held: Picture | None = None) -> Picture:
    return {"linestatestr": "lsCommutated", "chainid": chain, **_hold(held), "abonent": {**party, "iscommutated": True}}


def dial(party: Picture, chain: str = "c-0001", held: Picture | None = None) -> Picture:
    return {"linestatestr": "lsDialing", "chainid": chain, **_hold(held), "abonent": {**party, "isautocall": True}}


def idle(held: Picture | None = None) -> Picture:
    return {"linestatestr": "lsIdle", **_hold(held), "abonent": {}}


def _hold(held: Picture | None) -> Picture:
    return {"isflashing": False} if held is None else {"isflashing": True, "flashed": held}


def _line(event: CtiEvent) -> str:
    call = getattr(event, "call", None)
    return f"{event.name} {call.id}" if isinstance(call, Call) else event.name
