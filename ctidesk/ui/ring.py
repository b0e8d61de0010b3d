"""When the computer rings, and how loud it may be (ux.md, "Incoming call popup", "The ring")."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from ctidesk.config.settings import WhileTalking
from ctidesk.cti.model import CtiModel
from ctidesk.cti.values import CallState
from ctidesk.system.sound import SoundFile
from ctidesk.ui.components.call_actions import is_ringing_here
from ctidesk.ui.components.muted_rings import MutedRings

LATEST_MILLISECONDS = 400
"""When the ring begins although no popup has said that it stands on the screen."""

_IN_TALK = (CallState.CONNECTED, CallState.CONFERENCED, CallState.HOLDED)


class Sounds(Protocol):
    """What a ring needs of a loudspeaker."""

    def play(self, sound: SoundFile, *, endless: bool = False) -> None:
        """Play `sound` instead of whatever plays now."""

    def stop(self) -> None:
        """Be silent."""


class Ring(QObject):
    """Rings while a call rings that is not muted; during a talk a second call is one soft tone.

    The sound waits until the popup stands on the screen: the first one takes long to load.
    """

    def __init__(self, model: CtiModel, muted: MutedRings, sounds: Sounds, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._muted = muted
        self._sounds = sounds
        self._is_ringing = False
        self._while_talking = WhileTalking.BEEP
        self._announced: set[UUID] = set()
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(LATEST_MILLISECONDS)
        self._waiting.timeout.connect(self._begin)
        self._unsubscribe = model.changed.subscribe(self.refresh)
        muted.changed.connect(self.refresh)

    def set_up(self, while_talking: WhileTalking) -> None:
        """Choose how a call is heard that rings during a talk."""
        self._while_talking = while_talking

    def refresh(self) -> None:
        """Follow what the model shows now."""
        audible = self._audible()
        if not audible:
            self._announced.clear()
            self._be_silent()
        elif self._is_in_talk() and self._while_talking is not WhileTalking.RING:
            self._silence_ring()
            if audible - self._announced:
                self._wait()
        elif not self._is_ringing:
            self._wait()

    def popup_painted(self) -> None:
        """Begin to ring if that is what is waited for: the popup stands on the screen."""
        if self._waiting.isActive():
            self._waiting.stop()
            self._begin()

    def is_waiting(self) -> bool:
        """Whether a sound is due as soon as the popup stands on the screen."""
        return self._waiting.isActive()

    def close(self) -> None:
        """Be silent for good."""
        self._unsubscribe()
        self._muted.changed.disconnect(self.refresh)
        self._be_silent()

    def _wait(self) -> None:
        if not self._waiting.isActive():
            self._waiting.start()

    def _begin(self) -> None:
        audible = self._audible()
        if not audible:
            return
        is_new = bool(audible - self._announced)
        self._announced |= audible
        if self._is_in_talk() and self._while_talking is not WhileTalking.RING:
            if is_new and self._while_talking is WhileTalking.BEEP:
                self._sounds.play(SoundFile.SECOND_CALL)
        elif not self._is_ringing:
            self._is_ringing = True
            self._sounds.play(SoundFile.RING, endless=True)

    def _audible(self) -> set[UUID]:
        """The calls that ring and are not muted.

        What rang when the connection was lost is silent until the PBX says that it still rings: it may be over.
        """
        ringing = (call for call in self._model.calls.values() if is_ringing_here(call) and call.confirmed)
        return {call.record_id for call in ringing if not self._muted.is_muted(call)}

    def _is_in_talk(self) -> bool:
        return any(call.state in _IN_TALK for call in self._model.calls.values())

    def _silence_ring(self) -> None:
        if self._is_ringing:
            self._is_ringing = False
            self._sounds.stop()

    def _be_silent(self) -> None:
        self._waiting.stop()
        self._is_ringing = False
        self._sounds.stop()
