"""People of a PBX that is not there."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from ctidesk.cti.directory import Abonent, AbonentAction
from ctidesk.cti.presence import Presence
from ctidesk.cti.signals import Signal


class FakeDirectory:
    """Tells what the test says.

    Attributes:
        allowed: the actions with an abonent, by id; `for_all` with everybody else.
        asked: how often actions were asked for.
    """

    def __init__(self, *abonents: Abonent) -> None:
        self.reset: Signal[()] = Signal("directory.reset")
        self.changed: Signal[frozenset[str]] = Signal("directory.changed")
        self.allowed: dict[str, tuple[AbonentAction, ...]] = {}
        self.for_all: tuple[AbonentAction, ...] = (AbonentAction.CALL,)
        self._abonents = {one.id: one for one in abonents}

    @property
    def abonents(self) -> Mapping[str, Abonent]:
        return self._abonents

    def actions(self, abonent_id: str) -> tuple[AbonentAction, ...]:
        return self.allowed.get(abonent_id, self.for_all if abonent_id in self._abonents else ())

    def replace_all(self, *abonents: Abonent) -> None:
        """Have another list."""
        self._abonents = {one.id: one for one in abonents}
        self.reset.emit()

    def change(self, abonent_id: str, presence: Presence, detail: str = "") -> None:
        """Have somebody do something else."""
        self._abonents[abonent_id] = replace(self._abonents[abonent_id], presence=presence, detail=detail)
        self.changed.emit(frozenset({abonent_id}))


def person(
    number: str, name: str, presence: Presence = Presence.READY, detail: str = "", group: str = "", *, me: bool = False
) -> Abonent:
    """Return an abonent whose id follows from the number."""
    return Abonent(f"id{number}", name, number, (number,), presence, detail, group, me)


def colleagues() -> tuple[Abonent, ...]:
    """Return the people of the pictures."""
    return (
        person("214", "Operator Olena", me=True),
        person("201", "Petrov Petr", group="Sales"),
        person("202", "Ivanova Maria", Presence.TALKING, "+7 495 123-45-67", "Sales"),
        person("203", "Sidorova Elena", Presence.BREAK, "Lunch", "Sales"),
        person("204", "Kuznetsov Andrey", group="Support"),
        person("205", "Romanova Olga", Presence.RINGING, group="Support"),
        person("206", "Fedorov Maksim", Presence.TALKING, "Petrenko Oksana", "Support"),
        person("207", "Morozova Anna", Presence.WRAPUP, group="Support"),
        person("208", "Volkov Sergey", Presence.DND, group="Support"),
        person("209", "Lebedeva Irina", Presence.HOLD, group="Support"),
        person("210", "Novikov Pavel", Presence.OFFLINE, group="Support"),
        person("211", "Melnyk Taras", group="Support"),
        person("218", "Petrova Larisa", Presence.TALKING, "Fedorov Maksim", "Support"),
        person("231", "Петренко Ігор", Presence.OFFLINE, group="Support"),
        person("401", "Голосовая почта"),
    )
