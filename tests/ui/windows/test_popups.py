"""The popups come and go with the rings of their calls (ux.md, "Incoming call popup"; look.md, "Popup")."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ctidesk.cti.call import Call
from ctidesk.cti.events import (
    ActiveCallSnapshot,
    CallInfoChanged,
    CallStarted,
    CommutationStarted,
    Disconnected,
    LineStateChanged,
)
from ctidesk.cti.presence import Presence
from ctidesk.cti.values import CallFeatures, CallState
from ctidesk.demo.media import portrait
from ctidesk.ui.components.photos import Photos, Portrait
from ctidesk.ui.theme import theme
from ctidesk.ui.windows.popup import Popup
from ctidesk.ui.windows.popups import MOST_POPUPS
from tests.cti.watcher import outgoing
from tests.ui.components.finding import button, buttons, names, texts
from tests.ui.components.stage import RING, TALK, show
from tests.ui.windows.desk import Desk
from tests.waiting import settle


def only_popup(desk: Desk) -> Popup:
    [popup] = desk.popups.shown()
    assert popup.isVisible()
    return popup


async def test_it_shows_who_calls(desk: Desk) -> None:
    desk.ring(caller_name="Belova Anna", queue="Sales", line="74950001122", comment="Invoices\nby e-mail <b>only</b>")
    desk.clock.advance(7)
    desk.popups.refresh()
    popup = only_popup(desk)
    assert texts(popup) == [
        "Incoming call",
        "0:07",
        "Queue Sales",
        "Belova Anna",
        "+7 495 123-45-67",
        "Line +7 495 000-11-22",
        "Invoices by e-mail <b>only</b>",
    ]
    assert names(popup) == ["Mute ring for this call", "Copy number", "Answer", "Decline", "Hide"]


async def test_a_colleague_is_known_by_the_directory(desk: Desk) -> None:
    abonent = next(one for one in desk.people.abonents.values() if one.group and not one.is_me)
    desk.ring(number=abonent.number)
    assert abonent.name in texts(only_popup(desk))
    assert f"Abonent · {abonent.group}" in texts(only_popup(desk))


class Faces:
    """Everybody looks the same."""

    async def fetch(self, abonent_id: str) -> bytes:
        return portrait(abonent_id, 96)


async def test_a_colleague_has_a_face_and_the_next_caller_none(desk: Desk) -> None:
    photos = Photos(Faces)
    desk.popups.offer_photos(photos)
    abonent = next(one for one in desk.people.abonents.values() if not one.is_me)
    call = desk.ring(number=abonent.number)
    popup = only_popup(desk)
    assert not popup.findChildren(Portrait)
    while photos.photo(abonent.id) is None:
        await settle()
    [face] = popup.findChildren(Portrait)
    assert face.isVisible()
    desk.end_ring(call)
    desk.ring("c2", number="78127654321")
    assert only_popup(desk) is popup
    assert not face.isVisible()
    await photos.close()


async def test_a_photo_does_not_move_what_is_under_the_pointer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    photos = Photos(Faces)
    desk.popups.offer_photos(photos)
    abonent = next(one for one in desk.people.abonents.values() if not one.is_me)
    desk.ring(number=abonent.number)
    popup = only_popup(desk)
    with monkeypatch.context() as pointer:
        pointer.setattr(popup, "is_under_pointer", lambda: True)
        while photos.photo(abonent.id) is None:
            await settle()
        assert not popup.findChildren(Portrait)
    popup.left.emit()
    [face] = popup.findChildren(Portrait)
    assert face.isVisible()
    await photos.close()


async def test_an_unknown_number_stands_in_the_place_of_the_name(desk: Desk) -> None:
    desk.ring(number="78127654321")
    assert texts(only_popup(desk)) == ["Incoming call", "0:00", "+7 812 765-43-21", "Unknown caller"]


async def test_a_hidden_number_is_said(desk: Desk) -> None:
    desk.ring(number="")
    popup = only_popup(desk)
    assert "Hidden number" in texts(popup)
    assert "Copy number" not in names(popup)


async def test_it_is_there_in_the_turn_in_which_the_ring_is_told(desk: Desk) -> None:
    assert desk.popups.shown() == ()
    desk.ring()
    assert only_popup(desk).isVisible()


async def test_what_becomes_known_later_is_shown_in_the_same_window(desk: Desk) -> None:
    call = desk.ring(number="78127654321")
    popup = only_popup(desk)
    call.caller_name = "Orlov Viktor"
    desk.provider.tell(CallInfoChanged(call))
    assert only_popup(desk) is popup
    assert "Orlov Viktor" in texts(popup)


def answered(desk: Desk, call: Call) -> None:
    call.state = CallState.CONNECTED
    call.features = TALK
    desk.provider.tell(CommutationStarted(call))


def ended(desk: Desk, call: Call) -> None:
    desk.end_ring(call)


@pytest.mark.parametrize("end", [answered, ended])
async def test_it_goes_with_the_ring(desk: Desk, end: Callable[[Desk, Call], None]) -> None:
    call = desk.ring()
    popup = only_popup(desk)
    end(desk, call)
    assert desk.popups.shown() == ()
    assert not popup.isVisible()


async def test_an_outgoing_call_has_none(desk: Desk) -> None:
    desk.provider.tell(CallStarted(outgoing()))
    assert desk.popups.shown() == ()


async def test_answer_and_decline_give_the_commands(desk: Desk) -> None:
    call = desk.ring()
    button(only_popup(desk), "Answer").click()
    button(only_popup(desk), "Decline").click()
    await desk.turn()
    assert desk.provider.commands == [("answer", call), ("drop", call)]


async def test_hide_hides_this_ring_alone(desk: Desk) -> None:
    first = desk.ring()
    button(only_popup(desk), "Hide").click()
    assert desk.popups.shown() == ()
    desk.provider.tell(CallInfoChanged(first))
    assert desk.popups.shown() == ()
    desk.end_ring(first)
    desk.ring("c2")
    assert only_popup(desk)


async def test_a_phone_that_must_be_picked_up_has_no_answer(desk: Desk) -> None:
    call = desk.ring(number="78127654321")
    call.features = CallFeatures.CAN_DROP
    desk.provider.tell(LineStateChanged(call.features, call.id))
    popup = only_popup(desk)
    assert "Pick up your phone to answer" in texts(popup)
    assert names(popup) == ["Mute ring for this call", "Decline", "Hide"]


async def test_only_a_main_call_that_can_be_sent_offers_it(desk: Desk) -> None:
    desk.ring(features=RING | CallFeatures.CAN_BLIND_TRANSFER)
    assert "Send to…" in names(only_popup(desk))


async def test_send_to_offers_the_colleagues_who_are_ready(desk: Desk, qtbot: QtBot) -> None:
    call = desk.ring(features=RING | CallFeatures.CAN_BLIND_TRANSFER)
    button(only_popup(desk), "Send to…").click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    ready = [one for one in desk.people.abonents.values() if one.presence is Presence.READY and not one.is_me]
    assert len(ready) > 0
    assert [action.text() for action in menu.actions()] == [
        *(f"{one.name}, {one.number}" for one in ready[:12]),
        "Other number…",
    ]
    menu.actions()[0].trigger()
    menu.close()
    await desk.turn()
    assert desk.provider.commands == [("blind_transfer", call, ready[0].number)]


async def test_send_to_is_for_the_call_it_was_opened_for(desk: Desk) -> None:
    features = RING | CallFeatures.CAN_BLIND_TRANSFER
    first = desk.ring(features=features)
    button(only_popup(desk), "Send to…").click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    desk.end_ring(first)
    assert not menu.isVisible()
    desk.ring("c2", "74950001122", features=features)
    menu.actions()[0].trigger()
    await desk.turn()
    assert desk.provider.commands == []


async def test_without_a_connection_nothing_can_be_pressed(desk: Desk) -> None:
    desk.ring()
    desk.provider.tell(Disconnected())
    popup = only_popup(desk)
    assert not button(popup, "Answer").isEnabled()
    assert "No connection to the PBX" in button(popup, "Answer").toolTip()
    assert button(popup, "Hide").isEnabled()


async def test_the_number_is_copied_as_it_came(desk: Desk) -> None:
    desk.ring(caller_name="Belova Anna")
    button(only_popup(desk), "Copy number").click()
    assert QGuiApplication.clipboard().text() == "74951234567"


async def test_it_takes_no_focus() -> None:
    popup = Popup()
    popup.prepare()
    assert popup.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert popup.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert popup.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert {child.focusPolicy() for child in popup.findChildren(QWidget)} == {Qt.FocusPolicy.NoFocus}
    popup.deleteLater()


async def test_presses_of_the_first_quarter_second_do_nothing(desk: Desk, qtbot: QtBot) -> None:
    desk.ring()
    popup = only_popup(desk)
    decline = button(popup, "Decline")
    place = decline.mapTo(popup, decline.rect().center())

    def press() -> None:
        target = popup.childAt(place) or popup
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(popup, place))

    assert popup.is_deaf()
    press()
    await desk.turn()
    assert desk.provider.commands == []
    qtbot.waitUntil(lambda: not popup.is_deaf())
    press()
    await desk.turn()
    assert desk.provider.names == ["drop"]


# ---- several


async def test_several_stack_from_the_corner(desk: Desk) -> None:
    for number in range(MOST_POPUPS + 2):
        desk.ring(f"c{number}", f"7495123456{number}")
    popups = desk.popups.shown()
    assert [texts(popup)[0] for popup in popups] == ["Incoming call", "Second call", "Second call"]
    places = [popup.geometry() for popup in popups]
    area = popups[0].screen().availableGeometry()
    assert places[0].bottom() == area.bottom() - 16
    assert all(later.bottom() + 8 + 1 == earlier.top() for earlier, later in itertools.pairwise(places))
    assert all(place.right() == area.right() - 16 for place in places)


async def test_what_has_no_popup_is_counted(desk: Desk) -> None:
    calls = [desk.ring(f"c{number}", f"7495123456{number}") for number in range(MOST_POPUPS + 2)]
    more = desk.popups._more
    assert more is not None
    assert more.isVisible()
    assert texts(more) == ["More calls: 2"]
    desk.end_ring(calls[0])
    assert texts(more) == ["More calls: 1"]
    assert len(desk.popups.shown()) == MOST_POPUPS
    desk.end_ring(calls[1])
    assert not more.isVisible()


async def test_nothing_moves_under_the_pointer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = desk.ring("c1", "74951234561")
    desk.ring("c2", "74951234562")
    popup = desk.popups.shown()[1]
    place = popup.pos()
    pointer = [popup.geometry().center()]
    monkeypatch.setattr("ctidesk.ui.windows.notice_window.QCursor.pos", lambda: pointer[0])
    desk.end_ring(first)
    assert popup.pos() == place
    desk.ring("c3", "74951234563")
    assert desk.popups.shown()[1].geometry().bottom() < popup.geometry().top()
    pointer[0] = QPoint(0, 0)
    popup.left.emit()
    assert popup.geometry().bottom() == popup.screen().availableGeometry().bottom() - 16


async def test_a_larger_text_keeps_them_whole_and_in_place(desk: Desk) -> None:
    desk.ring(caller_name="Belova Anna")
    popup = only_popup(desk)
    height = popup.height()
    theme().set_text_scale(1.5)
    await desk.turn()
    assert popup.height() > height
    assert popup.geometry().bottom() == popup.screen().availableGeometry().bottom() - 16
    for name in names(popup):
        assert button(popup, name).height() >= button(popup, name).minimumSizeHint().height()


async def test_one_turn_of_the_loop_is_enough_to_paint_it(desk: Desk) -> None:
    painted: list[bool] = []
    desk.popups.painted.connect(lambda: painted.append(only_popup(desk).isVisible()))
    desk.ring(caller_name="Belova Anna", queue="Sales", comment="Invoices by e-mail only.")
    show()
    assert painted == [True]


# ---- missed


async def test_a_missed_call_leaves_a_notice(desk: Desk) -> None:
    call = desk.ring(caller_name="Belova Anna", queue="Sales")
    desk.clock.advance(24)
    desk.end_ring(call)
    notice = desk.popups.notice()
    assert notice.isVisible()
    shown = texts(notice)
    assert shown[0] == "Missed call"
    assert shown[1].endswith("rang 0:24")
    assert shown[2:] == ["Belova Anna", "+7 495 123-45-67 · queue Sales"]


async def test_several_fold_into_one_notice(desk: Desk) -> None:
    for number in range(5):
        desk.end_ring(desk.ring(f"c{number}", f"7495123456{number}"))
    shown = texts(desk.popups.notice())
    assert shown[0] == "Missed calls: 5"
    assert "+7 495 123-45-64" in shown
    assert shown[-1] == "Earlier: 2"


async def test_call_back_calls_and_takes_the_notice_away(desk: Desk) -> None:
    desk.end_ring(desk.ring())
    desk.provider.tell(LineStateChanged(CallFeatures.CAN_DIAL))
    button(desk.popups.notice(), "Call back").click()
    await desk.turn()
    assert desk.provider.commands == [("make_call", "74951234567")]
    assert desk.missed.unseen == ()
    assert not desk.popups.notice().isVisible()


async def test_the_notice_says_that_the_own_phone_has_failed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "The phone or its network did not react."
    monkeypatch.setattr(desk.provider, "unusual_end", lambda call: words if call.state_cause == "BROKEN" else "")
    for cause, said in (("", False), ("BROKEN", True)):
        desk.end_ring(desk.ring("c2" if said else "c1"), cause)
        assert (words in texts(desk.popups.notice())) is said
        desk.missed.see()


async def test_call_back_leaves_the_other_missed_calls(desk: Desk) -> None:
    for call_id, number in (("c1", "74951234561"), ("c2", "74951234562"), ("c3", "74951234562")):
        desk.end_ring(desk.ring(call_id, number))
    desk.provider.tell(LineStateChanged(CallFeatures.CAN_DIAL))
    newest = next(one for one in buttons(desk.popups.notice()) if one.accessibleName() == "Call back")
    newest.click()
    await desk.turn()
    assert desk.provider.commands == [("make_call", "74951234562")]
    assert [missed.number for missed in desk.missed.unseen] == ["74951234561"]
    assert texts(desk.popups.notice())[0] == "Missed call"


async def test_a_call_back_that_is_not_possible_leaves_the_notice(desk: Desk) -> None:
    desk.end_ring(desk.ring())
    desk.provider.tell(Disconnected())
    button(desk.popups.notice(), "Call back").click()
    await desk.turn()
    assert len(desk.missed.unseen) == 1


async def test_a_dismissed_notice_stays_away(desk: Desk) -> None:
    desk.end_ring(desk.ring())
    button(desk.popups.notice(), "Dismiss").click()
    assert not desk.popups.notice().isVisible()
    desk.ring("c2")
    assert not desk.popups.notice().isVisible()


async def test_a_declined_call_is_not_missed(desk: Desk) -> None:
    call = desk.ring()
    button(only_popup(desk), "Decline").click()
    await desk.turn()
    desk.end_ring(call)
    assert desk.missed.unseen == ()


async def test_one_that_somebody_else_took_is_not_missed(desk: Desk) -> None:
    desk.end_ring(desk.ring(), cause="LOSE_RACE")
    assert desk.missed.unseen == ()


async def test_an_answered_call_is_not_missed(desk: Desk) -> None:
    call = desk.ring()
    answered(desk, call)
    desk.end_ring(call)
    assert desk.missed.unseen == ()


async def test_the_notice_stands_beyond_the_ringing_calls(desk: Desk) -> None:
    desk.end_ring(desk.ring())
    desk.ring("c2")
    assert desk.popups.notice().geometry().bottom() < only_popup(desk).geometry().top()


# ---- the ring


async def test_the_ring_waits_for_the_popup(desk: Desk, qtbot: QtBot) -> None:
    desk.ring()
    assert desk.speaker.heard == []
    qtbot.waitUntil(lambda: desk.speaker.heard == ["RING without end"])


async def test_the_ring_ends_with_the_call(desk: Desk, qtbot: QtBot) -> None:
    call = desk.ring()
    qtbot.waitUntil(lambda: desk.speaker.heard != [])
    answered(desk, call)
    assert desk.speaker.heard == ["RING without end", "silence"]


async def test_a_muted_ring_is_silent_for_this_call(desk: Desk, qtbot: QtBot) -> None:
    call = desk.ring()
    qtbot.waitUntil(lambda: desk.speaker.heard != [])
    mute = button(only_popup(desk), "Mute ring for this call")
    mute.click()
    assert mute.isChecked()
    assert desk.speaker.heard == ["RING without end", "silence"]
    desk.end_ring(call)
    desk.ring("c2")
    assert not button(only_popup(desk), "Mute ring for this call").isChecked()
    qtbot.waitUntil(lambda: len(desk.speaker.heard) == 3)
    assert desk.speaker.heard[2] == "RING without end"


async def test_a_second_call_in_a_talk_is_one_soft_tone(desk: Desk, qtbot: QtBot) -> None:
    call = desk.ring()
    answered(desk, call)
    desk.speaker.heard.clear()
    desk.ring("c2")
    qtbot.waitUntil(lambda: desk.speaker.heard == ["SECOND_CALL"])
    desk.popups.refresh()
    desk.ring_sound.refresh()
    await desk.turn()
    assert desk.speaker.heard == ["SECOND_CALL"]


async def test_the_ring_is_silent_while_nobody_knows_whether_it_still_rings(desk: Desk, qtbot: QtBot) -> None:
    call = desk.ring()
    qtbot.waitUntil(lambda: desk.speaker.heard == ["RING without end"])
    desk.provider.tell(Disconnected())
    assert desk.speaker.heard == ["RING without end", "silence"]
    desk.provider.tell(ActiveCallSnapshot((call,), call))
    qtbot.waitUntil(lambda: desk.speaker.heard[-1] == "RING without end")


async def test_a_call_that_ends_before_the_popup_stands_is_never_heard(desk: Desk) -> None:
    desk.end_ring(desk.ring())
    desk.popups.painted.emit()
    assert not desk.ring_sound.is_waiting()
    assert desk.speaker.heard == []
