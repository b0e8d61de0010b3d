"""The panel in each state: what it shows, and that each press gives its command once."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from ctidesk.cti.agent import AgentState
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.events import (
    ActiveCallSnapshot,
    AgentStateChanged,
    CallCentreStateChanged,
    CallFinished,
    CallInfoChanged,
    CallStarted,
    ErrorOccurred,
    Initialized,
    LineStateChanged,
)
from ctidesk.cti.presence import Presence
from ctidesk.cti.values import AgentFeatures, CallFeatures
from ctidesk.cti.web_phone import WEB_PHONE_CONNECTION, WebPhonePhase
from ctidesk.ui.components.call_card import CallCard
from ctidesk.ui.theme import PresenceState
from ctidesk.ui.widgets import BarKind, Menu, MenuItem, PresenceShape, Switch
from tests.cti.fake_provider import LINE
from tests.cti.watcher import incoming, outgoing
from tests.ui.components.finding import button, names, texts
from tests.ui.components.stage import HELD, RING, TALK, Stage


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    desk = Stage()
    await desk.begin()
    yield desk
    await desk.end()


async def press(stage: Stage, name: str, root: QWidget | None = None) -> None:
    """Press the button with this accessible name, in the panel or a part of it."""
    QTest.mouseClick(button(root or stage.panel, name), Qt.MouseButton.LeftButton)
    await stage.turn()


def cards(stage: Stage) -> list[CallCard]:
    return [card for card in stage.panel.findChildren(CallCard) if card.isVisible()]


def given(stage: Stage) -> list[tuple[object, ...]]:
    """Return the commands that the PBX has got since the last look."""
    commands, stage.provider.commands[:] = list(stage.provider.commands), []
    return commands


class TestHeader:
    async def test_a_call_does_not_hide_the_state_that_was_chosen(self, stage: Stage) -> None:
        await stage.talk()
        stage.provider.tell(AgentStateChanged(AgentState("ISBUSY", Presence.TALKING, "In a call")))
        await stage.turn()
        assert "Agent state: Ready" in names(stage.panel)[0]
        stage.provider.tell(AgentStateChanged(AgentState("dnd", Presence.DND, "Do not disturb")))
        await stage.turn()
        assert "Agent state: Do not disturb" in names(stage.panel)[0]

    async def test_without_a_call_of_ours_the_pbx_is_believed(self, stage: Stage) -> None:
        stage.provider.tell(AgentStateChanged(AgentState("ISBUSY", Presence.TALKING, "In a call")))
        await stage.turn()
        assert "Agent state: In a call" in names(stage.panel)[0]

    async def test_the_agent_state_with_its_time_and_the_line(self, stage: Stage) -> None:
        assert "Agent state: Ready, 42 min" in names(stage.panel)
        assert stage.panel._header._selector._detail == "42:10 · line 214"

    async def test_in_a_call_the_state_stays_and_the_time_is_that_of_the_call(self, stage: Stage) -> None:
        await stage.talk()
        assert stage.panel._header._selector._title == "Ready"
        assert stage.panel._header._selector._detail == "3:12 · in a call"

    async def test_while_it_rings(self, stage: Stage) -> None:
        await stage.ring()
        assert stage.panel._header._selector._detail == "0:07 · call ringing"

    async def test_the_menu_offers_the_states_and_reasons_of_the_provider(self, stage: Stage) -> None:
        menu = await open_states(stage)
        assert [action.text().split("\t")[0] for action in menu.actions() if action.text()] == [
            "Ready", "Break", "Lunch", "Short break", "Training", "Do not disturb", "After-call work", "Redirect…",
        ]  # fmt: skip
        assert [action.text().split("\t")[0] for action in menu.actions() if action.isChecked()] == ["Ready"]

    async def test_a_state_is_set_once(self, stage: Stage) -> None:
        menu = await open_states(stage)
        trigger(menu, "Do not disturb")
        await stage.turn()
        assert given(stage) == [("set_agent_state", "dnd", "")]

    async def test_a_reason_is_set_with_its_state(self, stage: Stage) -> None:
        trigger(await open_states(stage), "Short break")
        await stage.turn()
        assert given(stage) == [("set_agent_state", "break", "2")]

    async def test_redirect_asks_for_a_number_in_a_row(self, stage: Stage) -> None:
        trigger(await open_states(stage), "Redirect…")
        await stage.turn()
        field = stage.panel._redirect._field
        assert field.hasFocus()
        QTest.keyClicks(field, "office")
        await press(stage, "Redirect")
        assert given(stage) == []
        assert any("letters" in text for text in texts(stage.panel._redirect))
        field.setText("+7 916 123-45-67")
        QTest.keyClick(field, Qt.Key.Key_Return)
        await stage.turn()
        assert given(stage) == [("set_agent_state", "redirect", "+79161234567")]
        assert not stage.panel._redirect.isVisible()

    async def test_escape_leaves_the_redirect_row(self, stage: Stage) -> None:
        trigger(await open_states(stage), "Redirect…")
        await stage.turn()
        QTest.keyClick(stage.panel._redirect._field, Qt.Key.Key_Escape)
        assert not stage.panel._redirect.isVisible()
        assert given(stage) == []

    async def test_the_switch_turns_when_the_pbx_says_so(self, stage: Stage) -> None:
        switch = stage.panel.findChild(Switch)
        assert isinstance(switch, Switch)
        assert switch.isChecked()
        QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
        await stage.turn()
        assert given(stage) == [("change_call_centre_state", False)]
        assert switch.isChecked()
        stage.provider.tell(CallCentreStateChanged(False))
        await stage.turn()
        assert not switch.isChecked()

    async def test_without_a_call_centre_there_is_no_switch(self, stage: Stage) -> None:
        stage.provider.features = (LINE, AgentFeatures.NONE)
        stage.provider.tell(CallCentreStateChanged(False))
        await stage.turn()
        assert not stage.panel.findChildren(Switch)[0].isVisible()

    async def test_the_switch_loses_its_label_before_the_state_loses_its_words(self, stage: Stage) -> None:
        switch = stage.panel.findChildren(Switch)[0]
        wide = switch.width()
        stage.panel.resize(300, 720)
        await stage.turn()
        assert switch.width() < wide
        assert stage.panel._header._selector.width() >= 150
        assert switch.toolTip() == "Call centre"

    async def test_the_light_reconnects_only_when_there_is_no_connection(self, stage: Stage) -> None:
        await press(stage, "Connection: connected to the PBX")
        assert given(stage) == []
        await stage.lose_connection()
        light = next(name for name in names(stage.panel) if name.startswith("Connection: none"))
        await press(stage, light)
        assert given(stage)[0] == ("reconnect",)
        assert stage.model.is_connected


class TestNotices:
    async def test_nothing_to_say(self, stage: Stage) -> None:
        assert texts(stage.panel._notices) == []
        assert stage.panel._notices.isHidden()

    async def test_a_lost_connection_counts_down(self, stage: Stage) -> None:
        await stage.lose_connection()
        title, sentence = texts(stage.panel._notices)
        assert title == "No connection to the PBX"
        due = stage.model.connection.next_attempt_at
        assert due is not None
        left = round(due - stage.clock.monotonic())
        assert f"in {left} s · attempt 1" in sentence
        stage.clock.advance(2)
        stage.panel._notices._tick()
        assert f"in {left - 2} s · attempt 1" in texts(stage.panel._notices)[1]

    async def test_the_button_stays_the_same_object_while_it_counts(self, stage: Stage) -> None:
        await stage.lose_connection()
        before = button(stage.panel, "Reconnect now")
        stage.clock.advance(1)
        stage.panel._notices._tick()
        assert button(stage.panel, "Reconnect now") is before

    async def test_reconnect_now(self, stage: Stage) -> None:
        await stage.lose_connection()
        await press(stage, "Reconnect now")
        assert given(stage)[0] == ("reconnect",)
        assert texts(stage.panel._notices) == []

    async def test_the_second_timer_rests_when_nothing_counts(self, stage: Stage) -> None:
        await stage.lose_connection()
        assert stage.panel._notices._stop_ticking is not None
        stage.provider.tell(Initialized())
        await stage.turn()
        assert stage.panel._notices._stop_ticking is None

    async def test_the_web_phone_has_a_connection_of_its_own(self, stage: Stage) -> None:
        phone = stage.provider.phone
        phone.become(WebPhonePhase.WAITING, "It is trying to get it back.")
        await stage.turn()
        assert "The web phone is not connected" in texts(stage.panel)
        await press(stage, "Connect")
        assert phone.wishes == 1
        phone.become(WebPhonePhase.CONNECTING, "It is trying to get it back.")
        await stage.turn()
        assert "Connect" not in names(stage.panel)
        phone.become(WebPhonePhase.READY)
        await stage.turn()
        assert "The web phone is not connected" not in texts(stage.panel)

    async def test_a_web_phone_that_was_opened_elsewhere_is_said_once_and_comes_back(self, stage: Stage) -> None:
        error = CtiError(ErrorKind.OPEN_CONNECTION, "Opened elsewhere.", source=WEB_PHONE_CONNECTION)
        stage.provider.tell(ErrorOccurred(error))
        stage.provider.phone.become(WebPhonePhase.STOPPED, "Opened elsewhere.")
        await stage.turn()
        assert texts(stage.panel).count("Opened elsewhere.") == 1
        await press(stage, "Connect")
        assert stage.provider.phone.wishes == 1

    async def test_a_wrong_password_is_said_in_plain_words_and_not_tried_again(self, stage: Stage) -> None:
        await stage.wrong_password()
        title, sentence = texts(stage.panel._notices)
        assert title == "Login or password refused"
        assert sentence.startswith("The PBX does not accept this login or password.")
        given(stage)
        stage.clock.advance(3600)
        await stage.turn()
        assert given(stage) == []
        await press(stage, "Details")
        assert "code 1204 · login failed · oktell.login" in texts(stage.panel._notices)[1]
        await press(stage, "Reconnect")
        assert given(stage)[0] == ("reconnect",)

    async def test_a_refused_command_is_told_with_details_and_can_be_dismissed(self, stage: Stage) -> None:
        await stage.refuse()
        assert texts(stage.panel._notices)[1].startswith("The PBX has refused the call")
        await press(stage, "Details")
        assert "code 2007 · number not found" in texts(stage.panel._notices)[1]
        await press(stage, "Hide")
        assert "2007" not in texts(stage.panel._notices)[1]
        await press(stage, "Dismiss")
        assert texts(stage.panel._notices) == []

    async def test_a_refusal_of_a_command_from_the_panel_is_told(self, stage: Stage) -> None:
        error = CtiError(ErrorKind.COMMAND, "The phone cannot be lifted from here.", raw="<b>no</b>", source="fake")
        stage.provider.refusals["answer"] = CtiException(error)
        await stage.ring()
        await press(stage, "Answer")
        assert "The phone cannot be lifted from here." in texts(stage.panel._notices)
        await press(stage, "Details")
        assert "<b>no</b>" in texts(stage.panel._notices)[1]

    async def test_a_command_without_an_answer_is_told_although_the_connection_stands(self, stage: Stage) -> None:
        error = CtiError(ErrorKind.OPEN_CONNECTION, "The PBX has not answered in time.", source="fake")
        stage.provider.refusals["answer"] = CtiException(error)
        await stage.ring()
        await press(stage, "Answer")
        assert "The PBX has not answered in time." in texts(stage.panel._notices)

    async def test_a_break(self, stage: Stage) -> None:
        await stage.take_break()
        assert texts(stage.panel._notices) == ["You are on a break until you choose to be ready again."]
        assert stage.panel._header._selector._title == "Break · Lunch"
        await press(stage, "Ready")
        assert given(stage) == [("set_agent_state", "ready", "")]

    async def test_keys_of_the_states(self, stage: Stage) -> None:
        for digit in "1234":
            QTest.keyClick(stage.panel, getattr(Qt.Key, f"Key_{digit}"), Qt.KeyboardModifier.ControlModifier)
            await stage.turn()
        wanted = (("break", "1"), ("dnd", ""), ("wrapup", ""))  # ready is what the operator is
        assert given(stage) == [("set_agent_state", *state) for state in wanted]
        stage.panel._header.open_menu()
        (menu,) = stage.panel.findChildren(Menu)
        shown = {item.label: item.shortcut_text for item in menu.actions() if isinstance(item, MenuItem)}
        menu.close()
        assert {label: key for label, key in shown.items() if key} == {
            "Ready": "Ctrl+1",
            "Lunch": "Ctrl+2",
            "Do not disturb": "Ctrl+3",
            "After-call work": "Ctrl+4",
        }

    async def test_a_call_on_its_way_is_told_until_it_starts(self, stage: Stage) -> None:
        await dial(stage, "204")
        assert given(stage) == [("make_call", "204")]
        assert texts(stage.panel._notices) == [
            "Calling: Kuznetsov Andrey · 204", "Your phone rings first: pick it up.",
        ]  # fmt: skip
        stage.provider.tell(CallStarted(outgoing("c9", "204")))
        await stage.turn()
        assert texts(stage.panel._notices) == []

    async def test_a_call_is_not_on_its_way_when_the_own_phone_has_stopped_ringing(self, stage: Stage) -> None:
        await dial(stage, "204")
        stage.provider.tell(LineStateChanged(CallFeatures.CAN_DIAL))  # an old state of the line is no news
        stage.provider.tell(LineStateChanged(CallFeatures.CAN_DROP))
        await stage.turn()
        assert len(texts(stage.panel._notices)) == 2
        stage.provider.tell(LineStateChanged(CallFeatures.CAN_DIAL))
        await stage.turn()
        assert texts(stage.panel._notices) == []

    async def test_a_call_that_is_refused_is_not_on_its_way(self, stage: Stage) -> None:
        stage.provider.refusals["make_call"] = CtiException(CtiError(ErrorKind.COMMAND, "Refused.", source="fake"))
        await dial(stage, "204")
        assert texts(stage.panel._notices) == ["This could not be done", "Refused."]


class TestRinging:
    async def test_what_rings(self, stage: Stage) -> None:
        await stage.ring()
        (card,) = cards(stage)
        assert texts(card) == ["Ringing", "· incoming, queue Sales", "0:07", "Belova Anna", "+7 495 123-45-67"]
        assert card.bar() is BarKind.RINGING
        assert card.findChildren(PresenceShape)[0].state() is PresenceState.RINGING
        assert card.accessibleName() == "Ringing, Belova Anna, +7 495 123-45-67, 0:07"

    async def test_the_ring_is_muted_on_the_card(self, stage: Stage) -> None:
        call = await stage.ring()
        await press(stage, "Mute ring")
        assert stage.panel._muted.is_muted(call)
        assert button(stage.panel, "Mute ring").isChecked()
        await press(stage, "Mute ring")
        assert not stage.panel._muted.is_muted(call)
        assert not button(stage.panel, "Mute ring").isChecked()
        assert given(stage) == []

    async def test_answer_and_decline_give_their_commands_once(self, stage: Stage) -> None:
        call = await stage.ring()
        await press(stage, "Answer")
        assert given(stage) == [("answer", call)]
        await press(stage, "Decline")
        assert given(stage) == [("drop", call)]

    async def test_a_phone_that_must_be_picked_up_by_hand(self, stage: Stage) -> None:
        await stage.ring(CallFeatures.CAN_DROP)
        assert "Answer" not in names(stage.panel)
        assert "Pick up your phone to answer" in texts(stage.panel)

    async def test_send_to_is_there_where_the_pbx_can(self, stage: Stage) -> None:
        call = await stage.ring()
        assert "Send to…" not in names(stage.panel)
        call.features = RING | CallFeatures.CAN_BLIND_TRANSFER
        stage.provider.tell(LineStateChanged(call.features, call.id))
        await stage.turn()
        await press(stage, "Send to…")
        stage.panel._dial._field.setText("205")
        QTest.keyClick(stage.panel._dial._field, Qt.Key.Key_Return)
        await stage.turn()
        assert given(stage) == [("blind_transfer", call, "205")]

    async def test_a_second_caller_can_be_answered_beside_a_talk(self, stage: Stage) -> None:
        await stage.talk()
        second = incoming("c7", "380441234567", features=RING)
        stage.provider.tell(CallStarted(second))
        await stage.turn()
        first_card, second_card = cards(stage)
        assert "Hold" in names(first_card)
        assert "Complete transfer" not in names(stage.panel)
        await press(stage, "Answer")
        assert given(stage) == [("answer", second)]
        assert "+380 44 123-45-67" in texts(second_card)

    async def test_the_card_goes_with_the_call(self, stage: Stage) -> None:
        call = await stage.ring()
        stage.provider.tell(CallFinished(call))
        await stage.turn()
        assert cards(stage) == []
        assert not stage.panel._calls.isVisible()


class TestTalking:
    async def test_what_is_shown(self, stage: Stage) -> None:
        await stage.talk()
        (card,) = cards(stage)
        assert texts(card)[:5] == ["Talking", "· incoming, queue Sales", "3:12", "Belova Anna", "+7 495 123-45-67"]
        assert "Invoices by e-mail only. Discount agreed by Sidorova." in texts(card)
        assert names(card) == ["Hold", "Consult", "Transfer", "Keypad", "Mute", "End"]
        assert card.bar() is BarKind.TALKING

    async def test_the_name_of_the_directory_and_the_department(self, stage: Stage) -> None:
        call = incoming("c1", "201", features=TALK)
        stage.provider.tell(CallStarted(call))
        await stage.turn()
        assert texts(cards(stage)[0])[3:6] == ["Petrov Petr", "201", " · Sales"]

    async def test_without_a_name_the_number_takes_its_place(self, stage: Stage) -> None:
        await stage.ring(caller_name="")
        assert texts(cards(stage)[0])[3:] == ["+7 495 123-45-67"]

    async def test_lines_without_words_take_no_place(self, stage: Stage) -> None:
        call = await stage.ring()
        height = cards(stage)[0].height()
        call.caller_name = ""
        stage.provider.tell(CallInfoChanged(call))
        await stage.turn()
        assert cards(stage)[0].height() < height

    async def test_hold_and_end_give_their_commands_once(self, stage: Stage) -> None:
        call = await stage.talk()
        await press(stage, "Hold")
        assert given(stage) == [("hold_or_unhold", call)]
        await press(stage, "End")
        assert given(stage) == [("drop", call)]
        await press(stage, "Mute")
        assert given(stage) == [("mute", call)]

    async def test_a_microphone_that_is_off_is_seen_and_comes_back(self, stage: Stage) -> None:
        call = await stage.talk()
        call.muted = True
        stage.provider.tell(CallInfoChanged(call))
        await stage.turn()
        await press(stage, "Unmute")
        assert given(stage) == [("mute", call)]
        call.muted = False
        stage.provider.tell(CallInfoChanged(call))
        await stage.turn()
        assert "Mute" in names(cards(stage)[0])

    async def test_the_microphone_is_switched_off_in_the_consultation_that_is_heard(self, stage: Stage) -> None:
        _, consult = await stage.consult()
        consult.features |= CallFeatures.CAN_MUTE  # the line has the features of the main call, which has it not
        stage.provider.tell(CallInfoChanged(consult))
        await stage.turn()
        await press(stage, "Mute")
        assert given(stage)[-1] == ("mute", consult)

    async def test_what_this_phone_can_never_do_is_absent(self, stage: Stage) -> None:
        stage.provider.features = (LINE & ~(CallFeatures.CAN_DTMF | CallFeatures.CAN_MUTE), AgentFeatures.NONE)
        await stage.talk()
        assert names(cards(stage)[0]) == ["Hold", "Consult", "Transfer", "End"]

    async def test_what_is_not_possible_now_says_why(self, stage: Stage) -> None:
        call = await stage.talk()
        stage.provider.tell(LineStateChanged(CallFeatures.CAN_HOLD, call.id))
        await stage.turn()
        for name in ("Consult", "Transfer", "Keypad", "Mute", "End"):
            tile = button(cards(stage)[0], name)
            assert not tile.isEnabled()
            assert tile.toolTip() == "Not possible in this state of the call"
        assert button(stage.panel, "Hold").isEnabled()

    async def test_on_hold(self, stage: Stage) -> None:
        call = await stage.talk()
        await stage.hold(call)
        (card,) = cards(stage)
        assert texts(card)[:3] == ["On hold", "· incoming, queue Sales", "0:04"]
        assert card.bar() is BarKind.HOLD
        await press(stage, "Resume")
        assert given(stage) == [("hold_or_unhold", call)]

    async def test_the_keypad_sends_each_tone_once(self, stage: Stage) -> None:
        call = await stage.talk()
        await press(stage, "Keypad", cards(stage)[0])
        card = cards(stage)[0]
        QTest.mouseClick(button(card, "5"), Qt.MouseButton.LeftButton)
        QTest.keyClicks(card._pad._sent, "1#x")
        await stage.turn()
        assert given(stage) == [("send_dtmf", call, tone) for tone in "51#"]
        assert card._pad._sent.text() == "51#"
        QTest.keyClick(card._pad._sent, Qt.Key.Key_Escape)
        assert not card._pad.isVisible()

    async def test_the_keypad_of_a_call_is_not_that_of_the_next(self, stage: Stage) -> None:
        call = await stage.talk()
        await press(stage, "Keypad", cards(stage)[0])
        stage.provider.tell(CallFinished(call))
        other = incoming("c8", "201", features=TALK)
        stage.provider.tell(CallStarted(other))
        stage.connect(other)
        await stage.turn()
        assert not cards(stage)[0]._pad.isVisible()

    async def test_the_clock_goes_on(self, stage: Stage) -> None:
        await stage.talk()
        stage.clock.advance(3600)
        cards(stage)[0]._clock._refresh()
        assert "1:03:12" in texts(cards(stage)[0])


class TestConsultation:
    async def test_two_cards(self, stage: Stage) -> None:
        await stage.consult()
        held, consult = cards(stage)
        assert texts(held) == ["On hold", "· incoming, queue Sales", "0:42", "Belova Anna", "+7 495 123-45-67"]
        assert names(held) == []
        assert texts(consult)[:6] == ["Talking", "· consultation", "0:38", "Petrov Petr", "201", " · Sales"]
        assert "Belova Anna ↔ Petrov Petr · you leave the call" in texts(consult)
        assert names(consult) == ["Complete transfer", "Swap", "Cancel, back to caller", "Keypad", "Mute", "End"]

    async def test_each_button_gives_its_command_once(self, stage: Stage) -> None:
        main, consult = await stage.consult()
        for name, command in (
            ("Complete transfer", ("transfer", main, consult)),
            ("Swap", ("swap", main, consult)),
            ("Cancel, back to caller", ("cancel_transfer", main, consult)),
            ("End", ("drop", consult)),
        ):
            await press(stage, name)
            assert given(stage) == [command], name

    async def test_while_the_colleague_rings_the_transfer_follows_the_pbx(self, stage: Stage) -> None:
        main, consult = await stage.consult(answered=False)
        assert texts(cards(stage)[1])[:2] == ["Calling", "· consultation"]
        assert button(stage.panel, "Complete transfer").isEnabled()
        stage.provider.tell(LineStateChanged(CallFeatures.CAN_UNHOLD, main.id))
        await stage.turn()
        complete = button(stage.panel, "Complete transfer")
        assert not complete.isEnabled()
        assert complete.toolTip() == "The consultation is not answered yet"
        await press(stage, "Cancel, back to caller")
        assert given(stage) == [("cancel_transfer", main, consult)]

    async def test_swapped_the_controls_stay_where_they_were(self, stage: Stage) -> None:
        main, consult = await stage.consult()
        await stage.swap(main, consult)
        upper, lower = cards(stage)
        assert texts(upper)[0] == "Talking"
        assert texts(lower)[0] == "On hold"
        assert names(upper) == ["Keypad", "Mute", "End"]
        assert names(lower) == ["Complete transfer", "Swap", "Cancel, back to caller", "Keypad", "Mute", "End"]
        assert not button(lower, "Keypad").isEnabled()
        QTest.mouseClick(button(upper, "End"), Qt.MouseButton.LeftButton)
        await stage.turn()
        assert given(stage) == [("drop", main)]

    async def test_the_end_of_the_consultation_gives_the_caller_all_controls_back(self, stage: Stage) -> None:
        main, consult = await stage.consult()
        stage.provider.tell(CallFinished(consult), LineStateChanged(HELD, main.id))
        await stage.turn()
        (card,) = cards(stage)
        assert names(card) == ["Resume", "Consult", "Transfer", "Keypad", "Mute", "End"]


class TestLostConnection:
    async def test_calls_stay_and_are_not_confirmed(self, stage: Stage) -> None:
        await stage.talk()
        await stage.lose_connection()
        (card,) = cards(stage)
        assert texts(card)[:2] == ["Not confirmed", "· was talking, queue Sales"]
        assert card.bar() is BarKind.UNCONFIRMED
        assert "Your conversation goes on at the phone. Controls return with the connection." in texts(card)
        assert names(card) == []
        assert stage.panel._header._selector._title == "Not connected"

    async def test_nobodys_state_is_known(self, stage: Stage) -> None:
        await stage.lose_connection()
        rows = stage.panel._pane._all
        spoken = rows.data(rows.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
        assert spoken == "Petrov Petr, 201, State not known"

    async def test_without_the_own_phone_the_colleagues_are_known(self, stage: Stage) -> None:
        """The PBX has let the operator in, and tells what the colleagues do, but his own phone is not there."""
        await stage.lose_connection()
        stage.provider.tell(AgentStateChanged(AgentState("NONREG", Presence.OFFLINE, "Phone not connected")))
        await stage.turn()
        rows = stage.panel._pane._all
        spoken = rows.data(rows.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
        assert spoken == "Petrov Petr, 201, Ready"

    async def test_the_controls_return_with_the_snapshot(self, stage: Stage) -> None:
        call = await stage.talk()
        await stage.lose_connection()
        stage.provider.tell(Initialized(), AgentStateChanged(stage.model.agent_state))
        stage.provider.tell(ActiveCallSnapshot((call,), call))
        await stage.turn()
        assert "Hold" in names(cards(stage)[0])


class TestChangesAreCheap:
    async def test_many_events_are_one_refresh(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        refreshed: list[int] = []
        monkeypatch.setattr(stage.panel._header, "refresh", lambda: refreshed.append(1))
        for _ in range(50):
            stage.provider.tell(CallCentreStateChanged(False), CallCentreStateChanged(True))
        assert refreshed == []
        await stage.turn()
        assert refreshed == [1]

    async def test_what_has_not_changed_is_not_built_anew(self, stage: Stage) -> None:
        await stage.talk()
        before = stage.panel.findChildren(QWidget)
        for _ in range(5):
            stage.panel.refresh()
        await stage.turn()
        assert stage.panel.findChildren(QWidget) == before


async def dial(stage: Stage, text: str) -> None:
    stage.panel._dial._field.setText(text)
    QTest.keyClick(stage.panel._dial._field, Qt.Key.Key_Return)
    await stage.turn()


async def open_states(stage: Stage) -> Menu:
    selector = next(one for one in stage.panel.findChildren(QAbstractButton) if "Agent state" in one.accessibleName())
    QTest.mouseClick(selector, Qt.MouseButton.LeftButton)
    await stage.turn()
    (menu,) = stage.panel.findChildren(Menu)
    return menu


def trigger(menu: Menu, text: str) -> None:
    next(action for action in menu.actions() if action.text().split("\t")[0] == text).trigger()
    menu.close()
