"""The panel's header and notices: the operator's state, the connection, what was refused."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from ctidesk.cti.agent import AgentState
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.events import (
    AgentStateChanged,
    CallCentreStateChanged,
    CallStarted,
    ErrorOccurred,
    Initialized,
    LineStateChanged,
)
from ctidesk.cti.presence import Presence
from ctidesk.cti.values import AgentFeatures, CallFeatures
from ctidesk.cti.web_phone import WEB_PHONE_CONNECTION, WebPhonePhase
from ctidesk.ui.widgets import Menu, MenuItem, Switch
from tests.cti.fake_provider import LINE
from tests.cti.watcher import outgoing
from tests.ui.components.finding import button, names, texts
from tests.ui.components.stage import Stage


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
        assert stage.given() == [("set_agent_state", "dnd", "")]

    async def test_a_reason_is_set_with_its_state(self, stage: Stage) -> None:
        trigger(await open_states(stage), "Short break")
        await stage.turn()
        assert stage.given() == [("set_agent_state", "break", "2")]

    async def test_redirect_asks_for_a_number_in_a_row(self, stage: Stage) -> None:
        trigger(await open_states(stage), "Redirect…")
        await stage.turn()
        field = stage.panel._redirect._field
        assert field.hasFocus()
        QTest.keyClicks(field, "office")
        await stage.press("Redirect")
        assert stage.given() == []
        assert any("letters" in text for text in texts(stage.panel._redirect))
        field.setText("+7 916 123-45-67")
        QTest.keyClick(field, Qt.Key.Key_Return)
        await stage.turn()
        assert stage.given() == [("set_agent_state", "redirect", "+79161234567")]
        assert not stage.panel._redirect.isVisible()

    async def test_escape_leaves_the_redirect_row(self, stage: Stage) -> None:
        trigger(await open_states(stage), "Redirect…")
        await stage.turn()
        QTest.keyClick(stage.panel._redirect._field, Qt.Key.Key_Escape)
        assert not stage.panel._redirect.isVisible()
        assert stage.given() == []

    async def test_the_switch_turns_when_the_pbx_says_so(self, stage: Stage) -> None:
        switch = stage.panel.findChild(Switch)
        assert isinstance(switch, Switch)
        assert switch.isChecked()
        QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
        await stage.turn()
        assert stage.given() == [("change_call_centre_state", False)]
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
        await stage.press("Connection: connected to the PBX")
        assert stage.given() == []
        await stage.lose_connection()
        light = next(name for name in names(stage.panel) if name.startswith("Connection: none"))
        await stage.press(light)
        assert stage.given()[0] == ("reconnect",)
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
        await stage.press("Reconnect now")
        assert stage.given()[0] == ("reconnect",)
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
        await stage.press("Connect")
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
        await stage.press("Connect")
        assert stage.provider.phone.wishes == 1

    async def test_a_wrong_password_leads_to_the_settings_where_there_are_any(self, stage: Stage) -> None:
        await stage.wrong_password()
        assert "Settings" not in names(stage.panel._notices)
        wanted: list[bool] = []
        stage.panel.settings_wanted.connect(lambda: wanted.append(True))
        stage.panel.offer_settings()
        await stage.turn()
        button(stage.panel._notices, "Settings").click()
        assert wanted == [True]

    async def test_a_wrong_password_is_said_in_plain_words_and_not_tried_again(self, stage: Stage) -> None:
        await stage.wrong_password()
        title, sentence = texts(stage.panel._notices)
        assert title == "Login or password refused"
        assert sentence.startswith("The PBX does not accept this login or password.")
        stage.given()
        stage.clock.advance(3600)
        await stage.turn()
        assert stage.given() == []
        await stage.press("Details")
        assert "code 1204 · login failed · oktell.login" in texts(stage.panel._notices)[1]
        await stage.press("Reconnect")
        assert stage.given()[0] == ("reconnect",)

    async def test_a_refused_command_is_told_with_details_and_can_be_dismissed(self, stage: Stage) -> None:
        await stage.refuse()
        assert texts(stage.panel._notices)[1].startswith("The PBX has refused the call")
        await stage.press("Details")
        assert "code 2007 · number not found" in texts(stage.panel._notices)[1]
        await stage.press("Hide")
        assert "2007" not in texts(stage.panel._notices)[1]
        await stage.press("Dismiss")
        assert texts(stage.panel._notices) == []

    async def test_a_refusal_of_a_command_from_the_panel_is_told(self, stage: Stage) -> None:
        error = CtiError(ErrorKind.COMMAND, "The phone cannot be lifted from here.", raw="<b>no</b>", source="fake")
        stage.provider.refusals["answer"] = CtiException(error)
        await stage.ring()
        await stage.press("Answer")
        assert "The phone cannot be lifted from here." in texts(stage.panel._notices)
        await stage.press("Details")
        assert "<b>no</b>" in texts(stage.panel._notices)[1]

    async def test_a_command_without_an_answer_is_told_although_the_connection_stands(self, stage: Stage) -> None:
        error = CtiError(ErrorKind.OPEN_CONNECTION, "The PBX has not answered in time.", source="fake")
        stage.provider.refusals["answer"] = CtiException(error)
        await stage.ring()
        await stage.press("Answer")
        assert "The PBX has not answered in time." in texts(stage.panel._notices)

    async def test_a_break(self, stage: Stage) -> None:
        await stage.take_break()
        assert texts(stage.panel._notices) == ["You are on a break until you choose to be ready again."]
        assert stage.panel._header._selector._title == "Break · Lunch"
        await stage.press("Ready")
        assert stage.given() == [("set_agent_state", "ready", "")]

    async def test_keys_of_the_states(self, stage: Stage) -> None:
        for digit in "1234":
            QTest.keyClick(stage.panel, getattr(Qt.Key, f"Key_{digit}"), Qt.KeyboardModifier.ControlModifier)
            await stage.turn()
        wanted = (("break", "1"), ("dnd", ""), ("wrapup", ""))  # ready is what the operator is
        assert stage.given() == [("set_agent_state", *state) for state in wanted]
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
        assert stage.given() == [("make_call", "204")]
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
