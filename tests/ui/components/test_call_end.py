"""The end of a call is said when the operator would wonder, once, and not when something else says it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from ctidesk.cti.call import Call
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.events import CallFinished, CallStarted, ErrorOccurred, LineStateChanged
from ctidesk.cti.model import CONNECTION_LOST
from ctidesk.cti.values import CallFeatures, CallState
from ctidesk.ui.components.call_end import SAID_FOR, CallEnds
from ctidesk.ui.windows.unseen_errors import UnseenErrors
from tests.cti.watcher import incoming, outgoing
from tests.ui.components.finding import button, names, texts
from tests.ui.components.stage import Stage

BUSY = "The line is busy."


@pytest.fixture
async def stage(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """A desk whose PBX has words for one cause."""
    desk = Stage()
    monkeypatch.setattr(desk.provider, "unusual_end", lambda call: BUSY if call.state_cause == "BUSY" else "")
    await desk.begin()
    yield desk
    await desk.end()


async def end(stage: Stage, call: Call, cause: str) -> None:
    call.state_cause = cause
    stage.provider.tell(CallFinished(call), LineStateChanged(CallFeatures.CAN_DIAL))
    await stage.turn()


async def begin(stage: Stage, call: Call) -> Call:
    stage.provider.tell(CallStarted(call), LineStateChanged(CallFeatures.CAN_DROP))
    await stage.turn()
    return call


def said(stage: Stage) -> list[str]:
    return texts(stage.panel._notices)


async def test_an_unusual_end_is_said_and_the_call_can_be_made_again(stage: Stage) -> None:
    await end(stage, await begin(stage, outgoing("k1", "79037654321")), "BUSY")
    title, sentence = said(stage)
    assert title.startswith("Call ended: ")
    assert "903" in title
    assert sentence == BUSY
    stage.provider.commands.clear()
    QTest.mouseClick(button(stage.panel, "Call again"), Qt.MouseButton.LeftButton)
    await stage.turn()
    assert stage.provider.commands == [("make_call", "79037654321")]


async def test_an_end_as_calls_end_is_not(stage: Stage) -> None:
    await end(stage, await begin(stage, outgoing("k1", "79037654321")), "NORMAL")
    assert said(stage) == []


async def test_it_goes_with_the_next_call_with_dismiss_and_with_time(stage: Stage) -> None:
    await end(stage, await begin(stage, outgoing("k1", "79037654321")), "BUSY")
    second = await begin(stage, outgoing("k2", "79037654321"))
    assert said(stage) == []
    await end(stage, second, "BUSY")
    QTest.mouseClick(button(stage.panel, "Dismiss"), Qt.MouseButton.LeftButton)
    await stage.turn()
    assert said(stage) == []
    await end(stage, await begin(stage, outgoing("k3", "79037654321")), "BUSY")
    [timer] = [one for one in stage.panel._notices._ends.findChildren(QTimer) if one.isActive()]
    assert timer.interval() == SAID_FOR
    timer.timeout.emit()
    assert said(stage) == []


async def test_a_missed_call_is_not_offered_to_be_called_again_here(stage: Stage) -> None:
    """The missed notice has that button."""
    await end(stage, await begin(stage, incoming("k1", "79037654321")), "BUSY")
    assert BUSY in said(stage)
    assert "Call again" not in names(stage.panel)


@pytest.mark.parametrize("refused_first", [True, False])
async def test_a_refusal_says_it_alone(stage: Stage, refused_first: bool) -> None:
    """The PBX refuses the command and ends the call, in either order."""
    error = CtiError(ErrorKind.COMMAND, "The phone was not picked up.", source="fake.call")
    call = await begin(stage, outgoing("k1", "79037654321"))
    if refused_first:
        stage.provider.tell(ErrorOccurred(error))
    await end(stage, call, "BUSY")
    if not refused_first:
        stage.provider.tell(ErrorOccurred(error))
        await stage.turn()
    assert said(stage) == ["This could not be done", "The phone was not picked up."]


async def test_text_of_the_pbx_stays_text(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.provider, "unusual_end", lambda call: call.state_cause)
    call = outgoing("k1", "79037654321")
    call.called_name = "<b>Eve</b>"
    await end(stage, await begin(stage, call), "<i>WEIRD</i>\n_CAUSE")
    title, sentence = said(stage)
    assert "<b>Eve</b>" in title
    assert sentence == "<i>WEIRD</i> _CAUSE"


async def test_a_call_that_went_with_the_connection(stage: Stage) -> None:
    call = outgoing("k1", "79037654321")
    call.state_cause = CONNECTION_LOST
    assert stage.model.unusual_end(call) == "The connection to the PBX was lost during the call."


async def test_while_nobody_sees_the_panel_it_is_said_in_a_corner(stage: Stage) -> None:
    heard: list[tuple[str, str]] = []
    is_seen = True
    errors = UnseenErrors(
        stage.model, stage.panel._people, lambda: is_seen, lambda title, sentence: heard.append((title, sentence))
    )
    await end(stage, await begin(stage, outgoing("k1", "79037654321")), "BUSY")
    assert heard == []
    is_seen = False
    await end(stage, await begin(stage, outgoing("k2", "79037654321")), "BUSY")
    assert [sentence for _, sentence in heard] == [BUSY]
    errors.close()
    await end(stage, await begin(stage, outgoing("k3", "79037654321")), "BUSY")
    assert len(heard) == 1


async def test_nothing_is_kept_of_a_command_that_was_refused_before(stage: Stage) -> None:
    """The next call is another one."""
    ends = CallEnds(stage.model, stage.panel._people)
    stage.provider.refusals["make_call"] = CtiException(CtiError(ErrorKind.COMMAND, "No.", source="fake"))
    with pytest.raises(CtiException):
        await stage.model.make_call("204")
    call = await begin(stage, outgoing("k1", "79037654321"))
    assert call.state is not CallState.NONE
    await end(stage, call, "BUSY")
    assert ends.end is not None
