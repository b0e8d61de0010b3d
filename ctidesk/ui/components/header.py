"""The panel's first line: the operator's own state, the call centre, the connection (look.md, "Panel", "Header 56")."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ctidesk.cti.agent import AgentState, AgentStateOption
from ctidesk.cti.call import Call
from ctidesk.cti.durations import duration_text
from ctidesk.cti.model import CtiModel
from ctidesk.cti.presence import Presence
from ctidesk.cti.reconnection import ConnectionPhase
from ctidesk.cti.text import translate
from ctidesk.cti.values import AgentFeatures
from ctidesk.ui.components.agent_menu import fill_agent_menu, state_of_key
from ctidesk.ui.components.call_actions import CallActions, is_ringing_here
from ctidesk.ui.components.line_summary import missing_line
from ctidesk.ui.components.people import People
from ctidesk.ui.components.shortcuts import Key, with_key
from ctidesk.ui.components.words import presence_shape, presence_word, with_reason
from ctidesk.ui.theme import PresenceState
from ctidesk.ui.widgets import IconButton, Menu, StateSelector, Switch, second_timer, spoken
from ctidesk.ui.widgets.bidi import clean
from ctidesk.ui.widgets.ticking import Unsubscribe

_SIDE = 12


class Header(QWidget):
    """State selector, call-centre switch and connection light.

    Signals:
        number_wanted(option): the state that was chosen needs a number or takes a text; an `AgentStateOption`.
        settings_wanted(): the settings are to be opened.
    """

    number_wanted = Signal(object)
    settings_wanted = Signal()

    def __init__(self, model: CtiModel, people: People, actions: CallActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._people = people
        self._actions = actions
        self._before_call = AgentState("", Presence.UNKNOWN)
        self._elapsed: Callable[[], float] | None = None
        self._stop_ticking: Unsubscribe | None = None
        self._detail = ""
        self._selector = StateSelector(translate("Panel", "Agent state"))
        self._selector.clicked.connect(self.open_menu)
        self._switch = Switch(translate("Panel", "Call centre"))
        self._switch.clicked.connect(self._change_call_centre)
        self._light = IconButton("connection", translate("Panel", "Connection"), size=32)
        self._light.clicked.connect(self._reconnect)
        self._settings = IconButton("settings", translate("Panel", "Settings"), size=32)
        self._settings.clicked.connect(self.settings_wanted)
        self._settings.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._selector, 1)
        row.addWidget(self._switch)
        row.addWidget(self._light)
        row.addWidget(self._settings)
        self.refresh()

    def offer_settings(self) -> None:
        """Show the button for the settings."""
        self._settings.show()
        self._fit_switch()

    def refresh(self) -> None:
        """Show the model's state."""
        self._show_state()
        self._show_switch()
        self._show_light()

    def open_menu(self) -> None:
        """Show the states to choose from."""
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        states, now = self._model.provider.agent_states, self._model.agent_state
        fill_agent_menu(menu, states, now, self._choose, shows_keys=True)
        menu.open_below(self._selector)

    def choose_by_key(self, key: Key) -> None:
        """Take the state of `key`, if there is one and it is not that of this moment."""
        meant = state_of_key(key, self._model.provider.agent_states) if self._model.is_connected else None
        if meant is not None and not self._is_now(*meant):
            self._choose(*meant)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_switch()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._count()

    # ---- state

    def _show_state(self) -> None:
        shape, title = self._state()
        self._elapsed, self._detail = self._what_counts()
        self._selector.show_state(shape, title, self._spoken_state(title))
        states = self._model.provider.agent_states
        self._selector.set_available(bool(states), translate("Panel", "No connection to the PBX"))
        self._count()

    def _state(self) -> tuple[PresenceState, str]:
        model = self._model
        if not model.is_connected:
            if missing := missing_line(model):
                return PresenceState.OFFLINE, missing
            if model.connection.phase is ConnectionPhase.CONNECTING:
                return PresenceState.CONNECTING, translate("Panel", "Connecting…")
            return PresenceState.OFFLINE, translate("Panel", "Not connected")
        state = self._lasting_state()
        if model.agent_state_since is None or not (state.code or state.label):
            return PresenceState.UNKNOWN, presence_word(Presence.UNKNOWN)
        reason = state.reason.name if state.reason is not None else ""
        return presence_shape(state.presence), with_reason(state.label or presence_word(state.presence), reason)

    def _lasting_state(self) -> AgentState:
        """The state that the operator has chosen: a PBX that calls a call a state says it for as long as it lasts."""
        state = self._model.agent_state
        if state.presence is Presence.TALKING and self._model.current_call is not None and self._before_call.code:
            return self._before_call
        if state.presence is not Presence.TALKING:
            self._before_call = state
        return state

    def _what_counts(self) -> tuple[Callable[[], float] | None, str]:
        """Return what the second line counts, and the words after it."""
        model, clock = self._model, self._model.clock
        me = self._people.me()
        line = "" if me is None else translate("Panel", "line {number}").format(number=clean(me.number))
        if not model.is_connected:
            return None, line
        if call := model.talking_call:
            if is_ringing_here(call):
                return lambda: call.ring_duration(clock.monotonic()), translate("Panel", "call ringing")
            if call.connected is None:
                return lambda: call.ring_duration(clock.monotonic()), translate("Panel", "calling")
            main = model.current_call or call
            talking = main if main.connected is not None else call
            return lambda: _since_answer(talking, clock.monotonic()), translate("Panel", "in a call")
        since = model.agent_state_since
        if since is None:
            return None, line
        return lambda: clock.monotonic() - since, line

    def _spoken_state(self, title: str) -> str:
        name = translate("Panel", "Agent state: {state}").format(state=title)
        since = self._model.agent_state_since
        if since is None or not self._model.is_connected:
            return name
        minutes = int(self._model.clock.monotonic() - since) // 60
        return spoken(name, translate("Panel", "{minutes} min").format(minutes=minutes) if minutes else "")

    def _count(self) -> None:
        """Show the second line, and anew every second while something counts and can be seen."""
        self._show_detail()
        counts = self._elapsed is not None and self.isVisible()
        if counts and self._stop_ticking is None:
            self._stop_ticking = second_timer().subscribe(self._show_detail)
        elif not counts and self._stop_ticking is not None:
            self._stop_ticking()
            self._stop_ticking = None

    def _show_detail(self) -> None:
        time = "" if self._elapsed is None else duration_text(self._elapsed())
        self._selector.show_detail(" · ".join(part for part in (time, self._detail) if part))

    def _is_now(self, option: AgentStateOption, reason: str) -> bool:
        now = self._model.agent_state
        return option.code == now.code and reason == (now.reason.id if now.reason is not None else "")

    def _choose(self, option: AgentStateOption, reason: str) -> None:
        if option.needs_number or option.takes_text:
            self.number_wanted.emit(option)
        else:
            self._actions.set_agent_state(option.code, reason)

    # ---- call centre

    def _show_switch(self) -> None:
        model = self._model
        capable = AgentFeatures.HAS_CALL_CENTRE_MODE in model.provider.capabilities[1]
        self._switch.setVisible(capable)
        active = model.is_call_centre_active
        self._switch.setChecked(bool(active))
        self._switch.set_available(
            model.is_connected and active is not None,
            translate("Panel", "No connection to the PBX")
            if not model.is_connected
            else translate("Panel", "The PBX has not said yet"),
        )
        self._fit_switch()

    def _change_call_centre(self, on: bool) -> None:
        self._switch.setChecked(not on)  # it turns when the PBX says so
        self._actions.change_call_centre_state(on)

    def _fit_switch(self) -> None:
        """Let the switch's label go where the selector would become too narrow for its words."""
        if self._switch.isHidden():
            return
        others = self._switch.label_width() + self._switch.height() + self._light.sizeHint().width()
        if not self._settings.isHidden():
            others += self._settings.sizeHint().width() + 8
        needed = self._selector.wanted_width() + others + 4 * _SIDE
        self._switch.set_label_shown(self.width() >= needed)

    # ---- connection

    def _show_light(self) -> None:
        icon, corner, name = self._connection()
        self._light.set_icon(icon, name)
        self._light.set_corner(corner)

    def _connection(self) -> tuple[str, PresenceState, str]:
        status = self._model.connection
        match status.phase:
            case ConnectionPhase.CONNECTED:
                return "connection", PresenceState.READY, translate("Panel", "Connection: connected to the PBX")
            case ConnectionPhase.CONNECTING:
                return "reconnect", PresenceState.CONNECTING, translate("Panel", "Connection: connecting…")
            case ConnectionPhase.WAITING:
                name = translate("Panel", "Connection: none, waiting for the next attempt. Click to reconnect now")
                return "connection-off", PresenceState.OFFLINE, with_key(name, Key.RECONNECT)
            case _:
                name = translate("Panel", "Connection: none. Click to reconnect")
                return "connection-off", PresenceState.OFFLINE, with_key(name, Key.RECONNECT)

    def _reconnect(self) -> None:
        if self._model.connection.phase not in (ConnectionPhase.CONNECTED, ConnectionPhase.CONNECTING):
            self._model.reconnect()


def _since_answer(call: Call, now: float) -> float:
    return call.talk_duration(now) + call.hold_duration(now)
