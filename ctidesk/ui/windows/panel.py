"""The panel: the operator's state, the calls and the people, in one window (ux.md, "Panel")."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ctidesk.config.settings import CallsAndPopup, Transfer
from ctidesk.cti.abilities import Ability
from ctidesk.cti.agent import AgentStateOption
from ctidesk.cti.cards import Cards
from ctidesk.cti.directory import Abonent, AbonentAction
from ctidesk.cti.events import CallStarted, CtiEvent
from ctidesk.cti.identification import Callers
from ctidesk.cti.model import CtiModel
from ctidesk.cti.text import translate
from ctidesk.ui.components.agent_menu import STATE_KEYS
from ctidesk.ui.components.call_actions import CallActions, is_ringing_here
from ctidesk.ui.components.call_area import CallArea
from ctidesk.ui.components.call_controls import Control
from ctidesk.ui.components.commands import CommandRunner
from ctidesk.ui.components.dial_row import DialRow
from ctidesk.ui.components.favourites import Favourites
from ctidesk.ui.components.header import Header
from ctidesk.ui.components.muted_rings import MutedRings
from ctidesk.ui.components.next_turn import NextTurn
from ctidesk.ui.components.notices import Notices
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.components.people_pane import PeoplePane
from ctidesk.ui.components.person_drag import PersonDrag
from ctidesk.ui.components.person_rows import is_party
from ctidesk.ui.components.redirect_row import RedirectRow
from ctidesk.ui.components.shortcuts import Key, connect_key
from ctidesk.ui.theme import theme
from ctidesk.ui.widgets import announce, spoken

if TYPE_CHECKING:
    from ctidesk.ui.components.history.pane import HistoryPane
    from ctidesk.ui.components.history.parties import Parties
    from ctidesk.ui.components.history.past_calls import PastCalls
    from ctidesk.ui.components.photos import Photos
    from ctidesk.ui.components.recording import Listening

WIDTH, HEIGHT = 380, 720
SMALLEST_WIDTH, SMALLEST_HEIGHT = 300, 480
LARGEST_WIDTH = 640
ROWS_KEPT = 3
"""Rows of the list that the cards leave visible."""

_PRESSED = {
    AbonentAction.CONSULT: Control.CONSULT,
    AbonentAction.TRANSFER: Control.TRANSFER,
    AbonentAction.CONFERENCE: Control.CONFERENCE,
}
_ASKED = {control: action for action, control in _PRESSED.items()}


class Panel(QWidget):
    """The main window. It follows the model by itself, once per turn of the event loop.

    Signals:
        settings_wanted(): the settings are to be opened.
        contact_wanted(name, number): somebody of the history is to be added to the contacts.

    Args:
        model: the line; its provider's directory and agent states are shown, too.
        commands: runs what the operator starts.
    """

    settings_wanted = Signal()
    contact_wanted = Signal(str, str)

    def __init__(
        self,
        model: CtiModel,
        commands: CommandRunner,
        favourites: Favourites | None = None,
        muted: MutedRings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("ctidesk")
        self._model = model
        self._people = People(model.provider.directory, self)
        self._muted = muted or MutedRings(model, self)
        self._actions = CallActions(model, self._people, commands)
        self._header = Header(model, self._people, self._actions)
        self._redirect = RedirectRow(self._actions)
        self._notices = Notices(model, self._people, self._actions)
        self._dial = DialRow(self._actions)
        self._calls = CallArea(model, self._people, self._actions, self._muted)
        self._pane = PeoplePane(model, self._people, self._actions, favourites or Favourites(parent=self))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._header, self._redirect, self._notices, self._dial, self._calls):
            column.addWidget(part)
        column.addWidget(self._pane, 1)
        self._wrap_up: QWidget | None = None
        self._drag = PersonDrag(self, model, self._people, self._actions, self._calls)
        self._connect_parts()
        self._connect_keys()
        self._is_stale = False
        self._refreshing = NextTurn(self._follow, self)
        self._people.identified.connect(self._refreshing.ask)
        subscriptions = [model.changed.subscribe(self._refreshing.ask), model.events.subscribe(self._announce_ring)]
        subscriptions.append(model.provider.conference.changed.subscribe(self._refreshing.ask))
        subscriptions.append(model.provider.queue.changed.subscribe(self._refreshing.ask))
        self.destroyed.connect(lambda: [unsubscribe() for unsubscribe in subscriptions])
        self._muted.changed.connect(self._refreshing.ask)
        theme().changed.connect(self._set_sizes)
        self._set_sizes()
        self.resize(self.usual_size())
        self.refresh()

    def refresh(self) -> None:
        """Show the model's state now instead of in the next turn of the event loop."""
        self._dial.refresh()
        self._header.refresh()
        self._notices.refresh()
        self._calls.refresh(self._pressed())
        self._pane.refresh(self._dial.mode())
        self._drag.refresh()
        self._limit_cards()

    def _follow(self) -> None:
        """Show the model's state; a panel that nobody sees does so when it comes, or every ring would wait for it."""
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self.refresh()

    def offer_settings(self) -> None:
        """Show the button for the settings."""
        self._header.offer_settings()
        self._notices.offer_settings()

    def offer_history(self, past_calls: PastCalls) -> None:
        """Have a tab for the calls that were from now on."""
        self._pane.offer_history(past_calls)

    def offer_recordings(self, listening: Listening) -> None:
        """Let recordings be heard, in the card of a call and in the history; comes before the history."""
        self._actions.listening = listening

    def offer_parties(self, parties: Parties) -> None:
        """Find contacts and the parties of calls, too, from now on."""
        self._pane.offer_parties(parties)

    def offer_contacts(self) -> None:
        """Let people of the history be added to the contacts from now on."""
        self._pane.offer_contacts()

    def offer_photos(self, photos: Photos) -> None:
        """Show what colleagues look like."""
        self._actions.photos = photos
        photos.came.connect(self._refreshing.ask)
        self._people.replaced.connect(photos.forget)

    def offer_wrap_up(self, card: QWidget) -> None:
        """Have room for the work after a call, below the calls."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self._pane), card)
        self._wrap_up = card

    def show_history(self) -> HistoryPane | None:
        """Open the tab of the calls that were; None when there is none yet."""
        return self._pane.show_history()

    def show_people(self) -> None:
        """Open the tab of the people."""
        self._pane.show_people()

    def show_queue(self) -> None:
        """Open the tab of the queue; without a queue there is none."""
        self._pane.show_queue()

    def set_up(self, settings: CallsAndPopup) -> None:
        """Follow other settings."""
        self._model.transfer_by_default = "blind" if settings.default_transfer is Transfer.BLIND else "consult"
        self._follow()

    def show_number(self, number: str) -> None:
        """Put a number where it can be dialled, and wait for the operator to do so."""
        self._dial.show_number(number)

    def follow(self, callers: Callers, cards: Cards) -> None:
        """Show who is calling by `callers`, and offer their cards."""
        self._actions.cards = cards
        self._people.follow(callers)

    def offer_number(self, text: str) -> None:
        """Put the number that is in a text of another program where it can be dialled, or say there why it is none."""
        self._dial.offer(text)

    def usual_size(self) -> QSize:
        """The size before the operator has chosen one: it follows the size of the text, as far as the screen goes."""
        widest = max(LARGEST_WIDTH, theme().scaled(SMALLEST_WIDTH))
        usual = QSize(min(theme().scaled(WIDTH), widest), theme().scaled(HEIGHT))
        return usual.boundedTo(self._available())

    def dial(self) -> None:
        """Put the cursor into the field for a number or a name."""
        self._dial.take_keyboard()

    def ask_state(self, option: AgentStateOption) -> None:
        """Ask for the number or the text that goes with a state."""
        self._redirect.ask(option)

    def showEvent(self, event: QShowEvent) -> None:
        if self._is_stale:
            self._is_stale = False
            self.refresh()
        super().showEvent(event)
        QTimer.singleShot(0, self._calls, self._calls.prepare)
        if self.focusWidget() is None:
            self._dial.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._limit_cards()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._limit_cards()
        return handled

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme().tokens.window)

    # ---- parts

    def _connect_parts(self) -> None:
        self._header.number_wanted.connect(self._redirect.ask)
        self._header.settings_wanted.connect(self.settings_wanted)
        self._notices.settings_wanted.connect(self.settings_wanted)
        self._dial.text_changed.connect(self._pane.search)
        self._dial.chosen.connect(self._choose_from_dial_row)
        self._dial.list_key.connect(self._pane.move_selection)
        self._dial.mode_changed.connect(self._mode_changed)
        self._calls.whom_wanted.connect(self._ask_whom)
        self._pane.chosen.connect(self._choose)
        self._pane.contact_wanted.connect(self.contact_wanted)
        for view in self._pane.person_lists():
            self._drag.watch(view)

    def _mode_changed(self) -> None:
        self._calls.refresh(self._pressed())
        self._pane.refresh(self._dial.mode())

    def _pressed(self) -> Control | None:
        mode = self._dial.mode()
        return None if mode is None else _PRESSED[mode]

    def _ask_whom(self, control: Control) -> None:
        self._dial.ask_whom(_ASKED[control])

    def _choose_from_dial_row(self, with_menu: bool) -> None:
        abonent = self._pane.current()
        if with_menu and abonent is not None:
            self._pane.ask_menu()
        elif with_menu:
            self._dial.open_menu()
        elif abonent is not None:
            self._choose(abonent)
        elif self._dial.text().strip():
            self._dial.do_number()

    def _choose(self, abonent: Abonent) -> None:
        """Do with a person what the dial row asks for, else what choosing means now."""
        if self._dial.leave_old_question():
            return
        if is_party(abonent):
            self._choose_party(self._dial.mode() or self._actions.natural, abonent.number)
            return
        action = self._dial.mode() or self._actions.chosen(abonent)
        why_not = self._why_not(abonent) if action is None else self._actions.why_not(action)
        if action is None or why_not:
            self._dial.refuse(why_not)
            return
        self._actions.do(action, abonent)
        self._dial.finish()

    def _choose_party(self, action: AbonentAction, number: str) -> None:
        """Do with somebody outside the directory what a typed number would mean."""
        why_not = self._actions.why_not(action)
        if why_not:
            self._dial.refuse(why_not)
            return
        self._actions.with_number(action, number)
        self._dial.finish()

    def _why_not(self, abonent: Abonent) -> str:
        """Why choosing a person does nothing."""
        if reason := self._actions.why_not(self._actions.natural):
            return reason
        if self._actions.allowed(abonent):
            return translate("Panel", "Choose in the menu what to do with this person")
        return translate("Panel", "The PBX allows nothing with this person now")

    # ---- keyboard

    def _connect_keys(self) -> None:
        for key, act in (
            (Key.DIAL, self.dial),
            (Key.ANSWER, self._answer),
            (Key.RECONNECT, self._reconnect),
            (Key.HOLD, self._hold),
            (Key.CONSULT, lambda: self._ask_by_key(AbonentAction.CONSULT)),
            (Key.TRANSFER, lambda: self._ask_by_key(AbonentAction.TRANSFER)),
            (Key.TRANSFER_TO_SELECTED, self._transfer_to_selected),
            (Key.COMPLETE, self._complete),
            (Key.SWAP, self._swap),
            (Key.END, self._end),
        ):
            connect_key(key, self, act)
        for key in STATE_KEYS:
            connect_key(key, self, partial(self._header.choose_by_key, key))

    def _answer(self) -> None:
        call = self._model.ringing_call
        if call is not None:
            self._actions.answer(call)

    def _reconnect(self) -> None:
        if not self._model.is_connected:
            self._model.reconnect()

    def _hold(self) -> None:
        call = self._model.talking_call
        if call is not None and self._model.abilities.hold_or_unhold:
            self._actions.hold_or_unhold(call)

    def _ask_by_key(self, action: AbonentAction) -> None:
        if self._model.current_call is not None and not self._actions.why_not(action):
            self._dial.ask_whom(action)

    def _transfer_to_selected(self) -> None:
        person = self._pane.selected()
        if person is not None and AbonentAction.TRANSFER in self._actions.allowed(person):
            self._actions.do(AbonentAction.TRANSFER, person)
            self._dial.finish()

    def _complete(self) -> None:
        if self._model.abilities.allows(Ability.COMPLETE_TRANSFER):
            self._actions.complete_transfer()

    def _swap(self) -> None:
        if self._model.abilities.allows(Ability.SWAP):
            self._actions.swap()

    def _end(self) -> None:
        call = self._model.ringing_call or self._model.consult_call or self._model.current_call
        if call is not None:
            self._actions.end(call)

    # ---- the rest

    def _announce_ring(self, event: CtiEvent) -> None:
        if isinstance(event, CallStarted) and is_ringing_here(event.call):
            call = event.call
            name, number = self._people.name_of(call), number_text(call.abonent_number)
            announce(self, spoken(translate("Panel", "Incoming call"), name, number))

    def _set_sizes(self) -> None:
        # As wide as larger words need: a card never has to be scrolled sideways.
        self.setMinimumSize(min(theme().scaled(SMALLEST_WIDTH), self._available().width()), SMALLEST_HEIGHT)
        self.setMaximumWidth(max(LARGEST_WIDTH, theme().scaled(LARGEST_WIDTH)))
        self._limit_cards()

    def _available(self) -> QSize:
        screen = self.screen()
        return QSize(LARGEST_WIDTH, HEIGHT) if screen is None else screen.availableSize()

    def _limit_cards(self) -> None:
        """Let the cards have what the list can spare; below that, half of the window; while dragging, all they need."""
        others = sum(
            part.height() if part is not None and part.isVisible() else 0
            for part in (self._header, self._redirect, self._notices, self._dial, self._wrap_up)
        )
        spare = self.height() - others - self._pane.rows_wanted(0 if self._drag.is_on() else ROWS_KEPT)
        self._calls.set_limit(max(spare, (self.height() - others) // 2))
