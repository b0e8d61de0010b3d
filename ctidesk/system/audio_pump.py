"""Between two devices and two queues, in the thread of the devices."""

from __future__ import annotations

import array
from typing import TYPE_CHECKING

from PySide6.QtCore import QIODevice, QObject, Qt, QThread, QTimer, Signal, Slot
from shiboken6 import isValid

from ctidesk.cti.audio import SAMPLE_BYTES, SAMPLE_RATE, SampleQueue, size_of

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QAudioSource

BEAT_MILLISECONDS = 10
AHEAD = size_of(30)
"""What the sink has before it: as much as this thread may be late."""

RUNNING_DRY = size_of(15)
"""Below this silence is written rather than nothing, for a sink that ran dry takes long to begin again."""

MOST = 32767

BEATS_TO_LOOK = 10
"""Every so many beats it is looked whether the devices still work: asking costs more than carrying."""


class AudioThread(QThread):
    """The thread that pumps live in."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("audio devices")
        self._last = _Last()
        self._last.moveToThread(self)
        self._pumps: set[AudioPump] = set()

    def take(self, pump: AudioPump) -> None:
        """Let it live here, and keep it until it has given its devices back and is gone.

        Otherwise it would be destroyed, devices in use and all, in the thread in which the last one forgets it.
        """
        pump.moveToThread(self)
        self._pumps = {pump, *(one for one in self._pumps if isValid(one))}

    def end(self) -> None:
        """Let all that was asked for so far be done, devices given back above all, and end."""
        self._last.wanted.emit()


class _Last(QObject):
    """Ends the thread that it lives in; `QThread.quit` would overtake what waits there."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wanted.connect(self._end, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _end(self) -> None:
        QThread.currentThread().quit()


class AudioPump(QObject):
    """Opens devices, and carries samples between them and the queues until it is told to finish.

    Signals:
        wanted(QAudioDevice source, QAudioDevice sink, int gain, bool anew): use these; a null device is none. `anew`:
            also one that is in use is closed and opened.
        finished(): give them back and be gone.
        works(str name): `microphone` or `speaker` was opened.
        failed(str name, str words): it cannot be opened, or has stopped by itself.
    """

    wanted = Signal(object, object, int, bool)
    finished = Signal()
    works = Signal(str)
    failed = Signal(str, str)

    def __init__(self, microphone: SampleQueue, speaker: SampleQueue) -> None:
        super().__init__()
        self._microphone = microphone
        self._speaker = speaker
        self._gain = 100
        self._source: QAudioSource | None = None
        self._sink: QAudioSink | None = None
        self._source_id = b""
        self._sink_id = b""
        self._spoken: QIODevice | None = None
        self._heard: QIODevice | None = None
        self._source_channels = 1
        self._sink_channels = 1
        self._rest = b""
        self._beat: QTimer | None = None
        self._beats = 0
        # Called in the thread that this object lives in, whoever emits: that holds for slots alone.
        self.wanted.connect(self._use, Qt.ConnectionType.QueuedConnection)
        self.finished.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    # ---- opening

    @Slot(object, object, int, bool)
    def _use(self, source: QAudioDevice, sink: QAudioDevice, gain: int, anew: bool) -> None:
        self._gain = gain
        if self._beat is None:
            self._beat = QTimer(self)
            self._beat.setTimerType(Qt.TimerType.PreciseTimer)
            self._beat.setInterval(BEAT_MILLISECONDS)
            self._beat.timeout.connect(self._carry)
            self._beat.start()
        if anew or source.id().data() != self._source_id or not _works(self._source):
            self._close_source()
            self._open_source(source)
        if anew or sink.id().data() != self._sink_id or not _works(self._sink):
            self._close_sink()
            self._open_sink(sink)

    def _open_source(self, device: QAudioDevice) -> None:
        from PySide6.QtMultimedia import QAudioSource

        self._source_id = _bytes(device.id().data())
        self._microphone.clear()
        if device.isNull():
            return
        form = _format_for(device)
        self._source_channels = form.channelCount()
        self._rest = b""
        self._source = QAudioSource(device, form, self)
        self._source.setBufferSize(size_of(100) * self._source_channels)
        self._spoken = self._source.start()
        if _works(self._source):
            self.works.emit("microphone")
        else:
            self.failed.emit("microphone", f"{device.description()} gives no sound")

    def _open_sink(self, device: QAudioDevice) -> None:
        from PySide6.QtMultimedia import QAudioSink

        self._sink_id = _bytes(device.id().data())
        self._speaker.clear()
        if device.isNull():
            return
        form = _format_for(device)
        self._sink_channels = form.channelCount()
        self._sink = QAudioSink(device, form, self)
        self._sink.setBufferSize(size_of(100) * self._sink_channels)
        self._heard = self._sink.start()
        if _works(self._sink):
            self.works.emit("speaker")
        else:
            self.failed.emit("speaker", f"{device.description()} takes no sound")

    # ---- carrying

    @Slot()
    def _carry(self) -> None:
        if self._spoken is not None:
            self._take_spoken(_bytes(self._spoken.readAll().data()))
        if self._sink is not None and self._heard is not None:
            channels = self._sink_channels
            waiting = (self._sink.bufferSize() - self._sink.bytesFree()) // channels
            if waiting < AHEAD:
                samples = self._speaker.read(AHEAD - waiting)
                if waiting + len(samples) < RUNNING_DRY:
                    samples += bytes(AHEAD - waiting - len(samples))
                self._heard.write(_spread(samples, channels))
        self._beats += 1
        if self._beats % BEATS_TO_LOOK == 0:
            self._look()

    def _look(self) -> None:
        for device in (self._source, self._sink):
            if device is not None and not _works(device):
                self._lose(device)

    def _take_spoken(self, data: bytes) -> None:
        data = self._rest + data
        whole = len(data) // (SAMPLE_BYTES * self._source_channels) * SAMPLE_BYTES * self._source_channels
        self._rest = data[whole:]
        if not whole:
            return
        if self._source_channels == 1 and self._gain == 100:
            self._microphone.write(data[:whole])
            return
        samples = array.array("h", data[:whole])[:: self._source_channels]
        if self._gain != 100:
            factor = self._gain / 100
            samples = array.array("h", (max(-MOST, min(MOST, int(sample * factor))) for sample in samples))
        self._microphone.write(samples.tobytes())

    # ---- ending

    def _lose(self, device: QAudioSource | QAudioSink) -> None:
        words = str(device.error())
        if device is self._source:
            self._close_source()
            self.failed.emit("microphone", words)
        else:
            self._close_sink()
            self.failed.emit("speaker", words)

    @Slot()
    def _finish(self) -> None:
        if self._beat is not None:
            self._beat.stop()
        self._close_source()
        self._close_sink()
        self.deleteLater()

    def _close_source(self) -> None:
        source, self._source, self._spoken, self._source_id = self._source, None, None, b""
        if source is not None:
            source.stop()
            source.deleteLater()

    def _close_sink(self) -> None:
        sink, self._sink, self._heard, self._sink_id = self._sink, None, None, b""
        if sink is not None:
            sink.stop()
            sink.deleteLater()


def _works(device: QAudioSource | QAudioSink | None) -> bool:
    """Whether the device has not stopped by an error of its own."""
    if device is None:
        return True
    from PySide6.QtMultimedia import QtAudio

    return device.error() in (QtAudio.Error.NoError, QtAudio.Error.UnderrunError)


def _format_for(device: QAudioDevice) -> QAudioFormat:
    """Our own format; on a device that cannot do one channel, two."""
    from PySide6.QtMultimedia import QAudioFormat

    form = QAudioFormat()
    form.setSampleRate(SAMPLE_RATE)
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    form.setChannelCount(1)
    if not device.isFormatSupported(form):
        form.setChannelCount(2)
    return form


def _spread(samples: bytes, channels: int) -> bytes:
    """The same on each channel."""
    if channels == 1:
        return samples
    spread = array.array("h", bytes(len(samples) * channels))
    for channel in range(channels):
        spread[channel::channels] = array.array("h", samples)
    return spread.tobytes()


def _bytes(data: bytes | bytearray | memoryview) -> bytes:
    return bytes(data)
