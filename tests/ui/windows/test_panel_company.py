"""Conference, supervision and queue in the panel."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ctidesk.cti.conference import Member
from ctidesk.cti.directory import AbonentAction
from ctidesk.cti.events import CallInfoChanged
from ctidesk.cti.queue import WaitingCaller
from ctidesk.cti.supervision import SupervisorMode
from ctidesk.cti.values import CallState
from ctidesk.ui.components.call_card import CallCard
from ctidesk.ui.components.queue_list import MOST_ROWS, QueueList
from ctidesk.ui.widgets import Tabs
from tests.ui.components.finding import button, names, texts
from tests.ui.components.stage import Stage

ME, ANDREY = Member("Olena", "214", is_me=True), Member("Kuznetsov Andrey", "204")


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    desk = Stage()
    desk.provider.has_conferences = True
    await desk.begin()
    yield desk
    await desk.end()


def card(stage: Stage) -> CallCard:
    return next(one for one in stage.panel.findChildren(CallCard) if one.isVisible())


def waiting(count: int, since: float = 0.0) -> list[WaitingCaller]:
    return [WaitingCaller(f"k{place}", "", f"7495000{place:04}", "Sales", since) for place in range(count)]


def allow(stage: Stage, *actions: AbonentAction) -> None:
    stage.provider.people.allowed["id204"] = actions


class TestConference:
    async def test_the_tile_asks_whom_and_adds(self, stage: Stage) -> None:
        await stage.talk()
        QTest.mouseClick(button(card(stage), "Conference"), Qt.MouseButton.LeftButton)
        await stage.turn()
        QTest.keyClicks(stage.panel.focusWidget(), "204")
        QTest.keyClick(stage.panel.focusWidget(), Qt.Key.Key_Return)
        await stage.turn()
        assert stage.provider.names == ["add_to_conference"]
        assert stage.provider.commands[0] == ("add_to_conference", "204")

    async def test_without_conferences_there_is_no_tile(self, stage: Stage) -> None:
        stage.provider.has_conferences = False
        await stage.talk()
        assert "Conference" not in names(card(stage))

    async def test_members_stand_on_the_card(self, stage: Stage) -> None:
        call = await stage.talk()
        call.state = CallState.CONFERENCED
        stage.provider.tell(CallInfoChanged(call))
        stage.provider.conference.show((ME, ANDREY, Member("", "74951234567")))
        await stage.turn()
        assert "With you: Kuznetsov Andrey, +7 495 123-45-67" in texts(card(stage))
        stage.provider.conference.show((ME, ANDREY), is_hidden=True)
        await stage.turn()
        assert "You supervise: Kuznetsov Andrey" in texts(card(stage))
        assert "A supervisor cannot invite others" in button(card(stage), "Conference").toolTip()
        stage.provider.conference.show()
        await stage.turn()
        assert not any("Kuznetsov" in text for text in texts(card(stage)))

    async def test_ending_with_a_member_never_ends_the_operators_own_call(self, stage: Stage) -> None:
        await stage.talk()
        stage.provider.conference.show((ME, ANDREY))
        allow(stage, AbonentAction.END)
        actions = stage.panel._actions
        andrey = stage.provider.people.abonents["id204"]
        assert actions.allowed(andrey) == (AbonentAction.END,)
        actions.do(AbonentAction.END, andrey)
        await stage.turn()
        assert stage.provider.commands == [("remove_from_conference", "204")]

    async def test_consulting_the_tile_joins_all(self, stage: Stage) -> None:
        await stage.talk()
        call = stage.model.current_call
        assert call is not None
        call.state = CallState.HOLDED
        stage.panel._actions.join_in_conference()
        await stage.turn()
        assert stage.provider.commands == [("add_to_conference", call.abonent_number)]


@pytest.mark.parametrize(
    ("action", "command"),
    [
        (AbonentAction.INTERCOM, ("intercom", "204")),
        (AbonentAction.CONFERENCE, ("add_to_conference", "204")),
        (AbonentAction.LISTEN, ("supervise", "204", SupervisorMode.LISTEN)),
        (AbonentAction.WHISPER, ("supervise", "204", SupervisorMode.WHISPER)),
        (AbonentAction.BARGE, ("supervise", "204", SupervisorMode.BARGE)),
    ],
)
async def test_what_the_menu_offers_is_done(stage: Stage, action: AbonentAction, command: tuple[object, ...]) -> None:
    allow(stage, action)
    andrey = stage.provider.people.abonents["id204"]
    assert stage.panel._actions.allowed(andrey) == (action,)
    stage.panel._actions.do(action, andrey)
    await stage.turn()
    assert stage.provider.commands == [command]


class TestQueue:
    async def test_without_a_queue_there_is_no_tab(self, stage: Stage) -> None:
        (tabs,) = stage.panel.findChildren(Tabs)
        assert not tabs.isTabVisible(1)
        stage.provider.queue.show(())
        await stage.turn()
        assert tabs.isTabVisible(1)

    async def test_who_waits_and_how_long(self, stage: Stage) -> None:
        (tabs,) = stage.panel.findChildren(Tabs)
        since = stage.clock.monotonic() - 98
        known = WaitingCaller("k", "", "204", "trunk1", since)
        stage.provider.queue.show([*waiting(1, since), known])
        await stage.turn()
        assert tabs.accessibleTabName(1) == "Queue, 2 waiting"
        tabs.setCurrentIndex(1)
        await stage.turn()
        (queue,) = stage.panel.findChildren(QueueList)
        assert queue.isVisible()
        shown = texts(queue)
        assert [shown.count(one) for one in ("Sales", "trunk1", "Kuznetsov Andrey")] == [1, 1, 1]
        stage.provider.queue.show(())
        await stage.turn()
        assert texts(queue) == ["Nobody waits", "Callers who wait for an operator stand here."]

    async def test_a_long_queue_is_counted(self, stage: Stage) -> None:
        stage.provider.queue.show(waiting(MOST_ROWS + 7))
        await stage.turn()
        (tabs,) = stage.panel.findChildren(Tabs)
        tabs.setCurrentIndex(1)
        await stage.turn()
        assert "and 7 more" in texts(stage.panel)
