"""The panel in each state of a call: what it shows, and that each press gives its command once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ctidesk.cti.agent import AgentState
from ctidesk.cti.events import (
    ActiveCallSnapshot,
    AgentStateChanged,
    CallCentreStateChanged,
    CallFinished,
    CallInfoChanged,
    CallStarted,
    Initialized,
    LineStateChanged,
)
from ctidesk.cti.presence import Presence
from ctidesk.cti.values import AgentFeatures, CallFeatures
from ctidesk.ui.components.call_card import CallCard
from ctidesk.ui.theme import PresenceState
from ctidesk.ui.widgets import BarKind, PresenceShape
from tests.cti.fake_provider import LINE
from tests.cti.watcher import incoming
from tests.ui.components.finding import button, names, texts
from tests.ui.components.stage import HELD, RING, TALK, Stage


def cards(stage: Stage) -> list[CallCard]:
    return [card for card in stage.panel.findChildren(CallCard) if card.isVisible()]


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
        await stage.press("Mute ring")
        assert stage.panel._muted.is_muted(call)
        assert button(stage.panel, "Mute ring").isChecked()
        await stage.press("Mute ring")
        assert not stage.panel._muted.is_muted(call)
        assert not button(stage.panel, "Mute ring").isChecked()
        assert stage.given() == []

    async def test_answer_and_decline_give_their_commands_once(self, stage: Stage) -> None:
        call = await stage.ring()
        await stage.press("Answer")
        assert stage.given() == [("answer", call)]
        await stage.press("Decline")
        assert stage.given() == [("drop", call)]

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
        await stage.press("Send to…")
        stage.panel._dial._field.setText("205")
        QTest.keyClick(stage.panel._dial._field, Qt.Key.Key_Return)
        await stage.turn()
        assert stage.given() == [("blind_transfer", call, "205")]

    async def test_a_second_caller_can_be_answered_beside_a_talk(self, stage: Stage) -> None:
        await stage.talk()
        second = incoming("c7", "380441234567", features=RING)
        stage.provider.tell(CallStarted(second))
        await stage.turn()
        first_card, second_card = cards(stage)
        assert "Hold" in names(first_card)
        assert "Complete transfer" not in names(stage.panel)
        await stage.press("Answer")
        assert stage.given() == [("answer", second)]
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
        await stage.press("Hold")
        assert stage.given() == [("hold_or_unhold", call)]
        await stage.press("End")
        assert stage.given() == [("drop", call)]
        await stage.press("Mute")
        assert stage.given() == [("mute", call)]

    async def test_a_microphone_that_is_off_is_seen_and_comes_back(self, stage: Stage) -> None:
        call = await stage.talk()
        call.muted = True
        stage.provider.tell(CallInfoChanged(call))
        await stage.turn()
        await stage.press("Unmute")
        assert stage.given() == [("mute", call)]
        call.muted = False
        stage.provider.tell(CallInfoChanged(call))
        await stage.turn()
        assert "Mute" in names(cards(stage)[0])

    async def test_the_microphone_is_switched_off_in_the_consultation_that_is_heard(self, stage: Stage) -> None:
        _, consult = await stage.consult()
        consult.features |= CallFeatures.CAN_MUTE  # the line has the features of the main call, which has it not
        stage.provider.tell(CallInfoChanged(consult))
        await stage.turn()
        await stage.press("Mute")
        assert stage.given()[-1] == ("mute", consult)

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
        await stage.press("Resume")
        assert stage.given() == [("hold_or_unhold", call)]

    async def test_the_keypad_sends_each_tone_once(self, stage: Stage) -> None:
        call = await stage.talk()
        await stage.press("Keypad", cards(stage)[0])
        card = cards(stage)[0]
        QTest.mouseClick(button(card, "5"), Qt.MouseButton.LeftButton)
        pad = card._pad
        assert pad is not None
        QTest.keyClicks(pad._sent, "1#x")
        await stage.turn()
        assert stage.given() == [("send_dtmf", call, tone) for tone in "51#"]
        assert pad._sent.text() == "51#"
        QTest.keyClick(pad._sent, Qt.Key.Key_Escape)
        assert not pad.isVisible()

    async def test_the_keypad_of_a_call_is_not_that_of_the_next(self, stage: Stage) -> None:
        call = await stage.talk()
        await stage.press("Keypad", cards(stage)[0])
        stage.provider.tell(CallFinished(call))
        other = incoming("c8", "201", features=TALK)
        stage.provider.tell(CallStarted(other))
        stage.connect(other)
        await stage.turn()
        pad = cards(stage)[0]._pad
        assert pad is None or not pad.isVisible()

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
            await stage.press(name)
            assert stage.given() == [command], name

    async def test_while_the_colleague_rings_the_transfer_follows_the_pbx(self, stage: Stage) -> None:
        main, consult = await stage.consult(answered=False)
        assert texts(cards(stage)[1])[:2] == ["Calling", "· consultation"]
        assert button(stage.panel, "Complete transfer").isEnabled()
        stage.provider.tell(LineStateChanged(CallFeatures.CAN_UNHOLD, main.id))
        await stage.turn()
        complete = button(stage.panel, "Complete transfer")
        assert not complete.isEnabled()
        assert complete.toolTip() == "The consultation is not answered yet"
        await stage.press("Cancel, back to caller")
        assert stage.given() == [("cancel_transfer", main, consult)]

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
        assert stage.given() == [("drop", main)]

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
