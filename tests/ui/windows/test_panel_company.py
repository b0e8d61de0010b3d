"""Conference, supervision and queue in the panel."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ctidesk.cti.conference import Member
from ctidesk.cti.directory import AbonentAction
from ctidesk.cti.presence import Presence
from ctidesk.cti.queue import WaitingCaller
from ctidesk.cti.supervision import SupervisorMode
from ctidesk.cti.values import CallState
from ctidesk.ui.components.call_card import CallCard
from ctidesk.ui.components.queue_list import MOST_ROWS, QueueList
from ctidesk.ui.components.queue_rows import WAIT_LIMIT, QueueHead, QueueRow
from ctidesk.ui.widgets import Menu, PlainLabel, Tabs, second_timer
from ctidesk.ui.widgets.icon import Icon
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


async def open_queue(stage: Stage) -> QueueList:
    """Open the tab of the queue."""
    await stage.turn()
    stage.panel.findChildren(Tabs)[0].setCurrentIndex(1)
    await stage.turn()
    (queue,) = stage.panel.findChildren(QueueList)
    assert queue.isVisible()
    return queue


def labels(root: QWidget, text: str) -> list[PlainLabel]:
    """The labels that can be seen with this text."""
    return [one for one in root.findChildren(PlainLabel) if one.isVisible() and one.text() == text]


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
        await stage.conference(ME, ANDREY, Member("", "74951234567"))
        shown = texts(card(stage))
        for text in ("In a conference", "Participants: 3", "Kuznetsov Andrey", "204", "+7 495 123-45-67", "You"):
            assert shown.count(text) == 1, text
        stage.provider.conference.show((ME,))
        await stage.turn()
        assert not any("Kuznetsov" in text for text in texts(card(stage)))

    async def test_a_conference_is_left_and_not_held(self, stage: Stage) -> None:
        await stage.conference(ME, ANDREY)
        assert "Leave" in names(card(stage))
        for name in ("Hold", "Consult"):
            assert not button(card(stage), name).isEnabled()
        assert button(card(stage), "Transfer").isEnabled()
        QTest.mouseClick(button(card(stage), "Leave"), Qt.MouseButton.LeftButton)
        await stage.turn()
        assert stage.provider.names == ["drop"]

    async def test_somebody_is_sent_out(self, stage: Stage) -> None:
        await stage.conference(ME, replace(ANDREY, id="k2"), Member("Hidden", "", id="k3", can_be_removed=True))
        [remove] = [name for name in names(card(stage)) if name.startswith("Send ")]
        QTest.mouseClick(button(card(stage), remove), Qt.MouseButton.LeftButton)
        await stage.turn()
        assert stage.provider.commands == [("remove_from_conference", "k3")]

    async def test_enter_adds_to_the_conference(self, stage: Stage) -> None:
        """Row 4 of the action table: not consulting, for which error 2102 would be the answer."""
        stage.provider.people.for_all = (AbonentAction.CONFERENCE, AbonentAction.TRANSFER)
        await stage.conference(ME, ANDREY)
        QTest.keyClicks(stage.panel.focusWidget(), "201")
        QTest.keyClick(stage.panel.focusWidget(), Qt.Key.Key_Return)
        await stage.turn()
        assert stage.provider.commands == [("add_to_conference", "201")]

    async def test_the_row_of_who_leaves_goes_and_the_others_stay_the_same(self, stage: Stage) -> None:
        await stage.conference(ME, replace(ANDREY, id="k2"), Member("Boris", "", id="k3", can_be_removed=True))
        before = button(card(stage), next(name for name in names(card(stage)) if "Boris" in name))
        stage.provider.conference.show((ME, Member("Boris", "", id="k3", can_be_removed=True)))
        await stage.turn()
        assert button(card(stage), before.accessibleName()) is before

    async def test_a_large_conference_is_counted(self, stage: Stage) -> None:
        await stage.conference(ME, *(Member(f"Member {place}", f"{place}") for place in range(300, 370)))
        assert "and 21 more" in texts(card(stage))

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


class TestChoosing:
    """A double click does the first of what is allowed, but nothing that a slip of the hand must not do."""

    @pytest.mark.parametrize("action", [AbonentAction.END, AbonentAction.COMPLETE])
    async def test_it_never_ends_anything(self, stage: Stage, action: AbonentAction) -> None:
        await stage.talk()
        allow(stage, action)
        andrey = stage.provider.people.abonents["id204"]
        assert stage.panel._actions.allowed(andrey) == (action,)
        assert stage.panel._actions.chosen(andrey) is None
        stage.panel._choose(andrey)
        await stage.turn()
        assert stage.provider.commands == []
        assert "Choose in the menu what to do with this person" in texts(stage.panel)

    async def test_it_sends_nobody_away_who_was_asked(self, stage: Stage) -> None:
        await stage.consult()
        allow(stage, AbonentAction.TRANSFER)
        andrey = stage.provider.people.abonents["id204"]
        assert stage.panel._actions.allowed(andrey) == (AbonentAction.TRANSFER,)
        stage.panel._choose(andrey)
        await stage.turn()
        assert stage.provider.commands == []
        assert "You are consulting already" in texts(stage.panel)


class TestTransferKey:
    async def test_it_transfers_to_who_is_selected(self, stage: Stage) -> None:
        allow(stage, AbonentAction.CONSULT, AbonentAction.TRANSFER)
        call = await stage.talk()
        await self.press(stage)
        assert stage.provider.commands == []  # nobody is selected
        stage.panel._pane.person_lists()[0].select_person("id204")
        await self.press(stage)
        assert stage.provider.commands == [("blind_transfer", call, "204")]

    async def test_it_does_nothing_that_is_not_allowed(self, stage: Stage) -> None:
        allow(stage, AbonentAction.CALL)
        stage.panel._pane.person_lists()[0].select_person("id204")
        await self.press(stage)
        assert stage.provider.commands == []

    async def press(self, stage: Stage) -> None:
        QTest.keyClick(stage.panel, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        await stage.turn()


class TestSupervision:
    async def test_the_mode_stands_on_the_card_and_is_changed_there(self, stage: Stage) -> None:
        await stage.supervise(SupervisorMode.LISTEN)
        shown = texts(card(stage))
        for text in ("Listening in", "Kuznetsov Andrey", "Nobody hears you."):
            assert shown.count(text) == 1, text
        assert [name for name in names(card(stage)) if name not in ("Clear",)] == [
            "Listen",
            "Whisper",
            "Barge in",
            "Leave",
        ]
        assert button(card(stage), "Listen").isChecked()
        QTest.mouseClick(button(card(stage), "Listen"), Qt.MouseButton.LeftButton)
        QTest.mouseClick(button(card(stage), "Whisper"), Qt.MouseButton.LeftButton)
        await stage.turn()
        assert stage.provider.commands == [("supervise", "204", SupervisorMode.WHISPER)]
        assert button(card(stage), "Listen").isChecked()  # until the PBX has accepted it
        await stage.supervise(SupervisorMode.WHISPER)
        assert button(card(stage), "Whisper").isChecked()
        assert any("Kuznetsov Andrey. The caller does not hear you." in text for text in texts(card(stage)))

    async def test_what_the_pbx_does_not_allow_is_disabled(self, stage: Stage) -> None:
        await stage.supervise(SupervisorMode.LISTEN, modes=())
        assert not button(card(stage), "Barge in").isEnabled()
        assert "The PBX does not allow this now" in button(card(stage), "Barge in").toolTip()

    async def test_an_unknown_mode_is_said(self, stage: Stage) -> None:
        await stage.supervise(None)
        assert "Supervising" in texts(card(stage))
        assert not any(button(card(stage), name).isChecked() for name in ("Listen", "Whisper", "Barge in"))

    async def test_leaving(self, stage: Stage) -> None:
        await stage.supervise(SupervisorMode.BARGE)
        QTest.mouseClick(button(card(stage), "Leave"), Qt.MouseButton.LeftButton)
        await stage.turn()
        assert stage.provider.names == ["drop"]


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


class TestOtherFirst:
    """The called phone may ring before the operator's own, where the PBX can do that."""

    async def test_only_where_the_pbx_can(self, stage: Stage) -> None:
        allow(stage, AbonentAction.CALL, AbonentAction.INTERCOM)
        andrey = stage.provider.people.abonents["id204"]
        assert stage.panel._actions.allowed(andrey) == (AbonentAction.CALL, AbonentAction.INTERCOM)
        stage.provider.can_call_other_first = True
        calls = (AbonentAction.CALL, AbonentAction.CALL_OTHER_FIRST)
        assert stage.panel._actions.allowed(andrey) == (*calls, AbonentAction.INTERCOM)
        assert stage.panel._actions.chosen(andrey) is AbonentAction.CALL

    async def test_not_out_of_a_call(self, stage: Stage) -> None:
        stage.provider.can_call_other_first = True
        allow(stage, AbonentAction.CALL)
        await stage.talk()
        assert AbonentAction.CALL_OTHER_FIRST not in stage.panel._actions.allowed(
            stage.provider.people.abonents["id204"]
        )

    async def test_a_person(self, stage: Stage) -> None:
        stage.provider.can_call_other_first = True
        allow(stage, AbonentAction.CALL)
        stage.panel._actions.do(AbonentAction.CALL_OTHER_FIRST, stage.provider.people.abonents["id204"])
        await stage.turn()
        assert stage.provider.commands == [("call_other_first", "204")]
        assert "Your phone rings as soon as somebody answers there." in texts(stage.panel)

    async def test_a_number_that_is_typed(self, stage: Stage) -> None:
        stage.provider.can_call_other_first = True
        stage.panel.dial()
        QTest.keyClicks(stage.panel.focusWidget(), "74951234567")
        QTest.keyClick(stage.panel.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        (menu,) = [one for one in stage.panel.findChildren(Menu) if one.isVisible()]
        next(one for one in menu.actions() if one.text() == "Call, their phone first").trigger()
        await stage.turn()
        assert stage.provider.commands == [("call_other_first", "74951234567")]


class TestQueue:
    async def test_without_a_queue_there_is_no_tab(self, stage: Stage) -> None:
        (tabs,) = stage.panel.findChildren(Tabs)
        assert not tabs.isTabVisible(1)
        stage.provider.queue.show(())
        await stage.turn()
        assert tabs.isTabVisible(1)

    async def test_who_waits_and_how_long(self, stage: Stage) -> None:
        (tabs,) = stage.panel.findChildren(Tabs)
        now = stage.clock.monotonic()
        known = WaitingCaller("k", "", "204", "trunk1", now - 9)
        nobody = WaitingCaller("h", "", "", "", now)
        stage.provider.queue.show([*waiting(2, now - 98), known, nobody])
        await stage.turn()
        assert tabs.accessibleTabName(1) == "Queue, 4 waiting"
        queue = await open_queue(stage)
        heads = [one.accessibleName() for one in queue.findChildren(QueueHead) if one.isVisible()]
        assert heads == ["Sales, 2 waiting", "trunk1, 1 waiting", "Others, 1 waiting"]
        rows = [one.accessibleName() for one in queue.findChildren(QueueRow) if one.isVisible()]
        assert [row.split(",")[0] for row in rows] == ["1", "2", "1", "1"]  # places are counted in each queue
        assert [row.split(",")[1].strip() for row in rows[2:]] == ["Kuznetsov Andrey", "Hidden number"]
        stage.provider.queue.show(())
        await stage.turn()
        assert "Nobody waits" in texts(queue)
        assert not [one for one in queue.findChildren(QueueRow) if one.isVisible()]

    async def test_the_longest_wait_counts_and_warns(self, stage: Stage) -> None:
        now = stage.clock.monotonic()
        stage.provider.queue.show([*waiting(1, now - WAIT_LIMIT + 1), WaitingCaller("k", "Ann", "1", "Sales", now)])
        queue = await open_queue(stage)
        longest, first = labels(queue, "1:59")
        assert (longest._color, first._color) == ("text", "text")
        assert not any(one.isVisible() for one in queue.findChildren(Icon))
        stage.clock.advance(1)
        second_timer()._tick()
        longest, first = labels(queue, "2:00")
        assert (longest._color, first._color) == ("away", "away")
        assert len([one for one in queue.findChildren(Icon) if one.isVisible()]) == 1
        assert len(labels(queue, "0:01")) == 1

    async def test_ready_agents_of_those_who_are_there(self, stage: Stage) -> None:
        stage.provider.queue.show(())
        queue = await open_queue(stage)
        before = labels(queue, "5 of 13")
        assert len(before) == 1
        stage.provider.people.change("id201", Presence.OFFLINE)
        await stage.turn()
        second_timer()._tick()
        assert before[0].text() == "4 of 12"

    async def test_the_tab_that_was_open_is_left_when_the_queue_goes(self, stage: Stage) -> None:
        (tabs,) = stage.panel.findChildren(Tabs)
        stage.provider.queue.show(waiting(1))
        queue = await open_queue(stage)
        stage.provider.queue.show(None)
        await stage.turn()
        assert not tabs.isTabVisible(1)
        assert tabs.currentIndex() == 0
        assert not queue.isVisible()

    async def test_a_long_queue_is_counted(self, stage: Stage) -> None:
        stage.provider.queue.show(waiting(MOST_ROWS + 7))
        await stage.turn()
        (tabs,) = stage.panel.findChildren(Tabs)
        tabs.setCurrentIndex(1)
        await stage.turn()
        assert "and 7 more" in texts(stage.panel)
