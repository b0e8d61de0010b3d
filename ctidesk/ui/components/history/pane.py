"""The tab of the calls that were: filters, search, list, files (look.md, "Panel", "History")."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from enum import Enum
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ctidesk.cti.directory import AbonentAction
from ctidesk.cti.text import translate
from ctidesk.store.history import PAGE, HistoryFilter, HistoryPage
from ctidesk.store.record import StoredCall
from ctidesk.ui.components.call_actions import CallActions
from ctidesk.ui.components.history.call_list import CallList
from ctidesk.ui.components.history.details import CallDetails
from ctidesk.ui.components.history.file_strip import FileStrip
from ctidesk.ui.components.history.past_calls import PastCalls
from ctidesk.ui.components.history.rows import CallRow, CallRows
from ctidesk.ui.components.history.words import call_words, title_of
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.components.person_menu import action_icon, add_other_ways
from ctidesk.ui.components.search import other_layouts
from ctidesk.ui.theme import theme
from ctidesk.ui.widgets import EmptyState, IconButton, Menu, SearchField, Segments, announce
from ctidesk.ui.widgets.bidi import clean, isolate

RENEW_MILLISECONDS = 60
"""How long changes are gathered before the list is read anew: a call makes several within moments."""
RETRY_MILLISECONDS = 3_000
"""After which a list that could not be read is asked for again."""
MOST_RENEWED = 500
"""Lines that are read anew at once. Who has scrolled further sees what was, until they come back."""

MakePlayer = Callable[[StoredCall], QWidget | None]
"""Makes what plays the recordings of a call; None when there are none."""


class _Kind(Enum):
    FIRST = "first"
    MORE = "more"
    RENEWED = "renewed"


class HistoryPane(QWidget):
    """Made when it is first looked at; reads nothing while nobody sees it.

    Signals:
        contact_wanted(name, number): somebody is to be added to the contacts.
        settled(): the list shows what the journal has.
    """

    contact_wanted = Signal(str, str)
    settled = Signal()

    def __init__(
        self, past_calls: PastCalls, people: People, actions: CallActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._past_calls = past_calls
        self._people = people
        self._actions = actions
        self._natural = actions.natural
        self._shown = HistoryFilter.ALL
        self._question, self._kind = 0, _Kind.FIRST
        self._other_layout = ""  # what was typed, as the other keyboard layout has it, once that is searched for
        self._is_stale, self._is_loaded = True, False
        self._details: CallDetails | None = None
        self._make_player: MakePlayer | None = None
        self._has_recording: Callable[[StoredCall], bool] = lambda _: False
        self._takes_contacts = False
        self._rows = CallRows(people, past_calls.today, self)
        self._list = CallList(self._rows, self._call_words, lambda call: self._has_recording(call))
        self._list.setAccessibleName(translate("History", "Calls"))
        self._nothing = EmptyState()
        self._list_or_nothing = QStackedWidget()
        self._list_or_nothing.addWidget(self._list)
        self._list_or_nothing.addWidget(self._nothing)
        self._file = FileStrip(past_calls)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(self._search_row())
        column.addWidget(self._file)
        column.addWidget(self._list_or_nothing, 1)
        self._renewing = self._timer(RENEW_MILLISECONDS, self._renew)
        self._retrying = self._timer(RETRY_MILLISECONDS, self._renew)
        self._connect()

    def offer_recordings(self, has_recording: Callable[[StoredCall], bool], make_player: MakePlayer) -> None:
        """Let recordings be played from now on."""
        self._has_recording, self._make_player = has_recording, make_player
        self._list.viewport().update()

    def offer_contacts(self) -> None:
        """Let people be added to the contacts from now on."""
        self._takes_contacts = True

    def refresh(self) -> None:
        """Follow what the buttons mean now."""
        if self._actions.natural is not self._natural:
            self._natural = self._actions.natural
            self._list.viewport().update()

    def take_keyboard(self) -> None:
        """Go to the list."""
        self._list.setFocus(Qt.FocusReason.TabFocusReason)

    def show_filter(self, shown: HistoryFilter) -> None:
        """Show other calls."""
        if shown is not self._shown:
            self._shown = shown
            self._segments.select(shown.value)
            self._list.show_waiting(shown is HistoryFilter.MISSED)
            self._ask_first()

    def search(self, text: str) -> None:
        """Show what is found by `text`; empty, show all."""
        self._begin_search()
        self._search.setText(text)
        if not text:
            self._end_search()

    def calls(self) -> list[StoredCall]:
        """The calls that are in the list now."""
        return [row.entry.call for row in self._rows.rows() if isinstance(row, CallRow)]

    def offers_recording(self, call: StoredCall) -> bool:
        """Whether the recordings of a call can be played."""
        return self._has_recording(call)

    def open_call(self, record_id: UUID) -> None:
        """Select a call that is in the list and open its details."""
        place = self._rows.place_of(record_id)
        row = None if place is None else self._rows.rows()[place]
        if isinstance(row, CallRow):
            self._list.select_call(record_id)
            self._open_details(row.entry.call)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._renew()
        self._see()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self._see()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._search.hasFocus():
            self._end_search()
        elif event.key() == Qt.Key.Key_Down and self._search.hasFocus():
            self.take_keyboard()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme().tokens.base)
        painter.fillRect(0, self._list_or_nothing.y() - 1, self.width(), 1, theme().tokens.line)

    # ---- parts

    def _bar(self) -> QWidget:
        choices = [
            (HistoryFilter.ALL.value, translate("History", "All")),
            (HistoryFilter.MISSED.value, translate("History", "Missed")),
            (HistoryFilter.IN.value, translate("History", "In")),
            (HistoryFilter.OUT.value, translate("History", "Out")),
        ]
        self._segments = Segments(translate("History", "Which calls"), choices)
        self._segments.select(self._shown.value)
        self._segments.chosen.connect(lambda value: self.show_filter(HistoryFilter(value)))
        self._filter = IconButton("filter", translate("History", "Filter history"), icon_size=18)
        self._filter.setCheckable(True)
        self._filter.clicked.connect(self._toggle_search)
        export = IconButton("export", translate("History", "Export history as CSV"), icon_size=18)
        export.clicked.connect(lambda: self._file.choose_export())
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._segments)
        row.addStretch(1)
        row.addWidget(self._filter)
        row.addWidget(export)
        return bar

    def _search_row(self) -> QWidget:
        words = translate("History", "Name, number, queue or note")
        self._search = SearchField(words, translate("Panel", "Clear"))
        self._search.textChanged.connect(self._search_anew)
        self._searching = QWidget()
        row = QHBoxLayout(self._searching)
        row.setContentsMargins(12, 0, 12, 8)
        row.addWidget(self._search)
        self._searching.hide()
        return self._searching

    def _timer(self, milliseconds: int, work: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(work)
        return timer

    def _connect(self) -> None:
        calls, view = self._past_calls, self._list
        calls.changed.connect(self._change)
        calls.answered.connect(self._answered)
        calls.failed.connect(self._failed)
        calls.waiting_counted.connect(self._show_waiting)
        calls.noted.connect(self._noted)
        calls.missed.changed.connect(self._see)
        self._people.replaced.connect(self._rows.people_changed)
        self._rows.more_wanted.connect(self._ask_more)
        self._list.verticalScrollBar().valueChanged.connect(self._scrolled)
        view.called.connect(self._call)
        view.menu_wanted.connect(self._open_menu)
        view.details_wanted.connect(self._toggle_details)
        view.note_wanted.connect(self._write_note)
        view.recording_wanted.connect(self._open_details)
        view.search_wanted.connect(self._begin_search)

    # ---- reading

    def _query(self) -> str:
        return self._search.text().strip()

    def _search_anew(self) -> None:
        self._other_layout = ""
        self._ask_first()

    def _try_other_layout(self) -> bool:
        """Search for what the same keys give in the other keyboard layout, if that was not tried; say whether."""
        reading = "" if self._other_layout else next(iter(other_layouts(self._query())), "")
        if reading:
            self._other_layout = reading
            self._ask_first()
        return bool(reading)

    def _ask_first(self) -> None:
        self._ask(_Kind.FIRST, None, PAGE)

    def _ask_more(self) -> None:
        self._ask(_Kind.MORE, self._rows.older, PAGE)

    def _change(self) -> None:
        self._is_stale = True
        if self.isVisible() and not self._renewing.isActive():
            self._renewing.start()

    def _scrolled(self) -> None:
        """Take what was missed for seen at the top; on the way there, show what has changed meanwhile."""
        if self._is_stale and self._is_loaded and not self._is_waiting() and not self._renewing.isActive():
            self._renewing.start()
        self._see()

    def _renew(self) -> None:
        """Read anew what is loaded, as far as it can be seen."""
        if not self.isVisible() or not self._is_stale:
            return
        is_first = not self._is_loaded or (self._is_waiting() and self._kind is _Kind.FIRST)
        if is_first:
            self._ask_first()
        elif self._list.last_seen() <= MOST_RENEWED - PAGE:
            loaded = len(self._rows.entries()) + (PAGE if self._is_waiting() and self._kind is _Kind.MORE else 0)
            self._ask(_Kind.RENEWED, None, min(MOST_RENEWED, max(PAGE, loaded)))
        midnight = datetime.combine(self._past_calls.today(), time()).astimezone()
        self._past_calls.count_waiting(midnight)

    def _is_waiting(self) -> bool:
        return self._question != 0

    def _ask(self, kind: _Kind, before: int | None, limit: int) -> None:
        self._retrying.stop()
        self._kind = kind
        if kind is not _Kind.MORE:
            self._is_stale = False
        self._question = self._past_calls.ask(self._shown, self._other_layout or self._query(), before, limit)

    def _answered(self, question: int, page: HistoryPage) -> None:
        if question != self._question:
            return
        self._question = 0
        self._is_loaded = True
        match self._kind:
            case _Kind.FIRST if not page.entries and self._try_other_layout():
                return
            case _Kind.FIRST:
                self._drop_details()
                self._rows.begin(page)
                self._list.scrollToTop()
            case _Kind.MORE:
                self._rows.append(page)
            case _Kind.RENEWED:
                self._rows.renew(page)
                self._renew_details()
                if self._list.is_at_end() and self._rows.older is not None:
                    self._ask_more()
        self._show_list_or_words()
        self._see()
        if not self._is_waiting() and not self._is_stale:
            self.settled.emit()

    def _failed(self, question: int) -> None:
        if question != self._question:
            return
        self._question = 0
        self._is_stale = True
        self._rows.give_up_loading()
        if self._kind is _Kind.FIRST:
            # What is there answers another question.
            self._drop_details()
            self._rows.begin(HistoryPage((), None))
            self._is_loaded = False
            word = translate("History", "The list of calls cannot be read now")
            hint = translate("History", "Calls go on and are kept. It is tried again by itself.")
            self._nothing.set_text(word, hint)
            self._list_or_nothing.setCurrentWidget(self._nothing)
        if self.isVisible():
            self._retrying.start()

    def _show_list_or_words(self) -> None:
        if self._rows.rows():
            self._list_or_nothing.setCurrentWidget(self._list)
            return
        word, hint = self._empty_words()
        self._nothing.set_text(word, hint)
        self._list_or_nothing.setCurrentWidget(self._nothing)

    def _empty_words(self) -> tuple[str, str]:
        if self._query():
            hint = translate("History", "Names, numbers, queues and notes are searched.")
            if self._other_layout:
                words = translate("Panel", "Other keyboard layout, “{text}”: nothing")
                hint = words.format(text=isolate(self._other_layout))
            return translate("History", "Nothing found"), hint
        match self._shown:
            case HistoryFilter.ALL:
                hint = translate("History", "Each call stands here from its first ring on.")
                return translate("History", "No calls yet"), hint
            case HistoryFilter.MISSED:
                return translate("History", "No missed calls"), ""
            case HistoryFilter.IN:
                return translate("History", "No incoming calls"), ""
            case HistoryFilter.OUT:
                return translate("History", "No outgoing calls"), ""

    def _show_waiting(self, count: int) -> None:
        missed = translate("History", "Missed")
        words = translate("History", "Missed, not called back today: {count}").format(count=count)
        self._segments.set_count(HistoryFilter.MISSED.value, count, words if count else missed)

    def _see(self) -> None:
        """Take missed calls for seen when they stand in a list that the operator looks at."""
        is_looked_at = self.isVisible() and self.window().isActiveWindow() and not self.window().isMinimized()
        shows_missed = self._shown in (HistoryFilter.ALL, HistoryFilter.MISSED) and not self._query()
        if is_looked_at and shows_missed and self._is_loaded and self._list.verticalScrollBar().value() == 0:
            self._past_calls.missed.see()

    # ---- search

    def _toggle_search(self) -> None:
        if self._searching.isVisibleTo(self):
            self._end_search()
        else:
            self._begin_search()

    def _begin_search(self) -> None:
        self._searching.show()
        self._filter.setChecked(True)
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _end_search(self) -> None:
        self._search.clear()
        self._searching.hide()
        self._filter.setChecked(False)
        self.take_keyboard()

    # ---- what is done with a call

    def _call_words(self, call: StoredCall) -> str:
        return call_words(call, self._natural) if call.record.abonent_number else ""

    def _call(self, call: StoredCall) -> None:
        number = clean(call.record.abonent_number)
        why_not = self._why_not(call)
        if why_not:
            announce(self, why_not)
            return
        natural = self._actions.natural
        self._actions.with_number(natural, number)
        if natural is AbonentAction.CALL:
            self._past_calls.missed.see_caller(number)

    def _why_not(self, call: StoredCall) -> str:
        if not clean(call.record.abonent_number):
            return translate("Popup", "The number is hidden")
        return self._actions.why_not(self._actions.natural)

    def _open_menu(self, call: StoredCall, place: QPoint) -> None:
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        number = clean(call.record.abonent_number)
        title = title_of(call, self._people)
        shown = number_text(number)
        menu.add_caption(title if shown in ("", title) else f"{title} · {shown}")
        natural = self._actions.natural
        menu.add(
            call_words(call, natural),
            partial(self._call, call),
            icon_name=action_icon(natural),
            shortcut_text=translate("Panel", "Enter"),
            reason=self._why_not(call),
        )
        add_other_ways(menu, self._actions, number)
        if self._has_recording(call):
            words = translate("History", "Play recording")
            menu.add(words, partial(self._open_details, call), icon_name="play")
        note = translate("History", "Edit note") if call.note else translate("History", "Add note")
        menu.add(note, partial(self._write_note, call), icon_name="note", shortcut_text="F2")
        menu.addSeparator()
        copy = translate("Panel", "Copy number")
        clipboard = QGuiApplication.clipboard()
        hidden = "" if number else translate("Popup", "The number is hidden")
        menu.add(copy, lambda: clipboard.setText(number), icon_name="copy", shortcut_text="Ctrl+C", reason=hidden)
        if self._takes_contacts and number and self._people.with_number(number) is None:
            add = partial(self.contact_wanted.emit, call.name, number)
            menu.add(translate("History", "Add to contacts…"), add, icon_name="person-add")
        menu.popup(place)

    # ---- details

    def _toggle_details(self, call: StoredCall) -> None:
        if self._details is not None and self._details.record_id == call.record.record_id:
            self._drop_details()
        else:
            self._open_details(call)

    def _open_details(self, call: StoredCall) -> None:
        if self._details is not None and self._details.record_id == call.record.record_id:
            return
        self._drop_details()
        player = self._make_player(call) if self._make_player is not None and self._has_recording(call) else None
        self._details = details = CallDetails(call, player)
        details.noted.connect(self._note)
        details.height_changed.connect(self._list.fit_details)
        details.left.connect(self.take_keyboard)
        self._list.show_details(call.record.record_id, details)

    def _write_note(self, call: StoredCall) -> None:
        self._open_details(call)
        if self._details is not None:
            self._details.take_keyboard()

    def _note(self, record_id: UUID, text: str) -> None:
        self._past_calls.note(record_id, note=text)

    def _noted(self, _record_id: UUID, is_written: bool) -> None:
        if not is_written and self.isVisible():
            announce(self, translate("History", "The note is kept and will be saved when that is possible."))

    def _drop_details(self) -> None:
        details, self._details = self._details, None
        if details is not None:
            details.write()
            self._list.hide_details()

    def _renew_details(self) -> None:
        if self._details is None:
            return
        place = self._rows.place_of(self._details.record_id)
        row = None if place is None else self._rows.rows()[place]
        if isinstance(row, CallRow):
            if row.record_id == self._details.record_id:
                self._details.show_call(row.entry.call)
        else:
            self._drop_details()
