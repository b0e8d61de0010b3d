"""History in real windows: a call that rang stands there, and is called back by mouse and by keyboard."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from ctidesk.config.settings import Settings, WrapUp
from ctidesk.cti.values import CallDirection, CallState
from ctidesk.ui.components.history.delegate import Target
from ctidesk.ui.components.history.pane import HistoryPane
from ctidesk.ui.components.history.rows import CallRow
from ctidesk.ui.components.note_field import NoteField
from ctidesk.ui.components.wrap_up_card import WrapUpCard
from ctidesk.ui.widgets import Tabs
from tests.desktop.played import CALLER, LOOK_SECONDS, Desktop, play

pytestmark = [
    pytest.mark.usefixtures("qapp", "tray"),
    # The machine may have no sound, and the test's application no desktop file.
    pytest.mark.qt_log_ignore("PulseAudioService", "Cannot set badge number", extend=True),
]


async def miss_a_call(desktop: Desktop) -> None:
    """Have a caller ring and give up."""
    await desktop.direct(f"ring {desktop.demo.operator_number} {CALLER} Belova Anna")
    await desktop.until(lambda: desktop.model.ringing_call)
    await desktop.direct(f"abandon {CALLER}")
    await desktop.until(lambda: desktop.model.current_call is None)


async def click_at(desktop: Desktop, widget: QWidget, place: QPoint) -> None:
    """Click a point of a widget, where the screen shows it."""
    there = widget.mapToGlobal(place)
    await desktop.xdotool("mousemove", "--sync", str(there.x()), str(there.y()), "click", "1")


async def open_history(desktop: Desktop) -> HistoryPane:
    """Click the tab of the history."""
    [tabs] = desktop.application.panel.findChildren(Tabs)
    index = next(one for one in range(tabs.count()) if tabs.accessibleTabName(one).startswith("History"))
    await click_at(desktop, tabs, tabs.tabRect(index).center())
    await desktop.until(lambda: desktop.application.panel.findChildren(HistoryPane))
    [pane] = desktop.application.panel.findChildren(HistoryPane)
    return pane


async def first_call(desktop: Desktop, pane: HistoryPane) -> CallRow:
    """Wait until the newest call has ended in the list."""

    def newest() -> CallRow | None:
        row = next((row for row in pane._rows.rows() if isinstance(row, CallRow)), None)
        return row if row is not None and row.entry.call.record.ended is not None else None

    await desktop.until(newest)
    row = newest()
    assert row is not None
    return row


def rect_of_first_call(pane: HistoryPane) -> QRect:
    place = next(place for place, row in enumerate(pane._rows.rows()) if isinstance(row, CallRow))
    return pane._list.visualRect(pane._rows.index(place, 0))


async def is_called_back(desktop: Desktop) -> None:
    """Wait until the caller's phone rings, and end the call."""

    def calls_back() -> bool:
        call = desktop.model.current_call
        return call is not None and call.direction is CallDirection.OUT and call.abonent_number == CALLER

    # The operator's own phone rings first.
    while CALLER not in str(await desktop.direct("state")):
        await asyncio.sleep(LOOK_SECONDS)
    await desktop.direct(f"pickup {desktop.demo.operator_number}")
    await desktop.until(calls_back)
    await desktop.model.drop()
    await desktop.until(lambda: desktop.model.current_call is None)


def test_a_missed_call_is_called_back_by_mouse(tmp_path: Path) -> None:
    async def scene(desktop: Desktop) -> None:
        await miss_a_call(desktop)
        await desktop.until(lambda: desktop.application.missed.count == 1)
        pane = await open_history(desktop)
        row = await first_call(desktop, pane)
        assert pane._rows.title(row) == "Belova Anna"
        await desktop.until(lambda: desktop.application.missed.count == 0)
        rect = rect_of_first_call(pane)
        place = next(
            QPoint(x, rect.center().y())
            for x in range(rect.right(), rect.left(), -2)
            if pane._list._painter.target(QPoint(x, rect.center().y()), rect, row, right_to_left=False) is Target.CALL
        )
        await click_at(desktop, pane._list.viewport(), place)
        await is_called_back(desktop)

    play(tmp_path, scene)


def test_a_missed_call_is_called_back_by_keyboard(tmp_path: Path) -> None:
    async def scene(desktop: Desktop) -> None:
        await miss_a_call(desktop)
        await desktop.xdotool("search", "--onlyvisible", "--name", "^ctidesk$", "windowactivate", "--sync")
        [tabs] = desktop.application.panel.findChildren(Tabs)
        desktop.application.panel.dial()
        while not tabs.hasFocus():
            await desktop.press("Tab")
        while not desktop.application.panel.findChildren(HistoryPane):
            await desktop.press("Right")
        [pane] = desktop.application.panel.findChildren(HistoryPane)
        await first_call(desktop, pane)
        while not pane._list.hasFocus():
            await desktop.press("Tab")
        await desktop.until(lambda: pane._list.current() is not None)
        await desktop.press("Return")
        await is_called_back(desktop)

    play(tmp_path, scene)


def test_a_note_is_written_and_a_name_found(tmp_path: Path) -> None:
    async def scene(desktop: Desktop) -> None:
        await miss_a_call(desktop)
        pane = await open_history(desktop)
        row = await first_call(desktop, pane)
        await click_at(desktop, pane._list.viewport(), rect_of_first_call(pane).center() - QPoint(60, 0))
        await desktop.until(lambda: pane._list.hasFocus())
        await desktop.press("F2")
        await desktop.until(lambda: any(note.hasFocus() for note in pane.findChildren(NoteField)))
        await desktop.type("wants an offer")
        await desktop.press("Return")
        await desktop.until(lambda: pane._rows.entries()[0].call.note == "wants an offer")
        await desktop.press("ctrl+f")
        await desktop.type("offer")
        await desktop.until(lambda: pane._query() == "offer" and not pane._is_waiting())
        assert [entry.call.record.record_id for entry in pane._rows.entries()] == [row.record_id]

    play(tmp_path, scene)


def test_the_form_after_a_call_leaves_the_keyboard_to_whoever_is_typing(tmp_path: Path) -> None:
    async def scene(desktop: Desktop) -> None:
        application = desktop.application
        application.calls.set_up(Settings(wrap_up=WrapUp(form=True)))
        async with desktop.typing_elsewhere() as text:
            await desktop.direct(f"ring {desktop.demo.operator_number} {CALLER} Belova Anna")
            await desktop.until(lambda: desktop.model.ringing_call)
            await desktop.model.answer()
            await desktop.until(
                lambda: (call := desktop.model.current_call) is not None and call.state is CallState.CONNECTED
            )
            application.panel.hide()
            await desktop.direct(f"hangup {CALLER}")
            await desktop.until(lambda: any(card.isVisible() for card in application.panel.findChildren(WrapUpCard)))
            await desktop.until(lambda: application.panel.windowHandle().isExposed())
            assert await desktop.active_window() == "somewhere else"
            await desktop.type("4711")
            await desktop.until(lambda: text() == "4711")

    play(tmp_path, scene)
