"""Strip, card, tabs, search field, menu, announcements."""

from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ctidesk.ui.theme import PresenceState, Theme
from ctidesk.ui.widgets import (
    BarKind,
    Button,
    Card,
    IconButton,
    Menu,
    MenuItem,
    PlainLabel,
    SearchField,
    Strip,
    StripKind,
    Tabs,
    announce,
    spoken,
)


def test_strip_puts_buttons_below_a_title_and_beside_a_sentence(qtbot: QtBot) -> None:
    strip = Strip(StripKind.WARNING)
    qtbot.addWidget(strip)
    strip.resize(380, 120)
    strip.show()
    button = Button("Reconnect now")
    strip.set_buttons([button])
    strip.set_text("No connection", "Calls may ring at your phone but not here.")
    labels = [label for label in strip.findChildren(PlainLabel) if label.isVisible()]
    qtbot.waitUntil(lambda: button.y() > labels[-1].geometry().bottom())
    strip.set_text("", "Direct calls still ring.")
    qtbot.waitUntil(lambda: button.x() > labels[-1].geometry().right())
    assert strip.accessibleName() == "Direct calls still ring."


def test_buttons_of_a_strip_are_never_cut(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    strip = Strip(StripKind.ERROR, parent=window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(strip)
    buttons = [Button(text) for text in ("Connect again", "Settings of the connection", "Details of the error")]
    strip.set_text("Login refused", "The PBX does not know this login.")
    strip.set_buttons(buttons)
    window.show()
    for width in (300, 700, 300):
        window.setFixedSize(width, 200)
        beside = width == 700
        qtbot.waitUntil(partial(_stand_beside, buttons, beside))
        assert all(one.width() >= one.sizeHint().width() for one in buttons)
        assert all(one.geometry().right() < width for one in buttons)


def _stand_beside(buttons: list[Button], beside: bool) -> bool:
    return (buttons[0].y() == buttons[1].y()) is beside


def test_strip_deletes_the_buttons_it_replaces(qtbot: QtBot) -> None:
    strip = Strip(StripKind.INFO)
    qtbot.addWidget(strip)
    old = Button("Old")
    strip.set_buttons([old])
    with qtbot.waitSignal(old.destroyed):
        strip.set_buttons([Button("New")])
    assert [button.accessibleName() for button in strip.findChildren(Button)] == ["New"]


def test_strip_is_as_high_as_its_sentence(qtbot: QtBot, look: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    strip = Strip(StripKind.NOTE, rounded=True, lines=2)
    layout.addWidget(strip)
    layout.addStretch(1)
    strip.set_text("", "word " * 60)
    window.resize(300, 400)
    window.show()
    sentence = next(label for label in strip.findChildren(PlainLabel) if label.isVisible())
    qtbot.waitUntil(lambda: sentence.height() == 2 * sentence.fontMetrics().height())
    assert sentence.toolTip()
    look.set_text_scale(2.0)
    qtbot.waitUntil(lambda: sentence.height() == 2 * sentence.fontMetrics().height())


@pytest.mark.parametrize(
    ("kind", "token"),
    [(StripKind.WARNING, "awaySoft"), (StripKind.INFO, "accentSoft"), (StripKind.ERROR, "talkSoft"),
     (StripKind.NOTE, "window")],
)  # fmt: skip
def test_strip_grounds(kind: StripKind, token: str, qtbot: QtBot, look: Theme) -> None:
    strip = Strip(StripKind.INFO)
    qtbot.addWidget(strip)
    strip.set_kind(kind)
    strip.resize(200, 40)
    assert strip.grab().toImage().pixelColor(100, 3) == getattr(look.tokens, token)


@pytest.mark.parametrize(
    ("bar", "token"),
    [(BarKind.RINGING, "accent"), (BarKind.TALKING, "talkFill"), (BarKind.HOLD, "talkFill"),
     (BarKind.UNCONFIRMED, "offline"), (BarKind.NONE, "line")],
)  # fmt: skip
def test_card_bar(bar: BarKind, token: str, qtbot: QtBot, look: Theme) -> None:
    card = Card()
    qtbot.addWidget(card)
    card.resize(200, 100)
    card.set_bar(bar)
    image = card.grab().toImage()
    column = [image.pixelColor(0, y) for y in range(20, 60)]
    assert getattr(look.tokens, token) in column
    solid = len({color.name() for color in column}) == 1
    assert solid == (bar is not BarKind.HOLD)
    assert image.pixelColor(100, 50) == look.tokens.base


def tabs(qtbot: QtBot) -> Tabs:
    made = Tabs()
    qtbot.addWidget(made)
    for word in ("Abonents", "Queue", "History & more"):
        made.add(word)
    made.resize(380, 36)
    made.show()
    return made


def test_tabs_tell_their_counts(qtbot: QtBot, look: Theme) -> None:
    made = tabs(qtbot)
    width = made.tabRect(1).width()
    made.set_count(1, 3, "Queue, 3 waiting")
    assert made.tabRect(1).width() > width
    assert made.accessibleTabName(1) == "Queue, 3 waiting"
    interface = QAccessible.queryAccessibleInterface(made)
    assert interface.role() == QAccessible.Role.PageTabList
    assert interface.child(1).text(QAccessible.Text.Name) == "Queue, 3 waiting"
    made.set_count(1, 0, "Queue")
    assert made.tabRect(1).width() == width


def test_missed_count_is_red(qtbot: QtBot, look: Theme) -> None:
    made = tabs(qtbot)

    def shown(alert: bool) -> bool:
        made.set_count(2, 2, "History, 2 missed", alert=alert)
        image = made.grab().toImage()
        return any(image.pixelColor(x, 18) == look.tokens.talkFill for x in range(image.width()))

    assert shown(True)
    assert not shown(False)


def test_tabs_by_keyboard(qtbot: QtBot) -> None:
    made = tabs(qtbot)
    QTest.keyClick(made, Qt.Key.Key_Right)
    assert made.currentIndex() == 1
    QTest.keyClick(made, Qt.Key.Key_Left)
    assert made.currentIndex() == 0


def test_narrow_tabs_are_cut_with_a_tool_tip(qtbot: QtBot, look: Theme) -> None:
    made = tabs(qtbot)
    assert made.tabToolTip(2) == ""
    made.resize(150, 36)
    qtbot.waitUntil(lambda: made.tabRect(2).right() <= 150)
    assert "History &amp; more" in made.tabToolTip(2)


def test_search_field_clears(qtbot: QtBot) -> None:
    field = SearchField("Number or name", "Clear", "Keypad")
    qtbot.addWidget(field)
    field.show()
    clear, keypad = (
        next(button for button in field.findChildren(IconButton) if button.accessibleName() == name)
        for name in ("Clear", "Keypad")
    )
    assert not clear.isVisible()
    QTest.keyClicks(field, "petr")
    assert clear.isVisible()
    assert clear.geometry().right() < keypad.geometry().left()
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert field.text() == ""
    assert not clear.isVisible()
    with qtbot.waitSignal(field.keypad_clicked):
        QTest.mouseClick(keypad, Qt.MouseButton.LeftButton)
    assert field.sizeHint().height() == 36


def test_text_does_not_run_under_the_buttons(qtbot: QtBot, look: Theme) -> None:
    field = SearchField("Number or name", "Clear", "Keypad")
    qtbot.addWidget(field)
    field.resize(300, 36)
    field.setText("█" * 100)
    field.show()
    image = field.grab().toImage()
    row = [x for x in range(image.width()) if image.pixelColor(x, 18) == look.tokens.text]
    left = min(button.geometry().left() for button in field.findChildren(IconButton) if button.isVisible())
    assert 34 <= min(row) <= 38
    assert left - 20 < max(row) < left


def test_context_menu_of_the_field_is_round_and_not_nested(qtbot: QtBot) -> None:
    field = SearchField("Number or name", "Clear")
    qtbot.addWidget(field)
    field.show()
    field.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5)))
    menu = field.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert menu.isVisible()
    assert menu.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    with qtbot.waitSignal(menu.destroyed):
        menu.close()


def test_menu_entries_are_plain(qtbot: QtBot) -> None:
    menu = Menu()
    qtbot.addWidget(menu)
    item = menu.add("Call <b>A&B</b>\tCtrl+X\n", shortcut_text="Enter")
    assert item.label == "Call <b>A&B</b> Ctrl+X "
    assert item.text() == "Call <b>A&&B</b> Ctrl+X \tEnter"
    long = menu.add("<i>" + "very " * 100)
    assert long.label.endswith("…")
    assert "&lt;i&gt;" in long.toolTip()
    refused = menu.add("Listen", reason="You may not <listen>")
    assert not refused.isEnabled()
    assert "&lt;listen&gt;" in refused.toolTip()


def test_menu_calls_back_by_keyboard(qtbot: QtBot) -> None:
    menu = Menu()
    qtbot.addWidget(menu)
    chosen: list[str] = []
    menu.add_header("Petrov Petr", "201", PresenceState.READY, "Ready")
    call = menu.add("Call", lambda: chosen.append("call"), icon_name="answer")
    menu.add_caption("Break")
    menu.add("Lunch", lambda: chosen.append("lunch"), presence=PresenceState.BREAK, checked=True)
    menu.popup(QPoint(0, 0))
    qtbot.waitUntil(menu.isVisible)
    assert menu.activeAction() is call
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        QTest.keyClick(menu, key)
        active = menu.activeAction()
        assert isinstance(active, MenuItem)
        assert not active.is_caption
    menu.setActiveAction(call)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert chosen == ["lunch"]
    assert not menu.isVisible()


def test_menu_has_round_corners(qtbot: QtBot) -> None:
    menu = Menu()
    qtbot.addWidget(menu)
    menu.add("Call")
    assert menu.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert menu.windowFlags() & Qt.WindowType.NoDropShadowWindowHint
    menu.popup(QPoint(0, 0))
    image = menu.grab().toImage()
    assert image.pixelColor(0, 0).alpha() == 0
    menu.close()


def test_menu_higher_than_the_screen_says_that_it_goes_on(qtbot: QtBot) -> None:
    menu = Menu()
    qtbot.addWidget(menu)
    for number in range(60):
        menu.add(f"Reason {number}")
    menu.popup(QPoint(0, 0))
    assert menu.height() <= menu.screen().availableGeometry().height()
    last = menu.actionGeometry(menu.actions()[-1])
    assert last.bottom() > menu.height()
    menu.close()


def test_announcements_reach_the_screen_reader(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    said: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append((event.message(), event.politeness()))
    )
    announce(widget, "Incoming call, Belova Anna")
    announce(widget, "")
    assert said == [("Incoming call, Belova Anna", QAccessible.AnnouncementPoliteness.Polite)]


def test_spoken_leaves_out_what_is_empty() -> None:
    assert spoken("Belova Anna", "", "Talking") == "Belova Anna, Talking"
