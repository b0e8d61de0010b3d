"""The held call (oktell-protocol.md, "7. Hold")."""

from __future__ import annotations

from msgspec import Struct

from ctidesk.oktell.abonent import Abonent, build_abonent
from ctidesk.oktell.record import JsonObject, Record


class Held(Struct, frozen=True):
    """What is held: an abonent, or a conference, which has no abonent and no key."""

    id: str
    record: Record
    abonent: Abonent | None

    @property
    def key(self) -> str:
        """The abonent's key; empty for a conference."""
        return self.abonent.key if self.abonent else ""

    def public(self) -> JsonObject:
        """The record as events carry it."""
        return dict(self.abonent.properties) if self.abonent else self._conference()

    def info(self) -> JsonObject:
        """The hold info (7.1)."""
        if self.abonent:
            return {"hasHold": True, "isConference": False, "abonent": dict(self.abonent.properties)}
        return {"hasHold": True, **self._conference()}

    def _conference(self) -> JsonObject:
        names = (
            ("conferenceid", "conferenceId"),
            ("conferencename", "conferenceName"),
            ("conferenceroom", "conferenceRoom"),
        )
        told = {public: self.record[name] for name, public in names if self.record.get(name) is not None}
        return {"isConference": True, **told}


class HoldChange(Struct, frozen=True):
    """What a change of the hold has to tell, in this order: who left, who entered, whether the state changed."""

    left: Held | None = None
    entered: Held | None = None
    changed: bool = False


class Hold:
    """Whether a call is held, and which."""

    def __init__(self) -> None:
        self.held: Held | None = None

    @property
    def info(self) -> JsonObject:
        """The hold info (7.1)."""
        return self.held.info() if self.held else {"hasHold": False}

    def set(self, record: Record, conference_id: str = "") -> HoldChange:
        """Take the held record of a line reply ("7.2 setHold").

        Args:
            record: who is held, or which conference.
            conference_id: the conference in which the line is now, or empty.
        """
        ids = [record.text(name) for name in ("conferenceid", "userid", "number")]
        known = self.held.id if self.held else ""
        if not any(one and one != known for one in ids):
            return HoldChange()
        hold_id = next(one for one in ids if one)
        abonent = None if record.true("conferenceid") else build_abonent(record, conference_id)
        old, new = self.held, Held(hold_id, record, abonent)
        self.held = new
        if old is not None and old.key == new.key and (new.key or old.id == new.id):
            # The same one again, perhaps under a newer name.
            return HoldChange()
        # Of two conferences neither has a key: the second takes the place of the first without its leaving.
        left = old if old is not None and old.key != new.key else None
        return HoldChange(left, new, True)

    def clear(self) -> HoldChange:
        """Nobody is held any more ("7.3 Clearing")."""
        old, self.held = self.held, None
        return HoldChange(left=old, changed=old is not None)
