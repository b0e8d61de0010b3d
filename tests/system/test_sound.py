"""What is heard, on which device, and that silence costs nothing (anchors: QtMultimedia devices)."""

from __future__ import annotations

import logging
import subprocess
import sys
import types
import wave
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Signal
from pytestqt.qtbot import QtBot

from ctidesk.resources import resource
from ctidesk.system import sound
from ctidesk.system.sound import SoundFile, SoundSettings, Speaker


class FakeDevice:
    def __init__(self, name: str) -> None:
        self.name = name

    def isNull(self) -> bool:
        return not self.name

    def description(self) -> str:
        return self.name


class FakeDevices(QObject):
    audioOutputsChanged = Signal()
    default = "headset"

    @staticmethod
    def defaultAudioOutput() -> FakeDevice:
        return FakeDevice(FakeDevices.default)

    @staticmethod
    def audioOutputs() -> list[FakeDevice]:
        return [FakeDevice("headset"), FakeDevice("speakers")]


class FakeEffect(QObject):
    playingChanged = Signal()
    statusChanged = Signal()
    made: list[FakeEffect]

    class Loop:
        Infinite = types.SimpleNamespace(value=-2)

    class Status:
        Error = "error"
        Ready = "ready"

    def __init__(self, device: FakeDevice, parent: QObject) -> None:
        super().__init__(parent)
        self.device, self.loops, self.playing, self.now = device, 1, False, FakeEffect.Status.Ready
        self.source = QUrl()
        self.volume = 1.0
        FakeEffect.made.append(self)

    def setSource(self, source: QUrl) -> None:
        self.source = source

    def setVolume(self, volume: float) -> None:
        self.volume = volume

    def setLoopCount(self, loops: int) -> None:
        self.loops = loops

    def play(self) -> None:
        self.playing = True
        self.playingChanged.emit()

    def stop(self) -> None:
        self.playing = False
        self.playingChanged.emit()

    def isPlaying(self) -> bool:
        return self.playing

    def status(self) -> str:
        return self.now

    def audioDevice(self) -> FakeDevice:
        return self.device


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, qapp: QObject) -> list[FakeEffect]:
    """The players that were made, on devices that are not there."""
    FakeEffect.made = []
    FakeDevices.default = "headset"
    multimedia = types.ModuleType("PySide6.QtMultimedia")
    monkeypatch.setattr(multimedia, "QSoundEffect", FakeEffect, raising=False)
    monkeypatch.setattr(multimedia, "QMediaDevices", FakeDevices, raising=False)
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", multimedia)
    monkeypatch.setattr(sound, "DEVICES_SETTLE_MILLISECONDS", 0)
    return FakeEffect.made


def test_the_ring_goes_on_until_it_is_stopped(made: list[FakeEffect]) -> None:
    speaker = Speaker()
    speaker.play(SoundFile.RING, endless=True)
    [effect] = made
    assert effect.loops == -2
    assert effect.source.toLocalFile().endswith("sounds/ring.wav")
    assert speaker.is_playing()
    speaker.stop()
    assert not effect.playing
    assert not speaker.is_playing()


def test_a_sound_that_has_ended_leaves_no_player(made: list[FakeEffect]) -> None:
    speaker = Speaker()
    speaker.play(SoundFile.SECOND_CALL)
    made[0].stop()
    assert not speaker.is_playing()


def test_it_follows_when_the_devices_change(made: list[FakeEffect], qtbot: QtBot) -> None:
    speaker = Speaker()
    speaker.play(SoundFile.RING, endless=True)
    FakeDevices.default = "speakers"
    devices = speaker._devices
    assert devices is not None
    devices.audioOutputsChanged.emit()
    devices.audioOutputsChanged.emit()
    qtbot.waitUntil(lambda: len(made) == 2)
    assert [effect.device.name for effect in made] == ["headset", "speakers"]
    assert [effect.playing for effect in made] == [False, True]


def test_it_begins_when_a_device_comes(made: list[FakeEffect], qtbot: QtBot) -> None:
    FakeDevices.default = ""
    speaker = Speaker()
    speaker.play(SoundFile.RING, endless=True)
    assert made == []
    FakeDevices.default = "headset"
    assert speaker._devices is not None
    speaker._devices.audioOutputsChanged.emit()
    qtbot.waitUntil(lambda: len(made) == 1)


def test_without_a_device_there_is_silence_and_one_line_in_the_log(
    made: list[FakeEffect], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    FakeDevices.default = ""
    speaker = Speaker()
    for _ in range(3):
        speaker.play(SoundFile.RING, endless=True)
        speaker.stop()
    assert made == []
    assert [record.message for record in caplog.records] == ["no sound device: the ring is silent"]


def test_a_device_that_fails_leaves_no_player(made: list[FakeEffect], caplog: pytest.LogCaptureFixture) -> None:
    speaker = Speaker()
    speaker.play(SoundFile.RING, endless=True)
    made[0].now = FakeEffect.Status.Error
    made[0].statusChanged.emit()
    assert not speaker.is_playing()
    assert "headset" in caplog.text


@pytest.mark.parametrize("file", SoundFile)
def test_the_files_are_short_soft_and_complete(file: SoundFile) -> None:
    with wave.open(str(resource(file.value))) as recording:
        assert (recording.getnchannels(), recording.getsampwidth()) == (1, 2)
        seconds = recording.getnframes() / recording.getframerate()
        frames = memoryview(recording.readframes(recording.getnframes())).cast("h")
    assert 0.2 < seconds < 5
    loudest = max(abs(value) for value in frames)
    assert 2000 < loudest < 25_000
    assert abs(frames[0]) < 200
    assert abs(frames[-1]) < 200


def test_the_sound_library_is_not_loaded_before_the_first_sound() -> None:
    program = (
        "import sys; from PySide6.QtCore import QCoreApplication; from ctidesk.system.sound import Speaker;"
        "a = QCoreApplication([]); s = Speaker(); s.stop();"
        "sys.exit('PySide6.QtMultimedia' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_it_rings_on_the_chosen_device_as_loud_as_chosen(made: list[FakeEffect], qtbot: QtBot, tmp_path: Path) -> None:
    speaker = Speaker()
    own = tmp_path / "own.wav"
    own.write_bytes(b"RIFF")
    speaker.set_up(SoundSettings("speakers", 40, str(own)))
    speaker.play(SoundFile.RING)
    [effect] = made
    assert (effect.device.name, effect.volume, effect.source.toLocalFile()) == ("speakers", 0.4, str(own))


def test_an_unplugged_device_and_a_lost_ringtone_have_stand_ins(
    made: list[FakeEffect], qtbot: QtBot, tmp_path: Path
) -> None:
    speaker = Speaker()
    speaker.set_up(SoundSettings("unplugged", 100, str(tmp_path / "lost.wav")))
    speaker.play(SoundFile.RING)
    [effect] = made
    assert effect.device.name == "headset"
    assert effect.source.fileName() == "ring.wav"


def test_a_second_device_rings_too_and_nothing_else_is_heard_there(made: list[FakeEffect], qtbot: QtBot) -> None:
    speaker = Speaker()
    speaker.set_up(SoundSettings("speakers", second_device="headset"))
    speaker.play(SoundFile.RING, endless=True)
    assert [effect.device.name for effect in made] == ["speakers", "headset"]
    assert all(effect.playing for effect in made)
    speaker.play(SoundFile.SECOND_CALL)
    assert [effect.device.name for effect in made[2:]] == ["speakers"]
    assert not any(effect.playing for effect in made[:2])


@pytest.mark.parametrize("second", ["speakers", "unplugged", ""])
def test_the_same_device_an_unplugged_one_and_none_are_no_second_device(
    made: list[FakeEffect], qtbot: QtBot, second: str
) -> None:
    speaker = Speaker()
    speaker.set_up(SoundSettings("speakers", second_device=second))
    speaker.play(SoundFile.RING)
    assert [effect.device.name for effect in made] == ["speakers"]


def test_a_device_that_fails_does_not_silence_the_other(made: list[FakeEffect], qtbot: QtBot) -> None:
    speaker = Speaker()
    speaker.set_up(SoundSettings("speakers", second_device="headset"))
    speaker.play(SoundFile.RING, endless=True)
    made[0].now = FakeEffect.Status.Error
    made[0].statusChanged.emit()
    assert [effect.playing for effect in made] == [False, True]
    assert speaker.is_playing()
    speaker.stop()
    assert not made[1].playing
