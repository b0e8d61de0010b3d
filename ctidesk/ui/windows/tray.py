"""The icon in the tray, its tool tip and its menu (ux.md, "Tray")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from ctidesk.cti.model import CtiModel
from ctidesk.system.tray_host import TrayHost
from ctidesk.ui.components.call_actions import CallActions
from ctidesk.ui.components.line_summary import tray_state, tray_words
from ctidesk.ui.components.missed_calls import MissedCalls
from ctidesk.ui.components.muted_rings import MutedRings
from ctidesk.ui.components.next_turn import NextTurn
from ctidesk.ui.components.people import People
from ctidesk.ui.theme import FRAME_MILLISECONDS, TrayState, theme, tray_icon
from ctidesk.ui.widgets import Menu, second_timer
from ctidesk.ui.widgets.ticking import Unsubscribe
from ctidesk.ui.windows.tray_menu import TrayMenu

if TYPE_CHECKING:
    from ctidesk.ui.components.history.past_calls import PastCalls

_WORD_JOINER = "\u2060"


class Tray(QObject):
    """Shows the state of the line in the tray and gives its menu.

    Signals:
        panel_toggled(): the icon was clicked: show the panel or hide it.
        panel_wanted(), dial_wanted(), copied_wanted(), settings_wanted(), about_wanted(), quit_wanted(): these were
            chosen from the menu.
        state_wanted(option): a state that needs a number or takes a text was chosen; an `AgentStateOption`.
        found(): the icon stands in a tray; missed(): this desktop has no tray, said once.
        lost(): the tray has gone.
    """

    panel_toggled = Signal()
    panel_wanted = Signal()
    dial_wanted = Signal()
    copied_wanted = Signal()
    settings_wanted = Signal()
    about_wanted = Signal()
    quit_wanted = Signal()
    state_wanted = Signal(object)
    found = Signal()
    missed = Signal()
    lost = Signal()

    def __init__(
        self,
        model: CtiModel,
        people: People,
        actions: CallActions,
        missed_calls: MissedCalls,
        muted: MutedRings,
        *,
        host: TrayHost | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._people = people
        self._missed_calls = missed_calls
        self._menu = TrayMenu(model, people, actions, muted)
        self._menu.panel_wanted.connect(self.panel_wanted)
        self._menu.dial_wanted.connect(self.dial_wanted)
        self._menu.copied_wanted.connect(self.copied_wanted)
        self._menu.settings_wanted.connect(self.settings_wanted)
        self._menu.about_wanted.connect(self.about_wanted)
        self._menu.quit_wanted.connect(self.quit_wanted)
        self._menu.state_wanted.connect(self.state_wanted)
        self._icon: QSystemTrayIcon | None = None
        self._state = TrayState.DISCONNECTED
        self._frame = 0
        self._frames = QTimer(self)
        self._frames.timeout.connect(self._next_frame)
        self._stop_counting: Unsubscribe | None = None
        self._refreshing = NextTurn(self.refresh, self)
        self._unsubscribe = model.changed.subscribe(self._refreshing.ask)
        missed_calls.changed.connect(self.refresh)
        people.replaced.connect(self.refresh)
        people.identified.connect(self._refreshing.ask)
        self._host = host or TrayHost(self)
        self._host.appeared.connect(self._make_icon)
        self._host.vanished.connect(self._drop_icon)
        self._host.missed.connect(self.missed)

    @property
    def is_shown(self) -> bool:
        """Whether the icon stands in a tray, where the application can be reached."""
        return self._icon is not None

    @property
    def state(self) -> TrayState:
        """What the icon shows."""
        return self._state

    def start(self) -> None:
        """Look for the tray; the icon comes as soon as there is one."""
        self._host.start()

    def offer_settings(self) -> None:
        """Have the settings in the menu from now on."""
        self._menu.has_settings = True
        self._menu.fill()

    def offer_history(self, past_calls: PastCalls) -> None:
        """Have the last calls in the menu from now on."""
        self._menu.past_calls = past_calls

    def refresh(self) -> None:
        """Show the model's state now instead of in the next turn of the event loop."""
        state = tray_state(self._model)
        if state is not self._state:
            self._state = state
            self._frame = 0
            self._run_frames()
        self._show_icon()
        self._show_words()
        self._count()

    def words(self) -> str:
        """What the tool tip says, plain text."""
        return tray_words(self._model, self._people, self._missed_calls.count)

    def menu(self) -> Menu:
        """The menu, which is filled when it is about to be shown."""
        return self._menu

    def close(self) -> None:
        """Take the icon away and follow the model no more."""
        self._unsubscribe()
        self._missed_calls.changed.disconnect(self.refresh)
        self._people.replaced.disconnect(self.refresh)
        self._people.identified.disconnect(self._refreshing.ask)
        self._host.stop()
        self._frames.stop()
        self._drop_icon()
        self._menu.deleteLater()

    # ---- the icon

    def _make_icon(self) -> None:
        self._drop_icon()
        self._icon = icon = QSystemTrayIcon(self)
        icon.activated.connect(self._activate)
        icon.setContextMenu(self._menu)
        self.refresh()
        icon.show()
        self.found.emit()

    def _drop_icon(self) -> None:
        icon, self._icon = self._icon, None
        if icon is not None:
            icon.hide()
            icon.deleteLater()
            self._count()
            self.lost.emit()

    def _show_icon(self) -> None:
        if self._icon is not None:
            self._icon.setIcon(tray_icon(self._state, self._frame, self._missed_calls.count))

    def _run_frames(self) -> None:
        interval = FRAME_MILLISECONDS.get(self._state)
        if interval is None or theme().reduced_motion:
            self._frames.stop()
        else:
            self._frames.start(interval)

    def _next_frame(self) -> None:
        self._frame += 1
        self._show_icon()

    # ---- words

    def _show_words(self) -> None:
        if self._icon is not None:
            # Qt and some desktops take a tip for rich text when it has a tag; what breaks each tag cannot be seen.
            self._icon.setToolTip(self.words().replace("<", f"<{_WORD_JOINER}"))

    def _count(self) -> None:
        """Keep the durations in the tool tip true while there is a call, and run no timer without one."""
        counts = self._icon is not None and bool(self._model.calls)
        if counts and self._stop_counting is None:
            self._stop_counting = second_timer().subscribe(self._show_words)
        elif not counts and self._stop_counting is not None:
            self._stop_counting()
            self._stop_counting = None

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.panel_toggled.emit()
