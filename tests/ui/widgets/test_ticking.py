"""Shared timers run only while somebody counts; durations are written in one way."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ctidesk.ui.widgets import Clock, Ticker, format_duration, second_timer


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-3, "0:00"), (0, "0:00"), (7.99, "0:07"), (192, "3:12"), (3599, "59:59"), (3600, "1:00:00"),
     (36_061, "10:01:01")],
)  # fmt: skip
def test_durations(seconds: float, text: str) -> None:
    assert format_duration(seconds) == text


@pytest.mark.parametrize(("now", "rest"), [(10.0, 1000), (10.25, 750), (10.9, 100), (10.98, 1020)])
def test_ticks_are_aligned_to_the_second(now: float, rest: int, qtbot: QtBot) -> None:
    assert Ticker(1000, clock=lambda: now).until_next() == pytest.approx(rest, abs=1)


def test_runs_only_while_somebody_listens(qtbot: QtBot) -> None:
    ticker = Ticker(20)
    calls: list[str] = []
    assert not ticker.is_running()
    first = ticker.subscribe(lambda: calls.append("first"))
    second = ticker.subscribe(lambda: calls.append("second"))
    qtbot.waitUntil(lambda: calls.count("second") >= 2)
    first()
    first()
    assert ticker.is_running()
    second()
    assert not ticker.is_running()
    calls.clear()
    third = ticker.subscribe(lambda: calls.append("third"))
    qtbot.waitUntil(lambda: len(calls) >= 1)
    third()
    assert set(calls) == {"third"}


def test_a_subscriber_may_leave_during_the_tick(qtbot: QtBot) -> None:
    ticker = Ticker(20)
    calls: list[str] = []

    def leave() -> None:
        calls.append("left")
        unsubscribe()
        other()

    unsubscribe = ticker.subscribe(leave)
    other = ticker.subscribe(lambda: calls.append("other"))
    qtbot.waitUntil(lambda: not ticker.is_running())
    assert calls == ["left"]


def test_a_deleted_widget_drops_out(qtbot: QtBot) -> None:
    ticker = Ticker(20)
    widget = QWidget()
    ticker.subscribe(widget.update)
    widget.deleteLater()
    with qtbot.waitSignal(widget.destroyed):
        pass
    qtbot.waitUntil(lambda: not ticker.is_running())


def test_clock_counts_only_while_it_can_be_seen(qtbot: QtBot) -> None:
    clock = Clock()
    qtbot.addWidget(clock)
    elapsed = [5.0]
    clock.count(lambda: elapsed[0])
    assert clock.text() == "0:05"
    assert not second_timer().is_running()
    elapsed[0] = 6.0
    clock.show()
    assert clock.text() == "0:06"
    assert second_timer().is_running()
    elapsed[0] = 61.0
    qtbot.waitUntil(lambda: clock.text() == "1:01")
    clock.hide()
    assert not second_timer().is_running()


def test_stopped_clock(qtbot: QtBot) -> None:
    clock = Clock()
    qtbot.addWidget(clock)
    clock.show()
    clock.count(lambda: 1.0)
    clock.stop(42)
    assert clock.text() == "0:42"
    assert not second_timer().is_running()
    clock.stop()
    assert clock.text() == ""
