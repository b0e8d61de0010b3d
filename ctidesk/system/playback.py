"""Audio files played to the operator: position, speed, volume.

QtMultimedia is imported when the first file is opened, and what plays is thrown away with its owner.

The player has threads of its own, which for a moment need Python's interpreter: they report to a handler of messages
written in Python, and ask each object that was made here whether Python overrides one of its methods. The player waits
for them, for example to stop. Whatever may wait is therefore called without holding the interpreter (`_call`), or the
application stands still for ever.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Q_ARG, QGenericArgumentHolder, QMetaObject, QObject, Qt, QUrl, Signal

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

logger = logging.getLogger(__name__)


class Playback(QObject):
    """Plays one file, on the system's present default output.

    Signals:
        changed(): it plays, or pauses, or has ended; the length is known; a device has come or gone.
        moved(milliseconds): the position.
        failed(): the file is nothing that can be played.
    """

    changed = Signal()
    moved = Signal(int)
    failed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player: QMediaPlayer | None = None
        self._output: QAudioOutput | None = None
        self._devices: QMediaDevices | None = None
        self._speed = 1.0
        self._volume = 100
        self._has_failed = False

    @property
    def is_open(self) -> bool:
        """Whether there is a file."""
        return self._player is not None and not self._player.source().isEmpty()

    @property
    def is_playing(self) -> bool:
        """Whether it plays now."""
        return self._player is not None and self._player.isPlaying()

    @property
    def length(self) -> int:
        """Milliseconds of the whole file; 0 while they are not known."""
        return 0 if self._player is None else max(0, self._player.duration())

    @property
    def position(self) -> int:
        """Milliseconds from the beginning."""
        return 0 if self._player is None else self._player.position()

    @property
    def has_device(self) -> bool:
        """Whether anything can be heard on this computer; True while that was not looked for."""
        return self._output is None or not self._output.device().isNull()

    def open(self, path: Path) -> None:
        """Take another file."""
        player = self._player or self._make_player()
        self._has_failed = False
        _call(player, "setSource", Q_ARG(QUrl, QUrl.fromLocalFile(str(path))))
        # Some back ends forget it with each source.
        self._tell_speed(player)

    def play(self) -> None:
        """Play on; from the beginning when the end was reached."""
        if self._player is not None:
            _call(self._player, "play")

    def pause(self) -> None:
        """Stop here."""
        if self._player is not None and self._player.isPlaying():
            _call(self._player, "pause")

    def seek(self, milliseconds: int) -> None:
        """Go on from another place."""
        if self._player is not None:
            _call(self._player, "setPosition", Q_ARG("qlonglong", max(0, min(milliseconds, self.length))))

    def set_speed(self, speed: float) -> None:
        """Play faster or slower; voices keep their pitch."""
        self._speed = speed
        if self._player is not None:
            self._tell_speed(self._player)

    def set_volume(self, percent: int) -> None:
        """Play louder or softer."""
        self._volume = percent
        if self._output is not None:
            self._output.setVolume(_loudness(percent))

    def close(self) -> None:
        """Let the file and the device go."""
        player, self._player = self._player, None
        if player is None:
            return
        player.blockSignals(True)
        _call(player, "stop")
        _call(player, "setSource", Q_ARG(QUrl, QUrl()))
        player.deleteLater()
        if self._devices is not None:
            self._devices.deleteLater()
            self._devices = None
        if self._output is not None:
            self._output.deleteLater()
            self._output = None

    def _make_player(self) -> QMediaPlayer:
        from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._follow_device)
        self._output = QAudioOutput(self)
        self._output.setVolume(_loudness(self._volume))
        self._player = player = QMediaPlayer(self)
        player.setAudioOutput(self._output)
        player.playbackStateChanged.connect(self.changed)
        player.durationChanged.connect(self.changed)
        player.positionChanged.connect(lambda: self.moved.emit(player.position()))
        player.errorOccurred.connect(self._notice_failure)
        player.mediaStatusChanged.connect(self._notice_status)
        return player

    def _tell_speed(self, player: QMediaPlayer) -> None:
        _call(player, "setPlaybackRate", Q_ARG(float, self._speed))

    def _follow_device(self) -> None:
        """Qt binds an output to the device that was the default one when it was made."""
        from PySide6.QtMultimedia import QAudioDevice, QMediaDevices

        if self._output is not None:
            _call(self._output, "setDevice", Q_ARG(QAudioDevice, QMediaDevices.defaultAudioOutput()))
            self.changed.emit()

    def _notice_status(self) -> None:
        player = self._player
        if player is None:
            return
        if player.mediaStatus() is type(player).MediaStatus.LoadedMedia:
            if not player.hasAudio():
                self._fail("no sound in it")
                return
            self._tell_speed(player)
            self.changed.emit()
        elif player.mediaStatus() is type(player).MediaStatus.InvalidMedia:
            self._fail("invalid")

    def _notice_failure(self) -> None:
        if self._player is not None:
            self._fail(self._player.error().name)

    def _fail(self, why: str) -> None:
        if not self._has_failed:
            self._has_failed = True
            logger.info("a file cannot be played: %s", why)
            self.failed.emit()


def _call(target: QObject, slot: str, *arguments: QGenericArgumentHolder) -> None:
    """Call a slot at once, without holding the interpreter meanwhile: `invokeMethod` gives it back, a call does not.

    Raises:
        AttributeError: there is no such slot.
    """
    if not QMetaObject.invokeMethod(target, slot, Qt.ConnectionType.DirectConnection, *arguments):
        raise AttributeError(f"{type(target).__name__} has no slot {slot}")


def _loudness(percent: int) -> float:
    """Return the volume as Qt wants it; what is heard as half as loud is a tenth of the energy."""
    from PySide6.QtMultimedia import QtAudio

    return QtAudio.convertVolume(
        percent / 100, QtAudio.VolumeScale.LogarithmicVolumeScale, QtAudio.VolumeScale.LinearVolumeScale
    )
