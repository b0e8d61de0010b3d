"""The pages about calls, links and windows."""

from __future__ import annotations

import logging

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ctidesk.config.settings import Corner, Language, Theme, Transfer
from ctidesk.cti.text import translate
from ctidesk.system.global_shortcut import GlobalShortcut
from ctidesk.system.url_handler import UrlHandler
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.fields import Check, CheckWords, Choice, Field, Percentage
from ctidesk.ui.components.settings.page import Page
from ctidesk.ui.components.settings.shortcut_field import ShortcutField
from ctidesk.ui.theme import TextStyle
from ctidesk.ui.widgets import PlainLabel

_DIAL_SELECTED = "sh -c 'ctidesk dial \"$(wl-paste --primary)\"'"

logger = logging.getLogger(__name__)


class CallsPage(Page):
    """What happens when it rings."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(translate("Settings", "Calls and popup"))
        self.section(translate("Settings", "Popup"))
        self.row("", Check(draft, "calls_and_popup.popup", translate("Settings", "Show a popup for incoming calls")))
        corners = [
            (Corner.BOTTOM_RIGHT.value, translate("Settings", "Bottom right")),
            (Corner.BOTTOM_LEFT.value, translate("Settings", "Bottom left")),
            (Corner.TOP_RIGHT.value, translate("Settings", "Top right")),
            (Corner.TOP_LEFT.value, translate("Settings", "Top left")),
        ]
        screens = [
            ("pointer", translate("Settings", "Where the pointer is")),
            ("primary", translate("Settings", "Main screen")),
            *((screen.name(), screen.name()) for screen in _choosable_screens()),
        ]
        for key, label, choices in (
            ("calls_and_popup.corner", translate("Settings", "Corner"), corners),
            ("calls_and_popup.screen", translate("Settings", "Screen"), screens),
        ):
            self.row(label, Choice(draft, key, label, choices))
        above = translate("Settings", "Stand above full-screen windows")
        self.row("", Check(draft, "calls_and_popup.above_full_screen", above))
        self.section(translate("Settings", "Transfer"))
        label = translate("Settings", "A number typed in a call")
        choices = [
            (Transfer.CONSULT.value, translate("Settings", "Ask there first, then transfer")),
            (Transfer.BLIND.value, translate("Settings", "Transfer at once")),
        ]
        self.row(label, Choice(draft, "calls_and_popup.default_transfer", label, choices))
        self.section(translate("Settings", "Missed calls"))
        notice = translate("Settings", "Leave a notice for each missed call")
        self.row("", Check(draft, "calls_and_popup.missed_notice", notice))


def _choosable_screens() -> list[QScreen]:
    """Return the screens that have names of their own; of a single one there is nothing to choose."""
    screens = QGuiApplication.screens()
    return [screen for screen in screens if screen.name()] if len(screens) > 1 else []


class InterfacePage(Page):
    """Language, theme and text size of the windows, and how the program starts."""

    def __init__(self, draft: Draft, *, can_start_at_login: bool) -> None:
        super().__init__(translate("Settings", "Interface"))
        language = translate("Settings", "Language")
        field: Field = Choice(draft, "interface.language", language, language_choices())
        note = translate("Settings", "The panel opens anew in this language and connects again.")
        self.row(language, _with_note(field, note))
        theme = translate("Settings", "Theme")
        themes = [
            (Theme.SYSTEM.value, translate("Settings", "As the system")),
            (Theme.LIGHT.value, translate("Settings", "Light")),
            (Theme.DARK.value, translate("Settings", "Dark")),
        ]
        self.row(theme, Choice(draft, "interface.theme", theme, themes))
        size = translate("Settings", "Text size")
        self.row(size, Percentage(draft, "interface.text_scale", size, 100, 200, 10))
        self.section(translate("Settings", "Start"))
        if can_start_at_login:
            at_login = translate("Settings", "Start when I log in to the computer")
            self.row("", Check(draft, "interface.start_at_login", at_login))
        hidden = translate("Settings", "Start hidden, as an icon in the tray")
        self.row("", Check(draft, "interface.start_hidden", hidden))


def language_choices() -> list[tuple[str, str]]:
    """Return the languages of the windows, each by its own name."""
    return [
        (Language.SYSTEM.value, translate("Settings", "As the system")),
        (Language.ENGLISH.value, "English"),
        (Language.RUSSIAN.value, "Русский"),
        (Language.UKRAINIAN.value, "Українська"),
    ]


class IntegrationPage(Page):
    """How other programs reach this one. Who opens links is kept by the system, so that counts at once."""

    def __init__(self, draft: Draft, url_handler: UrlHandler | None, shortcut: GlobalShortcut | None) -> None:
        """Make the page.

        Args:
            url_handler, shortcut: None where this system has none.
        """
        super().__init__(translate("Settings", "Integration"))
        self._handler = url_handler
        if url_handler is not None:
            self._add_links()
        self.section(translate("Settings", "Other programs"))
        if shortcut is not None:
            label = translate("Settings", "Copied number")
            self.row(label, ShortcutField(draft, "interface.dial_shortcut", label, shortcut))
            explanation = translate(
                "Settings",
                "These keys bring a number that is selected or copied in any program into the panel. "
                "Enter there calls it.",
            )
            self.row("", PlainLabel(explanation, TextStyle.SMALL, "text2", lines=4))
        elif QGuiApplication.platformName().startswith("wayland"):
            self._tell_how_to_have_keys()
        dial = translate("Settings", "Other programs and scripts call a number by this command:")
        self.wide(PlainLabel(dial, TextStyle.BODY, "text2", lines=3))
        self.wide(PlainLabel("ctidesk dial NUMBER", TextStyle.NAME))

    def _tell_how_to_have_keys(self) -> None:
        """Wayland gives keys to the desktop alone."""
        label = translate("Settings", "Selected number")
        command = QLineEdit(_DIAL_SELECTED)
        command.setReadOnly(True)
        command.setCursorPosition(0)
        command.setAccessibleName(label)
        self.row(label, command)
        explanation = translate(
            "Settings",
            "This desktop (Wayland) gives programs no keys of their own. In its keyboard settings, let a key start "
            "this command: it calls the number that is selected.",
        )
        self.row("", PlainLabel(explanation, TextStyle.SMALL, "text2", lines=4))

    def _add_links(self) -> None:
        self.section(translate("Settings", "Phone links"))
        words = translate("Settings", "Open tel:, callto: and sip: links with ctidesk")
        self._links = QCheckBox()
        self._links.setAccessibleName(words)
        self._links.clicked.connect(self._register)
        self._refused = PlainLabel("", TextStyle.SMALL, "talk", lines=3)
        self._refused.hide()
        explanation = translate(
            "Settings",
            "A click on such a link in a web page or a letter calls the number. This counts at once, for you alone.",
        )
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self._links)
        first.addWidget(CheckWords(words, self._links), 1)
        column.addLayout(first)
        column.addWidget(PlainLabel(explanation, TextStyle.SMALL, "text2", lines=4))
        column.addWidget(self._refused)
        self.row("", box)

    def shown(self) -> None:
        """Look how it is: other programs change it, too."""
        if self._handler is not None:
            self._links.setChecked(self._handler.is_registered())

    def _register(self, on: bool) -> None:
        assert self._handler is not None
        try:
            if on:
                self._handler.register()
            else:
                self._handler.unregister()
        except OSError as error:
            logger.warning("the links cannot be registered: %s", type(error).__name__)
            text = translate("Settings", "The system did not let this be changed. {reason}")
            self._refused.setText(text.format(reason=error.strerror or type(error).__name__))
        else:
            self._refused.setText("")
        self._refused.setVisible(bool(self._refused.text()))
        self._links.setChecked(self._handler.is_registered())


def _with_note(field: Field, note: str) -> Field:
    below = QHBoxLayout()
    below.addWidget(PlainLabel(note, TextStyle.SMALL, "text2", lines=3))
    layout = field.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addLayout(below)
    return field
