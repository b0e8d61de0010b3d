"""The player of recordings: fetching, playing, choosing, saving, and what is said when there is nothing to hear."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QSlider, QWidget
from pytestqt.qtbot import QtBot

from ctidesk.cti.events import CallStarted
from ctidesk.cti.model import CtiModel
from ctidesk.cti.values import AgentFeatures
from ctidesk.system.playback import Playback
from ctidesk.ui.components.recording import SPEEDS, Listening, Recording, Stage
from ctidesk.ui.components.recording_player import PAGE, STEP, RecordingPlayer
from ctidesk.ui.widgets import Menu
from tests.cti.fake_clock import FakeClock
from tests.cti.fake_provider import FakeProvider
from tests.cti.watcher import incoming
from tests.ui.components.fake_recordings import FakeRecordings, refused
from tests.ui.components.finding import button, names, texts
from tests.ui.components.stage import show
from tests.waiting import until

pytestmark = pytest.mark.qt_log_ignore(
    "^PulseAudioService: ", "^No audio device detected$", "^Could not open media", extend=True
)
"""What QtMultimedia says on a computer without sound, and of a file that is none."""


def delete_now() -> None:
    """Delete what is to be deleted, as an event loop would."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Room:
    """A player on the screen."""

    def __init__(self, folder: Path) -> None:
        self.recordings = FakeRecordings(folder)
        self.provider = FakeProvider()
        self.model = CtiModel(self.provider, FakeClock())
        self.listening = Listening(lambda: self.recordings, self.model)
        self.window = QWidget()
        self.window.resize(360, 120)
        self.player = RecordingPlayer(
            self.listening, "c-1:101", file_name="2026-11-20 <b>Anna</b>/..", parent=self.window
        )
        self.player.setGeometry(8, 8, 320, 80)
        self.window.show()
        show()

    @property
    def recording(self) -> Recording:
        return self.player._recording

    @property
    def playback(self) -> Playback:
        return self.player._playback

    def press(self, name: str) -> None:
        button(self.player, name).click()
        show()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition."""
        await until(condition, show)

    async def load(self) -> None:
        """Play, and wait until the length is known."""
        self.press("Play recording")
        await self.until(lambda: self.playback.length and self.playback.is_playing)

    async def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        delete_now()
        await self.listening.close()
        await self.model.close()


@pytest.fixture
async def room(qtbot: QtBot, tmp_path: Path) -> AsyncIterator[Room]:
    (tmp_path / "fetched").mkdir()
    room = Room(tmp_path / "fetched")
    yield room
    await room.close()
    assert not room.recordings.there
    assert not list((tmp_path / "fetched").iterdir())


async def test_nothing_is_asked_before_the_operator_wants_to_hear(room: Room) -> None:
    assert room.recordings.asked == []
    assert not room.playback.is_open


async def test_a_recording_is_fetched_played_to_its_end_and_played_again(room: Room) -> None:
    await room.load()
    assert room.recordings.asked == [("c-1:101", 0)]
    assert "0:01" in texts(room.player)
    assert "Pause" in names(room.player)
    room.player._set_speed(2.0)
    await room.until(lambda: not room.playback.is_playing)
    assert "Play recording" in names(room.player)
    room.press("Play recording")
    assert room.playback.is_playing
    assert len(room.recordings.asked) == 1


async def test_pause_keeps_the_place(room: Room) -> None:
    await room.load()
    await room.until(lambda: room.playback.position > 0)
    room.press("Pause")
    assert not room.playback.is_playing
    assert room.playback.position > 0


async def test_the_keyboard_moves_the_position(room: Room) -> None:
    await room.load()
    room.press("Pause")
    slider = room.player.findChild(QSlider)
    assert slider is not None
    assert (slider.singleStep(), slider.pageStep()) == (STEP, PAGE)
    QTest.keyClick(slider, Qt.Key.Key_End)
    await room.until(lambda: room.playback.position == room.playback.length)
    QTest.keyClick(slider, Qt.Key.Key_Home)
    await room.until(lambda: room.playback.position == 0)
    assert "Position, 0:00 of 0:01" in slider.accessibleName()


async def test_a_click_on_the_line_goes_there(room: Room) -> None:
    await room.load()
    room.press("Pause")
    slider = room.player.findChild(QSlider)
    assert slider is not None
    middle = QPoint(slider.width() // 2, slider.height() // 2)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    half = room.playback.length / 2
    await room.until(lambda: abs(room.playback.position - half) < half / 4)


async def test_speed_and_volume_are_chosen_once_for_all_players(room: Room) -> None:
    room.press("Playing speed 1")
    menu = next(child for child in room.player.findChildren(Menu) if child.isVisible())
    assert [action.text() for action in menu.actions()] == [f"{speed:g}×" for speed in SPEEDS]
    menu.actions()[3].trigger()
    menu.hide()
    show()
    assert "Playing speed 1.5" in names(room.player)
    room.press("Volume, 100 %")
    menu = next(child for child in room.player.findChildren(Menu) if child.isVisible())
    menu.actions()[2].trigger()
    menu.hide()
    show()
    assert "Volume, 50 %" in names(room.player)
    other = RecordingPlayer(room.listening, "c-2", parent=room.window)
    assert {"Playing speed 1.5", "Volume, 50 %"} <= set(names(other))


async def test_fetching_shows_how_far_it_is_and_can_be_given_up(room: Room) -> None:
    room.recordings.may_come.clear()
    room.press("Play recording")
    await room.until(lambda: room.recordings.asked)
    room.recordings.progress(340, 1000)
    show()
    assert "The recording is coming: 34 %" in texts(room.player)
    room.press("Cancel")
    await room.until(lambda: room.recordings.cancelled)
    assert room.recording.stage is Stage.ABSENT
    room.recordings.progress(900, 1000)  # a late report of what was given up
    assert room.recording.received == 340
    room.recordings.may_come.set()
    await room.load()


async def test_a_failure_is_said_and_can_be_tried_again(room: Room) -> None:
    room.recordings.problem = refused()
    room.press("Play recording")
    await room.until(lambda: room.recording.stage is Stage.FAILED)
    assert "The PBX has no recording of this call." in texts(room.player)
    room.recordings.problem = None
    room.press("Try again")
    await room.until(lambda: room.playback.is_playing)
    assert "The PBX has no recording of this call." not in texts(room.player)


async def test_what_cannot_be_played_is_said(room: Room) -> None:
    room.recordings.content = b"RIFF\x04\0\0\0WAVE"
    room.press("Play recording")
    await room.until(lambda: room.recording.stage is Stage.FAILED)
    assert "This recording cannot be played here." in texts(room.player)
    assert not room.recordings.there


async def test_a_ring_makes_it_silent(room: Room) -> None:
    await room.load()
    room.model.start()
    await room.until(lambda: room.model.is_connected)
    room.provider.events.emit(CallStarted(incoming()))
    assert not room.playback.is_playing


async def test_what_comes_after_a_ring_does_not_play_by_itself(room: Room) -> None:
    room.recordings.may_come.clear()
    room.press("Play recording")
    room.listening.interrupted.emit()
    room.recordings.may_come.set()
    await room.until(lambda: room.recording.stage is Stage.HERE)
    assert not room.playback.is_playing


async def test_it_is_silent_when_nobody_sees_it(room: Room) -> None:
    await room.load()
    room.window.hide()
    assert not room.playback.is_playing


async def test_several_recordings_of_a_call(room: Room) -> None:
    room.recordings.parts = 3
    await room.load()
    room.press("Recording 1 of 3")
    menu = next(child for child in room.player.findChildren(Menu) if child.isVisible())
    menu.actions()[1].trigger()
    menu.hide()
    await room.until(lambda: room.playback.is_playing and room.recording.part == 1)
    assert room.recordings.asked == [("c-1:101", 0), ("c-1:101", 1)]
    assert len(room.recordings.there) == 1
    assert "Recording 2 of 3" in names(room.player)


async def test_a_copy_is_saved_under_a_harmless_name(room: Room, tmp_path: Path) -> None:
    room.press("Save recording")
    await room.until(lambda: room.player.findChild(QFileDialog))
    dialog = room.player.findChild(QFileDialog)
    assert dialog is not None
    assert [Path(name).name for name in dialog.selectedFiles()] == ["2026-11-20 -b-Anna--b.wav"]
    assert not room.playback.is_playing
    target = tmp_path / "copy.wav"
    dialog.fileSelected.emit(str(target))
    dialog.close()
    await room.until(lambda: "Saved as copy.wav" in texts(room.player))
    assert target.read_bytes() == room.recordings.content
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["copy.wav"]


async def test_a_copy_that_cannot_be_written_is_said(room: Room, tmp_path: Path) -> None:
    await room.load()
    room.recording.save(tmp_path / "not there" / "copy.wav")
    await room.until(lambda: any(text.startswith("The recording could not be saved:") for text in texts(room.player)))


@pytest.mark.parametrize("stage", [Stage.COMING, Stage.HERE])
async def test_a_player_that_goes_leaves_nothing(room: Room, stage: Stage) -> None:
    if stage is Stage.COMING:
        room.recordings.may_come.clear()
    room.press("Play recording")
    await room.until(lambda: room.recording.stage is stage and room.recordings.asked)
    room.player.deleteLater()
    delete_now()
    await room.until(lambda: not room.recordings.there and (stage is Stage.HERE or room.recordings.cancelled))
    room.player = RecordingPlayer(room.listening, "c-9", parent=room.window)


async def test_a_pbx_without_recordings_offers_none(room: Room) -> None:
    assert not room.listening.is_offered
    line, agent = room.provider.features
    room.provider.features = (line, agent | AgentFeatures.CAN_GET_CALL_RECORDS)
    assert room.listening.is_offered
