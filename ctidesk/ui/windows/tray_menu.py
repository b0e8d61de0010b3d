"""The menu of the tray icon, made anew each time it is shown (ux.md, "Tray")."""

from __future__ import annotations

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
from ctidesk.ui.widgets import Menu


class TrayMenu(Menu):
    """What can be done from the tray.

    Signals:
        panel_wanted(), dial_wanted(), copied_wanted(), settings_wanted(), about_wanted(), quit_wanted(): these were
            chosen.
        state_wanted(option): a state that needs a number or takes a text was chosen; an `AgentStateOption`.

    Attributes:
        has_settings: whether there are settings to open.
    """

    panel_wanted = Signal()
    dial_wanted = Signal()
    copied_wanted = Signal()
    settings_wanted = Signal()
    about_wanted = Signal()
    quit_wanted = Signal()
    state_wanted = Signal(object)

    def __init__(self, model: CtiModel, actions: CallActions, muted: MutedRings) -> None:
        super().__init__()
        self._model = model
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
        self.add(translate("Tray", "Show panel"), self.panel_wanted.emit, icon_name="monitor")
        self.addSeparator()
        if model.is_connected:
            self.add(translate("Tray", "Reconnect"), model.reconnect, icon_name="reconnect")
        if self.has_settings:
            self.add(translate("Tray", "Settings…"), self.settings_wanted.emit, icon_name="settings")
        about = translate("Tray", "About and diagnostics") if self.has_settings else translate("Tray", "About")
        self.add(about, self.about_wanted.emit, icon_name="info")
        self.add(translate("Tray", "Quit"), self.quit_wanted.emit, icon_name="close")

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
