"""Who is behind a number, and who is new: the provider's directory and what others know of callers, for the windows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ctidesk.cti.call import Call
from ctidesk.cti.directory import Abonent, AbonentAction, Directory
from ctidesk.cti.identification import Callers, Identification, Match, NoCallers, Source
from ctidesk.cti.signals import Unsubscribe
from ctidesk.cti.slices import Slices, at_once
from ctidesk.cti.text import translate
from ctidesk.ui.components.next_turn import NextTurn
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.widgets.bidi import clean, isolate

_SHORT = 500
"""People that are read at once."""


class People(QObject):
    """A directory that answers by number and tells its changes once per turn of the event loop.

    Signals:
        replaced(): everything is to be read anew; changed(ids): these abonents are, a frozenset of str.
        identified(): more is known about who is calling; told at once.
    """

    replaced = Signal()
    changed = Signal(object)
    identified = Signal()

    def __init__(self, directory: Directory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._directory = directory
        self._by_number: dict[str, str] | None = None
        self._me: str | None = None
        self._all_changed = False
        self._changed_ids: set[str] = set()
        self._telling = NextTurn(self._tell, self)
        self._indexing = Slices(partial(QTimer.singleShot, 0, self))
        self._callers: Callers = NoCallers()
        self._leave_callers: Unsubscribe = lambda: None
        subscriptions = [directory.reset.subscribe(self._reset), directory.changed.subscribe(self._change)]
        self.destroyed.connect(lambda: [unsubscribe() for unsubscribe in subscriptions])
        self.destroyed.connect(lambda: self._leave_callers())

    def follow(self, callers: Callers) -> None:
        """Take the names of callers from `callers` as well, from now on."""
        self._leave_callers()
        self._callers = callers
        self._leave_callers = callers.changed.subscribe(lambda _: self.identified.emit())
        self.identified.emit()

    @property
    def abonents(self) -> Mapping[str, Abonent]:
        """All abonents by id, in the order of the PBX."""
        return self._directory.abonents

    def actions(self, abonent_id: str) -> tuple[AbonentAction, ...]:
        """Return what the PBX allows with this abonent now."""
        return self._directory.actions(abonent_id)

    def with_number(self, number: str) -> Abonent | None:
        """Return the abonent who has `number`, or None."""
        if not number:
            return None
        abonent = self.abonents.get(self._index().get(number, ""))
        return abonent if abonent is not None and _has(abonent, number) else None

    def me(self) -> Abonent | None:
        """Return the operator's own entry, or None; of a long list the last one known until it has been read."""
        if len(self.abonents) <= _SHORT:
            self._index()
        return None if self._me is None else self.abonents.get(self._me)

    def known(self, call: Call) -> Identification | None:
        """Return what others know of a call's other party; None when nobody was asked."""
        return self._callers.known(call.abonent_number) if call.abonent_number else None

    def choose(self, number: str, match: Match) -> None:
        """Take note of who it is that calls, of several who have `number`."""
        self._callers.choose(number, match)

    def name_of(self, call: Call) -> str:
        """Return the name of a call's other party: by contacts and lookup, the directory, the PBX."""
        known = self.known(call)
        if known is not None and known.best is not None and known.best.source is not Source.DIRECTORY:
            rest = len(known.choices) - 1
            return clean(known.name) if rest < 1 else f"{isolate(clean(known.name))} +{rest}"
        abonent = self.with_number(call.abonent_number)
        if abonent is not None and abonent.name:
            return clean(abonent.name)
        name = clean(call.abonent_name)
        if name and name != clean(call.abonent_number):
            return name
        return "" if known is None else clean(known.name)

    def title_of(self, call: Call) -> str:
        """Return what a call's other party is called: the name, else the number, else that it is hidden."""
        return self.name_of(call) or number_text(call.abonent_number) or translate("Panel", "Hidden number")

    def _index(self) -> dict[str, str]:
        """Return who has which number; somebody who cannot wait has it made at once."""
        if self._by_number is None:
            at_once(self._index_in_steps())
        return self._by_number or {}

    def _index_in_steps(self) -> Iterator[None]:
        index: dict[str, str] = {}
        me: str | None = None
        for count, abonent in enumerate(tuple(self.abonents.values()), 1):
            self._take(index, abonent)
            if abonent.is_me and me is None:
                me = abonent.id
            if count % _SHORT == 0:
                yield
        self._by_number, self._me = index, me

    def _take(self, index: dict[str, str], abonent: Abonent) -> None:
        for number in (abonent.number, *abonent.numbers):
            index.setdefault(number, abonent.id)

    def _reset(self) -> None:
        self._by_number = None
        self._all_changed = True
        self._telling.ask()

    def _change(self, ids: frozenset[str]) -> None:
        if self._by_number is not None:  # presence comes by the dozen; numbers hardly ever change
            for one in ids & self.abonents.keys():
                self._take(self._by_number, self.abonents[one])
        self._changed_ids |= ids
        self._telling.ask()

    def _tell(self) -> None:
        all_changed, self._all_changed = self._all_changed, False
        ids, self._changed_ids = frozenset(self._changed_ids), set()
        if all_changed:
            self._indexing.run(self._index_in_steps(), self.replaced.emit)
        elif ids:
            self.changed.emit(ids)


def _has(abonent: Abonent, number: str) -> bool:
    return number == abonent.number or number in abonent.numbers
