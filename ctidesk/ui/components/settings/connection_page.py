"""Which PBX, how to reach it, and whether that works (ux.md, "Settings dialog", "Connection")."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from ctidesk.config.secrets import account_of
from ctidesk.config.settings import AutoAnswer, Provider
from ctidesk.cti.probing import Fault, Step
from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.address_list import AddressField
from ctidesk.ui.components.settings.connection_test import ConnectionTest
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.editing import Editing
from ctidesk.ui.components.settings.fields import Check, Choice, Field, LockedField, TextField
from ctidesk.ui.components.settings.page import Page
from ctidesk.ui.components.settings.password_field import PasswordField
from ctidesk.ui.theme import TextStyle
from ctidesk.ui.widgets import Button, ButtonKind, PlainLabel, Segments

_LOOK_UP_MILLISECONDS = 500
"""After the last change of the account, when the keyring is asked about it."""

_PROVIDER = "connection.provider"
_WEB_PHONE = "connection.webitel.use_web_phone"


class ConnectionPage(Page):
    """PBX, addresses, account, security and the test.

    Signals:
        password_typed(): another password stands in the field.
    """

    password_typed = Signal()

    def __init__(self, draft: Draft, editing: Editing, *, demo: bool = True) -> None:
        """Make the page.

        Args:
            draft: what is being typed.
            editing: looks passwords up and tests.
            demo: whether the demo PBX is among the choices.
        """
        super().__init__(translate("Settings", "Connection"))
        self._draft = draft
        self._editing = editing
        self._account = account_of(draft.connection)
        self._providers: dict[Provider, list[QWidget]] = {Provider.OKTELL: [], Provider.WEBITEL: [], Provider.DEMO: []}
        self._add_provider(demo)
        self._add_oktell()
        self._add_webitel()
        self._add_account()
        self._add_oktell_operator()
        self._add_webitel_phone()
        self._add_web_phone()
        self._add_security()
        self.test = ConnectionTest()
        self.test.wanted.connect(self._begin_test)
        self.test.stopped.connect(editing.stop_test)
        self.test.fault_wanted.connect(self._show_fault)
        self.wide(self.test)
        self.verticalScrollBar().rangeChanged.connect(self._page_grew)
        editing.step.connect(self._show_step)
        editing.tested.connect(self.test.end)
        editing.password_found.connect(self.password.show_answer)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOK_UP_MILLISECONDS)
        self._looking.timeout.connect(self._look_password_up)
        draft.changed.connect(self._draft_changed)
        self._show_provider()

    def shown(self) -> None:
        """Ask the keyring."""
        self._look_password_up()

    def put_away(self) -> None:
        """Give the test up; a half-typed password is not left behind for others to find."""
        self._looking.stop()
        self._editing.stop_test()
        self.test.clear()

    # ---- rows

    def _add_provider(self, demo: bool) -> None:
        choices = [(Provider.OKTELL.value, "Oktell"), (Provider.WEBITEL.value, "Webitel")]
        if demo:
            choices.append((Provider.DEMO.value, translate("Settings", "Demo")))
        label = translate("Settings", "PBX")
        self._segments: Segments | None = None
        if self._draft.is_locked(_PROVIDER):
            self.row(label, _LockedProvider(self._draft, label, dict(choices)))
            return
        self._segments = Segments(label, choices)
        self._segments.chosen.connect(lambda value: self._draft.set(_PROVIDER, value))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._segments)
        row.addStretch(1)
        self.row(label, holder)

    def _add_oktell(self) -> None:
        addresses = AddressField(self._draft, "connection.oktell.addresses", translate("Settings", "Server addresses"))
        login = TextField(self._draft, "connection.oktell.login", translate("Settings", "Login"))
        secure = Check(
            self._draft,
            "connection.oktell.secure",
            translate("Settings", "Use TLS"),
            translate("Settings", "For addresses that begin neither with ws:// nor with wss://."),
        )
        rows = [self.row(addresses.label, addresses), self.row("", secure), self.row(login.label, login)]
        self._providers[Provider.OKTELL] += rows

    def _add_oktell_operator(self) -> None:
        operator = Check(
            self._draft,
            "connection.oktell.call_centre_operator",
            translate("Settings", "I am a call-centre operator"),
        )
        answer = Check(
            self._draft,
            "connection.oktell.auto_answer",
            translate("Settings", "Answer by SIP automatically"),
            translate("Settings", "The phone picks up by itself when the PBX asks it to. Else you pick it up by hand."),
        )
        self._providers[Provider.OKTELL] += [self.row("", operator), self.row("", answer)]

    def _add_webitel_phone(self) -> None:
        label = translate("Settings", "Auto-answer parameter")
        parameter = TextField(
            self._draft,
            "connection.webitel.auto_answer_parameter",
            label,
            translate("Settings", "None, the phone is picked up by hand"),
        )
        self._providers[Provider.WEBITEL].append(self.row(label, parameter))

    def _add_web_phone(self) -> None:
        web_phone = Check(
            self._draft,
            _WEB_PHONE,
            translate("Settings", "Web phone"),
            translate("Settings", "Talk through this computer's headset instead of a desk phone."),
        )
        label = translate("Settings", "Web phone address")
        address = TextField(
            self._draft, "connection.webitel.webrtc_string", label, translate("Settings", "as the PBX says")
        )
        answers = translate("Settings", "Web phone answers")
        by_itself = Choice(
            self._draft,
            "connection.webitel.web_phone_answers",
            answers,
            [
                (AutoAnswer.OFF.value, translate("Settings", "When I answer")),
                (AutoAnswer.WHEN_ASKED.value, translate("Settings", "By itself when the PBX asks for it")),
                (AutoAnswer.ALWAYS.value, translate("Settings", "Every call by itself")),
            ],
        )
        needs_microphone = Check(
            self._draft,
            "connection.webitel.needs_microphone",
            translate("Settings", "No calls without a microphone"),
            translate("Settings", "Otherwise they connect, and nobody hears you."),
        )
        row = self.row("", web_phone)
        self._web_phone = [self.row(label, address), self.row(answers, by_itself), self.row("", needs_microphone)]
        self._providers[Provider.WEBITEL] += [row, *self._web_phone]

    def _add_webitel(self) -> None:
        place = "wss://webitel.example:10022"
        text = TextField(
            self._draft, "connection.webitel.connection_string", translate("Settings", "Connection string"), place
        )
        number = TextField(self._draft, "connection.webitel.number", translate("Settings", "Number"))
        domain = TextField(
            self._draft,
            "connection.webitel.domain",
            translate("Settings", "Domain"),
            translate("Settings", "the server's own"),
        )
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(number, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel("@", TextStyle.BODY, "text2", elide=None))
        row.addWidget(domain, 3, Qt.AlignmentFlag.AlignTop)
        self.fields |= {number.key: number, domain.key: domain}
        if number.is_locked or domain.is_locked:
            self.tell_locks()
        rows = [self.row(text.label, text), self.row(translate("Settings", "Number and domain"), both)]
        self._providers[Provider.WEBITEL] += rows

    def _add_account(self) -> None:
        label = translate("Settings", "Password")
        self.password = PasswordField(label)
        self.password.typed.connect(self.password_typed)
        self.password.typed.connect(self._stale)
        self.password.forget.connect(lambda: self._editing.forget_password(self._draft.connection))
        row = self.row(label, self.password)
        self._providers[Provider.OKTELL].append(row)
        self._providers[Provider.WEBITEL].append(row)
        words = translate(
            "Settings", "The demo PBX is a part of this program: it rings, queues and transfers like a real one."
        )
        self._providers[Provider.DEMO].append(self.wide(PlainLabel(words, TextStyle.BODY, "text2", lines=4)))

    def _add_security(self) -> None:
        self._ca_file = CaFileField(self._draft)
        proxy = TextField(
            self._draft,
            "connection.proxy",
            translate("Settings", "Proxy"),
            translate("Settings", "None, connect directly"),
        )
        rows = [
            self.section(translate("Settings", "Security")),
            self.row(self._ca_file.label, self._ca_file),
            self.row(proxy.label, proxy),
        ]
        self._providers[Provider.OKTELL] += rows
        self._providers[Provider.WEBITEL] += rows

    # ---- what follows from a change

    def _draft_changed(self, key: str) -> None:
        if key in ("", _PROVIDER, _WEB_PHONE):
            self._show_provider()
        if not key or key.startswith("connection."):
            self._stale()
            if account_of(self._draft.connection) != self._account:
                self._looking.start()

    def _show_provider(self) -> None:
        chosen = self._draft.connection.provider
        if self._segments is not None:
            self._segments.select(chosen)
        shown = self._providers.get(chosen, [])
        if not self._draft.connection.webitel.use_web_phone:
            shown = [row for row in shown if row not in self._web_phone]
        for rows in self._providers.values():
            for row in rows:
                if row not in shown:
                    row.hide()
        for row in shown:
            row.show()
        if hasattr(self, "test"):
            self.test.setVisible(chosen in (Provider.OKTELL, Provider.WEBITEL))

    def _look_password_up(self) -> None:
        self._account = account_of(self._draft.connection)
        if self._account.login:
            self._editing.look_password_up(self._draft.connection)

    def _stale(self) -> None:
        """What a test has found was about other values."""
        self._editing.stop_test()
        self.test.clear()

    # ---- test

    def _begin_test(self) -> None:
        problems = self._draft.missing() | {
            key: words for key in self.fields if (words := self._draft.words(key)) and key.startswith("connection.")
        }
        if self.mark(problems):
            return
        self.password.show_error(False)
        self.test.begin()
        self._editing.test(self._draft.connection, self.password.text())

    def _show_step(self, step: Step) -> None:
        self.test.show_step(step)
        if step.fault is Fault.PASSWORD:
            self.password.show_error(True)

    def _page_grew(self, _lowest: int, highest: int) -> None:
        """Keep the newest step of the test in sight."""
        if self.test.lines():
            self.verticalScrollBar().setValue(highest)

    def _show_fault(self, fault: Fault) -> None:
        is_oktell = self._draft.connection.provider is Provider.OKTELL
        keys = {
            Fault.ADDRESS: "connection.oktell.addresses" if is_oktell else "connection.webitel.connection_string",
            Fault.LOGIN: "connection.oktell.login" if is_oktell else "connection.webitel.number",
            Fault.CERTIFICATE: "connection.ca_file",
            Fault.PROXY: "connection.proxy",
        }
        widget: QWidget = self.fields[keys[fault]] if fault in keys else self.password
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(widget)


class CaFileField(Field):
    """The file of certificates to trust besides the system's: typed or chosen."""

    def __init__(self, draft: Draft) -> None:
        line = QLineEdit()
        line.setPlaceholderText(translate("Settings", "None, the system's certificates count"))
        super().__init__(draft, "connection.ca_file", translate("Settings", "Own CA file"), line)
        if not self.is_locked:
            self._line = line
            line.textEdited.connect(lambda text: draft.set(self.key, text.strip()))
            line.editingFinished.connect(self.check)
            choose = Button(translate("Settings", "Choose…"), ButtonKind.OUTLINE, icon="folder")
            choose.clicked.connect(self._choose)
            self.row.addWidget(choose)
        self.show_value()

    def show_value(self) -> None:
        super().show_value()
        if not isinstance(self.editor, LockedField) and self._line.text().strip() != self.text_of_value():
            self._line.setText(self.text_of_value())

    def text_of_value(self) -> str:
        text = str(self.draft.value(self.key))
        return Path(text).name if self.is_locked else text

    def _choose(self) -> None:
        dialog = QFileDialog(self, translate("Settings", "Own CA file"))
        dialog.setNameFilters(
            [
                translate("Settings", "Certificates (*.pem *.crt *.cer)"),
                translate("Settings", "All files (*)"),
            ]
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.draft.set(self.key, path))
        dialog.open()


class _LockedProvider(Field):
    def __init__(self, draft: Draft, label: str, words: dict[str, str]) -> None:
        self._words = words
        super().__init__(draft, _PROVIDER, label, QWidget())
        self.show_value()

    def text_of_value(self) -> str:
        value = str(self.draft.value(self.key))
        return self._words.get(value, value)
