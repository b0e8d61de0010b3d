"""How it stands with the connection, what was said on it, and what to send to the administrator."""

from __future__ import annotations

from collections import deque
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QWidget

from ctidesk.config.settings import LogLevel
from ctidesk.cti.signals import Unsubscribe
from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.connection_history import phase_words
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.editing import Editing
from ctidesk.ui.components.settings.fields import Check, Choice
from ctidesk.ui.components.settings.page import Page
from ctidesk.ui.components.settings.services import Frame, Services
from ctidesk.ui.theme import TextStyle, scaled
from ctidesk.ui.widgets import Button, ButtonKind, PlainLabel, second_timer

MOST_FRAMES = 300
LONGEST_FRAME = 2000
_SHOW_MILLISECONDS = 200
"""How often new frames are shown: a busy PBX sends hundreds a second."""


class DiagnosticsPage(Page):
    """Connection, log and messages; nothing here holds a secret."""

    def __init__(self, draft: Draft, editing: Editing, services: Services) -> None:
        super().__init__(translate("Diagnostics", "Diagnostics"))
        self._services = services
        self._editing = editing
        self._unsubscribe: list[Unsubscribe] = []
        self._lines: deque[str] = deque(maxlen=MOST_FRAMES)
        self.section(translate("Diagnostics", "Connection"))
        self._state = PlainLabel("", TextStyle.NAME, lines=3)
        self._state.setContentsMargins(0, (scaled(32) - self._state.fontMetrics().height()) // 2, 0, 0)
        self.row(translate("Diagnostics", "State now"), self._state)
        self._unreadable = PlainLabel("", TextStyle.NAME)
        self.row(translate("Diagnostics", "Unreadable messages"), self._unreadable)
        self._history = _Text(translate("Diagnostics", "Attempts and losses"), 5)
        self.wide(self._history)
        self.section(translate("Diagnostics", "Log"))
        label = translate("Diagnostics", "Log level")
        levels = [
            (LogLevel.ERROR.value, translate("Diagnostics", "Errors only")),
            (LogLevel.WARNING.value, translate("Diagnostics", "Warnings and errors")),
            (LogLevel.INFO.value, translate("Diagnostics", "What happens")),
            (LogLevel.DEBUG.value, translate("Diagnostics", "Everything")),
        ]
        self.row(label, Choice(draft, "diagnostics.log_level", label, levels))
        record = translate("Diagnostics", "Record the messages to and from the PBX")
        hidden = translate("Diagnostics", "Passwords and session keys are replaced by ***.")
        self.row("", Check(draft, "diagnostics.frame_log", record, hidden))
        self._frames = _Text(translate("Diagnostics", "Messages"), 8)
        self.wide(self._frames)
        self._told = PlainLabel("", TextStyle.SMALL, "text2", lines=3)
        self.wide(self._buttons())
        self.wide(self._told)
        editing.reported.connect(self._told.setText)
        self._showing = QTimer(self)
        self._showing.setSingleShot(True)
        self._showing.setInterval(_SHOW_MILLISECONDS)
        self._showing.timeout.connect(self._show_frames)

    def shown(self) -> None:
        """Show what there is, and follow it."""
        self.put_away()
        self._told.setText("")
        self._lines.extend(map(_line, self._services.frames.frames))
        self._unsubscribe = [
            self._services.history.changed.subscribe(self._show_history),
            self._services.frames.subscribe(self._add_frame),
            second_timer().subscribe(self._count_unreadable),
        ]
        self._show_history()
        self._show_frames()

    def put_away(self) -> None:
        """Follow no more."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe.clear()
        self._lines.clear()
        self._showing.stop()

    def _buttons(self) -> QWidget:
        copy = Button(translate("Diagnostics", "Copy"), ButtonKind.OUTLINE, icon="copy")
        copy.set_tip(translate("Diagnostics", "Copy what is shown here"))
        copy.clicked.connect(self._copy)
        save = Button(translate("Diagnostics", "Save report…"), ButtonKind.OUTLINE, icon="download")
        save.set_tip(translate("Diagnostics", "Settings, versions, log and messages in one file, without passwords"))
        save.clicked.connect(self._choose_file)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(copy)
        row.addWidget(save)
        row.addStretch(1)
        return box

    def _show_history(self) -> None:
        status = self._services.history.status
        words = phase_words(status)
        self._state.setText(words if status.error is None else f"{words} · {status.error.text}")
        self._count_unreadable()
        self._history.show_lines([entry.line for entry in reversed(self._services.history.entries)])

    def _count_unreadable(self) -> None:
        self._unreadable.setText(str(self._services.history.unreadable_messages))

    def _add_frame(self, frame: Frame) -> None:
        self._lines.append(_line(frame))
        if not self._showing.isActive():
            self._showing.start()

    def _show_frames(self) -> None:
        self._frames.show_lines(list(self._lines), at_end=True)
        if not self._lines:
            self._frames.setPlaceholderText(translate("Diagnostics", "Nothing is recorded."))

    def _copy(self) -> None:
        text = "\n".join(
            [
                self._state.text(),
                f"{translate('Diagnostics', 'Unreadable messages')}: {self._unreadable.text()}",
                "",
                self._history.toPlainText(),
                "",
                self._frames.toPlainText(),
            ]
        )
        QGuiApplication.clipboard().setText(text)
        self._told.setText(translate("Diagnostics", "Copied."))

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, translate("Diagnostics", "Save report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([translate("Diagnostics", "Reports (*.zip)")])
        dialog.setDefaultSuffix("zip")
        dialog.selectFile("ctidesk-report.zip")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._editing.report)
        dialog.open()


class _Text(QPlainTextEdit):
    """Lines to read and copy. Tab leaves it."""

    def __init__(self, name: str, rows: int) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(max(9, scaled(11)))
        self.setFont(font)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * rows + 24)

    def show_lines(self, lines: list[str], *, at_end: bool = False) -> None:
        """Show `lines`; somebody who has scrolled stays where they are."""
        text = "\n".join(lines)
        if text == self.toPlainText():
            return
        bar = self.verticalScrollBar()
        follows, place = bar.value() == bar.maximum(), bar.value()
        self.setPlainText(text)
        bar.setValue(bar.maximum() if at_end and follows else place)


def _line(frame: Frame) -> str:
    time = datetime.fromtimestamp(frame.time).astimezone()
    sign = "→" if frame.direction == "sent" else "←"
    text = " ".join(frame.text[:LONGEST_FRAME].split())
    return f"{time:%H:%M:%S}.{time.microsecond // 1000:03} {sign} {text}"
