"""A line without a session: native events and replies go in, what it asks for comes out."""

from __future__ import annotations

from ctidesk.oktell.effects import Ask, Effect, LoseLine, PublicEvent, ReloadLine, TalkTimer
from ctidesk.oktell.line import Line
from ctidesk.oktell.record import JsonObject, Record
from ctidesk.oktell.values import LineState

A: JsonObject = {"number": "79161234567", "isextline": True}
B: JsonObject = {"number": "102", "userid": "u102", "username": "Boris"}


class LinePlayer:
    """Feeds a `Line` and keeps what it told."""

    def __init__(self, state: LineState | None = LineState.READY, *abonents: JsonObject) -> None:
        self.line = Line()
        self.line.user_id, self.line.number = "u101", "101"
        self.effects: list[Effect] = []
        if abonents:
            self.reload(*abonents, iscommutated=True)
        self.line.state = state
        self.effects.clear()

    def event(self, name: str, **body: object) -> list[Effect]:
        """Give a native event to the line; returns what it asks for."""
        return self._keep(self.line.native_event(name, Record(body)))  # type: ignore[arg-type]

    def reload(self, abonent: JsonObject | None = None, /, **fields: object) -> list[Effect]:
        """Give the reply of a reload to the line. Fields that the reply has itself go there, others to the abonent."""
        reply: dict[str, object] = {"result": True, "linestatestr": "lsIdle"}
        party: dict[str, object] = dict(abonent or {})
        for name, value in fields.items():
            own = name in ("result", "linestatestr", "chainid", "calledid", "isflashing", "flashed", "timertalklensec")
            (reply if own else party)[name] = value
        reply["abonent"] = party
        return self.raw(reply)

    def raw(self, reply: dict[str, object]) -> list[Effect]:
        """Give a reply to the line just as it is."""
        return self._keep(self.line.line_info(Record(reply)))  # type: ignore[arg-type]

    def hold(self, record: JsonObject | None) -> list[str]:
        """Show a hold, or none, on a line that is otherwise as it was; returns the hold's events."""
        reply: dict[str, object] = {"result": True}
        if record is not None:
            reply |= {"isflashing": True, "flashed": record}
        return names(self.raw(reply))

    def answer(self, method: str, **reply: object) -> list[Effect]:
        """Answer the last request of a method; returns what follows."""
        ask = next(one for one in reversed(self.effects) if isinstance(one, Ask) and one.method == method)
        assert ask.on_reply is not None
        return self._keep(ask.on_reply(Record(reply)))  # type: ignore[arg-type]

    def _keep(self, effects: list[Effect]) -> list[Effect]:
        self.effects += effects
        return effects


def names(effects: list[Effect]) -> list[str]:
    """The names of the public events among effects, but for the doubled `abonentListChange`."""
    found = [one.name for one in effects if isinstance(one, PublicEvent)]
    for index, name in enumerate(found):
        if name == "abonentListChange":
            assert found[index + 1] == "abonentsChange"
    return [name for name in found if name != "abonentListChange"]


def events(effects: list[Effect]) -> list[PublicEvent]:
    return [one for one in effects if isinstance(one, PublicEvent) and one.name != "abonentListChange"]


def asked(effects: list[Effect]) -> list[tuple[str, JsonObject]]:
    return [(one.method, one.params) for one in effects if isinstance(one, Ask)]


def reloads(effects: list[Effect]) -> list[int]:
    return [one.delay for one in effects if isinstance(one, ReloadLine)]


def timers(effects: list[Effect]) -> list[int | None]:
    return [one.seconds for one in effects if isinstance(one, TalkTimer)]


def loses_line(effects: list[Effect]) -> bool:
    return any(isinstance(one, LoseLine) for one in effects)


def phones(event: PublicEvent) -> list[str]:
    return [one.phone for one in event.abonents]
