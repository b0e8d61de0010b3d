"""The popup of one ringing call (look.md, "Popup (360 wide, height by content up to 480)")."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QPainter, QPaintEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ctidesk.cti.text import translate
from ctidesk.ui.components.caller_row import CallerRow
from ctidesk.ui.components.ring_view import Fact, RingView
from ctidesk.ui.theme import PresenceState, TextStyle, icon_pixmap, scaled, theme
from ctidesk.ui.widgets import (
    BarKind,
    Button,
    ButtonKind,
    ButtonSize,
    Clock,
    IconButton,
    PlainLabel,
    PresenceShape,
    Strip,
    StripKind,
    Tag,
    blink_timer,
    paint_pixmap,
    spoken,
)
from ctidesk.ui.widgets.ticking import Unsubscribe
from ctidesk.ui.windows.notice_window import NoticeWindow

if TYPE_CHECKING:
    from ctidesk.ui.components.photos import Portrait

_MOST_FACTS = 5


class Popup(NoticeWindow):
    """Shows a `RingView`; what its buttons do is the listener's.

    Signals:
        answered(), declined(), hidden(): Answer, Decline, Hide was pressed.
        sending(place): Send to… was pressed; a global QPoint below the button, for a menu.
        muted(on): the ring of this call is to be silent, or to be heard again.
        choosing(place): it is to be said who of several calls; a global QPoint for a menu.
        card_wanted(): the caller's card is to be opened.
    """

    answered = Signal()
    declined = Signal()
    hidden = Signal()
    sending = Signal(QPoint)
    muted = Signal(bool)
    choosing = Signal(QPoint)
    card_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(translate("Popup", "Incoming call"), BarKind.RINGING)
        self._view: RingView | None = None
        self._pale = False
        self._stop_blinking: Unsubscribe | None = None
        self.body.setContentsMargins(20, 16, 16, 16)
        self.body.addLayout(self._head())
        self.body.addSpacing(6)
        self._queue = Tag(icon="queue")
        self._queue_row = _row(self._queue, None)
        self._queue_space = _space(10)
        self.body.addWidget(self._queue_row)
        self.body.addWidget(self._queue_space)
        self._name = PlainLabel("", TextStyle.DISPLAY, lines=2)
        self._number = PlainLabel("", TextStyle.NUMBER, "text2", elide=None, tabular=True, ltr=True)
        self._copy = IconButton("copy", translate("Popup", "Copy number"))
        self._copy.clicked.connect(self._copy_number)
        self._number_row = _row(self._number, 8, self._copy, None)
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(self._name)
        who.addWidget(self._number_row)
        self._who = QHBoxLayout()
        self._who.setSpacing(12)
        self._who.addLayout(who, 1)
        self._portrait: Portrait | None = None
        self.body.addLayout(self._who)
        self._facts = [_FactLine() for _ in range(_MOST_FACTS)]
        self.body.addSpacing(8)
        for line in self._facts:
            self.body.addWidget(line)
        self._caller = CallerRow()
        self._caller.choosing.connect(self.choosing)
        self._caller.card_wanted.connect(self.card_wanted)
        self.body.addWidget(self._caller)
        self._comment = Strip(StripKind.NOTE, rounded=True, lines=2)
        self._comment.set_icon("note")
        self._comment_space = _space(8)
        self.body.addWidget(self._comment_space)
        self.body.addWidget(self._comment)
        self._pick_up = Strip(StripKind.INFO, rounded=True)
        self._pick_up.set_icon("phone-desk")
        self._pick_up.set_text(
            translate("Popup", "Pick up your phone to answer"), translate("Popup", "It cannot be answered from here.")
        )
        self._pick_up_space = _space(8)
        self.body.addWidget(self._pick_up_space)
        self.body.addWidget(self._pick_up)
        self.body.addSpacing(14)
        self._add_buttons()

    def show_view(
        self, view: RingView, elapsed: Callable[[], float], *, is_muted: bool, keeps_top: bool = False
    ) -> None:
        """Show another call, or what has become known of the present one.

        Args:
            view: what to show.
            elapsed: seconds that the call has rung.
            is_muted: whether its ring is silent.
            keeps_top: the window grows downwards, where its buttons are. While the pointer is over them, what would
                move them waits.
        """
        self._clock.count(elapsed)
        self._mute.setChecked(is_muted)
        view = self._without_moving(view) if keeps_top else view
        if view == self._view:
            return
        self._view = view
        self._title.setText(view.title)
        self._queue.setText(view.queue)
        self._queue_row.setVisible(bool(view.queue))
        self._queue_space.setVisible(bool(view.queue))
        self._name.setText(view.name)
        self._number.setText(view.number)
        self._number_row.setVisible(bool(view.number))
        for index, line in enumerate(self._facts):
            line.show_fact(view.facts[index] if index < len(view.facts) else None)
        self._caller.show_needed(view.choices, view.can_open_card)
        self._comment.set_text("", view.comment)
        self._comment.setVisible(bool(view.comment))
        self._comment_space.setVisible(bool(view.comment))
        self._show_buttons(view)
        self.setAccessibleName(spoken(view.title, view.queue, view.name, view.number))
        self.fit()

    def show_photo(self, photo: QPixmap | None) -> None:
        """Show what the caller looks like; none comes under the pointer, for the name beside it may wrap."""
        if self.is_under_pointer():
            return
        if photo is not None and self._portrait is None:
            from ctidesk.ui.components.photos import Portrait

            self._portrait = Portrait()
            self._who.addWidget(self._portrait, 0, Qt.AlignmentFlag.AlignTop)
        if self._portrait is not None:
            self._portrait.show_photo(photo)
            self.fit()

    def view(self) -> RingView | None:
        """The view of the call that rings, or None while none is shown."""
        return self._view

    def begin(self) -> None:
        """The next call is another one."""
        self._view = None
        self.show_photo(None)

    def _without_moving(self, view: RingView) -> RingView:
        """Leave out of what is new about the caller what would move the buttons under the pointer."""
        shown = self._view
        if shown is None or not self.is_under_pointer():
            return view
        name = view.name
        if self._name.fontMetrics().horizontalAdvance(name) > self._name.width():
            name = shown.name
        return replace(
            view,
            name=name,
            number=shown.number,
            facts=shown.facts,
            comment=shown.comment,
            choices=shown.choices,
            can_open_card=shown.can_open_card,
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bell.set_pale(False)
        if self._stop_blinking is None and not theme().reduced_motion:
            self._stop_blinking = blink_timer().subscribe(self._blink)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._stop_blinking is not None:
            self._stop_blinking()
            self._stop_blinking = None

    def _head(self) -> QHBoxLayout:
        self._bell = PresenceShape(PresenceState.RINGING, 14)
        self._title = PlainLabel("", TextStyle.ACTIVE, "accentText", elide=None)
        self._clock = Clock(TextStyle.BODY, "text2")
        self._mute = IconButton("bell-off", translate("Popup", "Mute ring for this call"))
        self._mute.setCheckable(True)
        self._mute.clicked.connect(self.muted)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._bell)
        head.addSpacing(6)
        head.addWidget(self._title)
        head.addSpacing(8)
        head.addWidget(self._clock)
        head.addStretch(1)
        head.addWidget(self._mute)
        return head

    def _add_buttons(self) -> None:
        self._answer = Button(translate("Popup", "Answer"), ButtonKind.ANSWER, icon="answer", size=ButtonSize.BIG)
        self._decline = Button(translate("Popup", "Decline"), ButtonKind.DECLINE, icon="decline", size=ButtonSize.BIG)
        self._small_decline = Button(translate("Popup", "Decline"), ButtonKind.DECLINE, icon="decline")
        self._send = Button(translate("Popup", "Send to…"), ButtonKind.QUIET, icon="send-to")
        self._hide = Button(translate("Popup", "Hide"), ButtonKind.QUIET, icon="close")
        self._answer.clicked.connect(self.answered)
        self._decline.clicked.connect(self.declined)
        self._small_decline.clicked.connect(self.declined)
        self._send.clicked.connect(self._ask_where_to)
        self._hide.clicked.connect(self.hidden)
        self._big_row = _equal_row(self._answer, self._decline)
        self._big_row_space = _space(8)
        self.body.addWidget(self._big_row)
        self.body.addWidget(self._big_row_space)
        self.body.addWidget(_equal_row(self._small_decline, self._send, self._hide))

    def _show_buttons(self, view: RingView) -> None:
        self._pick_up.setVisible(not view.can_answer)
        self._pick_up_space.setVisible(not view.can_answer)
        self._big_row.setVisible(view.can_answer)
        self._big_row_space.setVisible(view.can_answer)
        self._decline.setVisible(view.can_decline)
        self._small_decline.setVisible(view.can_decline and not view.can_answer)
        self._send.setVisible(view.can_send)
        # What is missing is explained where the operator looks instead.
        self._hide.set_tip("" if view.can_send else translate("Popup", "This call can be sent on once it is answered"))
        self._answer.set_tip("" if view.can_decline else translate("Popup", "This call cannot be declined from here"))
        for button in (self._answer, self._decline, self._small_decline, self._send):
            button.set_available(not view.obstacle, view.obstacle)

    def _ask_where_to(self) -> None:
        self.sending.emit(self._send.mapToGlobal(QPoint(0, self._send.height() + 4)))

    def _copy_number(self) -> None:
        if self._view is not None:
            QGuiApplication.clipboard().setText(self._view.dialled)

    def _blink(self) -> None:
        self._pale = not self._pale
        self._bell.set_pale(self._pale)


class _FactLine(QWidget):
    """A 16 px icon and words."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = ""
        self._words = PlainLabel("", TextStyle.SMALL, "text2")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words)
        self.hide()
        theme().changed.connect(self._restyle)
        self._restyle()

    def show_fact(self, fact: Fact | None) -> None:
        self.setVisible(fact is not None)
        if fact is not None:
            self._icon = fact.icon
            self._words.setText(fact.text)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._icon:
            return
        size = scaled(16)
        left = self.width() - size if self.isRightToLeft() else 0
        pixmap = icon_pixmap(self._icon, "text2", size, self.devicePixelRatioF())
        paint_pixmap(QPainter(self), pixmap, QRect(left, 0, size, self.height()))

    def _restyle(self) -> None:
        self._row.setContentsMargins(scaled(16) + 8, 3, 0, 3)


def _row(*parts: QWidget | int | None) -> QWidget:
    """A row of widgets, gaps in px and, for None, what is free."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        else:
            layout.addWidget(part)
    return row


def _equal_row(*buttons: Button) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for button in buttons:
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout.addWidget(button, 1)
    return row


def _space(height: int) -> QWidget:
    """A gap that goes with what stands below it."""
    space = QWidget()
    space.setFixedHeight(height)
    return space
