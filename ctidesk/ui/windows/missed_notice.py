"""The quiet notice of calls that were missed (look.md, "Popup", "Missed notice")."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QSize, QTime, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ctidesk.cti.durations import duration_text
from ctidesk.cti.text import translate
from ctidesk.ui.components.missed_calls import MissedCall
from ctidesk.ui.theme import TextStyle, icon_pixmap, scaled, theme
from ctidesk.ui.widgets import Button, IconButton, PlainLabel, paint_pixmap
from ctidesk.ui.widgets.bidi import isolate, ltr
from ctidesk.ui.windows.notice_window import NoticeWindow

MOST_SHOWN = 3


class MissedNotice(NoticeWindow):
    """Shows the newest missed calls, all in one window.

    Signals:
        called_back(number): Call back was pressed.
        dismissed(): the operator has seen them.
    """

    called_back = Signal(str)
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__(translate("Popup", "Missed call"))
        self.body.setContentsMargins(16, 12, 12, 14)
        self.body.addLayout(self._head())
        self._rows = [_MissedRow() for _ in range(MOST_SHOWN)]
        for row in self._rows:
            row.called_back.connect(self.called_back)
            self.body.addWidget(row)
        self._more = PlainLabel("", TextStyle.SMALL, "text2")
        self._more.hide()
        self.body.addWidget(self._more)

    def show_calls(self, calls: Sequence[MissedCall]) -> None:
        """Show `calls`, the newest first; there must be one."""
        newest, is_one = calls[0], len(calls) == 1
        if is_one:
            self._title.setText(translate("Popup", "Missed call"))
            rang = translate("Popup", "rang {time}").format(time=duration_text(newest.rang))
            self._when.setText(f"{_time(newest)} · {rang}")
        else:
            self._title.setText(translate("Popup", "Missed calls: {count}").format(count=len(calls)))
            self._when.setText("")
        for index, row in enumerate(self._rows):
            row.show_call(calls[index] if index < len(calls) else None, with_time=not is_one)
        rest = len(calls) - MOST_SHOWN
        self._more.setText(translate("Popup", "Earlier: {count}").format(count=rest))
        self._more.setVisible(rest > 0)
        self.setAccessibleName(self._title.text())
        self.fit()

    def _head(self) -> QHBoxLayout:
        self._title = PlainLabel("", TextStyle.ACTIVE, "talk", elide=None)
        self._when = PlainLabel("", TextStyle.BODY, "text2", tabular=True)
        close = IconButton("close", translate("Popup", "Dismiss"))
        close.clicked.connect(self.dismissed)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(_MissedIcon())
        head.addSpacing(6)
        head.addWidget(self._title)
        head.addSpacing(8)
        head.addWidget(self._when, 1)
        head.addWidget(close)
        return head


class _MissedIcon(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(scaled(18), scaled(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_pixmap(QPainter(self), icon_pixmap("missed", "talk", scaled(18), self.devicePixelRatioF()), self.rect())


class _MissedRow(QWidget):
    """One caller: name, below it number and queue, and Call back."""

    called_back = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._call: MissedCall | None = None
        self._name = PlainLabel("", TextStyle.TITLE)
        self._detail = PlainLabel("", TextStyle.SMALL, "text2", tabular=True)
        self._why = PlainLabel("", TextStyle.SMALL, "away", lines=2)
        self._button = Button(translate("Popup", "Call back"), icon="answer")
        self._button.clicked.connect(self._call_back)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._name)
        texts.addWidget(self._detail)
        texts.addWidget(self._why)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 4, 0)
        row.setSpacing(8)
        row.addLayout(texts, 1)
        row.addWidget(self._button)
        self.hide()

    def show_call(self, call: MissedCall | None, *, with_time: bool) -> None:
        self._call = call
        self.setVisible(call is not None)
        if call is None:
            return
        queue = translate("Popup", "queue {name}").format(name=isolate(call.queue)) if call.queue else ""
        number = ltr(call.number_text) if call.number_text else ""
        time = _time(call) if with_time else ""
        detail = " · ".join(part for part in (time, number, queue) if part)
        self._name.setText(call.name)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._why.setText(call.why)
        self._why.setVisible(bool(call.why))
        self._button.set_available(bool(call.number), translate("Popup", "The number is hidden"))

    def _call_back(self) -> None:
        if self._call is not None:
            self.called_back.emit(self._call.number)


def _time(call: MissedCall) -> str:
    """The hour at which it rang, as the operator's country writes it."""
    at = call.at.astimezone()
    return QLocale().toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)
