"""The test of a connection, step by step as it happens (look.md, "Test connection")."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ctidesk.cti.probing import Fault, Step, StepName, StepState
from ctidesk.cti.text import translate
from ctidesk.ui.theme import PresenceState, TextStyle, TokenName, icon_pixmap, scaled, theme
from ctidesk.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    PlainLabel,
    PresenceShape,
    announce,
    paint_pixmap,
    paint_rounded,
    spoken,
)
from ctidesk.ui.widgets.bidi import clean

LONGEST_RAW = 600


class ConnectionTest(QWidget):
    """The button, and one line for each step.

    Signals:
        wanted(): the test is to begin; stopped(): it is to be given up.
        fault_wanted(fault): the field in doubt is to be shown; a `Fault`.
    """

    wanted = Signal()
    stopped = Signal()
    fault_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._is_running = False
        self._lines: dict[tuple[str, StepName], _Line] = {}
        self._button = Button(translate("Settings", "Test connection"), ButtonKind.OUTLINE, icon="diagnostics")
        self._button.clicked.connect(self._clicked)
        hint = translate("Settings", "Changes nothing; uses what is typed above.")
        self._hint = PlainLabel(hint, TextStyle.SMALL, "text2", lines=2)
        self._steps = _Steps()
        self._steps.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._button)
        row.addWidget(self._hint, 1)
        row.addStretch(0)
        row.setAlignment(self._button, Qt.AlignmentFlag.AlignLeading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._steps)

    def begin(self) -> None:
        """Show that the test runs."""
        self.clear()
        self._is_running = True
        self._button.setText(translate("Settings", "Stop test"))
        self._hint.hide()

    def show_step(self, step: Step) -> None:
        """Show a step that has begun or ended."""
        key = (step.url, step.name)
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = _Line()
            line.fault_wanted.connect(self.fault_wanted)
            self._steps.column.addWidget(line)
        line.show_step(step)
        self._steps.show()
        if step.state is StepState.FAILED and step.error is not None:
            announce(self, spoken(step.headline, step.error.text))

    def end(self, usable: bool) -> None:
        """Show that the test is over."""
        self._is_running = False
        self._button.setText(translate("Settings", "Test again"))
        self._hint.setText(translate("Settings", "The connection works.") if usable else "")
        self._hint.setVisible(usable)
        if usable:
            announce(self, self._hint.text())

    def clear(self) -> None:
        """Take away what was found: it was about other values."""
        self._is_running = False
        for line in self._lines.values():
            line.hide()
            line.deleteLater()
        self._lines.clear()
        self._steps.hide()
        self._button.setText(translate("Settings", "Test connection"))
        self._hint.setText(translate("Settings", "Changes nothing; uses what is typed above."))
        self._hint.show()

    def lines(self) -> list[str]:
        """Return the steps in words."""
        return [line.words() for line in self._lines.values()]

    def _clicked(self) -> None:
        if self._is_running:
            self.clear()
            self.stopped.emit()
        else:
            self.wanted.emit()


_NOT_RUNNING: dict[StepState, PresenceState] = {
    StepState.RUNNING: PresenceState.CONNECTING,
    StepState.NOT_REACHED: PresenceState.OFFLINE,
}


class _Line(QWidget):
    fault_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._fault = Fault.NONE
        self._sign = _Sign()
        self._name = PlainLabel("", elide=None)
        self._result = PlainLabel("", TextStyle.SMALL, "text2", lines=3)
        self._error = PlainLabel("", TextStyle.BODY, "text", lines=6)
        self._raw = PlainLabel("", TextStyle.SMALL, "text2", lines=6)
        self._details = Button(
            translate("Settings", "Details"), ButtonKind.QUIET, icon="chevron-right", size=ButtonSize.SMALL
        )
        self._details.clicked.connect(self._toggle_details)
        self._show = Button(translate("Settings", "Show"), ButtonKind.QUIET, size=ButtonSize.SMALL)
        self._show.set_tip(translate("Settings", "Go to the field that may be wrong"))
        self._show.clicked.connect(lambda: self.fault_wanted.emit(self._fault))
        first, buttons = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self._name)
        first.addWidget(self._result, 1)
        buttons.addWidget(self._details)
        buttons.addWidget(self._show)
        buttons.addStretch(1)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addLayout(first)
        texts.addWidget(self._error)
        texts.addLayout(buttons)
        texts.addWidget(self._raw)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addLayout(texts, 1)
        row.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        for widget in (self._error, self._raw, self._details, self._show):
            widget.hide()

    def show_step(self, step: Step) -> None:
        """Show how far it is."""
        error = step.error
        self._fault = step.fault
        self._sign.show_state(step.state)
        self._name.setText(step.headline)
        self._name.set_style(TextStyle.ACTIVE if error is not None else TextStyle.BODY)
        self._name.set_color("text3" if step.state is StepState.NOT_REACHED else "text")
        self._result.setText(_result(step))
        self._error.setText(error.text if error is not None else "")
        self._error.setVisible(error is not None)
        self._raw.setText(clean(error.raw, LONGEST_RAW) if error is not None else "")
        self._details.setVisible(bool(self._raw.text()))
        self._show.setVisible(step.fault is not Fault.NONE)

    def words(self) -> str:
        """The line as text."""
        shown = (self._name.text(), self._result.text(), self._error.text())
        return f"{self._sign.state.value}: " + " · ".join(text for text in shown if text)

    def _toggle_details(self) -> None:
        self._raw.setVisible(self._raw.isHidden())
        self._details.set_icon("chevron-right" if self._raw.isHidden() else "chevron-down")


class _Sign(QWidget):
    """Turning ring, check, error or hollow ring."""

    def __init__(self) -> None:
        super().__init__()
        self.state = StepState.NOT_REACHED
        self._shape = PresenceShape(PresenceState.OFFLINE, 14, self)
        self.setFixedSize(scaled(18), scaled(18))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._shape.move(scaled(2), scaled(2))

    def show_state(self, state: StepState) -> None:
        """Show another state."""
        self.state = state
        self._shape.setVisible(state in _NOT_RUNNING)
        if state in _NOT_RUNNING:
            self._shape.set_state(_NOT_RUNNING[state])
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.state in _NOT_RUNNING:
            return
        is_done = self.state is StepState.DONE
        color: TokenName = "ready" if is_done else "talk"
        name = "check" if is_done else "error"
        paint_pixmap(QPainter(self), icon_pixmap(name, color, self.width(), self.devicePixelRatioF()), self.rect())


class _Steps(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 8, 12, 8)
        self.column.setSpacing(0)
        theme().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_rounded(QPainter(self), self.rect(), 8, theme().tokens.window)


def _result(step: Step) -> str:
    match step.state:
        case StepState.NOT_REACHED:
            return translate("Settings", "not reached")
        case StepState.DONE:
            time = translate("Settings", "{number} ms").format(number=round(1000 * step.seconds))
            return " · ".join(part for part in (clean(step.result), time) if part)
        case _:
            return ""
