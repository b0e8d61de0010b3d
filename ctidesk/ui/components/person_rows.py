"""The rows of a list of people: what Qt asks about them. One column, no size hints (look.md, section 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from msgspec import structs
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ctidesk.cti.directory import Abonent
from ctidesk.cti.presence import Presence
from ctidesk.cti.text import translate
from ctidesk.ui.components.favourites import Favourites
from ctidesk.ui.components.search import Match, Span, spans_of
from ctidesk.ui.components.words import abonent_words
from ctidesk.ui.theme import TokenName
from ctidesk.ui.widgets import spoken
from ctidesk.ui.widgets.bidi import clean

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The row itself: `Head`, `PersonRow` or `Remark`."""

_STEP = 500
"""People that are looked at at once."""

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a group, with how many are in it."""

    word: str
    count: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person.

    Attributes:
        in_name, in_number: the letters that were searched for.
        source: the word for where somebody who was found is known from, or empty.
    """

    abonent: Abonent
    name: str
    number: str
    in_name: tuple[Span, ...] = ()
    in_number: tuple[Span, ...] = ()
    source: str = ""

    @property
    def title(self) -> str:
        """What stands in the first line."""
        return self.name or self.number


@dataclass(frozen=True, slots=True)
class PartyRow(PersonRow):
    """Somebody outside the PBX's directory: a contact, or the other party of a call that was.

    Attributes:
        detail: the second line.
        icon, color: what stands in place of a state.
    """

    detail: str = ""
    icon: str = "contact"
    color: TokenName = "text2"


@dataclass(frozen=True, slots=True)
class Remark:
    """A line of words, for instance about the other keyboard layout."""

    text: str


Row = Head | PersonRow | Remark


class Grouped:
    """Everybody but the operator, in groups.

    The favourites come first, in their own order; then the others by department in the order of the PBX; those
    without one come last.
    """

    def __init__(self) -> None:
        self.rows: list[Row | Abonent] = []
        self.places: dict[str, int] = {}

    def take(self, abonents: Iterable[Abonent], favourites: Favourites) -> Iterator[None]:
        """Group `abonents`, in steps."""
        groups: dict[str, list[Abonent]] = {}
        first: list[Abonent] = []
        for count, abonent in enumerate(abonents, 1):
            if not abonent.is_me:
                people = first if abonent in favourites else groups.setdefault(abonent.group, [])
                people.append(abonent)
            if count % _STEP == 0:
                yield
        first.sort(key=favourites.place)
        by_word: dict[str, list[Abonent]] = {}
        for group, people in groups.items():
            by_word.setdefault(clean(group), []).extend(people)
        alone = by_word.pop("", [])
        if first:
            self.rows += [Head(translate("Panel", "Favourites"), len(first)), *first]
        for word, people in by_word.items():
            self.rows += [Head(word, len(people)), *people]
        if alone and self.rows:
            self.rows.append(Head(translate("Panel", "Others"), len(alone)))
        self.rows += alone
        yield
        for place, row in enumerate(self.rows):
            if isinstance(row, Abonent):
                self.places[row.id] = place
            if place % _STEP == _STEP - 1:
                yield


def found(matches: Sequence[Match], abonents: Mapping[str, Abonent]) -> list[Row]:
    """Return the people of `matches`, best first."""
    rows: list[Row] = []
    source = translate("Panel", "Abonent")
    for match in matches:
        abonent = abonents.get(match.abonent_id)
        if abonent is not None:
            person = _person(abonent)
            rows.append(replace(person, in_name=match.in_name, in_number=match.in_number, source=source))
    return rows


def party_row(
    name: str, number: str, query: str, *, detail: str, source: str, icon: str, color: TokenName = "text2"
) -> PartyRow:
    """Return the row of somebody who is called by `number`, found by `query`."""
    abonent = Abonent(f"{_PARTY}{number}", name, number, (number,), Presence.UNKNOWN)
    spans = spans_of(name, query)
    return PartyRow(abonent, name, number, spans, (), source, detail=detail, icon=icon, color=color)


def is_party(abonent: Abonent) -> bool:
    """Whether this is somebody outside the directory."""
    return abonent.id.startswith(_PARTY)


_PARTY = "party:"
"""What the ids of those begin with whom the directory does not know."""


class PersonRows(QAbstractTableModel):
    """Rows that a view shows. A change of presence changes single rows, nothing else."""

    def __init__(self, is_known: Callable[[], bool], parent: QObject | None = None) -> None:
        """Create an empty list; `is_known` tells whether anybody's state is known at all."""
        super().__init__(parent)
        self._is_known = is_known
        self._rows: list[Row | Abonent] = []
        self._places: dict[str, int] = {}

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show `rows` instead of those before."""
        self.beginResetModel()
        self._rows = list(rows)
        self._places = {row.abonent.id: place for place, row in enumerate(rows) if isinstance(row, PersonRow)}
        self.endResetModel()

    def set_grouped(self, groups: Grouped) -> None:
        """Show these groups instead; nobody's row is made before somebody looks at it."""
        self.beginResetModel()
        self._rows, self._places = groups.rows, groups.places
        self.endResetModel()

    def rows(self) -> list[Row]:
        """All rows; for lists that nobody needs to count."""
        return [self._row(place) for place in range(len(self._rows))]

    def heads(self) -> list[int]:
        """The places of the heads."""
        return [place for place, row in enumerate(self._rows) if isinstance(row, Head)]

    def next_person(self, place: int, step: int) -> int | None:
        """Return the first row with a person beyond `place`, `step` by `step`."""
        place += step
        while 0 <= place < len(self._rows):
            if isinstance(self._rows[place], (PersonRow, Abonent)):
                return place
            place += step
        return None

    def row(self, index: AnyIndex) -> Row | None:
        """The row at `index`, or None."""
        return self._row(index.row()) if index.isValid() and index.row() < len(self._rows) else None

    def place_of(self, abonent_id: str) -> int | None:
        """The row of a person, or None."""
        return self._places.get(abonent_id)

    def shown_of(self, ids: Iterable[str]) -> list[str]:
        """Those of `ids` that have a row."""
        return [one for one in ids if one in self._places]

    def update_people(self, ids: Iterable[str], abonents: Mapping[str, Abonent]) -> bool:
        """Take the new state of these people in; False when rows must come or go, so that all is to be set anew."""
        for one in ids:
            place, abonent = self._places.get(one), abonents.get(one)
            if abonent is not None and abonent.is_me and place is None:
                continue
            if place is None or abonent is None:
                return False
            row = self._row(place)
            assert isinstance(row, PersonRow)
            renewed = _person(abonent)
            if (renewed.name, renewed.number, abonent.group) != (row.name, row.number, row.abonent.group):
                return False
            self._rows[place] = replace(row, abonent=abonent)
            self.dataChanged.emit(self.index(place, 0), self.index(place, 0))
        return True

    def _row(self, place: int) -> Row:
        row = self._rows[place]
        return _person(row) if isinstance(row, Abonent) else row

    def state_of(self, row: PersonRow) -> tuple[Presence, str]:
        """Return what is known of a person: shape and words."""
        if isinstance(row, PartyRow):
            return Presence.UNKNOWN, row.detail
        abonent = (
            row.abonent if self._is_known() else structs.replace(row.abonent, presence=Presence.UNKNOWN, detail="")
        )
        return abonent.presence, abonent_words(abonent)

    # ---- what Qt asks

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if isinstance(self.row(index), PersonRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        match role:
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.DisplayRole:
                return None if row is None else self._spoken(row)
            case _ if role == ROW_ROLE:
                return row
        return None

    def _spoken(self, row: Row) -> str:
        match row:
            case Head(word, count):
                return spoken(word, str(count))
            case Remark(text):
                return text
            case PartyRow():
                return spoken(row.name, row.detail, row.source)
            case PersonRow():
                _, words = self.state_of(row)
                return spoken(row.name, row.number, words)


def _person(abonent: Abonent) -> PersonRow:
    return PersonRow(abonent, clean(abonent.name), clean(abonent.number))
