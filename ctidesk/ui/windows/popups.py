"""One popup for each call that rings, and the notice of those that were missed (ux.md, "Incoming call popup")."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from ctidesk.config.settings import CallsAndPopup
from ctidesk.cti.call import Call
from ctidesk.cti.directory import Abonent, AbonentAction
from ctidesk.cti.model import CtiModel
from ctidesk.cti.presence import Presence
from ctidesk.cti.text import translate
from ctidesk.ui.components.call_actions import CallActions, is_ringing_here
from ctidesk.ui.components.caller_menu import open_caller_menu
from ctidesk.ui.components.missed_calls import MissedCalls
from ctidesk.ui.components.muted_rings import MutedRings
from ctidesk.ui.components.people import People
from ctidesk.ui.components.ring_view import ring_view
from ctidesk.ui.components.words import presence_shape
from ctidesk.ui.theme import TextStyle
from ctidesk.ui.widgets import IconButton, Menu, PlainLabel, spoken
from ctidesk.ui.widgets.bidi import clean
from ctidesk.ui.windows.missed_notice import MissedNotice
from ctidesk.ui.windows.notice_window import NoticeWindow
from ctidesk.ui.windows.popup import Popup
from ctidesk.ui.windows.stack import Corner, Stack

if TYPE_CHECKING:
    from ctidesk.ui.components.photos import Photos

MOST_POPUPS = 3
MOST_COLLEAGUES = 12
RESERVE_MILLISECONDS = 200
"""A popup that was taken is on the screen before the next one is made."""


class Popups(QObject):
    """Follows the model: a popup comes with the ring of its call and goes with it.

    Signals:
        painted(): a popup that has just come stands on the screen.
        number_wanted(): the operator wants to send the call to a number that has to be typed.
    """

    painted = Signal()
    number_wanted = Signal()

    def __init__(
        self,
        model: CtiModel,
        people: People,
        actions: CallActions,
        missed: MissedCalls,
        muted: MutedRings,
        *,
        corner: Corner = Corner.BOTTOM_RIGHT,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._people = people
        self._actions = actions
        self._missed = missed
        self._muted = muted
        self._stack = Stack(corner)
        self._ringing: dict[UUID, Call] = {}
        self._shown: dict[UUID, Popup] = {}
        self._hidden: set[UUID] = set()
        self._shows_popups = self._shows_missed = self._is_above_full_screen = True
        self._menu: Menu | None = None
        self._menu_call: Call | None = None
        self._free: list[Popup] = []
        self._more: _MoreCalls | None = None
        self._notice: MissedNotice | None = None
        self._message: _Message | None = None
        self._unprepared: list[NoticeWindow] = []
        self._preparing = QTimer(self)
        self._preparing.timeout.connect(self._prepare_next)
        self._add_window(self._new_popup())
        self._unsubscribe = [model.changed.subscribe(self.refresh)]
        missed.changed.connect(self._show_missed)
        muted.changed.connect(self.refresh)
        people.replaced.connect(self.refresh)
        people.identified.connect(self.refresh)

    def refresh(self) -> None:
        """Show what rings now."""
        self._ringing = {call.record_id: call for call in self._model.calls.values() if is_ringing_here(call)}
        self._hidden &= self._ringing.keys()
        for record_id in [one for one in self._shown if one not in self._ringing or one in self._hidden]:
            self._take_away(record_id)
        if self._menu is not None and self._menu_call is not None and self._menu_call.record_id not in self._ringing:
            self._menu.close()
        wanted = [one for one in self._ringing if one not in self._hidden] if self._shows_popups else []
        for record_id in wanted:
            if record_id in self._shown:
                self._show_view(record_id)
            elif len(self._shown) < MOST_POPUPS:
                if not self._free:
                    self._add_window(self._new_popup())
                self._shown[record_id] = self._free.pop(0)
                self._preparing.start(RESERVE_MILLISECONDS)
                self._show_view(record_id)
        more = len(wanted) - len(self._shown)
        if more and self._more is None:
            self._more = _MoreCalls()
            self._add_window(self._more)
        if self._more is not None:
            self._more.show_count(more)
        self._settle()

    def set_up(self, settings: CallsAndPopup) -> None:
        """Follow other settings; what stands on the screen stays where it is."""
        self._stack.set_place(Corner(settings.corner), settings.screen)
        self._is_above_full_screen = settings.above_full_screen
        for window in (*self._free, *self._shown.values(), *self._rare()):
            if window.set_above_full_screen(settings.above_full_screen) and window not in self._unprepared:
                self._unprepared.append(window)
                self._preparing.start(0)
        self._shows_popups = settings.popup
        self._shows_missed = settings.missed_notice
        self.refresh()

    def offer_photos(self, photos: Photos) -> None:
        """Show what colleagues who call look like."""
        self._actions.photos = photos
        photos.came.connect(self.refresh)

    def say(self, title: str, sentence: str) -> None:
        """Say something once, in a corner, until it is dismissed."""
        if self._message is None:
            self._message = _Message()
            self._message.dismissed.connect(self._settle)
            self._add_window(self._message)
        self._message.show_text(title, sentence)
        self._settle()

    def shown(self) -> tuple[Popup, ...]:
        """The popups on the screen, the one in the corner first."""
        return tuple(self._shown.values())

    def notice(self) -> MissedNotice:
        """The notice of missed calls."""
        if self._notice is None:
            self._notice = MissedNotice()
            self._notice.called_back.connect(self._call_back)
            self._notice.dismissed.connect(self._missed.dismiss)
            self._add_window(self._notice)
        return self._notice

    def close(self) -> None:
        """Take all windows away and follow the model no more."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._missed.changed.disconnect(self._show_missed)
        self._muted.changed.disconnect(self.refresh)
        self._people.replaced.disconnect(self.refresh)
        self._people.identified.disconnect(self.refresh)
        self._preparing.stop()
        for window in (*self._free, *self._shown.values(), *self._rare()):
            window.hide()
            window.deleteLater()

    # ---- windows

    def _new_popup(self) -> Popup:
        popup = Popup()
        popup.painted.connect(self.painted)
        popup.answered.connect(lambda: self._with_call(popup, self._actions.answer))
        popup.declined.connect(lambda: self._with_call(popup, self._actions.end))
        popup.hidden.connect(lambda: self._with_call(popup, self._hide))
        popup.muted.connect(lambda on: self._with_call(popup, lambda call: self._muted.set_muted(call, on)))
        popup.choosing.connect(lambda place: self._with_call(popup, lambda call: self._choose_who(call, place)))
        popup.card_wanted.connect(lambda: self._with_call(popup, self._open_card))
        popup.sending.connect(lambda place: self._with_call(popup, lambda call: self._choose_where_to(call, place)))
        return popup

    def _rare(self) -> list[NoticeWindow]:
        """Those of the other windows that were needed so far."""
        return [window for window in (self._more, self._notice, self._message) if window is not None]

    def _add_window(self, window: NoticeWindow) -> None:
        """Take a window in; it is prepared in a quiet moment, for the tray icon must not wait for it."""
        window.left.connect(self.refresh)
        window.resized.connect(self._settle)
        window.set_above_full_screen(self._is_above_full_screen)
        if isinstance(window, Popup):
            self._free.append(window)
        self._unprepared.append(window)
        self._preparing.start(0)

    def _prepare_next(self) -> None:
        """Prepare one window a turn; there is always a popup in reserve, so that a ring costs no layout."""
        if self._unprepared:
            self._prepare(self._unprepared[0])
        elif not self._free and len(self._shown) < MOST_POPUPS:
            self._add_window(self._new_popup())
        else:
            self._preparing.stop()

    def _prepare(self, window: NoticeWindow) -> None:
        if window in self._unprepared:
            self._unprepared.remove(window)
            window.prepare()

    def _with_call(self, popup: Popup, act: Callable[[Call], object]) -> None:
        call = self._call_of(popup)
        if call is not None:
            act(call)

    def _call_of(self, popup: Popup) -> Call | None:
        """The call that a popup shows; None when it has just ended under the pointer."""
        record_id = next((one for one, shown in self._shown.items() if shown is popup), None)
        return None if record_id is None else self._ringing.get(record_id)

    def _show_view(self, record_id: UUID) -> None:
        call, popup = self._ringing[record_id], self._shown[record_id]
        view = ring_view(
            call,
            self._people,
            is_first=call is self._model.current_call,
            is_main=call is self._model.current_call,
            is_connected=self._model.is_connected,
            can_open_card=self._actions.cards.offers(call),
        )
        clock = self._model.clock
        popup.show_view(
            view,
            lambda: call.ring_duration(clock.monotonic()),
            is_muted=self._muted.is_muted(call),
            keeps_top=self._stack.grows_down,
        )
        popup.show_photo(self._actions.photo_of(call.abonent_number))

    def _take_away(self, record_id: UUID) -> None:
        popup = self._shown.pop(record_id)
        popup.hide()
        popup.begin()
        self._free.append(popup)

    def _hide(self, call: Call) -> None:
        self._hidden.add(call.record_id)
        self.refresh()

    def _settle(self) -> None:
        wanted: list[NoticeWindow] = list(self._shown.values())
        if self._more is not None and self._more.is_needed:
            wanted.append(self._more)
        if self._missed.unseen and self._shows_missed:
            wanted.append(self.notice())
        if self._message is not None and self._message.is_needed:
            wanted.append(self._message)
        self._stack.settle(wanted)
        for other in self._rare():
            if other not in wanted:
                other.hide()
        for window in wanted:
            if not window.isVisible():
                self._prepare(window)
                window.show()

    # ---- what the buttons do

    def _choose_where_to(self, call: Call, place: QPoint) -> None:
        """Offer the colleagues who are ready, and any other number; for this call alone, and as long as it rings."""
        menu = Menu()
        menu.aboutToHide.connect(self._menu_closed)
        menu.aboutToHide.connect(menu.deleteLater)
        for colleague in self._ready_colleagues():
            label = spoken(clean(colleague.name) or clean(colleague.number), clean(colleague.number))
            send = partial(self._send, call.record_id, colleague.number)
            menu.add(label, send, presence=presence_shape(colleague.presence))
        menu.add(translate("Popup", "Other number…"), self.number_wanted.emit, icon_name="keypad")
        self._menu, self._menu_call = menu, call
        menu.popup(place)

    def _choose_who(self, call: Call, place: QPoint) -> None:
        """Offer those who have the number, as long as the call rings."""
        menu = open_caller_menu(call, self._people, place)
        if menu is not None:
            menu.aboutToHide.connect(self._menu_closed)
            self._menu, self._menu_call = menu, call

    def _open_card(self, call: Call) -> None:
        self._actions.cards.open(call)

    def _menu_closed(self) -> None:
        self._menu_call = None

    def _ready_colleagues(self) -> list[Abonent]:
        people = self._people.abonents.values()
        ready = (one for one in people if one.presence is Presence.READY and one.number and not one.is_me)
        return [one for _, one in zip(range(MOST_COLLEAGUES), ready, strict=False)]

    def _send(self, record_id: UUID, number: str) -> None:
        call = self._ringing.get(record_id)
        if call is not None and call is self._model.current_call:
            self._actions.with_number(AbonentAction.TRANSFER, number)

    def _call_back(self, number: str) -> None:
        is_possible = not self._actions.why_not(self._actions.natural)
        self._actions.with_number(AbonentAction.CALL, number)
        if is_possible:
            self._missed.see_caller(number)

    def _show_missed(self) -> None:
        if self._missed.unseen and self._shows_missed:
            self.notice().show_calls(self._missed.unseen)
        self._settle()


class _MoreCalls(NoticeWindow):
    """A line for the ringing calls that have no popup of their own."""

    def __init__(self) -> None:
        super().__init__(translate("Popup", "Incoming call"))
        self.is_needed = False
        self._words = PlainLabel("", TextStyle.ACTIVE, "accentText")
        self.body.setContentsMargins(16, 10, 16, 10)
        self.body.addWidget(self._words)

    def show_count(self, count: int) -> None:
        """Say how many more calls ring; nothing when it is none."""
        self.is_needed = count > 0
        self._words.setText(translate("Popup", "More calls: {count}").format(count=count))
        self.setAccessibleName(self._words.text())
        self.fit()


class _Message(NoticeWindow):
    """Something about the program itself.

    Signals:
        dismissed(): the operator has read it.
    """

    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__("")
        self.is_needed = False
        self._title = PlainLabel("", TextStyle.ACTIVE, lines=2)
        self._sentence = PlainLabel("", TextStyle.SMALL, "text2", lines=6)
        close = IconButton("close", translate("Popup", "Dismiss"))
        close.clicked.connect(self._dismiss)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        self.body.setContentsMargins(16, 12, 12, 14)
        self.body.addLayout(head)
        self.body.addWidget(self._sentence)

    def show_text(self, title: str, sentence: str) -> None:
        """Take over what is to be said."""
        self.is_needed = True
        self.setWindowTitle(title)  # the panel alone is called by the program's name
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.setAccessibleName(spoken(title, sentence))
        self.fit()

    def _dismiss(self) -> None:
        self.is_needed = False
        self.dismissed.emit()
