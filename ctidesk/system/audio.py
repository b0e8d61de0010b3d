"""The operator's microphone and speaker for calls, by QtMultimedia (cti/audio.py).

Qt binds a device when it is opened and does not follow when devices come and go: here what is wished for and what is
used now are two things, and what is used is opened anew when the devices change (anchors.md, D11). Reading and writing
happen in a thread of their own, so that sound does not wait for windows. QtMultimedia is imported at the first use.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Slot

from ctidesk.cti.audio import SampleQueue
from ctidesk.cti.signals import Signal
from ctidesk.system.audio_pump import AudioPump, AudioThread

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QMediaDevices

logger = logging.getLogger(__name__)

DEVICES_SETTLE_MILLISECONDS = 300
"""A headset that is plugged in changes the list of devices several times."""

REOPEN_MILLISECONDS = 1000
"""How long a device that failed is left alone."""


REST_MILLISECONDS = 2000
"""So long after all was opened nothing is opened anew: to open a device may be a change of devices, too."""


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """What is wished for.

    Attributes:
        microphone: name of an input; empty, or while it is unplugged, the system's counts.
        speaker: name of an output, likewise.
        gain: of the microphone in percent, 100 is as it comes.
    """

    microphone: str = ""
    speaker: str = ""
    gain: int = 100


class SystemAudio(QObject):
    """Implements `cti.audio.AudioDevices`. Used in the application's thread alone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = AudioSettings()
        self._streams: list[SystemStream] = []
        self._thread: AudioThread | None = None
        self._devices: QMediaDevices | None = None
        self._changed: Signal[()] = Signal("audio devices")
        self._refused: set[str] = set()
        """What cannot be opened though it is there: the system denies it, or another program has it."""
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(DEVICES_SETTLE_MILLISECONDS)
        self._settling.timeout.connect(self._devices_changed)
        self._known: list[bytes] = []
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST_MILLISECONDS)
        self._trying_again = QTimer(self)
        self._trying_again.setSingleShot(True)
        self._trying_again.setInterval(REOPEN_MILLISECONDS)
        self._trying_again.timeout.connect(self._take_devices)

    def set_up(self, settings: AudioSettings) -> None:
        """Use other devices from now on, also in a call that runs."""
        if settings != self._settings:
            self._settings = settings
            if self._streams:
                self._take_devices()
                self._changed.emit()

    def open(self) -> SystemStream:
        """Start both (`cti.audio.AudioDevices.open`)."""
        self._watch()
        if self._thread is None:
            self._thread = AudioThread()
            self._thread.start(QThread.Priority.TimeCriticalPriority)
        stream = SystemStream(self, self._thread)
        self._streams.append(stream)
        stream.take(self._input(), self._output(), self._settings.gain, anew=False)
        return stream

    @property
    def missing(self) -> tuple[str, ...]:
        """What there is none of now, or none that can be used. The first question loads QtMultimedia."""
        self._watch()
        found = (("microphone", self._input()), ("speaker", self._output()))
        return tuple(name for name, device in found if device.isNull() or name in self._refused)

    @property
    def microphones(self) -> list[str]:
        """The names of the inputs that are plugged in."""
        from PySide6.QtMultimedia import QMediaDevices

        self._watch()
        return list(dict.fromkeys(device.description() for device in QMediaDevices.audioInputs()))

    @property
    def speakers(self) -> list[str]:
        """The names of the outputs that are plugged in."""
        from PySide6.QtMultimedia import QMediaDevices

        self._watch()
        return list(dict.fromkeys(device.description() for device in QMediaDevices.audioOutputs()))

    @property
    def current(self) -> tuple[str, str]:
        """The names of the microphone and of the speaker that count now; empty where there is none."""
        self._watch()
        return self._input().description(), self._output().description()

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` when devices have come or gone (`cti.audio.AudioDevices.on_change`)."""
        return self._changed.subscribe(callback)

    def close(self) -> None:
        """Give all devices back and end the thread."""
        for stream in tuple(self._streams):
            stream.close()
        self._settling.stop()
        self._trying_again.stop()
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.end()
            thread.wait()

    # ---- for its streams

    def forget(self, stream: SystemStream) -> None:
        """A stream was closed. The next one is not held back by what this one could not open."""
        if stream in self._streams:
            self._streams.remove(stream)
        if not self._streams:
            self._refused.clear()

    @Slot(str)
    def note_works(self, name: str) -> None:
        """The `microphone` or the `speaker` was opened."""
        if name in self._refused:
            self._refused.remove(name)
            self._changed.emit()

    @Slot(str, str)
    def try_again(self, name: str, words: str) -> None:
        """It failed: it may be gone, or come back."""
        logger.warning("the %s failed: %s", name, words)
        if not self._streams:
            return
        self._trying_again.start()
        if name not in self._refused:
            self._refused.add(name)
            self._changed.emit()

    # ---- devices

    def _watch(self) -> None:
        if self._devices is None:
            from PySide6.QtMultimedia import QMediaDevices

            self._devices = QMediaDevices(self)
            self._devices.audioInputsChanged.connect(self._settling.start)
            self._devices.audioOutputsChanged.connect(self._settling.start)
            self._known = self._ids()
            self._resting.start()  # Qt also tells how things stand at the beginning

    def _devices_changed(self) -> None:
        """Open all anew when Qt says that devices are others and its list is the same as before.

        Then one of them was unplugged and is back: Qt does not say when a device goes that is in use (PulseAudio).
        """
        known, self._known = self._known, self._ids()
        anew = known == self._known and not self._resting.isActive()
        if anew:
            self._resting.start()
        self._take_devices(anew=anew)
        self._changed.emit()

    def _take_devices(self, *, anew: bool = False) -> None:
        for stream in tuple(self._streams):
            stream.take(self._input(), self._output(), self._settings.gain, anew=anew)

    def _ids(self) -> list[bytes]:
        from PySide6.QtMultimedia import QMediaDevices

        devices = (*QMediaDevices.audioInputs(), *QMediaDevices.audioOutputs())
        return [bytes(device.id().data()) for device in devices]

    def _input(self) -> QAudioDevice:
        from PySide6.QtMultimedia import QMediaDevices

        return _named(QMediaDevices.audioInputs(), self._settings.microphone, QMediaDevices.defaultAudioInput())

    def _output(self) -> QAudioDevice:
        from PySide6.QtMultimedia import QMediaDevices

        return _named(QMediaDevices.audioOutputs(), self._settings.speaker, QMediaDevices.defaultAudioOutput())


class SystemStream:
    """Implements `cti.audio.AudioStream`: one pair of queues, whichever devices stand behind them."""

    def __init__(self, owner: SystemAudio, thread: AudioThread) -> None:
        self._owner = owner
        self._microphone = SampleQueue()
        self._speaker = SampleQueue()
        self._has = (False, False)
        self._pump = AudioPump(self._microphone, self._speaker)
        thread.take(self._pump)
        # To a slot of an object of the application's thread: anything else would be called in the pump's.
        self._pump.works.connect(owner.note_works, Qt.ConnectionType.QueuedConnection)
        self._pump.failed.connect(owner.try_again, Qt.ConnectionType.QueuedConnection)
        self._is_closed = False

    @property
    def microphone(self) -> SampleQueue | None:
        """What was said; None while there is no microphone."""
        return self._microphone if self._has[0] else None

    @property
    def speaker(self) -> SampleQueue | None:
        """What will be heard; None while there is no speaker."""
        return self._speaker if self._has[1] else None

    def take(self, source: QAudioDevice, sink: QAudioDevice, gain: int, *, anew: bool) -> None:
        """Use these devices from now on; one that is in use already goes on undisturbed, unless `anew`."""
        if self._is_closed:
            return
        self._has = (not source.isNull(), not sink.isNull())
        if not all(self._has):
            logger.info("a call without %s", " and ".join(_absent(self._has)))
        self._pump.wanted.emit(source, sink, gain, anew)

    def close(self) -> None:
        """Give the devices back."""
        if self._is_closed:
            return
        self._is_closed = True
        self._has = (False, False)
        self._owner.forget(self)
        self._pump.finished.emit()


def _absent(has: tuple[bool, bool]) -> list[str]:
    return [name for name, there in zip(("a microphone", "a speaker"), has, strict=True) if not there]


def _named(devices: list[QAudioDevice], name: str, default: QAudioDevice) -> QAudioDevice:
    """The device of this name, or the system's one."""
    if not name:
        return default
    return next((device for device in devices if device.description() == name), default)
