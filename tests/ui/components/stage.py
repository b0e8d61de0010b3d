"""A panel over a model over a fake PBX, and the scenes in which it is shown and tested."""

from __future__ import annotations

import random
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPropertyAnimation, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ctidesk.cti.agent import AgentState, AgentStateOption, Reason
from ctidesk.cti.call import Call
from ctidesk.cti.conference import Member
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.events import (
    AgentStateChanged,
    CallCentreStateChanged,
    CallInfoChanged,
    CallStarted,
    CommutationStarted,
    ErrorOccurred,
    Hold,
    LineStateChanged,
    Unhold,
)
from ctidesk.cti.model import CtiModel
from ctidesk.cti.presence import Presence
from ctidesk.cti.signals import Signal
from ctidesk.cti.supervision import Supervision, SupervisorMode
from ctidesk.cti.values import CallFeatures, CallState
from ctidesk.cti.web_phone import WEB_PHONE_CONNECTION, CallSound, WebPhonePhase, WebPhoneStatus
from ctidesk.ui.components.commands import Commands
from ctidesk.ui.windows.panel import Panel
from tests.cti.fake_clock import FakeClock
from tests.cti.fake_provider import FakeProvider
from tests.cti.watcher import incoming, outgoing
from tests.ui.components.fake_directory import FakeDirectory, colleagues
from tests.ui.components.finding import button
from tests.waiting import settle

READY = AgentState("ready", Presence.READY, "Ready")
LUNCH = AgentState("break", Presence.BREAK, "Break", Reason("1", "Lunch"))
TALK = (
    CallFeatures.CAN_DROP
    | CallFeatures.CAN_HOLD
    | CallFeatures.CAN_MAKE_CONSULT_CALL
    | CallFeatures.CAN_BLIND_TRANSFER
    | CallFeatures.CAN_DTMF
    | CallFeatures.CAN_MUTE
)
CONFERENCE = CallFeatures.CAN_DROP | CallFeatures.CAN_BLIND_TRANSFER
HELD = CallFeatures.CAN_UNHOLD | CallFeatures.CAN_COMPLETE_TRANSFER
RING = CallFeatures.CAN_ANSWER | CallFeatures.CAN_DROP
NOTE = "Invoices by e-mail only. Discount agreed by Sidorova."


class FakeWebPhone:
    """A web phone that is whatever the test says.

    `wishes`: how often the operator wanted it connected; `heard`: how the sound of every call goes.
    """

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal("web phone")
        self.status = WebPhoneStatus(WebPhonePhase.READY)
        self.wishes = 0
        self.heard: CallSound | None = None

    def connect(self) -> None:
        self.wishes += 1

    def sound(self, _call: Call) -> CallSound | None:
        return self.heard

    def become(self, phase: WebPhonePhase, error: str = "") -> None:
        """Stand otherwise with its connection."""
        told = CtiError(ErrorKind.OPEN_CONNECTION, error, source=WEB_PHONE_CONNECTION) if error else None
        self.status = WebPhoneStatus(phase, told)
        self.changed.emit()


class DeskProvider(FakeProvider):
    """A fake PBX with breaks and redirection."""

    def __init__(self) -> None:
        super().__init__()
        self.web_phone = self.phone = FakeWebPhone()
        self.people = FakeDirectory(*colleagues())
        self.directory = self.people

    @property
    def agent_states(self) -> tuple[AgentStateOption, ...]:
        reasons = (Reason("1", "Lunch"), Reason("2", "Short break"), Reason("3", "Training"))
        return (
            AgentStateOption("ready", Presence.READY, "Ready"),
            AgentStateOption("break", Presence.BREAK, "Break", reasons),
            AgentStateOption("dnd", Presence.DND, "Do not disturb"),
            AgentStateOption("wrapup", Presence.WRAPUP, "After-call work"),
            AgentStateOption("redirect", Presence.DND, "Redirect", needs_number=True),
        )


class CountedCommands:
    """Runs commands and counts what was asked for."""

    def __init__(self) -> None:
        self.count = 0
        self._commands = Commands()

    def run(self, work: Coroutine[Any, Any, object]) -> None:
        self.count += 1
        self._commands.run(work)

    async def close(self) -> None:
        await self._commands.close()


class Stage:
    """One desk."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.provider = DeskProvider()
        self.model = CtiModel(self.provider, self.clock, jitter=random.Random(1))
        self.commands = CountedCommands()
        self.panel = Panel(self.model, self.commands)

    async def begin(self) -> None:
        """Connect, be ready for 42 minutes, and show the panel."""
        self.model.start()
        await settle()
        self.provider.tell(AgentStateChanged(READY), CallCentreStateChanged(True))
        self.clock.advance(42 * 60 + 10)
        self.provider.commands.clear()
        self.panel.show()
        await self.turn()
        for slide in self.panel.findChildren(QPropertyAnimation):
            slide.setCurrentTime(slide.duration())

    async def turn(self) -> None:
        """Let everything that has been asked for happen."""
        await turn()

    async def press(self, name: str, root: QWidget | None = None) -> None:
        """Press the button with this accessible name, in the panel or a part of it."""
        QTest.mouseClick(button(root or self.panel, name), Qt.MouseButton.LeftButton)
        await self.turn()

    def given(self) -> list[tuple[object, ...]]:
        """Return the commands that the PBX has got since the last look."""
        commands, self.provider.commands[:] = list(self.provider.commands), []
        return commands

    async def end(self) -> None:
        """Close everything."""
        await self.commands.close()
        await self.model.close()
        self.panel.close()
        self.panel.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # ---- scenes

    async def ring(self, features: CallFeatures = RING, **fields: object) -> Call:
        """Have a caller ring for seven seconds."""
        known = {"caller_name": "Belova Anna", "queue": "Sales", "features": features}
        call = incoming("c1", "74951234567", **(known | fields))
        self.provider.tell(CallStarted(call))
        self.clock.advance(7)
        await self.turn()
        return call

    async def talk(self, **fields: object) -> Call:
        """Talk to a caller for three minutes."""
        call = await self.ring(**{"comment": NOTE} | fields)  # type: ignore[arg-type]
        self.connect(call)
        self.clock.advance(192)
        await self.turn()
        return call

    async def hold(self, call: Call) -> None:
        """Put a call on hold."""
        call.state = CallState.HOLDED
        call.features = HELD
        self.provider.tell(Hold(call), LineStateChanged(HELD, call.id))
        self.clock.advance(4)
        await self.turn()

    async def consult(self, *, answered: bool = True, **fields: object) -> tuple[Call, Call]:
        """Hold a caller and ask a colleague."""
        main = await self.talk(**fields)
        await self.hold(main)
        consult = outgoing("c2", "201", features=CallFeatures.CAN_DROP)
        self.provider.tell(CallStarted(consult))
        if answered:
            self.connect(consult, CallFeatures.CAN_DROP | CallFeatures.CAN_DTMF)
        self.clock.advance(38)
        await self.turn()
        return main, consult

    async def conference(self, *members: Member) -> Call:
        """Talk to a caller in a conference of `members`."""
        call = await self.talk()
        call.state = CallState.CONFERENCED
        call.features = CONFERENCE
        self.provider.has_conferences = True
        self.provider.conference.show(members)
        self.provider.tell(CallInfoChanged(call), LineStateChanged(call.features, call.id))
        await self.turn()
        return call

    async def supervise(
        self, mode: SupervisorMode | None, *, modes: tuple[SupervisorMode, ...] = tuple(SupervisorMode)
    ) -> None:
        """Take part in the talk of Kuznetsov Andrey."""
        call = self.model.current_call
        if call is None:
            call = incoming("c1", "204", features=CallFeatures.CAN_DROP)
            self.provider.tell(CallStarted(call))
            self.connect(call, CallFeatures.CAN_DROP)
            self.clock.advance(95)
        call.state = CallState.CONFERENCED
        members = (Member("Operator Olena", "214", is_me=True), Member("Kuznetsov Andrey", "204"))
        supervision = Supervision("204", "Kuznetsov Andrey", mode, modes)
        self.provider.has_conferences = True
        self.provider.conference.show(members, supervision=supervision)
        self.provider.tell(CallInfoChanged(call))
        await self.turn()

    async def swap(self, main: Call, consult: Call) -> None:
        """Talk to the caller while the colleague waits."""
        consult.state = CallState.HOLDED
        main.state = CallState.CONNECTED
        main.features = CallFeatures.CAN_DROP | CallFeatures.CAN_COMPLETE_TRANSFER | CallFeatures.CAN_DTMF
        consult.features = CallFeatures.CAN_UNHOLD
        self.provider.tell(Hold(consult), Unhold(main), LineStateChanged(main.features, main.id))
        self.clock.advance(12)
        await self.turn()

    def connect(self, call: Call, features: CallFeatures = TALK) -> None:
        """Have a call answered."""
        call.state = CallState.CONNECTED
        call.features = features
        self.provider.tell(CommutationStarted(call), LineStateChanged(features, call.id))

    async def lose_connection(self) -> None:
        """Lose the connection; the next attempt is some seconds away."""
        self.provider.lose_connection()
        await self.turn()

    async def wrong_password(self) -> None:
        """Be refused at the next attempt."""
        text = "The PBX does not accept this login or password. Check both in the settings."
        refusal = CtiError(ErrorKind.AUTHENTICATION, text, code=1204, raw="login failed", source="oktell.login")
        self.provider.attempts.append(CtiException(refusal))
        self.provider.lose_connection()
        await settle()
        self.clock.advance(10)
        await self.turn()

    async def refuse(self) -> None:
        """Have the PBX refuse something."""
        text = "The PBX has refused the call: the number does not exist. Check it and call again."
        self.provider.tell(
            ErrorOccurred(CtiError(ErrorKind.COMMAND, text, code=2007, raw="number not found", source="oktell.call"))
        )
        await self.turn()

    async def take_break(self) -> None:
        """Go to lunch for twelve minutes."""
        self.provider.tell(AgentStateChanged(LUNCH))
        self.clock.advance(760)
        await self.turn()


async def turn() -> None:
    """Let everything that has been asked for happen: tasks, then what Qt has put off."""
    for _ in range(3):
        await settle()
        show()


def show(widget: QWidget | None = None) -> None:
    """Have Qt do what it has put off."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()
    if widget is not None:
        widget.repaint()
