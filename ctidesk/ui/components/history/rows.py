"""The rows of the history: days and calls, a page at a time, and under one call its details."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ctidesk.store.history import HistoryEntry, HistoryPage
from ctidesk.ui.components.history.words import (
    day_words,
    detail_words,
    direction_words,
    end_words,
    time_words,
    title_of,
)
from ctidesk.ui.components.people import People
from ctidesk.ui.widgets import spoken

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class DayHead:
    """The head of a day, with how many of its missed calls nobody has answered since."""

    day: date
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call, or several missed ones of one party."""

    entry: HistoryEntry

    @property
    def record_id(self) -> UUID:
        """The newest call's id."""
        return self.entry.call.record.record_id


@dataclass(frozen=True, slots=True)
class DetailsRow:
    """The room for the details of the call above."""

    record_id: UUID


Row = DayHead | CallRow | DetailsRow
_Identity = tuple[str, object]


class CallRows(QAbstractTableModel):
    """Rows that a view shows. Pages come when the view asks for more; what is renewed changes single rows.

    Signals:
        more_wanted(): the view has come near the end of what is loaded, and there is more.
    """

    more_wanted = Signal()

    def __init__(self, people: People, today: Callable[[], date], parent: QObject | None = None) -> None:
        """Create an empty list.

        Args:
            people: the directory, for the names of colleagues.
            today: gives the day on the operator's calendar.
        """
        super().__init__(parent)
        self._people = people
        self._today = today
        self._entries: list[HistoryEntry] = []
        self._rows: list[Row] = []
        self._older: int | None = None
        self._is_loading = False
        self._open: UUID | None = None

    # ---- what is shown

    def rows(self) -> Sequence[Row]:
        """All rows that are loaded."""
        return self._rows

    def row(self, index: AnyIndex) -> Row | None:
        """The row at `index`, or None."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def entries(self) -> Sequence[HistoryEntry]:
        """The lines that are loaded, the newest first."""
        return self._entries

    @property
    def older(self) -> int | None:
        """What the next page is asked for with; None when there is none."""
        return self._older

    def place_of(self, record_id: UUID) -> int | None:
        """The row of a call, also when it is folded into a line; or None."""
        for place, row in enumerate(self._rows):
            if isinstance(row, CallRow) and record_id in row.entry.folded:
                return place
        return None

    # ---- changes

    def begin(self, page: HistoryPage) -> None:
        """Show `page` alone; no details are open."""
        self.beginResetModel()
        self._open = None
        self._entries, self._older = list(page.entries), page.older
        self._rows = self._made()
        self._is_loading = False
        self.endResetModel()

    def append(self, page: HistoryPage) -> None:
        """Show `page` below the others."""
        self._is_loading = False
        self._entries += page.entries
        self._older = page.older
        self._take(self._made())

    def renew(self, page: HistoryPage) -> None:
        """Show `page` in place of all that is loaded; rows that stay keep their place on the screen."""
        self._is_loading = False
        if page.older is not None:
            self._drop_from(page.older)
        self._entries, self._older = list(page.entries), page.older
        self._take(self._made())

    def give_up_loading(self) -> None:
        """Take note that the next page did not come."""
        self._is_loading = False

    def open_details(self, record_id: UUID | None) -> None:
        """Make room for the details of a call, and none for those of another; None closes."""
        self._open = record_id
        self._take(self._made())

    def people_changed(self) -> None:
        """Say the names anew."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    # ---- words

    def head_words(self, head: DayHead) -> str:
        """Return the words of a day."""
        return day_words(head.day, self._today())

    def title(self, row: CallRow) -> str:
        """Return the first line of a call."""
        return title_of(row.entry.call, self._people)

    def detail(self, row: CallRow) -> str:
        """Return the second line of a call."""
        return detail_words(row.entry.call, self._people)

    # ---- what Qt asks

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return not parent.isValid() and self._older is not None and not self._is_loading

    def fetchMore(self, parent: AnyIndex) -> None:
        if self.canFetchMore(parent):
            self._is_loading = True
            self.more_wanted.emit()

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if isinstance(self.row(index), CallRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if isinstance(self.row(index), DetailsRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None or role not in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return None
        return self._spoken(row)

    def _spoken(self, row: Row) -> str:
        match row:
            case DayHead():
                return self.head_words(row)
            case CallRow(entry):
                time = time_words(entry.call.record.started)
                kind = direction_words(entry)
                return spoken(self.title(row), kind, self.detail(row), time, end_words(entry), entry.call.note_text)
            case DetailsRow():
                return ""

    # ---- rows of entries

    def _made(self) -> list[Row]:
        waiting: dict[date, set[object]] = {}
        for entry in self._entries:
            if entry.wants_call_back:
                waiting.setdefault(entry.day, set()).add(entry.call.party or entry.call.key)
        rows: list[Row] = []
        day: date | None = None
        for entry in self._entries:
            if entry.day != day:
                day = entry.day
                rows.append(DayHead(day, len(waiting.get(day, ()))))
            rows.append(CallRow(entry))
            if self._open is not None and self._open in entry.folded:
                rows.append(DetailsRow(self._open))
        return rows

    def _drop_from(self, key: int) -> None:
        """Remove the rows of calls older than `key` from the end, so that what is left ends as the new rows do."""
        kept = len(self._rows)
        while kept and not (isinstance(row := self._rows[kept - 1], CallRow) and row.entry.call.key >= key):
            kept -= 1
        if kept and kept < len(self._rows) and isinstance(self._rows[kept], DetailsRow):
            kept += 1
        if kept < len(self._rows):
            self.beginRemoveRows(QModelIndex(), kept, len(self._rows) - 1)
            del self._rows[kept:]
            self.endRemoveRows()

    def _take(self, rows: list[Row]) -> None:
        """Become `rows` by the fewest changes: what comes before and after the difference stays as it is."""
        old, new = [_identity(row) for row in self._rows], [_identity(row) for row in rows]
        shortest = min(len(old), len(new))
        first = next((place for place in range(shortest) if old[place] != new[place]), shortest)
        rest = shortest - first
        last = next((step for step in range(rest) if old[-1 - step] != new[-1 - step]), rest)
        if first < len(old) - last:
            self.beginRemoveRows(QModelIndex(), first, len(old) - last - 1)
            del self._rows[first : len(old) - last]
            self.endRemoveRows()
        if first < len(new) - last:
            self.beginInsertRows(QModelIndex(), first, len(new) - last - 1)
            self._rows[first:first] = rows[first : len(new) - last]
            self.endInsertRows()
        for place, row in enumerate(rows):
            if self._rows[place] != row:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place, 0), self.index(place, 0))


def _identity(row: Row) -> _Identity:
    match row:
        case DayHead(day):
            return "day", day
        case CallRow():
            return "call", row.record_id
        case DetailsRow(record_id):
            return "details", record_id
