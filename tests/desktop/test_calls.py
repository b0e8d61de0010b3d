"""A working day in real windows: the popup leaves the keyboard alone; calls are led by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication

from ctidesk.cti.values import CallState
from ctidesk.ui.components.call_card import CallCard
from tests.desktop.played import CALLER, Desktop, play

pytestmark = [
    pytest.mark.usefixtures("qapp", "tray"),
    pytest.mark.qt_log_ignore("PulseAudioService", extend=True),  # the machine may have no sound
]

READY_GREEN = QColor("#1E9155")


def test_the_icon_stands_in_the_tray(tmp_path: Path) -> None:
    async def scene(desktop: Desktop) -> None:
        screen = QGuiApplication.primaryScreen()

        def tray_shows_ready() -> bool:
            image = screen.grabWindow(0).toImage()
            rows = range(image.height() - 32, image.height())
            return any(image.pixelColor(x, y) == READY_GREEN for y in rows for x in range(0, image.width(), 2))

        await desktop.until(tray_shows_ready)

    play(tmp_path, scene)


def test_a_ring_leaves_the_keyboard_to_whoever_is_typing(tmp_path: Path) -> None:
    async def scene(desktop: Desktop) -> None:
        async with desktop.typing_elsewhere() as text:
            await desktop.type("order ")
            await desktop.until(lambda: text() == "order ")
            painted: list[bool] = []
            desktop.application.popups.painted.connect(lambda: painted.append(True))
            await desktop.direct(f"ring {desktop.demo.operator_number} {CALLER} Belova Anna")
            await desktop.until(lambda: painted)
            [popup] = desktop.application.popups.shown()
            await desktop.until(lambda: popup.windowHandle().isExposed())
            assert await desktop.active_window() == "somewhere else"
            await desktop.type("4711")
            await desktop.until(lambda: text() == "order 4711")
            assert QApplication.activeWindow() is None

    play(tmp_path, scene)


def test_the_popup_stands_above_the_other_windows_and_answers(tmp_path: Path) -> None:
    async def scene(desktop: Desktop) -> None:
        async with desktop.typing_elsewhere() as text:
            await desktop.direct(f"ring {desktop.demo.operator_number} {CALLER} Belova Anna")
            await desktop.until(lambda: desktop.application.popups.shown())
            [popup] = desktop.application.popups.shown()
            await desktop.until(lambda: not popup.is_deaf())
            await desktop.click(popup, "Answer")
            await desktop.until(lambda: main_state(desktop) is CallState.CONNECTED)
            assert not popup.isVisible()
            # Not even a click on it takes the keyboard away.
            await desktop.type("x")
            await desktop.until(lambda: text() == "x")

    play(tmp_path, scene)


def test_the_popup_stands_above_a_full_screen_window_and_leaves_it_the_keyboard(tmp_path: Path) -> None:
    async def scene(desktop: Desktop) -> None:
        def is_seen() -> bool:
            [popup] = desktop.application.popups.shown()
            place = popup.rect().center()
            on_screen = screen.grabWindow(0).toImage().pixelColor(popup.mapToGlobal(place))
            return on_screen == popup.grab().toImage().pixelColor(place) and on_screen != full_screen

        screen, full_screen = QGuiApplication.primaryScreen(), QColor("yellow")
        async with desktop.typing_elsewhere(full_screen=True) as text:
            await desktop.until(lambda: screen.grabWindow(0).toImage().pixelColor(5, 5) == full_screen)
            await desktop.direct(f"ring {desktop.demo.operator_number} {CALLER} Belova Anna")
            await desktop.until(lambda: desktop.application.popups.shown())
            await desktop.until(is_seen)
            await desktop.type("4711")
            await desktop.until(lambda: text() == "4711")

    play(tmp_path, scene)


def test_a_call_is_transferred_by_mouse(tmp_path: Path) -> None:
    async def scene(desktop: Desktop) -> None:
        panel = desktop.application.panel
        expert = await ring_and_find_expert(desktop)
        await desktop.click(panel, "Answer")
        await desktop.until(lambda: main_state(desktop) is CallState.CONNECTED)
        await desktop.click(panel, "Hold")
        await desktop.until(lambda: main_state(desktop) is CallState.HOLDED)
        await desktop.click(panel, "Resume")
        await desktop.until(lambda: main_state(desktop) is CallState.CONNECTED)
        [card] = panel.findChildren(CallCard)
        await desktop.click(card, "Consult")
        await desktop.type(expert)
        await desktop.press("Return")
        await answer_as(desktop, expert)
        await desktop.click(panel, "Complete transfer")
        await left_to(desktop, expert)

    play(tmp_path, scene)


def test_a_call_is_transferred_by_keyboard(tmp_path: Path) -> None:
    async def scene(desktop: Desktop) -> None:
        expert = await ring_and_find_expert(desktop)
        await desktop.xdotool("search", "--onlyvisible", "--name", "^ctidesk$", "windowactivate", "--sync")
        await desktop.press("F4")
        await desktop.until(lambda: main_state(desktop) is CallState.CONNECTED)
        await desktop.press("F6")
        await desktop.until(lambda: main_state(desktop) is CallState.HOLDED)
        await desktop.press("F6")
        await desktop.until(lambda: main_state(desktop) is CallState.CONNECTED)
        await desktop.press("F7")
        await desktop.type(expert)
        await desktop.press("Return")
        await answer_as(desktop, expert)
        await desktop.press("F9")
        await left_to(desktop, expert)

    play(tmp_path, scene)


def main_state(desktop: Desktop) -> CallState:
    call = desktop.model.current_call
    return CallState.NONE if call is None else call.state


async def ring_and_find_expert(desktop: Desktop) -> str:
    """Have a caller ring, and return the number of a colleague to ask."""
    await desktop.direct(f"ring {desktop.demo.operator_number} {CALLER} Belova Anna")
    await desktop.until(lambda: desktop.model.ringing_call)
    abonents = desktop.model.provider.directory.abonents.values()
    return next(one.number for one in abonents if not one.is_me and one.number)


async def answer_as(desktop: Desktop, expert: str) -> None:
    """Wait until the colleague's phone rings, and have him answer."""
    await desktop.until(lambda: desktop.model.consult_call)
    await desktop.direct(f"answer {expert}")
    await desktop.until(lambda: desktop.model.abilities.complete_transfer)


async def left_to(desktop: Desktop, expert: str) -> None:
    """Wait until the operator has left, and see that the two others talk to each other."""
    await desktop.until(lambda: desktop.model.current_call is None)
    state = str(await desktop.direct("state"))
    assert CALLER in state
    assert expert in state
    await desktop.direct(f"hangup {CALLER}")
