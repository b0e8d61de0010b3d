"""The caller's name in popup, card, tray and notice, as it becomes known; nothing moves under the pointer."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from ctidesk.config.settings import CallsAndPopup
from ctidesk.config.settings import Corner as CornerSetting
from ctidesk.cti.call import Call
from ctidesk.cti.identification import Identification, Match, Source
from ctidesk.ui.components.line_summary import tray_words
from ctidesk.ui.picture import open_menu
from ctidesk.ui.windows.popup import Popup
from tests.ui.components.finding import button, names, texts
from tests.ui.components.stage import Stage, show
from tests.ui.windows.desk import Desk
from tests.ui.windows.fake_callers import FakeCallers, FakeCards, contact

NUMBER = "78127654321"
ANNA = contact("Anna Belova", company="Romashka", title="Buyer", note="Invoices by e-mail only")
HOSTILE = contact(
    "<img src=x onerror=y>\u202eevil\u2066", company="<b>", title="\x07", note="<a href='x'>" + "n" * 1_000_000
)


@pytest.fixture
def callers(desk: Desk) -> FakeCallers:
    callers = FakeCallers()
    desk.people.follow(callers)
    return callers


def popup(desk: Desk) -> Popup:
    [popup] = desk.popups.shown()
    return popup


async def test_the_popup_is_there_at_once_and_is_completed(desk: Desk, callers: FakeCallers) -> None:
    callers.answers[NUMBER] = Identification(NUMBER)
    desk.ring(number=NUMBER)
    window = popup(desk)
    assert texts(window) == ["Incoming call", "0:00", "+7 812 765-43-21", "Looking the caller up…"]
    callers.learn(Identification(NUMBER, (ANNA,), is_complete=True))
    assert popup(desk) is window
    assert texts(window) == [
        "Incoming call",
        "0:00",
        "Anna Belova",
        "+7 812 765-43-21",
        "Romashka · Buyer",
        "Invoices by e-mail only",
    ]


async def test_nobody_is_known_after_all(desk: Desk, callers: FakeCallers) -> None:
    callers.answers[NUMBER] = Identification(NUMBER)
    desk.ring(number=NUMBER)
    callers.learn(Identification(NUMBER, is_complete=True, failed=frozenset({Source.LOOKUP})))
    assert texts(popup(desk))[-1] == "Unknown caller"


async def test_contact_goes_before_directory_and_pbx(desk: Desk, callers: FakeCallers) -> None:
    call = desk.ring(number=NUMBER, caller_name="NAME OF THE TRUNK")
    assert desk.people.name_of(call) == "NAME OF THE TRUNK"
    callers.learn(Identification(NUMBER, (Match(Source.DIRECTORY, "Colleague"),), is_complete=True))
    assert desk.people.name_of(call) == "NAME OF THE TRUNK"
    callers.learn(Identification(NUMBER, (ANNA,), is_complete=True))
    assert desk.people.name_of(call) == "Anna Belova"
    colleague = next(one for one in desk.people.abonents.values() if one.name and not one.is_me)
    other = desk.ring("c2", number=colleague.number, caller_name="PBX")
    assert desk.people.name_of(other) == colleague.name


async def test_note_and_comment_stand_together(desk: Desk, callers: FakeCallers) -> None:
    callers.answers[NUMBER] = Identification(NUMBER, (ANNA,), is_complete=True)
    desk.ring(number=NUMBER, comment="From the menu")
    assert "From the menu · Invoices by e-mail only" in texts(popup(desk))


async def test_earlier_calls_are_told(desk: Desk, callers: FakeCallers) -> None:
    last = datetime(2026, 3, 1, 10, 20, tzinfo=UTC)
    callers.answers[NUMBER] = Identification(NUMBER, (ANNA,), is_complete=True, earlier_calls=4, last_call=last)
    desk.ring(number=NUMBER)
    [line] = [text for text in texts(popup(desk)) if text.startswith("Earlier calls: 4 · last ")]
    assert ":20" in line


async def test_several_are_a_choice(desk: Desk, callers: FakeCallers) -> None:
    boris = contact("Boris", company="Lutik")
    callers.answers[NUMBER] = Identification(NUMBER, (ANNA, boris), is_complete=True)
    call = desk.ring(number=NUMBER)
    window = popup(desk)
    assert "Anna Belova +1" in texts(window)
    assert "Romashka · Buyer" not in texts(window), "it is not known yet whose company it is"
    button(window, "Several have this number: 2").click()
    menu = open_menu()
    assert isinstance(menu, QMenu)
    offered = {action.text(): action for action in menu.actions()}
    assert [text.partition(",")[0] for text in offered] == ["Who is calling?", "Anna Belova", "Boris"]
    list(offered.values())[2].trigger()
    menu.close()
    assert "Boris" in texts(popup(desk))
    assert desk.people.name_of(call) == "Boris"
    assert "Several have this number: 2" not in names(popup(desk))


async def test_a_choice_ends_with_its_ring(desk: Desk, callers: FakeCallers) -> None:
    callers.answers[NUMBER] = Identification(NUMBER, (ANNA, contact("Boris")), is_complete=True)
    call = desk.ring(number=NUMBER)
    button(popup(desk), "Several have this number: 2").click()
    menu = open_menu()
    desk.end_ring(call)
    assert not menu.isVisible()


async def test_the_card_is_opened_by_a_button(desk: Desk) -> None:
    cards = FakeCards()
    desk.actions.cards = cards
    call = desk.ring()
    button(popup(desk), "Open card").click()
    assert cards.opened == [call]
    cards.offered = False
    desk.popups.refresh()
    assert "Open card" not in names(popup(desk))


@pytest.mark.parametrize("corner", [CornerSetting.TOP_RIGHT, CornerSetting.BOTTOM_RIGHT])
async def test_buttons_do_not_move_under_the_pointer(
    desk: Desk, callers: FakeCallers, corner: CornerSetting, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.popups.set_up(CallsAndPopup(corner=corner))
    callers.answers[NUMBER] = Identification(NUMBER)
    desk.ring(number=NUMBER)
    window = popup(desk)
    show()
    answer = button(window, "Answer")
    before = answer.mapToGlobal(QPoint(0, 0))
    monkeypatch.setattr(window, "is_under_pointer", lambda: True)
    callers.learn(Identification(NUMBER, (ANNA,), is_complete=True))
    show()
    assert answer.mapToGlobal(QPoint(0, 0)) == before
    assert "Anna Belova" in texts(window), "the name needs no room of its own"
    monkeypatch.setattr(window, "is_under_pointer", lambda: False)
    window.left.emit()
    show()
    assert "Romashka · Buyer" in texts(window)


async def test_the_next_call_of_a_popup_owes_nothing_to_the_last(desk: Desk, callers: FakeCallers) -> None:
    callers.answers[NUMBER] = Identification(NUMBER, (ANNA,), is_complete=True)
    first = desk.ring(number=NUMBER)
    assert "Anna Belova" in texts(popup(desk))
    desk.end_ring(first)
    desk.ring("c2", number="78120000000")
    assert texts(popup(desk)) == ["Incoming call", "0:00", "+7 812 000-00-00", "Unknown caller"]


async def test_a_missed_caller_is_named_when_the_answer_comes_late(desk: Desk, callers: FakeCallers) -> None:
    callers.answers[NUMBER] = Identification(NUMBER)
    call = desk.ring(number=NUMBER)
    desk.end_ring(call)
    assert [one.name for one in desk.missed.unseen] == ["+7 812 765-43-21"]
    callers.learn(Identification(NUMBER, (ANNA,), is_complete=True))
    assert [(one.name, one.number) for one in desk.missed.unseen] == [("Anna Belova", NUMBER)]
    assert "Anna Belova" in texts(desk.popups.notice())


async def test_the_tray_says_the_same_name(desk: Desk, callers: FakeCallers) -> None:
    callers.answers[NUMBER] = Identification(NUMBER, (ANNA,), is_complete=True)
    desk.ring(number=NUMBER)
    assert "Anna Belova" in tray_words(desk.model, desk.people, 0)


async def test_hostile_names_and_notes_are_plain(desk: Desk, callers: FakeCallers) -> None:
    callers.answers[NUMBER] = Identification(NUMBER, (HOSTILE,), is_complete=True)
    desk.ring(number=NUMBER)
    window = popup(desk)
    shown = texts(window)
    assert "<img src=x onerror=y>evil" in shown
    assert not any("\u202e" in text or "\x07" in text for text in shown)
    assert max(map(len, shown)) < 2_000
    assert window.height() < 700


# ---- the panel


async def test_the_card_follows(stage: Stage) -> None:
    callers, cards = FakeCallers(), FakeCards()
    stage.panel.follow(callers, cards)
    call: Call = await stage.ring(caller_name="")
    number = call.abonent_number
    callers.learn(Identification(number, (ANNA, contact("Boris")), is_complete=True))
    await stage.turn()
    assert "Anna Belova +1" in texts(stage.panel)
    button(stage.panel, "Several have this number: 2").click()
    menu = open_menu()
    assert isinstance(menu, QMenu)
    menu.actions()[1].trigger()
    menu.close()
    await stage.turn()
    assert "Anna Belova" in texts(stage.panel)
    assert any(text.endswith("Romashka") for text in texts(stage.panel))
    assert "Invoices by e-mail only" in texts(stage.panel)
    button(stage.panel, "Open card").click()
    assert cards.opened == [call]
