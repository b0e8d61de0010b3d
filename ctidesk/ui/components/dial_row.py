"""The field for a number or a name, and what Enter does with it (look.md, "Panel", "Dial row 44")."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ctidesk.cti.dialling import NumberRefused, normalise_number, number_from_text, number_from_uri
from ctidesk.cti.directory import Abonent, AbonentAction
from ctidesk.cti.text import translate
from ctidesk.ui.components.call_actions import CallActions
from ctidesk.ui.components.person_menu import fill_party_menu
from ctidesk.ui.components.shortcuts import Key, with_key
from ctidesk.ui.theme import TextStyle
from ctidesk.ui.widgets import IconButton, Keypad, Menu, PlainLabel, SearchField
from ctidesk.ui.widgets.bidi import clean

_LONGEST = 256
_LONGEST_REFUSED = 64
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class DialRow(QWidget):
    """Search field with keypad, the button of the moment, and what was refused.

    The field can be in a mode: then it asks whom to consult or to transfer to, and a chosen person or number is that.

    Signals:
        text_changed(text): what stands in the field.
        chosen(with_menu): Enter, or Shift and Enter, was pressed; whoever shows the results knows what it means.
        list_key(key): an arrow or page key for the list of results; a `Qt.Key`.
        mode_changed(): another mode.
    """

    text_changed = Signal(str)
    chosen = Signal(bool)
    list_key = Signal(object)
    mode_changed = Signal()

    def __init__(self, actions: CallActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._mode: AbonentAction | None = None
        self._asked_for: UUID | None = None
        self._text_before = ""
        self._field = _DialField(
            translate("Panel", "Number or name"), translate("Panel", "Clear"), translate("Panel", "Keypad")
        )
        self._field.setMaxLength(_LONGEST)
        self._field.textChanged.connect(self._text_changed)
        self._field.textEdited.connect(self._clean_pasted)
        self._field.entered.connect(self.chosen)
        self._field.list_key.connect(self.list_key)
        self._field.left.connect(self._leave)
        self._field.keypad_clicked.connect(self._toggle_keypad)
        self._button = IconButton("answer", translate("Panel", "Call"), size=36, width=40, icon_size=20, filled=True)
        self._button.clicked.connect(self.do_number)
        self._button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._button.customContextMenuRequested.connect(self.open_menu)
        self._refusal = PlainLabel("", TextStyle.SMALL, "talk", lines=3)
        self._refusal.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._refusal)
        self._column = column
        self._keypad: Keypad | None = None
        self.setFocusProxy(self._field)
        self.refresh()

    def refresh(self) -> None:
        """Show what a number would be used for now."""
        self.leave_old_question()
        self._show_button()

    def text(self) -> str:
        """What stands in the field."""
        return self._field.text()

    def mode(self) -> AbonentAction | None:
        """CONSULT, TRANSFER or CONFERENCE while the field asks for whom, else None."""
        return self._mode

    def action(self) -> AbonentAction:
        """What is done with a number or a person that is chosen now."""
        return self._mode or self._actions.natural

    def ask_whom(self, mode: AbonentAction) -> None:
        """Ask whom to consult or transfer to; asked for the same again, stop asking."""
        if mode is self._mode:
            self._leave_mode()
            return
        self._mode = mode
        self._asked_for = self._actions.main_record
        self._show_mode()
        self.take_keyboard()

    def leave_old_question(self) -> bool:
        """Stop asking if the call it was about has ended; returns whether it has.

        What was meant for that call must not happen to the next one.
        """
        main = self._actions.main_record
        if self._mode is None or (main is not None and main == self._asked_for):
            return False
        self._leave_mode()
        return True

    def take_keyboard(self) -> None:
        """Put the cursor into the field."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def show_number(self, number: str) -> None:
        """Put a number that comes from elsewhere into the field."""
        self._field.setText(number)
        self.take_keyboard()

    def offer(self, text: str) -> None:
        """Put the number that is in `text` into the field, or what it begins with and why that is none."""
        try:
            self.show_number(number_from_text(text))
        except NumberRefused as refusal:
            self.show_number(clean(text, _LONGEST_REFUSED))
            if text.strip():
                self.refuse(refusal.error.text)
            else:
                self.refuse(translate("Panel", "Nothing was copied. Copy a number first."))

    def finish(self) -> None:
        """What was wanted has been done: empty the field and leave the mode."""
        self._field.clear()
        self._keypad_shown(False)
        self._leave_mode()

    def do_number(self) -> None:
        """Use the number in the field, or say there why not."""
        if self.leave_old_question():
            return
        try:
            number = normalise_number(self.text())
        except NumberRefused as refusal:
            self.refuse(refusal.error.text)
            return
        action = self.action()
        why_not = self._actions.why_not(action)
        if why_not:
            self.refuse(why_not)
            return
        self._actions.with_number(action, number)
        self.finish()

    def open_menu(self) -> None:
        """Show what can be done with the number in the field, or say there why not."""
        try:
            number = normalise_number(self.text())
        except NumberRefused as refusal:
            self.refuse(refusal.error.text)
            return
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        fill_party_menu(menu, Abonent("", "", number), self._actions)
        menu.open_below(self._button)

    def refuse(self, text: str) -> None:
        """Say under the field what was refused; empty takes it away."""
        self._refusal.setText(text)
        self._refusal.setVisible(bool(text))
        if bool(self._field.property("error")) != bool(text):
            self._field.setProperty("error", bool(text))
            self._field.style().unpolish(self._field)
            self._field.style().polish(self._field)
        self._field.setAccessibleDescription(text)

    # ---- text

    def _text_changed(self, text: str) -> None:
        self.refuse("")
        self._show_button()
        self.text_changed.emit(text)

    def _clean_pasted(self, text: str) -> None:
        """Of a number that came in one piece, from an address book or a page, keep what can be dialled."""
        before, self._text_before = self._text_before, text
        if len(text) - len(before) < 2:
            return
        for read in (normalise_number, number_from_uri):
            try:
                number = read(text)
            except NumberRefused:
                continue
            if number != text:
                self._field.setText(number)
            self._text_before = number
            return

    def _key_pressed(self, key: str) -> None:
        self._field.insert(key)
        self._text_before = self._field.text()

    def _toggle_keypad(self) -> None:
        self._keypad_shown(not self._is_keypad_shown)

    @property
    def _is_keypad_shown(self) -> bool:
        return self._keypad is not None and not self._keypad.isHidden()

    def _keypad_shown(self, shown: bool) -> None:
        if self._keypad is None and shown:
            self._keypad = Keypad(letters=True)
            self._keypad.key_clicked.connect(self._key_pressed)
            self._column.addWidget(self._keypad)
        if self._keypad is not None:
            self._keypad.setVisible(shown)
        self._field.set_keypad_open(shown)

    # ---- mode

    def _leave(self) -> None:
        """Esc: first the text goes, then the keypad, then the mode."""
        if self.text():
            self._field.clear()
            self._text_before = ""
        elif self._is_keypad_shown:
            self._keypad_shown(False)
        else:
            self._leave_mode()

    def _leave_mode(self) -> None:
        if self._mode is not None:
            self._mode = None
            self._show_mode()

    def _show_mode(self) -> None:
        match self._mode:
            case AbonentAction.CONSULT:
                placeholder = translate("Panel", "Consult with…")
            case AbonentAction.TRANSFER:
                placeholder = translate("Panel", "Transfer to…")
            case AbonentAction.CONFERENCE:
                placeholder = translate("Panel", "Add to the conference…")
            case _:
                placeholder = translate("Panel", "Number or name")
        self._field.setPlaceholderText(placeholder)
        self._field.setAccessibleName(placeholder)
        self._show_button()
        self.mode_changed.emit()

    def _show_button(self) -> None:
        match self.action():
            case AbonentAction.CONSULT:
                icon, word = "consult", translate("Panel", "Consult")
            case AbonentAction.TRANSFER:
                icon, word = "transfer", translate("Panel", "Transfer now")
            case AbonentAction.CONFERENCE:
                icon, word = "conference", translate("Panel", "Add to conference")
            case _:
                icon, word = "answer", translate("Panel", "Call")
        self._button.set_icon(icon, word)
        self._button.set_tip(f"{word} ({translate('Panel', 'Enter')})")
        self._button.set_available(bool(self.text().strip()), translate("Panel", "Enter a number or a name first"))
        self._field.setToolTip(with_key(self._field.placeholderText(), Key.DIAL))


class _DialField(SearchField):
    """A search field that hands on the keys of the list below it."""

    entered = Signal(bool)
    list_key = Signal(object)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in _LIST_KEYS:
            self.list_key.emit(key)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
