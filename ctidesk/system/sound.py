"""Sounds on the device that the operator hears the ring on.

QtMultimedia is large and starts threads: it is imported when the first sound is wanted, and what plays is thrown away
when it is silent again.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl

from ctidesk.resources import resource

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QMediaDevices, QSoundEffect

logger = logging.getLogger(__name__)

DEVICES_SETTLE_MILLISECONDS = 300
"""A headset that is plugged in changes the list of devices several times."""


class SoundFile(Enum):
    """Value: the file below the resources."""

    RING = "sounds/ring.wav"
    SECOND_CALL = "sounds/second-call.wav"


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """How a sound is played.

    Attributes:
        device: name of the output that is wished for; empty, or while it is unplugged, the system's counts.
        volume: 0 to 100 percent.
        ringtone: the whole path of an own file for the ring; anything else is the application's ringtone.
    """

    device: str = ""
    volume: int = 100
    ringtone: str = ""


class Speaker(QObject):
    """Plays one sound at a time; a sound that goes on follows when devices come and go.

    Without a device there is silence and one line in the log. Qt binds a sound to the device it was made for, so each
    sound gets a new player, and so does the present one when the devices change.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[SoundFile, bool] | None = None
        self._settings = SoundSettings()
        self._effect: QSoundEffect | None = None
        self._devices: QMediaDevices | None = None
        self._has_told_silence = False
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(DEVICES_SETTLE_MILLISECONDS)
        self._settling.timeout.connect(self._play_again)

    def set_up(self, settings: SoundSettings) -> None:
        """Use another device, volume and ringtone from now on."""
        if settings != self._settings:
            self._settings = settings
            self._play_again()

    def play(self, sound: SoundFile, *, endless: bool = False) -> None:
        """Play `sound` instead of whatever plays now, once or until `stop`."""
        self._wanted = (sound, endless)
        self._release()
        self._play()

    def stop(self) -> None:
        """Be silent."""
        self._wanted = None
        self._release()

    def is_playing(self) -> bool:
        """Whether something is to be heard."""
        return self._effect is not None

    def _play(self) -> None:
        if self._wanted is None:
            return
        device = self._device()
        if device is None:
            return
        from PySide6.QtMultimedia import QSoundEffect

        sound, endless = self._wanted
        effect = QSoundEffect(device, self)
        effect.setSource(QUrl.fromLocalFile(str(self._file(sound))))
        effect.setVolume(self._settings.volume / 100)
        if endless:
            effect.setLoopCount(QSoundEffect.Loop.Infinite.value)
        effect.playingChanged.connect(self._notice_end)
        effect.statusChanged.connect(self._notice_failure)
        self._effect = effect
        effect.play()

    def _file(self, sound: SoundFile) -> Path:
        own = Path(self._settings.ringtone)
        if sound is SoundFile.RING and own.is_absolute():
            if own.is_file():
                return own
            logger.warning("the own ringtone is not there")
        return resource(sound.value)

    def _device(self) -> QAudioDevice | None:
        """The chosen output, else the system's default one now, or None when there is none."""
        from PySide6.QtMultimedia import QMediaDevices

        if self._devices is None:
            self._devices = QMediaDevices(self)
            self._devices.audioOutputsChanged.connect(self._settling.start)
        device = _output(self._settings.device)
        if device.isNull():
            if not self._has_told_silence:
                self._has_told_silence = True
                logger.info("no sound device: the ring is silent")
            return None
        self._has_told_silence = False
        return device

    def _play_again(self) -> None:
        """The devices are others: an endless sound moves to the present default."""
        if self._wanted is not None and self._wanted[1]:
            self._release()
            self._play()

    def _notice_end(self) -> None:
        effect = self._effect
        if effect is not None and not effect.isPlaying():
            self.stop()

    def _notice_failure(self) -> None:
        effect = self._effect
        if effect is not None and effect.status() is type(effect).Status.Error:
            logger.warning("the sound cannot be played on %s", effect.audioDevice().description())
            self._release()

    def _release(self) -> None:
        """Let the player go; its threads end with it."""
        effect, self._effect = self._effect, None
        if effect is not None:
            effect.playingChanged.disconnect(self._notice_end)
            effect.statusChanged.disconnect(self._notice_failure)
            effect.stop()
            effect.deleteLater()


class Outputs:
    """What the settings show of the sound devices."""

    def __init__(self) -> None:
        self._speaker: Speaker | None = None

    def names(self) -> list[str]:
        """Return the outputs that are plugged in. The first call loads QtMultimedia."""
        from PySide6.QtMultimedia import QMediaDevices

        return list(dict.fromkeys(device.description() for device in QMediaDevices.audioOutputs()))

    def test(self, settings: SoundSettings) -> None:
        """Ring once, as loud and where `settings` say."""
        self.stop()
        self._speaker = Speaker()
        self._speaker.set_up(settings)
        self._speaker.play(SoundFile.RING)

    def stop(self) -> None:
        """Be silent."""
        speaker, self._speaker = self._speaker, None
        if speaker is not None:
            speaker.stop()
            speaker.deleteLater()


def _output(name: str) -> QAudioDevice:
    """The output of this name, or the system's default one."""
    from PySide6.QtMultimedia import QMediaDevices

    default = QMediaDevices.defaultAudioOutput()
    if not name:
        return default
    return next((device for device in QMediaDevices.audioOutputs() if device.description() == name), default)
