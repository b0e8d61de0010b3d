"""The first start: which PBX, how to reach it, a test, done (look.md, "Welcome")."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ctidesk.config.policy import load_policy
from ctidesk.config.settings import Provider
from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.connection_page import ConnectionPage
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.editing import Editing
from ctidesk.ui.components.settings.fields import QuietComboBox
from ctidesk.ui.components.settings.pages import language_choices
from ctidesk.ui.components.settings.services import Services
from ctidesk.ui.theme import TextStyle, icon_pixmap, scaled, theme
from ctidesk.ui.widgets import Button, ButtonKind, ButtonSize, PlainLabel, announce, paint_pixmap, paint_rounded

WIDTH, HEIGHT = 560, 568
_PROVIDER = "connection.provider"
_LANGUAGE = "interface.language"


class Welcome(QWidget):
    """Two steps: the PBX, then its connection. Nothing is saved before the end.

    Signals:
        saved(): the settings are there.
        later(): the operator does not want to set it up now.
        language_chosen(language): the windows are to speak it; the welcome has to be made anew.
    """

    saved = Signal()
    later = Signal()
    language_chosen = Signal(str)

    def __init__(self, services: Services, editing: Editing, language: str = "") -> None:
        """Make the window.

        Args:
            services: what the settings use.
            editing: the slow work; whoever made it closes it.
            language: the one that was chosen here before.
        """
        super().__init__()
        self.setWindowTitle("ctidesk")
        self._editing = editing
        self._is_done = False
        self.draft = Draft(services.store, self)
        self.draft.set(_LANGUAGE, language or self.draft.value(_LANGUAGE))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._first_step())
        self._page = ConnectionPage(self.draft, editing, demo=False)
        self._stack.addWidget(self._page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self._stack, 1)
        column.addWidget(self._bottom_bar())
        editing.tested.connect(self._tested)
        editing.saved.connect(self._saved)
        editing.refused.connect(self._refused)
        theme().changed.connect(self.update)
        self.resize(QSize(scaled(WIDTH), scaled(HEIGHT)).boundedTo(self.screen().availableGeometry().size()))
        self._choose(str(self.draft.value(_PROVIDER)) or Provider.OKTELL.value)
        self._show_step(0)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._page.put_away()
        self._page.password.clear()
        if not self._is_done:
            self._is_done = True
            self.later.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, but for a button that has the keyboard it is a click."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.isAutoRepeat():
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        button = focused if isinstance(focused, QPushButton) else self._next
        button.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), theme().tokens
        painter.fillRect(event.rect(), tokens.window)
        painter.fillRect(0, self._bottom.geometry().top() - 1, self.width(), 1, tokens.line)

    def put_away(self) -> None:
        """Close without a word: another window takes over."""
        self._is_done = True
        self.close()

    # ---- first step

    def _first_step(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(40, 32, 40, 16)
        column.setSpacing(8)
        head, words = QHBoxLayout(), QVBoxLayout()
        head.setSpacing(16)
        head.addWidget(_Sign())
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(PlainLabel(translate("Welcome", "Welcome to ctidesk"), TextStyle.DISPLAY, lines=2))
        purpose = translate("Welcome", "Your calls, colleagues and queue beside your CRM.")
        words.addWidget(PlainLabel(purpose, TextStyle.BODY, "text2", lines=3))
        words.addStretch(1)
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addSpacing(12)
        column.addWidget(PlainLabel(translate("Welcome", "Which PBX do you work with?"), TextStyle.ACTIVE, lines=2))
        self._cards: dict[str, _ChoiceCard] = {}
        self._group = QButtonGroup(self)
        choices = (
            (Provider.OKTELL, "Oktell", translate("Welcome", "Server address, login and password"), "phone-desk"),
            (
                Provider.WEBITEL,
                "Webitel",
                translate("Welcome", "Connection string, domain, number and password"),
                "globe",
            ),
            (
                Provider.DEMO,
                translate("Welcome", "Try it without a PBX"),
                translate("Welcome", "A demo PBX inside ctidesk rings, queues and transfers like a real one"),
                "play",
            ),
        )
        for value, title, text, icon in choices:
            card = _ChoiceCard(title, text, icon)
            card.radio.toggled.connect(lambda on, value=value: self._chosen(value.value, on))
            self._group.addButton(card.radio)
            self._cards[value.value] = card
            column.addWidget(card)
        column.addSpacing(4)
        column.addLayout(self._file_row())
        column.addSpacing(4)
        column.addLayout(self._language_row())
        column.addStretch(1)
        return page

    def _file_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(_Icon("folder", 16))
        question = translate("Welcome", "Got a settings file from your administrator?")
        row.addWidget(PlainLabel(question, TextStyle.BODY, "text2", lines=2))
        open_file = Button(translate("Welcome", "Open file…"), ButtonKind.QUIET)
        open_file.clicked.connect(self._choose_file)
        row.addWidget(open_file)
        row.addStretch(1)
        return row

    def _language_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        label = translate("Welcome", "Language")
        row.addWidget(PlainLabel(label, TextStyle.BODY, "text2", elide=None))
        box = QuietComboBox()
        box.setAccessibleName(label)
        for value, words in language_choices():
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(self.draft.value(_LANGUAGE))))
        box.setFixedWidth(scaled(200))
        box.setEnabled(not self.draft.is_locked(_LANGUAGE))
        box.activated.connect(lambda _: self._choose_language(str(box.currentData())))
        row.addWidget(box)
        row.addStretch(1)
        return row

    def _choose(self, provider: str) -> None:
        card = self._cards.get(provider) or self._cards[Provider.OKTELL.value]
        card.radio.setChecked(True)

    def _chosen(self, provider: str, on: bool) -> None:
        for card in self._cards.values():
            card.update()
        if on:
            self.draft.set(_PROVIDER, provider)

    def _choose_language(self, language: str) -> None:
        self.draft.set(_LANGUAGE, language)
        self.language_chosen.emit(language)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, translate("Welcome", "Settings file"))
        dialog.setNameFilters([translate("Welcome", "Settings (*.toml)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.take_file(Path(path)))
        dialog.open()

    def take_file(self, path: Path) -> None:
        """Take the values of a settings file over, to look at and complete."""
        handed_out = load_policy(path)
        for key, value in handed_out.values.items():
            self.draft.set(key, value)
        if handed_out.problems:
            self._tell(handed_out.problems[0].text)
        elif self.draft.value(_PROVIDER):
            self._choose(str(self.draft.value(_PROVIDER)))
            self._continue()

    # ---- both steps

    def _bottom_bar(self) -> QWidget:
        self._later = Button(translate("Welcome", "Set up later"), ButtonKind.QUIET)
        self._later.set_tip(translate("Welcome", "ctidesk ends. The next start asks again."))
        self._later.clicked.connect(self.close)
        self._back = Button(translate("Welcome", "Back"), ButtonKind.QUIET)
        self._back.clicked.connect(lambda: self._show_step(0))
        self._problem = PlainLabel("", TextStyle.SMALL, "talk", lines=2)
        self._anyway = Button(translate("Welcome", "Finish anyway"), ButtonKind.OUTLINE, size=ButtonSize.BIG)
        self._anyway.set_tip(translate("Welcome", "Save what is typed, although the connection does not work yet"))
        self._anyway.clicked.connect(self._save)
        self._next = Button("", ButtonKind.PRIMARY, size=ButtonSize.BIG)
        self._next.setMinimumWidth(scaled(128))
        self._next.clicked.connect(self._continue)
        self._bottom = QWidget()
        row = QHBoxLayout(self._bottom)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        row.addWidget(self._later)
        row.addWidget(self._back)
        row.addWidget(self._problem, 1)
        row.addWidget(self._anyway)
        row.addWidget(self._next)
        return self._bottom

    def _show_step(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self._back.setVisible(index == 1)
        self._later.setVisible(index == 0)
        self._anyway.hide()
        self._problem.setText("")
        self._next.setText(translate("Welcome", "Test and finish") if index else translate("Welcome", "Continue"))
        self._next.set_available(True)
        if index:
            self._page.shown()
            first = next((field for field in self._page.fields.values() if field.isVisibleTo(self._page)), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._page.put_away()

    def _continue(self) -> None:
        if self.draft.connection.provider is Provider.DEMO:
            self._save()
        elif self._stack.currentIndex() == 0:
            self._show_step(1)
        elif not self._page.mark(self.draft.problems()):
            self._anyway.hide()
            self._next.set_available(False, translate("Welcome", "The test is running"))
            self._page.test.wanted.emit()

    def _tested(self, usable: bool) -> None:
        self._next.set_available(True)
        self._anyway.setVisible(not usable and self._stack.currentIndex() == 1)
        if usable and self._stack.currentIndex() == 1:
            self._save()

    def _save(self) -> None:
        self._editing.save(self.draft, self._page.password.text())

    def _saved(self, _reconnect: bool) -> None:
        self._is_done = True
        self.saved.emit()

    def _refused(self, words: str) -> None:
        self._tell(words)

    def _tell(self, words: str) -> None:
        self._problem.setText(words)
        announce(self, words)


class _ChoiceCard(QWidget):
    """A radio button as a card; a click anywhere on it chooses."""

    def __init__(self, title: str, text: str, icon: str) -> None:
        super().__init__()
        self.radio = QRadioButton()
        self.radio.setAccessibleName(title)
        self.radio.setAccessibleDescription(text)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(PlainLabel(title, TextStyle.STRONG))
        words.addWidget(PlainLabel(text, TextStyle.SMALL, "text2", lines=3))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(self.radio)
        row.addLayout(words, 1)
        row.addWidget(_Icon(icon, 24))

    def mousePressEvent(self, _event: object) -> None:
        self.radio.setChecked(True)
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), theme().tokens
        if self.radio.isChecked():
            paint_rounded(painter, self.rect(), 8, tokens.accent)
            paint_rounded(painter, self.rect().adjusted(2, 2, -2, -2), 6, tokens.base)
        else:
            paint_rounded(painter, self.rect(), 8, tokens.base, tokens.border)


class _Icon(QWidget):
    def __init__(self, name: str, size: int) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(scaled(size), scaled(size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        pixmap = icon_pixmap(self._name, "text2", self.width(), self.devicePixelRatioF())
        paint_pixmap(QPainter(self), pixmap, self.rect())


class _Sign(QWidget):
    """The program's own sign."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(scaled(56), scaled(56)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().tokens.accent)
        painter.drawRoundedRect(QRectF(self.rect()), scaled(10), scaled(10))
        pixmap = icon_pixmap("answer", "onAccent", scaled(34), self.devicePixelRatioF())
        paint_pixmap(painter, pixmap, self.rect())
