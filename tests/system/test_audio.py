"""Microphone and speaker of calls: what is wished for, what is used, and what comes and goes."""

from __future__ import annotations

import subprocess
import sys
import types
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QByteArray, QObject, Signal
from pytestqt.qtbot import QtBot

from ctidesk.cti.audio import SampleQueue, milliseconds, size_of
from ctidesk.system import audio
from ctidesk.system.audio import AudioSettings, SystemAudio, SystemStream
from ctidesk.system.audio_check import RECORD_SECONDS, AudioCheck, CheckState, level_of
from ctidesk.system.synthetic_audio import AudioOrTone, SyntheticAudio, SyntheticStream


class FakeFormat:
    class SampleFormat:
        Int16 = "int16"

    def __init__(self) -> None:
        self.channels = 0

    def setSampleRate(self, _rate: int) -> None: ...

    def setSampleFormat(self, _format: str) -> None: ...

    def setChannelCount(self, channels: int) -> None:
        self.channels = channels

    def channelCount(self) -> int:
        return self.channels


class FakeDevice:
    def __init__(self, name: str, channels: int = 1) -> None:
        self.name, self.channels = name, channels

    def isNull(self) -> bool:
        return not self.name

    def description(self) -> str:
        return self.name

    def id(self) -> QByteArray:
        return QByteArray(self.name.encode())

    def isFormatSupported(self, form: FakeFormat) -> bool:
        return form.channels >= self.channels


class FakeDevices(QObject):
    audioInputsChanged = Signal()
    audioOutputsChanged = Signal()
    inputs: list[FakeDevice]
    outputs: list[FakeDevice]
    made: list[FakeDevices]

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        FakeDevices.made.append(self)

    @staticmethod
    def audioInputs() -> list[FakeDevice]:
        return FakeDevices.inputs

    @staticmethod
    def audioOutputs() -> list[FakeDevice]:
        return FakeDevices.outputs

    @staticmethod
    def defaultAudioInput() -> FakeDevice:
        return FakeDevices.inputs[0] if FakeDevices.inputs else FakeDevice("")

    @staticmethod
    def defaultAudioOutput() -> FakeDevice:
        return FakeDevices.outputs[0] if FakeDevices.outputs else FakeDevice("")


class FakeIo:
    """What a device gives or takes."""

    def __init__(self) -> None:
        self.given = b""
        self.taken = b""

    def readAll(self) -> QByteArray:
        data, self.given = self.given, b""
        return QByteArray(data)

    def write(self, data: bytes) -> int:
        self.taken += data
        return len(data)


class FakeEnd(QObject):
    """A source or a sink. `refuse`: names of devices that cannot be opened."""

    opened: list[FakeEnd]
    refuse: set[str]

    def __init__(self, device: FakeDevice, form: FakeFormat, parent: QObject) -> None:
        super().__init__(parent)
        self.device, self.channels = device, form.channels
        self.io = FakeIo()
        self.failed = device.name in FakeEnd.refuse
        self.is_stopped = False
        FakeEnd.opened.append(self)

    def setBufferSize(self, _size: int) -> None: ...

    def bufferSize(self) -> int:
        return size_of(100) * self.channels

    def bytesFree(self) -> int:
        return self.bufferSize()

    def start(self) -> FakeIo:
        return self.io

    def stop(self) -> None:
        self.is_stopped = True

    def error(self) -> str:
        return "gone" if self.failed else "none"


@pytest.fixture(autouse=True)
def _fake_multimedia(monkeypatch: pytest.MonkeyPatch) -> None:
    FakeDevices.inputs = [FakeDevice("built-in microphone"), FakeDevice("headset microphone")]
    FakeDevices.outputs = [FakeDevice("built-in audio"), FakeDevice("headset", channels=2)]
    FakeDevices.made = []
    FakeEnd.opened, FakeEnd.refuse = [], set()
    fake = types.SimpleNamespace(
        QMediaDevices=FakeDevices,
        QAudioSource=FakeEnd,
        QAudioSink=FakeEnd,
        QAudioFormat=FakeFormat,
        QtAudio=types.SimpleNamespace(Error=types.SimpleNamespace(NoError="none", UnderrunError="dry")),
    )
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", fake)
    monkeypatch.setattr(audio, "DEVICES_SETTLE_MILLISECONDS", 1)
    monkeypatch.setattr(audio, "REOPEN_MILLISECONDS", 1)
    monkeypatch.setattr(audio, "REST_MILLISECONDS", 1)


@pytest.fixture
def devices(qtbot: QtBot) -> Iterator[SystemAudio]:
    made = SystemAudio()
    yield made
    made.close()


def in_use() -> list[str]:
    return sorted(end.device.name for end in FakeEnd.opened if not end.is_stopped)


def end_of(name: str) -> FakeEnd:
    return next(end for end in reversed(FakeEnd.opened) if end.device.name == name)


def wait_for(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=10_000)


def test_nothing_is_loaded_before_the_first_call() -> None:
    script = (
        "import sys; import ctidesk.system.audio, ctidesk.system.audio_check;"
        "from ctidesk.system.audio import SystemAudio, AudioSettings; SystemAudio().set_up(AudioSettings('a', 'b'));"
        "print([name for name in sys.modules if 'Multimedia' in name or name in ('numpy', 'aiortc', 'av')])"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_sound_goes_both_ways(devices: SystemAudio, qtbot: QtBot) -> None:
    stream = devices.open()
    wait_for(qtbot, lambda: in_use() == ["built-in audio", "built-in microphone"])
    assert stream.microphone is not None
    assert stream.speaker is not None
    end_of("built-in microphone").io.given = b"\x01\x02" * 480
    wait_for(qtbot, lambda: len(stream.microphone or b"") == 960)
    assert stream.microphone.read(960) == b"\x01\x02" * 480
    stream.speaker.write(b"\x05\x06" * 960)
    wait_for(qtbot, lambda: b"\x05\x06" * 480 in end_of("built-in audio").io.taken)


def test_silence_is_written_when_nothing_comes(devices: SystemAudio, qtbot: QtBot) -> None:
    """A sink that runs dry takes long to begin again."""
    devices.open()
    wait_for(qtbot, lambda: bool(FakeEnd.opened) and len(end_of("built-in audio").io.taken) > 1000)
    assert set(end_of("built-in audio").io.taken) == {0}


def test_a_device_that_cannot_do_one_channel_gets_two(devices: SystemAudio, qtbot: QtBot) -> None:
    devices.set_up(AudioSettings(speaker="headset"))
    stream = devices.open()
    wait_for(qtbot, lambda: "headset" in in_use())
    assert stream.speaker is not None
    stream.speaker.write(b"\x05\x06" * 10)
    wait_for(qtbot, lambda: b"\x05\x06" * 20 in end_of("headset").io.taken)


def test_the_microphone_can_be_made_louder(devices: SystemAudio, qtbot: QtBot) -> None:
    devices.set_up(AudioSettings(gain=200))
    stream = devices.open()
    wait_for(qtbot, lambda: "built-in microphone" in in_use())
    end_of("built-in microphone").io.given = (1000).to_bytes(2, sys.byteorder) + (30000).to_bytes(2, sys.byteorder)
    wait_for(qtbot, lambda: len(stream.microphone or b"") == 4)
    assert stream.microphone is not None
    samples = memoryview(stream.microphone.read(4)).cast("h")
    assert list(samples) == [2000, 32767]


def test_the_wished_device_is_used_when_it_is_back(devices: SystemAudio, qtbot: QtBot) -> None:
    FakeDevices.inputs, gone = FakeDevices.inputs[:1], FakeDevices.inputs[1]
    devices.set_up(AudioSettings(microphone="headset microphone"))
    stream = devices.open()
    wait_for(qtbot, lambda: "built-in microphone" in in_use())
    queue = stream.microphone
    FakeDevices.inputs.append(gone)
    FakeDevices.made[0].audioInputsChanged.emit()
    wait_for(qtbot, lambda: "headset microphone" in in_use())
    assert in_use() == ["built-in audio", "headset microphone"]
    assert [end.device.name for end in FakeEnd.opened].count("built-in audio") == 1  # that one goes on undisturbed
    assert stream.microphone is queue
    FakeDevices.inputs.remove(gone)
    FakeDevices.made[0].audioInputsChanged.emit()
    wait_for(qtbot, lambda: in_use() == ["built-in audio", "built-in microphone"])


def test_a_headset_that_was_away_without_notice_is_opened_anew(devices: SystemAudio, qtbot: QtBot) -> None:
    """PulseAudio moves its sound elsewhere, and Qt says nothing before it is back."""
    devices.set_up(AudioSettings(speaker="headset"))
    devices.open()
    wait_for(qtbot, lambda: "headset" in in_use() and not devices._resting.isActive())
    first = end_of("headset")
    FakeDevices.made[0].audioOutputsChanged.emit()
    wait_for(qtbot, lambda: first.is_stopped and end_of("headset") is not first)


def test_another_choice_counts_in_the_call_that_runs(devices: SystemAudio, qtbot: QtBot) -> None:
    devices.open()
    wait_for(qtbot, lambda: "built-in audio" in in_use())
    devices.set_up(AudioSettings(speaker="headset"))
    wait_for(qtbot, lambda: in_use() == ["built-in microphone", "headset"])


def test_a_call_without_devices_and_one_that_is_plugged_in(devices: SystemAudio, qtbot: QtBot) -> None:
    inputs, FakeDevices.inputs, FakeDevices.outputs = FakeDevices.inputs, [], []
    told: list[tuple[str, ...]] = []
    devices.on_change(lambda: told.append(devices.missing))
    assert devices.missing == ("microphone", "speaker")
    stream = devices.open()
    assert (stream.microphone, stream.speaker) == (None, None)
    FakeDevices.inputs = inputs
    FakeDevices.made[0].audioInputsChanged.emit()
    wait_for(qtbot, lambda: in_use() == ["built-in microphone"])
    assert stream.microphone is not None
    assert told == [("speaker",)]


def test_a_device_that_fails_is_opened_anew(devices: SystemAudio, qtbot: QtBot) -> None:
    devices.open()
    wait_for(qtbot, lambda: "built-in microphone" in in_use())
    broken = end_of("built-in microphone")
    broken.failed = True
    wait_for(qtbot, lambda: broken.is_stopped and end_of("built-in microphone") is not broken)
    wait_for(qtbot, lambda: in_use() == ["built-in audio", "built-in microphone"])


def test_a_device_that_cannot_be_opened_is_tried_again_in_peace(devices: SystemAudio, qtbot: QtBot) -> None:
    FakeEnd.refuse = {"built-in audio"}
    devices.open()
    wait_for(qtbot, lambda: sum(end.device.name == "built-in audio" for end in FakeEnd.opened) >= 3)
    FakeEnd.refuse = set()
    wait_for(qtbot, lambda: in_use() == ["built-in audio", "built-in microphone"])


def test_a_microphone_that_is_denied_is_missing_until_it_can_be_opened(devices: SystemAudio, qtbot: QtBot) -> None:
    told: list[tuple[str, ...]] = []
    devices.on_change(lambda: told.append(devices.missing))
    FakeEnd.refuse = {"built-in microphone"}
    assert devices.missing == ()
    stream = devices.open()
    wait_for(qtbot, lambda: devices.missing == ("microphone",))
    assert told == [("microphone",)]
    assert stream.microphone is not None
    assert not len(stream.microphone)  # of which silence is sent
    FakeEnd.refuse = set()
    wait_for(qtbot, lambda: devices.missing == ())
    assert told[-1] == ()


def test_what_was_denied_in_one_call_is_tried_in_the_next(devices: SystemAudio, qtbot: QtBot) -> None:
    FakeEnd.refuse = {"built-in microphone"}
    stream = devices.open()
    wait_for(qtbot, lambda: devices.missing == ("microphone",))
    stream.close()
    assert devices.missing == ()


def test_closed_devices_are_given_back(devices: SystemAudio, qtbot: QtBot) -> None:
    stream, other = devices.open(), devices.open()
    wait_for(qtbot, lambda: len(in_use()) == 4)
    stream.close()
    stream.close()
    wait_for(qtbot, lambda: len(in_use()) == 2)
    assert stream.microphone is None
    assert other.microphone is not None
    devices.close()
    assert in_use() == []


def test_a_tone_stands_in_for_missing_devices(devices: SystemAudio, qtbot: QtBot) -> None:
    demo = AudioOrTone(devices)
    stream = demo.open()
    assert isinstance(stream, SystemStream)
    stream.close()
    FakeDevices.inputs = []
    tone = demo.open()
    assert isinstance(tone, SyntheticStream)
    assert tone.microphone is not None
    wait_for(qtbot, lambda: any(tone.microphone.read(100) if tone.microphone else b""))
    tone.close()
    assert demo.missing == ()


def test_a_queue_keeps_the_newest() -> None:
    queue = SampleQueue(capacity=8)
    queue.write(b"abcdefghij")
    assert len(queue) == 8
    assert queue.dropped == 2
    assert queue.read(4) == b"cdef"
    queue.keep(2)
    assert queue.read(100) == b"ij"
    assert queue.read(1) == b""
    assert queue.written == 10


# ---- trying them out


def state_of(check: AudioCheck) -> CheckState:
    return check.state


def test_the_check_shows_the_level_plays_a_tone_and_records(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    synthetic = SyntheticAudio(440)
    monkeypatch.setattr(SystemAudio, "open", lambda _self: synthetic.open())
    monkeypatch.setattr("ctidesk.system.audio_check.RECORD_SECONDS", 0.3)
    check = AudioCheck()
    states: list[CheckState] = []
    check.changed.subscribe(lambda: states.append(check.state))
    check.start(AudioSettings())
    stream = synthetic.streams[0]
    wait_for(qtbot, lambda: check.level > 0.5)
    check.play_tone()
    wait_for(qtbot, lambda: stream.first_sound is not None)
    check.play_tone()
    assert state_of(check) is CheckState.IDLE
    check.record()
    assert state_of(check) is CheckState.RECORDING
    wait_for(qtbot, lambda: check.state is CheckState.PLAYING)
    assert 0 < check.seconds_left <= 0.3
    wait_for(qtbot, lambda: check.state is CheckState.IDLE)
    assert any(stream.hear(50)) or CheckState.PLAYING in states
    check.stop()
    assert not stream.is_open
    assert check.level == 0
    check.stop()


def test_a_recording_of_a_dead_microphone_ends(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    synthetic = SyntheticAudio(has_microphone=False)
    monkeypatch.setattr(SystemAudio, "open", lambda _self: synthetic.open())
    monkeypatch.setattr("ctidesk.system.audio_check.RECORD_SECONDS", -0.9)
    check = AudioCheck()
    check.start(AudioSettings())
    check.record()
    wait_for(qtbot, lambda: check.state is CheckState.IDLE)
    check.stop()


@pytest.mark.parametrize(("loud", "level"), [(0, 0.0), (32767, 1.0), (1036, 0.5), (30, 0.0)])
def test_the_level_is_as_the_ear_hears_it(loud: int, level: float) -> None:
    assert level_of(loud.to_bytes(2, sys.byteorder, signed=True) * 100) == pytest.approx(level, abs=0.02)
    assert level_of(b"") == 0


def test_sizes_and_times() -> None:
    assert size_of(20) == 1920
    assert milliseconds(1920) == 20
    assert RECORD_SECONDS == 5
