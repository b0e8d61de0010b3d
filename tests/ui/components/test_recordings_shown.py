"""Where recordings are heard: in the card of a call and in the line of one that was."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from ctidesk.cti.values import AgentFeatures
from ctidesk.ui.components.call_controls import Control
from ctidesk.ui.components.history.rows import CallRow
from ctidesk.ui.components.recording import Listening
from ctidesk.ui.components.recording_player import RecordingPlayer
from ctidesk.ui.widgets import Tile
from tests.ui.components.fake_recordings import FakeRecordings
from tests.ui.components.history_desk import HistoryDesk, past
from tests.ui.components.stage import show

pytestmark = pytest.mark.qt_log_ignore("^PulseAudioService: ", "^No audio device detected$", extend=True)


class RecordedDesk(HistoryDesk):
    """A desk at a PBX that records."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        (folder / "fetched").mkdir()
        self.recordings = FakeRecordings(folder / "fetched")
        self.listening = Listening(lambda: self.recordings, self.model)
        line, agent = self.provider.features
        self.provider.features = (line, agent | AgentFeatures.CAN_GET_CALL_RECORDS)
        self.panel.offer_recordings(self.listening)

    def tile(self) -> Tile:
        return self.panel._calls.cards()[0]._grid.tile(Control.RECORDING)

    def player(self) -> RecordingPlayer | None:
        return next((one for one in self.panel.findChildren(RecordingPlayer) if not one.isHidden()), None)

    async def hear(self) -> RecordingPlayer:
        await self.until(lambda: (player := self.player()) is not None and player._playback.is_playing)
        player = self.player()
        assert player is not None
        return player


@pytest.fixture
async def desk(qtbot: QtBot, tmp_path: Path) -> AsyncIterator[RecordedDesk]:
    desk = RecordedDesk(tmp_path)
    await desk.begin()
    yield desk
    await desk.listening.close()
    await desk.end()


async def test_the_card_plays_what_was_recorded_so_far(desk: RecordedDesk) -> None:
    call = await desk.talk()
    assert desk.tile().isVisible()
    assert desk.tile().isEnabled()
    desk.tile().click()
    await desk.hear()
    assert desk.recordings.asked == [(call.id, 0)]
    desk.tile().click()
    show()
    assert desk.player() is None


async def test_nothing_is_recorded_before_the_answer(desk: RecordedDesk) -> None:
    call = await desk.talk()
    call.connected = None
    desk.panel.refresh()
    assert not desk.tile().isEnabled()
    assert desk.tile().accessibleDescription() == "Nothing is recorded before the answer"


async def test_the_player_goes_with_its_call(desk: RecordedDesk) -> None:
    call = await desk.talk()
    desk.tile().click()
    await desk.hear()
    desk.finish(call)
    await desk.until(lambda: not desk.model.calls)
    desk.panel.refresh()
    show()
    assert desk.player() is None


async def test_keypad_and_player_take_turns(desk: RecordedDesk) -> None:
    await desk.talk()
    card = desk.panel._calls.cards()[0]
    desk.tile().click()
    await desk.hear()
    card._act(Control.KEYPAD)
    show()
    assert desk.player() is None
    pad = card._pad
    assert pad is not None
    assert pad.isVisible()
    desk.tile().click()
    assert not pad.isVisible()
    await desk.hear()


async def test_a_pbx_without_recordings_has_no_tile(desk: RecordedDesk) -> None:
    line, agent = desk.provider.features
    desk.provider.features = (line, agent & ~AgentFeatures.CAN_GET_CALL_RECORDS)
    await desk.talk()
    assert not desk.tile().isVisible()


async def test_the_history_plays_a_call_that_was_answered(desk: RecordedDesk) -> None:
    answered, missed = past(minutes=5, name="Anna"), past(minutes=60, name="Viktor")
    record = msgspec.structs.replace(answered.record, recording_id="c-7:1")
    recorded = msgspec.structs.replace(answered, record=record)
    await desk.add(recorded, missed)
    pane = await desk.read()
    pane._open_details(next(row.entry.call for row in pane._rows.rows() if isinstance(row, CallRow)))
    show()
    player = desk.player()
    assert player is not None
    assert desk.recordings.asked == []
    player.play()
    await desk.hear()
    assert desk.recordings.asked == [("c-7:1", 0)]
    pane._drop_details()
    await asyncio.sleep(0)
    show()
    assert not player.isVisible()
    assert [pane._has_recording(call) for call in (recorded, missed)] == [True, False]
