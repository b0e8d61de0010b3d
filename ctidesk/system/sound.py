"""Sounds on the device that the operator hears the ring on.

QtMultimedia is large and starts threads: it is imported when the first sound is wanted, and what plays is thrown away
when it is silent again.
"""

from __future__ import annotations

import logging
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
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


class SoundSettings(Struct, frozen=True):
    """How a sound is played.

    Attributes:
        device: name of the output that is wished for; empty, or while it is unplugged, the system's counts.
        volume: 0 to 100 percent.
        ringtone: the whole path of an own file for the ring; anything else is the application's ringtone.
        second_device: name of another output that rings, too; empty, or while it is unplugged, none does.
    """

    device: str = ""
    volume: int = 100
    ringtone: str = ""
    second_device: str = ""


class Speaker(QObject):
    """Plays one sound at a time; a sound that goes on follows when devices come and go.

    Without a device there is silence and one line in the log. Qt binds a sound to the device it was made for, so each
    sound gets a new player, and so does the present one when the devices change.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[SoundFile, bool] | None = None
        self._settings = SoundSettings()
        self._effects: list[QSoundEffect] = []
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
        return bool(self._effects)

    def _play(self) -> None:
        if self._wanted is None:
            return
        sound, endless = self._wanted
        self._effects = [self._effect(device, sound, endless) for device in self._devices_for(sound)]
        for effect in self._effects:
            effect.play()

    def _effect(self, device: QAudioDevice, sound: SoundFile, endless: bool) -> QSoundEffect:
        from PySide6.QtMultimedia import QSoundEffect

        effect = QSoundEffect(device, self)
        effect.setSource(QUrl.fromLocalFile(str(self._file(sound))))
        effect.setVolume(self._settings.volume / 100)
        if endless:
            effect.setLoopCount(QSoundEffect.Loop.Infinite.value)
        effect.playingChanged.connect(self._notice_end)
        effect.statusChanged.connect(self._notice_failure)
        return effect

    def _file(self, sound: SoundFile) -> Path:
        own = Path(self._settings.ringtone)
        if sound is SoundFile.RING and own.is_absolute():
            if own.is_file():
                return own
            logger.warning("the own ringtone is not there")
        return resource(sound.value)

    def _devices_for(self, sound: SoundFile) -> list[QAudioDevice]:
        """The chosen output, else the system's default one now, and for the ring the second; none without a device."""
        from PySide6.QtMultimedia import QMediaDevices

        if self._devices is None:
            self._devices = QMediaDevices(self)
            self._devices.audioOutputsChanged.connect(self._settling.start)
        device = _output(self._settings.device)
        if device.isNull():
            if not self._has_told_silence:
                self._has_told_silence = True
                logger.info("no sound device: the ring is silent")
            return []
        self._has_told_silence = False
        second = _plugged_in(self._settings.second_device)
        if sound is not SoundFile.RING or second is None or second.description() == device.description():
            return [device]
        return [device, second]

    def _play_again(self) -> None:
        """The devices are others: an endless sound moves to the present default."""
        if self._wanted is not None and self._wanted[1]:
            self._release()
            self._play()

    def _notice_end(self) -> None:
        if self._effects and not any(effect.isPlaying() for effect in self._effects):
            self.stop()

    def _notice_failure(self) -> None:
        for effect in [one for one in self._effects if one.status() is type(one).Status.Error]:
            logger.warning("the sound cannot be played on %s", effect.audioDevice().description())
            self._effects.remove(effect)
            self._let_go(effect)

    def _release(self) -> None:
        effects, self._effects = self._effects, []
        for effect in effects:
            self._let_go(effect)

    def _let_go(self, effect: QSoundEffect) -> None:
        """Part with a player; its threads end with it."""
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

    return _plugged_in(name) or QMediaDevices.defaultAudioOutput()


def _plugged_in(name: str) -> QAudioDevice | None:
    """The output of this name, if there is one and it is plugged in."""
    from PySide6.QtMultimedia import QMediaDevices

    if not name:
        return None
    return next((device for device in QMediaDevices.audioOutputs() if device.description() == name), None)
