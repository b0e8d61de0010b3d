"""The player's threads never wait for the interpreter while the interpreter waits for them."""

from __future__ import annotations

import subprocess
import sys
import wave
from pathlib import Path

ROUNDS = 200
HANGS_AFTER = 60
"""Seconds; the rounds take about four."""

PROGRAM = f"""
import faulthandler, random, sys
from pathlib import Path

faulthandler.dump_traceback_later({HANGS_AFTER}, exit=True)

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from ctidesk.system.playback import Playback
from ctidesk.system.qt_messages import log_qt_messages

application = QApplication([])
log_qt_messages()
for _ in range({ROUNDS}):
    playback = Playback()
    playback.open(Path(sys.argv[1]))
    playback.play()
    for _ in range(random.randrange(30)):
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
    playback.close()
    playback.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
print("done")
"""


def test_a_recording_can_be_left_at_any_moment(tmp_path: Path) -> None:
    recording = tmp_path / "recording.wav"
    with wave.open(str(recording), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(16_000))
    ended = subprocess.run([sys.executable, "-c", PROGRAM, str(recording)], capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (0, "done\n"), ended.stderr[-2000:]
