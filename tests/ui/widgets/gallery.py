"""Pictures of all widgets, for the eye: `python -m tests.ui.widgets.gallery FOLDER`.

Light and dark at 100 % and 200 % text, twice enlarged. No test depends on them.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from ctidesk.ui.theme import PresenceState, Scheme, TextStyle, TrayState, scaled, theme, tray_icon
from ctidesk.ui.widgets import (
    BarKind,
    Button,
    ButtonKind,
    ButtonSize,
    Card,
    Clock,
    EmptyState,
    IconButton,
    Keypad,
    Menu,
    PlainLabel,
    PresenceShape,
    SearchField,
    StateSelector,
    Strip,
    StripKind,
    Switch,
    Tabs,
    Tag,
    Tile,
    TileFace,
    TileGrid,
    TileKind,
    paint_card,
)
from tests.ui.picture_run import picture_run


def main(folder: Path) -> None:
    """Render every sheet into `folder`."""
    with picture_run(folder) as application:
        render(folder, application)


def render(folder: Path, application: QApplication) -> None:
    """Render every sheet into `folder`."""
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        theme().force(scheme)
        for scale in (1.0, 2.0):
            theme().set_text_scale(scale)
            application.processEvents()
            for name, (build, width) in SHEETS.items():
                sheet = build()
                sheet.setFixedWidth(width if scale == 1.0 else round(width * 1.58))
                sheet.show()
                application.processEvents()
                focused = application.focusWidget()
                if focused is not None:
                    focused.clearFocus()
                layout = sheet.layout()
                assert layout is not None
                if layout.hasHeightForWidth():
                    sheet.resize(sheet.width(), layout.totalHeightForWidth(sheet.width()))
                else:
                    sheet.adjustSize()
                application.processEvents()
                picture = sheet.grab()
                picture.save(str(folder / f"{name}-{scheme}-{round(scale * 100)}.png"))
                sheet.close()
                sheet.deleteLater()
        theme().set_text_scale(1.0)
    _tray_sheet().save(str(folder / "tray.png"))


def _column(margin: int = 12, spacing: int = 8) -> tuple[QWidget, QVBoxLayout]:
    widget = QWidget()
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(margin, 8, margin, 8)
    layout.setSpacing(spacing)
    return widget, layout


def _header(state: PresenceState, title: str, detail: str) -> QHBoxLayout:
    row = QHBoxLayout()
    selector = StateSelector(f"Agent state: {title}")
    selector.show_state(state, title, f"Agent state: {title}")
    selector.show_detail(detail)
    switch = Switch("Call centre")
    switch.setChecked(state is not PresenceState.CONNECTING)
    switch.set_label_shown(theme().factor < 1.5)
    connection = IconButton("connection", "Connection: connected", size=32)
    connection.set_corner(PresenceState.READY)
    row.addWidget(selector, 1)
    row.addSpacing(8)
    row.addWidget(switch)
    row.addSpacing(8)
    row.addWidget(connection)
    row.addWidget(IconButton("settings", "Settings", size=32))
    row.setSpacing(4)
    return row


def _dial_row(text: str = "") -> QHBoxLayout:
    row = QHBoxLayout()
    field = SearchField("Number or name", "Clear", "Keypad")
    field.setText(text)
    call = IconButton("answer", "Call", size=36, width=40, icon_size=18, filled=True)
    call.set_available(bool(text), "Type a number or a name")
    row.addWidget(field, 1)
    row.addWidget(call)
    row.setSpacing(8)
    return row


def _card_head(
    card: Card, state: PresenceState, word: str, about: str, seconds: int, name: str, number: str, company: str
) -> None:
    first, third = QHBoxLayout(), QHBoxLayout()
    first.setSpacing(6)
    first.addWidget(PresenceShape(state, 12))
    first.addWidget(PlainLabel(word, TextStyle.SMALL_STRONG, state.word_token, elide=None))
    first.addWidget(PlainLabel(f"· {about}", TextStyle.SMALL, "text2"), 1)
    clock = Clock()
    clock.stop(seconds)
    first.addWidget(clock)
    third.setSpacing(0)
    third.addWidget(PlainLabel(number, TextStyle.BODY, "text2", elide=None, tabular=True, ltr=True))
    third.addWidget(PlainLabel(f" · {company}", TextStyle.BODY, "text2"), 1)
    card.body.addLayout(first)
    card.body.addSpacing(4)
    card.body.addWidget(PlainLabel(name, TextStyle.TITLE))
    card.body.addSpacing(2)
    card.body.addLayout(third)


def _grid(consulting: bool = False, russian: bool = False) -> TileGrid:
    faces = [
        ("hold", "Hold", "", 1),
        ("consult", "Consult", "", 1),
        ("transfer", "Transfer", "", 1),
        ("keypad", "Keypad", "", 1),
        ("mute", "Mute", "", 1),
        ("conference", "Conference", "Conf.", 1),
        ("record-link", "Recording", "Record", 1),
    ]
    if consulting:
        faces[:3] = [("swap", "Swap", "", 1), ("cancel", "Cancel, back to caller", "Cancel", 2)]
    if russian:
        words = ["Поменять", "Отмена, назад к звонящему", "Клавиши", "Выкл. микр.", "Конференция", "Запись"]
        short = {"Отмена, назад к звонящему": "Отмена", "Конференция": "Конф."}
        faces = [(icon, word, short.get(word, ""), span) for (icon, _, _, span), word in zip(faces, words, strict=True)]
    tiles = [Tile(TileFace(icon, label, short), span=span) for icon, label, short, span in faces]
    tiles.append(Tile(TileFace("end", "Отбой" if russian else "End"), TileKind.END))
    grid = TileGrid()
    grid.set_tiles(tiles)
    return grid


def _tabs() -> Tabs:
    tabs = Tabs()
    for word in ("Abonents", "Queue", "History"):
        tabs.add(word)
    tabs.set_count(1, 3, "Queue, 3 waiting")
    tabs.set_count(2, 2, "History, 2 missed", alert=True)
    return tabs


def _talking() -> QWidget:
    widget, column = _column()
    column.addLayout(_header(PresenceState.READY, "Ready", "3:12 · in a call"))
    column.addLayout(_dial_row())
    card = Card()
    card.set_bar(BarKind.TALKING)
    _card_head(card, PresenceState.TALKING, "Talking", "incoming, queue Sales", 192,
               "Belova Anna", "+7 495 123-45-67", "Romashka LLC")  # fmt: skip
    note = Strip(StripKind.NOTE, rounded=True, lines=2)
    note.set_text("", "Invoices by e-mail only. Discount agreed by Sidorova.")
    card.body.addSpacing(8)
    card.body.addWidget(note)
    card.body.addSpacing(8)
    grid = _grid()
    grid.tiles()[3].set_pressed(True)
    grid.tiles()[6].set_available(False, "This call is not recorded")
    card.body.addWidget(grid)
    card.body.addSpacing(8)
    card.body.addWidget(Keypad())
    column.addWidget(card)
    column.addWidget(_tabs())
    return widget


def _consulting() -> QWidget:
    widget, column = _column()
    held = Card()
    held.set_bar(BarKind.HOLD)
    _card_head(held, PresenceState.HOLD, "On hold", "incoming, queue Sales and After-sales service", 42,
               "Belova Anna", "+7 495 123-45-67", "Romashka LLC")  # fmt: skip
    column.addWidget(held)
    card = Card()
    card.set_bar(BarKind.TALKING)
    _card_head(card, PresenceState.TALKING, "Talking", "consultation", 38, "Petrov Petr", "201", "Sales")
    card.body.addSpacing(12)
    card.body.addWidget(Button("Complete transfer", ButtonKind.PRIMARY, icon="complete", size=ButtonSize.BIG))
    card.body.addSpacing(4)
    words = PlainLabel("Belova Anna ↔ Petrov Petr · you leave the call", TextStyle.CAPTION, "text2")
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    card.body.addWidget(words)
    card.body.addSpacing(8)
    card.body.addWidget(_grid(consulting=True))
    column.addWidget(card)
    russian = Card()
    russian.set_bar(BarKind.UNCONFIRMED)
    russian.body.addWidget(_grid(consulting=True, russian=True))
    column.addWidget(russian)
    return widget


def _ringing() -> QWidget:
    widget, column = _column()
    column.addLayout(_header(PresenceState.READY, "Ready", "0:07 · call ringing"))
    column.addLayout(_dial_row("petr"))
    card = Card()
    card.set_bar(BarKind.RINGING)
    _card_head(card, PresenceState.RINGING, "Ringing", "incoming, queue Sales", 7,
               "Belova Anna", "+7 495 123-45-67", "Romashka LLC")  # fmt: skip
    card.body.addSpacing(12)
    buttons = QGridLayout()
    buttons.setSpacing(8)
    buttons.addWidget(Button("Answer", ButtonKind.ANSWER, icon="answer", size=ButtonSize.BIG), 0, 0)
    buttons.addWidget(Button("Decline", ButtonKind.DECLINE, icon="decline", size=ButtonSize.BIG), 0, 1)
    buttons.addWidget(Button("Send to…", ButtonKind.QUIET, icon="send-to"), 1, 0)
    buttons.addWidget(Button("Mute ring", ButtonKind.QUIET, icon="bell-off"), 1, 1)
    card.body.addLayout(buttons)
    column.addWidget(card)
    column.addWidget(_tabs())
    return widget


def _notices() -> QWidget:
    widget, column = _column(0)
    row = _header(PresenceState.CONNECTING, "Connecting…", "line 214")
    row.setContentsMargins(12, 0, 12, 0)
    column.addLayout(row)
    lost = Strip(StripKind.WARNING)
    lost.set_icon("connection-off")
    lost.set_text(
        "No connection to the PBX",
        "Calls may ring at your phone but not here. Next attempt in 12 s (3rd).",
    )
    lost.set_buttons(
        [
            Button("Reconnect now", ButtonKind.PRIMARY, size=ButtonSize.SMALL),
            Button("Details", ButtonKind.QUIET, size=ButtonSize.SMALL),
        ]
    )
    column.addWidget(lost)
    row = _header(PresenceState.BREAK, "Break · Lunch", "12:40 · line 214")
    row.setContentsMargins(12, 0, 12, 0)
    column.addLayout(row)
    pause = Strip(StripKind.WARNING)
    pause.set_icon(PresenceState.BREAK)
    pause.set_text("", "Queue calls pass you by.\nDirect calls still ring.")
    pause.set_buttons([Button("Ready", ButtonKind.PRIMARY)])
    column.addWidget(pause)
    refused = Strip(StripKind.ERROR)
    refused.set_text("The call was not transferred", "201 does not answer.")
    column.addWidget(refused)
    inner = QVBoxLayout()
    inner.setContentsMargins(12, 0, 12, 0)
    pick_up = Strip(StripKind.INFO, rounded=True)
    pick_up.set_icon("phone-desk")
    pick_up.set_text("Pick up your phone to answer", "It cannot be answered from here.")
    inner.addWidget(pick_up)
    tags = QHBoxLayout()
    tags.addWidget(Tag("Queue Sales", "queue"))
    tags.addWidget(PlainLabel("waited 1:38", TextStyle.SMALL, "text2", elide=None))
    tags.addStretch(1)
    inner.addLayout(tags)
    for state in PresenceState:
        line = QHBoxLayout()
        for size in (12, 14, 18):
            line.addWidget(PresenceShape(state, size))
        line.addWidget(PlainLabel(state.value, color=state.word_token), 1)
        inner.addLayout(line)
    inner.addWidget(EmptyState("No calls yet", "Calls you make and take stand here."))
    column.addLayout(inner)
    return widget


def _popup() -> QWidget:
    widget = _Popup()
    column = QVBoxLayout(widget)
    column.setContentsMargins(20, 16, 16, 16)
    column.setSpacing(4)
    first = QHBoxLayout()
    first.addWidget(PresenceShape(PresenceState.RINGING, 14))
    first.addWidget(PlainLabel("Incoming call", TextStyle.ACTIVE, "accentText", elide=None))
    clock = Clock(TextStyle.BODY, "text2")
    clock.stop(7)
    first.addWidget(clock)
    first.addStretch(1)
    first.addWidget(IconButton("bell-off", "Mute ring for this call"))
    column.addLayout(first)
    column.addWidget(PlainLabel("Belova-Konstantinopolskaya Anna Vladimirovna the Second", TextStyle.DISPLAY, lines=2))
    number = QHBoxLayout()
    number.addWidget(PlainLabel("+7 495 123-45-67", TextStyle.NUMBER, "text2", elide=None, tabular=True, ltr=True))
    number.addWidget(IconButton("copy", "Copy number"))
    number.addStretch(1)
    column.addLayout(number)
    note = Strip(StripKind.NOTE, rounded=True, lines=2)
    note.set_text("", "Invoices by e-mail only. Discount agreed by Sidorova, see the letter of 12 November. "
                      "Calls on Mondays, asks for the act of reconciliation.")  # fmt: skip
    column.addWidget(note)
    column.addSpacing(8)
    buttons = QGridLayout()
    buttons.setSpacing(8)
    buttons.addWidget(Button("Answer", ButtonKind.ANSWER, icon="answer", size=ButtonSize.BIG), 0, 0)
    buttons.addWidget(Button("Decline", ButtonKind.DECLINE, icon="decline", size=ButtonSize.BIG), 0, 1)
    buttons.addWidget(Button("Send to…", ButtonKind.QUIET, icon="send-to"), 1, 0)
    buttons.addWidget(Button("Hide", ButtonKind.QUIET, icon="close"), 1, 1)
    column.addLayout(buttons)
    return widget


class _Popup(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_card(painter, self.rect(), BarKind.RINGING, fill="raised", outline="border", radius=10)


def _controls() -> QWidget:
    widget, column = _column(16)
    row = QHBoxLayout()
    for text, kind in (("OK", ButtonKind.PRIMARY), ("Cancel", ButtonKind.OUTLINE), ("Hide", ButtonKind.QUIET),
                       ("End", ButtonKind.END), ("A & B", ButtonKind.PLAIN)):  # fmt: skip
        row.addWidget(Button(text, kind))
    column.addLayout(row)
    row = QHBoxLayout()
    apply = Button("Apply", ButtonKind.PRIMARY, icon="check")
    apply.set_available(False, "Nothing was changed")
    row.addWidget(apply)
    row.addWidget(Button("Own file…", ButtonKind.OUTLINE, icon="folder"))
    row.addWidget(Button("Small", ButtonKind.OUTLINE, size=ButtonSize.SMALL))
    column.addLayout(row)
    for name, text in (("", "plain field"), ("error", "refused"), ("locked", "set by your administrator")):
        field = QLineEdit(text)
        if name:
            field.setProperty(name, True)
        column.addWidget(field)
    box = QComboBox()
    box.addItems(["Speakers (Realtek)", "Jabra Evolve2 40"])
    column.addWidget(box)
    row = QHBoxLayout()
    for button in (QCheckBox("On"), QCheckBox("Off"), QRadioButton("Oktell"), QRadioButton("Webitel")):
        button.setChecked(button.text() in ("On", "Oktell"))
        row.addWidget(button)
    column.addLayout(row)
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setValue(60)
    column.addWidget(slider)
    row = QHBoxLayout()
    on, off, no = Switch("On"), Switch("Off"), Switch("Not now")
    on.setChecked(True)
    no.setChecked(True)
    no.set_available(False, "Not connected")
    for switch in (on, off, no):
        row.addWidget(switch)
    column.addLayout(row)
    column.addWidget(Keypad(letters=True))
    column.addWidget(_tabs())
    return widget


def _focus() -> QWidget:
    """Every widget as it looks with the focus: each is rendered by itself, for only one can have it."""
    host = QWidget()
    column = QVBoxLayout(host)
    make: list[Callable[[], QWidget]] = [
        lambda: Button("Focused", ButtonKind.PLAIN),
        lambda: Button("Focused", ButtonKind.PRIMARY, icon="complete", size=ButtonSize.BIG),
        lambda: Button("Focused", ButtonKind.OUTLINE),
        lambda: Tile(TileFace("hold", "Hold")),
        lambda: Tile(TileFace("end", "End"), TileKind.END),
        lambda: StateSelector("Agent state"),
        lambda: Switch("Call centre"),
        lambda: IconButton("settings", "Settings", size=32),
        lambda: SearchField("Number or name", "Clear", "Keypad"),
        _tabs,
    ]
    for build in make:
        widget = build()
        window = QWidget()
        QVBoxLayout(window).addWidget(widget)
        window.resize(scaled(300), 10)
        window.show()
        window.activateWindow()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        column.addWidget(_Picture(window.grab()))
        window.close()
    return host


class _Picture(QWidget):
    def __init__(self, pixmap: QPixmap) -> None:
        super().__init__()
        self._pixmap = pixmap
        self.setFixedSize(pixmap.deviceIndependentSize().toSize())

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).drawPixmap(QPoint(0, 0), self._pixmap)


def _menu() -> QWidget:
    menu = Menu()
    menu.add_header("Petrov Petr", "201", PresenceState.READY, "Ready")
    first = menu.add("Consult", icon_name="consult", shortcut_text="Enter")
    menu.add("Transfer call now", icon_name="transfer", shortcut_text="Ctrl+T")
    menu.add("Add to conference", icon_name="conference", reason="Nobody is on the line")
    menu.addSeparator()
    menu.add("Ready", presence=PresenceState.READY, shortcut_text="Ctrl+1", checked=True)
    menu.add_caption("Break")
    menu.add("Lunch", presence=PresenceState.BREAK, checked=False)
    menu.add("Meeting & <b>training</b>", presence=PresenceState.BREAK, shortcut_text="Ctrl+2", checked=False)
    menu.addSeparator()
    menu.add("Call " + "a very long name that does not fit into any menu " * 2, icon_name="answer")
    menu.setActiveAction(first)
    menu.popup(QPoint(0, 0))
    QApplication.processEvents()
    picture = _Picture(menu.grab())
    menu.close()
    menu.deleteLater()
    host = QWidget()
    QVBoxLayout(host).addWidget(picture)
    return host


SHEETS: dict[str, tuple[Callable[[], QWidget], int]] = {
    "talking": (_talking, 380),
    "consulting": (_consulting, 380),
    "ringing": (_ringing, 380),
    "notices": (_notices, 380),
    "popup": (_popup, 360),
    "controls": (_controls, 422),
    "focus": (_focus, 360),
    "menu": (_menu, 420),
}


def _tray_sheet() -> QPixmap:
    """All states, both frames, with and without a badge, at 16, 22 and 32, enlarged four times."""
    missed = (0, 3, 12, 120)
    sizes = (16, 22, 32)
    zoom, cell = 4, 36
    rows = [(state, frame) for state in TrayState for frame in range(len(state.value))]
    columns = [(size, count) for count in missed for size in sizes]
    pixmap = QPixmap(len(columns) * cell * zoom, len(rows) * cell * zoom)
    pixmap.fill(QColor("#EEF0F3"))
    painter = QPainter(pixmap)
    painter.fillRect(pixmap.width() // 2, 0, pixmap.width() // 2, pixmap.height(), QColor("#1F2126"))
    for y, (state, frame) in enumerate(rows):
        for x, (size, count) in enumerate(columns):
            picture = tray_icon(state, frame, count).pixmap(size, size)
            picture.setDevicePixelRatio(1)
            painter.drawPixmap(QRect((x * cell + 2) * zoom, (y * cell + 2) * zoom, size * zoom, size * zoom), picture)
    painter.end()
    return pixmap


if __name__ == "__main__":
    main(Path(sys.argv[1]))
