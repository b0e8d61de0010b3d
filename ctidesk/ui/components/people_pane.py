"""The lower part of the panel: the abonents, or what a search among them has found (look.md, "Panel")."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ctidesk.cti.dialling import NumberRefused, normalise_number
from ctidesk.cti.directory import Abonent, AbonentAction
from ctidesk.cti.model import CtiModel
from ctidesk.cti.slices import Slices
from ctidesk.cti.text import translate
from ctidesk.ui.components.call_actions import CallActions
from ctidesk.ui.components.favourites import Favourites
from ctidesk.ui.components.key_hints import KeyHints
from ctidesk.ui.components.line_summary import is_presence_known
from ctidesk.ui.components.people import People
from ctidesk.ui.components.person_list import PersonList
from ctidesk.ui.components.person_menu import action_icon, fill_party_menu, fill_person_menu
from ctidesk.ui.components.person_rows import (
    Grouped,
    Head,
    PartyRow,
    PersonRow,
    PersonRows,
    Remark,
    Row,
    found,
    is_party,
)
from ctidesk.ui.components.search import Found, PeopleIndex
from ctidesk.ui.theme import theme
from ctidesk.ui.widgets import EmptyState, Menu, Tabs
from ctidesk.ui.widgets.bidi import isolate

if TYPE_CHECKING:
    from ctidesk.ui.components.history.pane import HistoryPane
    from ctidesk.ui.components.history.parties import Parties
    from ctidesk.ui.components.history.past_calls import PastCalls
    from ctidesk.ui.components.queue_list import QueueList


class PeoplePane(QWidget):
    """Tabs with the list of abonents; while something is searched, the results in their place.

    Signals:
        chosen(abonent): a person was chosen: double click, Enter, or the button of the row.
        contact_wanted(name, number): somebody of the history is to be added to the contacts.
    """

    chosen = Signal(object)
    contact_wanted = Signal(str, str)

    def __init__(
        self,
        model: CtiModel,
        people: People,
        actions: CallActions,
        favourites: Favourites,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._favourites = favourites
        self._model = model
        self._people = people
        self._actions = actions
        self._mode: AbonentAction | None = None
        self._query = ""
        self._index: PeopleIndex | None = None
        self._late: set[str] = set()
        later = partial(QTimer.singleShot, 0, self)
        self._reading, self._indexing = Slices(later), Slices(later)
        self._was_known = is_presence_known(model)
        self._all, self._list = self._make_list()
        self._found, self._results = self._make_list()
        self._list.setAccessibleName(translate("Panel", "Abonents"))
        self._results.setAccessibleName(translate("Panel", "Best matches"))
        self._tabs = Tabs()
        self._tabs.add(translate("Panel", "Abonents"))
        self._queue_tab = self._tabs.add(translate("Panel", "Queue"))
        self._queue: QueueList | None = None
        self._history_tab = -1
        self._history: HistoryPane | None = None
        self._past_calls: PastCalls | None = None
        self._parties: Parties | None = None
        self._takes_contacts = False
        self._tabs.currentChanged.connect(self._show_tab)
        self._nobody, self._nothing = EmptyState(), EmptyState()
        self._hints = KeyHints()
        self._list_or_nobody, self._results_or_nothing = (
            _either(self._list, self._nobody),
            _either(self._results, self._nothing),
        )
        self._pages = QStackedWidget()
        self._below_tabs = _either(self._list_or_nobody)
        self._pages.addWidget(_column(self._tabs, self._below_tabs))
        self._pages.addWidget(_column(self._results_or_nothing, self._hints))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        people.replaced.connect(self._read)
        favourites.changed.connect(self._read)
        people.changed.connect(self._read_some)
        self._read()
        self._show_queue()

    def offer_history(self, past_calls: PastCalls) -> None:
        """Have a tab for the calls that were from now on; what is in it is made when it is first opened."""
        self._past_calls = past_calls
        self._history_tab = self._tabs.add(translate("History", "History"))
        past_calls.missed.changed.connect(self._show_missed)
        self._show_missed()

    def offer_parties(self, parties: Parties) -> None:
        """Find contacts and the parties of calls, too, from now on."""
        self._parties = parties
        parties.found.connect(self._add_parties)

    def offer_contacts(self) -> None:
        """Let people of the history be added to the contacts from now on."""
        self._takes_contacts = True
        if self._history is not None:
            self._history.offer_contacts()

    def show_history(self) -> HistoryPane | None:
        """Open the tab of the calls that were; None when there is none yet."""
        if self._history_tab >= 0:
            self._tabs.setCurrentIndex(self._history_tab)
        return self._history

    def show_people(self) -> None:
        """Open the tab of the people."""
        self._tabs.setCurrentIndex(0)

    def show_queue(self) -> None:
        """Open the tab of the queue; without a queue there is none."""
        if self._tabs.isTabVisible(self._queue_tab):
            self._tabs.setCurrentIndex(self._queue_tab)

    def refresh(self, mode: AbonentAction | None) -> None:
        """Show what the model's state means for the list; `mode` is what the dial row asks for."""
        self._mode = mode
        self._show_queue()
        self._hints.show_action(mode or self._actions.natural)
        if self._history is not None:
            self._history.refresh()
        if is_presence_known(self._model) != self._was_known:
            self._was_known = not self._was_known
            for view in (self._list, self._results):
                view.viewport().update()
            self._show_nobody()

    def search(self, query: str) -> None:
        """Show who is found by `query`; empty, show the tabs again."""
        self._query = query.strip()
        if self._query:
            self._show_results()
        self._pages.setCurrentIndex(1 if self._query else 0)

    def current(self) -> Abonent | None:
        """The result that Enter in the dial row means, or None."""
        return self._results.current() if self._query else None

    def selected(self) -> Abonent | None:
        """The person whose row is selected in the list that is shown, or None."""
        view = self._results if self._query else self._list
        return view.current() if view.isVisible() else None

    def move_selection(self, key: Qt.Key) -> None:
        """Move the selection for an arrow or page key in the dial row."""
        if self._query:
            self._results.move_selection(key)
        elif key is Qt.Key.Key_Down and self._list.isVisible():
            self._list.setFocus(Qt.FocusReason.TabFocusReason)
        elif key is Qt.Key.Key_Down and self._history is not None and self._history.isVisible():
            self._history.take_keyboard()

    def ask_menu(self) -> None:
        """Show the menu of the selected result."""
        if self._query:
            self._results.ask_menu()

    def person_lists(self) -> tuple[PersonList, ...]:
        """The lists of people: that of the tab and that of the results."""
        return self._list, self._results

    def rows_wanted(self, count: int) -> int:
        """The height in px that shows `count` rows with what stands above them."""
        view = self._results if self._query else self._list
        above = 0 if self._query else self._tabs.sizeHint().height()
        return above + count * view.verticalHeader().defaultSectionSize()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._index is None and not (self._reading.is_running or self._indexing.is_running):
            self._make_index()

    # ---- reading

    def _make_list(self) -> tuple[PersonRows, PersonList]:
        rows = PersonRows(lambda: is_presence_known(self._model), self)
        view = PersonList(rows, self._button_icon, self._favourites)
        view.chosen.connect(self.chosen)
        view.favour_toggled.connect(self._favourites.toggle)
        view.menu_wanted.connect(self._open_menu)
        return rows, view

    def _read(self) -> None:
        """Read everybody anew; a long list comes when it is ready, and the one before stays until then."""
        self._index = None
        self._indexing.cancel()
        self._late = set()
        groups = Grouped()
        people = tuple(self._people.abonents.values())
        self._reading.run(groups.take(people, self._favourites), partial(self._have_read, groups))

    def _have_read(self, groups: Grouped) -> None:
        kept = self._list.current()
        self._all.set_grouped(groups)
        if kept is not None:
            self._list.select_person(kept.id)
        self._show_nobody()
        if self.isVisible() or self._query:
            self._make_index()
        if self._late:
            self._read_some(frozenset(self._late))

    def _make_index(self) -> None:
        """Make ready for a search; nobody searches in a panel that is not on the screen."""
        index = PeopleIndex()
        people = tuple(self._people.abonents.values())
        self._indexing.run(index.take(people), partial(self._have_indexed, index))

    def _have_indexed(self, index: PeopleIndex) -> None:
        self._index = index
        if self._query:
            self._show_results()

    def _read_some(self, ids: frozenset[str]) -> None:
        if self._reading.is_running:
            self._late |= ids
        abonents = self._people.abonents
        if not self._all.update_people(ids, abonents) and not self._reading.is_running:
            self._read()
            return
        self._found.update_people(self._found.shown_of(ids), abonents)

    def _show_queue(self) -> None:
        """Show who waits; a PBX without a queue has no tab for it."""
        queue = self._model.provider.queue
        count = len(queue.waiting)
        self._tabs.setTabVisible(self._queue_tab, queue.is_offered)
        words = translate("Panel", "Queue, {count} waiting").format(count=count)
        self._tabs.set_count(self._queue_tab, count, words if count else translate("Panel", "Queue"))
        if self._queue is not None:
            self._queue.refresh()

    def _show_tab(self, index: int) -> None:
        page: QWidget = self._list_or_nobody
        if index == self._queue_tab:
            if self._queue is None:
                self._queue = self._make_queue()
            page = self._queue
        elif index == self._history_tab and self._past_calls is not None:
            if self._history is None:
                self._history = self._make_history(self._past_calls)
            page = self._history
        self._below_tabs.setCurrentWidget(page)

    def _make_queue(self) -> QueueList:
        from ctidesk.ui.components.queue_list import QueueList  # needed by those who look at the queue only

        queue = QueueList(self._model, self._people)
        self._below_tabs.addWidget(queue)
        return queue

    def _make_history(self, past_calls: PastCalls) -> HistoryPane:
        from ctidesk.ui.components.history.pane import HistoryPane
        from ctidesk.ui.components.history.recordings import offer_recordings

        history = HistoryPane(past_calls, self._people, self._actions)
        if self._actions.listening is not None:
            offer_recordings(history, self._actions.listening)
        history.contact_wanted.connect(self.contact_wanted)
        if self._takes_contacts:
            history.offer_contacts()
        self._below_tabs.addWidget(history)
        return history

    def _show_missed(self) -> None:
        if self._past_calls is None:
            return
        count = self._past_calls.missed.count
        words = translate("History", "History, {count} missed").format(count=count)
        name = words if count else translate("History", "History")
        self._tabs.set_count(self._history_tab, count, name, alert=True)

    def _show_nobody(self) -> None:
        is_empty = not self._all.rowCount()
        if is_empty and is_presence_known(self._model):
            self._nobody.set_text(
                translate("Panel", "No abonents"), translate("Panel", "The PBX has given no list of its people.")
            )
        elif is_empty:
            self._nobody.set_text(
                translate("Panel", "No abonents yet"), translate("Panel", "They come with the connection to the PBX.")
            )
        self._list_or_nobody.setCurrentIndex(1 if is_empty else 0)

    # ---- search

    def _show_results(self) -> None:
        if self._index is None:
            return  # people are still being read; what is asked for is looked up then
        result = self._index.search(self._query)
        rows = found(result.matches, self._people.abonents)
        if not rows:
            self._show_nothing(result)
        else:
            remark = _about_layout(result)
            head: Row = Head(translate("Panel", "Best matches"), len(rows))
            self._found.set_rows([head, *rows, *([Remark(remark)] if remark else [])])
            self._select_best(rows)
        self._results_or_nothing.setCurrentIndex(0 if rows else 1)
        if self._parties is not None:
            self._parties.find(self._query)

    def _add_parties(self, query: str, parties: list[PartyRow]) -> None:
        """Show those outside the directory below its people; what was selected meanwhile stays."""
        if query != self._query or not parties:
            return
        selected = self._results.current()
        people = [row for row in self._found.rows() if isinstance(row, PersonRow) and not isinstance(row, PartyRow)]
        remarks = [row for row in self._found.rows() if isinstance(row, Remark)]
        rows: list[Row] = [*people, *parties]
        self._found.set_rows([Head(translate("Panel", "Best matches"), len(rows)), *rows, *remarks])
        if selected is not None:
            self._results.select_person(selected.id)
        elif not people:
            self._select_best(rows)
        self._results_or_nothing.setCurrentIndex(0)

    def _select_best(self, rows: list[Row]) -> None:
        """Select the first result, but not against a number that was typed: Enter then calls just that number."""
        first = rows[0]
        number = _as_number(self._query)
        if not number or (isinstance(first, PersonRow) and number == first.number):
            self._results.select_first()
        else:
            self._results.select_none()

    def _show_nothing(self, result: Found) -> None:
        self._found.set_rows([])
        if _as_number(self._query):
            hint = translate("Panel", "Press Enter to use this number.")
        else:
            hint = _about_layout(result)
        self._nothing.set_text(translate("Panel", "Nobody found"), hint)

    # ---- choosing

    def _button_icon(self, abonent: Abonent) -> str:
        """Return the icon of what choosing `abonent` does, or nothing."""
        if is_party(abonent):
            return action_icon(self._mode or self._actions.natural)
        if self._mode is not None:
            return action_icon(self._mode) if abonent.number else ""
        chosen = self._actions.chosen(abonent)
        return "" if chosen is None else action_icon(chosen)

    def _open_menu(self, abonent: Abonent, place: QPoint) -> None:
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        if is_party(abonent):
            fill_party_menu(menu, abonent, self._actions)
            menu.popup(place)
            return
        fill_person_menu(menu, abonent, self._actions, self._favourites, is_known=is_presence_known(self._model))
        menu.popup(place)


class _Ground(QStackedWidget):
    """One of several pages, on the ground of lists: base, not window."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme().tokens.base)


def _about_layout(result: Found) -> str:
    if not result.other_layout:
        return ""
    if result.by_other_layout:
        words = translate("Panel", "Other keyboard layout: “{text}”")
    else:
        words = translate("Panel", "Other keyboard layout, “{text}”: nothing")
    return words.format(text=isolate(result.other_layout))


def _as_number(query: str) -> str:
    try:
        return normalise_number(query)
    except NumberRefused:
        return ""


def _either(*pages: QWidget) -> QStackedWidget:
    stack = _Ground()
    for page in pages:
        stack.addWidget(page)
    return stack


def _column(*widgets: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, 1 if isinstance(widget, QStackedWidget) else 0)
    return page
