"""How the sound of the web phone's talk goes, in one line (verto-protocol.md, "8.4 Audio sending", the watchdog)."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ctidesk.cti.call import Call
from ctidesk.cti.model import CtiModel
from ctidesk.cti.text import translate
from ctidesk.cti.web_phone import CallSound
from ctidesk.ui.theme import TextStyle
from ctidesk.ui.widgets import PlainLabel, second_timer
from ctidesk.ui.widgets.ticking import Unsubscribe

SILENT_SECONDS = 10
"""After so long without a packet of the other side the operator is told; the call goes on."""


class CallSoundLine(PlainLabel):
    """Codec, loss and jitter, counted anew each second while they can be seen."""

    def __init__(self, model: CtiModel, parent: QWidget | None = None) -> None:
        super().__init__("", TextStyle.SMALL, "text2", parent=parent)
        self._model = model
        self._call: Call | None = None
        self._received = -1
        self._silent_seconds = 0
        self._stop_counting: Unsubscribe | None = None

    def show_call(self, call: Call | None) -> bool:
        """Follow the sound of `call`; returns whether there is any to tell of."""
        if call is not self._call:
            self._call = call
            self._received, self._silent_seconds = -1, 0
        sound = self._sound()
        if sound is not None:
            self._tell(sound)
        return sound is not None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stop_counting is None:
            self._stop_counting = second_timer().subscribe(self._count)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._stop_counting is not None:
            self._stop_counting()
            self._stop_counting = None

    def _sound(self) -> CallSound | None:
        phone = self._model.provider.web_phone
        return None if phone is None or self._call is None else phone.sound(self._call)

    def _count(self) -> None:
        sound = self._sound()
        if sound is None:
            return
        self._silent_seconds = self._silent_seconds + 1 if sound.received == self._received else 0
        self._received = sound.received
        self._tell(sound)

    def _tell(self, sound: CallSound) -> None:
        if self._silent_seconds >= SILENT_SECONDS:
            self.set_color("away")
            self.setText(translate("Panel", "No sound comes from the other side"))
            return
        self.set_color("text2")
        figures = translate("Panel", "Sound: {codec} · loss {loss} % · jitter {jitter} ms")
        loss, jitter = round(sound.loss * 100), round(sound.jitter * 1000)
        self.setText(figures.format(codec=sound.codec, loss=loss, jitter=jitter) if sound.codec else "")
