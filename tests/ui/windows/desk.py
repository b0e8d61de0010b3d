"""Everything around the panel, over a model over a fake PBX: popups, missed calls, tray and ring."""

from __future__ import annotations

import random

from PySide6.QtCore import QCoreApplication, QEvent

from ctidesk.cti.call import Call
from ctidesk.cti.events import AgentStateChanged, CallCentreStateChanged, CallFinished, CallStarted
from ctidesk.cti.model import CtiModel
from ctidesk.cti.values import CallState
from ctidesk.system.sound import SoundFile
from ctidesk.ui.components.call_actions import CallActions
from ctidesk.ui.components.missed_calls import MissedCalls
from ctidesk.ui.components.muted_rings import MutedRings
from ctidesk.ui.components.people import People
from ctidesk.ui.ring import Ring
from ctidesk.ui.windows.popups import Popups
from tests.cti.fake_clock import FakeClock
from tests.cti.watcher import incoming
from tests.ui.components.stage import READY, RING, CountedCommands, DeskProvider, turn
from tests.waiting import settle


class FakeSpeaker:
    """Notes what is to be heard.

    Attributes:
        heard: the names of the sounds, and "silence", in order.
    """

    def __init__(self) -> None:
        self.heard: list[str] = []

    def play(self, sound: SoundFile, *, endless: bool = False) -> None:
        self.heard.append(f"{sound.name} without end" if endless else sound.name)

    def stop(self) -> None:
        if self.heard and self.heard[-1] != "silence":
            self.heard.append("silence")


class Desk:
    """One desk without its panel."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.provider = DeskProvider()
        self.model = CtiModel(self.provider, self.clock, jitter=random.Random(1))
        self.commands = CountedCommands()
        self.people = People(self.provider.directory)
        self.actions = CallActions(self.model, self.people, self.commands)
        self.missed = MissedCalls(self.model, self.people)
        self.muted = MutedRings(self.model)
        self.popups = Popups(self.model, self.people, self.actions, self.missed, self.muted)
        self.speaker = FakeSpeaker()
        self.ring_sound = Ring(self.model, self.muted, self.speaker)
        self.popups.painted.connect(self.ring_sound.popup_painted)

    async def begin(self) -> None:
        """Connect and be ready."""
        self.model.start()
        await settle()
        self.provider.tell(AgentStateChanged(READY), CallCentreStateChanged(True))
        self.provider.commands.clear()
        await self.turn()

    async def turn(self) -> None:
        """Let everything that has been asked for happen."""
        await turn()

    def ring(self, call_id: str = "c1", number: str = "74951234567", **fields: object) -> Call:
        """Have a caller ring."""
        call = incoming(call_id, number, **({"features": RING} | fields))
        self.provider.tell(CallStarted(call))
        return call

    def end_ring(self, call: Call, cause: str = "") -> None:
        """Have the caller, or the PBX, give up."""
        call.state = CallState.NONE
        call.state_cause = cause
        self.provider.tell(CallFinished(call))

    async def end(self) -> None:
        """Close everything."""
        self.ring_sound.close()
        self.popups.close()
        await self.commands.close()
        await self.model.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
