"""The work after a call: when it begins and ends, what the PBX is told, and that it is in nobody's way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ctidesk.config.settings import WrapUp as WrapUpSettings
from ctidesk.cti.agent import AgentState
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.events import AgentStateChanged, CallFinished, CallStarted
from ctidesk.cti.presence import Presence
from ctidesk.cti.values import CallState
from ctidesk.store.record import StoredCall
from ctidesk.ui.components.note_field import NoteField
from ctidesk.ui.components.wrap_up import LEAST_SECONDS, WrapUp
from ctidesk.ui.components.wrap_up_card import WrapUpCard
from ctidesk.ui.widgets import Menu
from tests.cti.watcher import incoming, outgoing
from tests.ui.components.finding import button, names, texts
from tests.ui.components.history_desk import HistoryDesk
from tests.ui.components.stage import LUNCH, READY

SETTINGS = WrapUpSettings(form=True, seconds=30, dispositions=("Sold", "<b>Call later</b>"))
AT_WORK = AgentState("wrapup", Presence.WRAPUP, "After-call work")

pytestmark = pytest.mark.usefixtures("qapp")


class WrapUpDesk(HistoryDesk):
    """A desk with the form after calls; its PBX follows what it is told."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.wrap_up = WrapUp(self.model, self.commands)
        self.card = WrapUpCard(self.wrap_up, self.past_calls, self.people)
        self.panel.offer_wrap_up(self.card)
        self.wrap_up.set_up(SETTINGS)

    async def end(self) -> None:
        self.wrap_up.close()
        await super().end()

    async def talk_and_end(self, **fields: object) -> StoredCall:
        """Have a talk that ends; returns its record."""
        call = await self.talk(**fields)
        self.finish(call)
        await self.follow()
        await self.until(lambda: self.archive.journal.waiting == 0)
        found = await self.archive.journal.find(call.record_id)
        assert found is not None
        return found

    async def follow(self) -> None:
        """Let the PBX tell the state that it was told."""
        await self.turn()
        told = [command for command in self.provider.commands if command[0] == "set_wrap_up"]
        if told:
            self.provider.tell(AgentStateChanged(AT_WORK if told[-1][1] else READY))
        await self.turn()

    def told(self) -> list[object]:
        """Return what the PBX was told about the work, in order."""
        return [command[1] for command in self.provider.commands if command[0] == "set_wrap_up"]

    async def stored(self, call: StoredCall) -> StoredCall:
        """Return a call as the journal has it when all is written."""
        await self.until(lambda: not len(self.past_calls._writings))
        found = await self.archive.journal.find(call.record.record_id)
        assert found is not None
        return found


def note_of(desk: WrapUpDesk) -> NoteField:
    """Return the field for the note."""
    [note] = desk.card.findChildren(NoteField)
    return note


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[WrapUpDesk]:
    desk = WrapUpDesk(tmp_path)
    await desk.begin()
    yield desk
    await desk.end()


async def test_it_follows_a_talk_and_makes_ready_when_the_time_is_over(desk: WrapUpDesk) -> None:
    await desk.talk_and_end()
    assert desk.card.isVisible()
    assert {"After-call work", "Belova Anna", "ready in 0:30"} <= set(texts(desk.card))
    assert desk.told() == [True]
    desk.clock.advance(29)
    assert desk.card.isVisible()
    desk.clock.advance(1)
    await desk.turn()
    assert not desk.card.isVisible()
    assert desk.told() == [True, False]


async def test_done_makes_ready_at_once(desk: WrapUpDesk) -> None:
    await desk.talk_and_end()
    QTest.mouseClick(button(desk.card, "Ready"), Qt.MouseButton.LeftButton)
    await desk.turn()
    assert desk.told() == [True, False]
    desk.clock.advance(60)
    await desk.turn()
    assert desk.told() == [True, False]


async def test_calls_without_a_talk_have_none(desk: WrapUpDesk) -> None:
    desk.miss()
    call = outgoing()
    desk.provider.tell(CallStarted(call), CallFinished(call))
    await desk.turn()
    assert not desk.card.isVisible()
    assert desk.told() == []


async def test_a_consultation_has_none_of_its_own(desk: WrapUpDesk) -> None:
    main, consult = await desk.consult()
    desk.finish(consult)
    await desk.turn()
    assert not desk.card.isVisible()
    desk.finish(main)
    await desk.turn()
    about = desk.wrap_up.about
    assert about is not None
    assert about.record_id == main.record_id


async def test_a_lost_line_begins_no_work(desk: WrapUpDesk) -> None:
    await desk.talk()
    await desk.model.close()
    await desk.turn()
    assert desk.wrap_up.about is None


async def test_a_break_that_was_chosen_meanwhile_stays(desk: WrapUpDesk) -> None:
    await desk.talk_and_end()
    desk.provider.tell(AgentStateChanged(LUNCH))
    desk.clock.advance(30)
    await desk.turn()
    assert desk.told() == [True]


async def test_who_was_not_ready_before_is_not_made_ready_after(desk: WrapUpDesk) -> None:
    call = await desk.talk()
    desk.provider.tell(AgentStateChanged(LUNCH))
    desk.finish(call)
    await desk.turn()
    assert "Done" in names(desk.card)
    desk.clock.advance(30)
    await desk.turn()
    assert desk.told() == []


async def test_an_end_before_the_pbx_has_answered_still_makes_ready(
    desk: WrapUpDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    told: list[bool] = []

    async def slowly(on: bool) -> None:
        told.append(on)
        if on:
            await answer
            desk.provider.tell(AgentStateChanged(AT_WORK))

    monkeypatch.setattr(desk.provider, "set_wrap_up", slowly)
    call = await desk.talk()
    desk.finish(call)
    await desk.turn()
    desk.wrap_up.finish()
    await desk.turn()
    assert told == [True]
    answer.set_result(None)
    await desk.turn()
    assert told == [True, False]


async def test_a_refusal_leaves_the_form(desk: WrapUpDesk) -> None:
    desk.provider.refusals["set_wrap_up"] = CtiException(CtiError(ErrorKind.COMMAND, "No."))
    call = await desk.talk()
    desk.finish(call)
    await desk.turn()
    assert desk.card.isVisible()
    desk.clock.advance(30)
    await desk.turn()
    assert desk.told() == [True]
    assert not desk.card.isVisible()


async def test_it_steps_back_for_a_ring_and_comes_again(desk: WrapUpDesk) -> None:
    await desk.talk_and_end()
    desk.clock.advance(25)
    other = incoming("c9", "78120000000")
    desk.provider.tell(CallStarted(other))
    await desk.turn()
    assert not desk.card.isVisible()
    desk.clock.advance(600)
    await desk.turn()
    assert desk.told() == [True]
    desk.provider.tell(CallFinished(other))
    await desk.turn()
    assert desk.card.isVisible()
    assert desk.wrap_up.seconds_left() == LEAST_SECONDS
    desk.clock.advance(LEAST_SECONDS)
    await desk.turn()
    assert desk.told() == [True, False]


async def test_the_next_talk_has_its_own(desk: WrapUpDesk) -> None:
    first = await desk.talk_and_end()
    QTest.keyClicks(note_of(desk), "of the first")
    call = incoming("c9", "78120000000")
    desk.provider.tell(CallStarted(call))
    desk.connect(call)
    desk.clock.advance(5)
    desk.finish(call)
    await desk.follow()
    about = desk.wrap_up.about
    assert about is not None
    assert about.record_id == call.record_id
    assert note_of(desk).note() == ""
    assert (await desk.stored(first)).note == "of the first"


async def test_whoever_is_writing_keeps_the_form_during_a_ring(desk: WrapUpDesk) -> None:
    call = await desk.talk_and_end()
    note = note_of(desk)
    note.setFocus()
    QTest.keyClicks(note, "the caller wan")
    desk.provider.tell(CallStarted(incoming("c9", "78120000000")))
    await desk.turn()
    assert note.hasFocus()  # else the letters that follow would go into the field that dials
    QTest.keyClicks(note, "ts")
    desk.panel.dial()
    await desk.turn()
    assert not desk.card.isVisible()
    assert (await desk.stored(call)).note == "the caller wants"


async def test_it_takes_no_keyboard(desk: WrapUpDesk) -> None:
    field = desk.panel.findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    await desk.talk_and_end()
    assert desk.card.isVisible()
    assert QApplication.focusWidget() is field


async def test_the_time_does_not_run_out_under_the_fingers(desk: WrapUpDesk) -> None:
    await desk.talk_and_end()
    note = note_of(desk)
    note.setFocus()
    desk.clock.advance(28)
    QTest.keyClicks(note, "x")
    desk.clock.advance(5)
    assert desk.wrap_up.about is not None
    QTest.mouseClick(button(desk.card, "More time"), Qt.MouseButton.LeftButton)
    desk.clock.advance(30)
    assert desk.wrap_up.about is not None
    desk.clock.advance(10)
    assert desk.wrap_up.about is None


async def test_result_and_note_are_in_the_journal(desk: WrapUpDesk) -> None:
    call = await desk.talk_and_end()
    QTest.mouseClick(button(desk.card, "What did the call come to?"), Qt.MouseButton.LeftButton)
    [menu] = desk.card.findChildren(Menu)
    labels = [action.label for action in menu.actions() if hasattr(action, "label")]
    assert labels == ["Sold", "<b>Call later</b>"]
    menu.actions()[1].trigger()
    menu.close()
    assert "<b>Call later</b>" in names(desk.card)
    note = note_of(desk)
    note.setFocus()
    QTest.keyClicks(note, "on Monday\r")
    assert button(desk.card, "Ready").hasFocus()
    QTest.keyClick(button(desk.card, "Ready"), Qt.Key.Key_Return)
    found = await desk.stored(call)
    assert (found.note, found.disposition) == ("on Monday", "<b>Call later</b>")


async def test_what_was_noted_during_the_call_is_kept(desk: WrapUpDesk) -> None:
    call = await desk.talk()
    await desk.until(lambda: desk.archive.journal.waiting == 0)
    await desk.archive.annotate(call.record_id, note="before")
    desk.finish(call)
    note = note_of(desk)
    await desk.until(lambda: note.note() == "before")
    note.setFocus()
    note.moveCursor(note.textCursor().MoveOperation.End)
    QTest.keyClicks(note, " and after\r")
    await desk.until(lambda: not len(desk.past_calls._writings))
    found = await desk.archive.journal.find(call.record_id)
    assert found is not None
    assert found.note == "before and after"


async def test_what_was_typed_is_saved_at_the_end_of_the_program(desk: WrapUpDesk) -> None:
    call = await desk.talk_and_end()
    QTest.keyClicks(note_of(desk), "last words")
    desk.wrap_up.close()
    assert (await desk.stored(call)).note == "last words"


async def test_without_seconds_it_waits(desk: WrapUpDesk) -> None:
    desk.wrap_up.set_up(WrapUpSettings(form=True, seconds=0))
    await desk.talk_and_end()
    desk.clock.advance(3600)
    await desk.turn()
    assert desk.card.isVisible()
    assert "More time" not in names(desk.card)


async def test_switching_it_off_ends_it(desk: WrapUpDesk) -> None:
    await desk.talk_and_end()
    desk.wrap_up.set_up(WrapUpSettings())
    await desk.turn()
    assert not desk.card.isVisible()
    assert desk.told() == [True, False]
    assert desk.model.current_call is None
    call = await desk.talk()
    call.state = CallState.CONNECTED
    desk.finish(call)
    await desk.turn()
    assert not desk.card.isVisible()
