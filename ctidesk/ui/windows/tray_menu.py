"""The menu of the tray icon, made anew each time it is shown (ux.md, "Tray")."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ctidesk.cti.abilities import Ability
from ctidesk.cti.agent import AgentStateOption
from ctidesk.cti.model import CtiModel
from ctidesk.cti.text import translate
from ctidesk.cti.values import AgentFeatures
from ctidesk.ui.components.agent_menu import fill_agent_menu
from ctidesk.ui.components.call_actions import CallActions, is_ringing_here
from ctidesk.ui.components.line_summary import state_words
from ctidesk.ui.components.muted_rings import MutedRings
from ctidesk.ui.components.people import People
from ctidesk.ui.widgets import Menu
from ctidesk.ui.widgets.bidi import clean

if TYPE_CHECKING:
    from ctidesk.ui.components.history.past_calls import PastCalls


class TrayMenu(Menu):
    """What can be done from the tray.

    Signals:
        panel_wanted(), dial_wanted(), copied_wanted(), settings_wanted(), about_wanted(), quit_wanted(): these were
            chosen.
        state_wanted(option): a state that needs a number or takes a text was chosen; an `AgentStateOption`.

    Attributes:
        has_settings: whether there are settings to open.
        past_calls: the calls that were, or None.
    """

    panel_wanted = Signal()
    dial_wanted = Signal()
    copied_wanted = Signal()
    settings_wanted = Signal()
    about_wanted = Signal()
    quit_wanted = Signal()
    state_wanted = Signal(object)

    def __init__(self, model: CtiModel, people: People, actions: CallActions, muted: MutedRings) -> None:
        super().__init__()
        self._model = model
        self._people = people
        self.past_calls: PastCalls | None = None
        self._actions = actions
        self._muted = muted
        self.has_settings = False
        self.fill()
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Read the model and make the entries anew."""
        self.clear()
        model = self._model
        self._add_ring()
        if model.is_connected and model.provider.agent_states:
            fill_agent_menu(self, model.provider.agent_states, model.agent_state, self._choose_state)
            self._add_call_centre()
        else:
            self.add_caption(state_words(model))
            self.add(translate("Tray", "Reconnect"), model.reconnect, icon_name="reconnect")
        self.addSeparator()
        why_not = "" if model.current_call is not None else model.abilities.why_not(Ability.CALL)
        self.add(translate("Tray", "Dial…"), self.dial_wanted.emit, icon_name="keypad", reason=why_not)
        self.add(translate("Tray", "Dial from clipboard"), self.copied_wanted.emit, icon_name="copy", reason=why_not)
        self._add_recent(why_not)
        self.addSeparator()
        self.add(translate("Tray", "Show panel"), self.panel_wanted.emit, icon_name="monitor")
        self.addSeparator()
        if model.is_connected:
            self.add(translate("Tray", "Reconnect"), model.reconnect, icon_name="reconnect")
        if self.has_settings:
            self.add(translate("Tray", "Settings…"), self.settings_wanted.emit, icon_name="settings")
        about = translate("Tray", "About and diagnostics") if self.has_settings else translate("Tray", "About")
        self.add(about, self.about_wanted.emit, icon_name="info")
        self.add(translate("Tray", "Quit"), self.quit_wanted.emit, icon_name="close")

    def _add_recent(self, why_not: str) -> None:
        """Offer the last parties once more."""
        if self.past_calls is None or not self.past_calls.recent:
            return
        from ctidesk.ui.components.history.words import direction_icon, time_words, title_of

        self.addSeparator()
        self.add_caption(translate("Tray", "Last calls"))
        for call in self.past_calls.recent:
            number = clean(call.record.abonent_number)
            self.add(
                title_of(call, self._people),
                partial(self._actions.with_number, self._actions.natural, number),
                icon_name=direction_icon(call),
                shortcut_text=time_words(call.record.started),
                reason=why_not if number else translate("Popup", "The number is hidden"),
            )

    def _add_ring(self) -> None:
        ringing = [call for call in self._model.calls.values() if is_ringing_here(call)]
        if ringing:
            reason = translate("Tray", "Muted") if all(map(self._muted.is_muted, ringing)) else ""
            self.add(translate("Tray", "Mute ring"), self._muted.mute_all, icon_name="bell-off", reason=reason)
            self.addSeparator()

    def _add_call_centre(self) -> None:
        if AgentFeatures.HAS_CALL_CENTRE_MODE not in self._model.agent_features:
            return
        active = self._model.is_call_centre_active
        if active is not None:
            self.addSeparator()
            self.add(
                translate("Tray", "Call centre"),
                lambda: self._actions.change_call_centre_state(not active),
                icon_name="headset",
                checked=active,
            )

    def _choose_state(self, option: AgentStateOption, reason: str) -> None:
        if option.needs_number or option.takes_text:
            self.state_wanted.emit(option)  # that is typed in the panel
        else:
            self._actions.set_agent_state(option.code, reason)
