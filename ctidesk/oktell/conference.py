"""The conference of the line (oktell-protocol.md, "6.3 Conference")."""

from __future__ import annotations

from collections.abc import Iterable

from ctidesk.oktell.abonent import Abonent, build_abonent
from ctidesk.oktell.record import Record

_NOT_TAKING_PART = frozenset(
    (
        "Exited",
        "MisInviteBusy",
        "MisInviteNotRespond",
        "MisInviteTimeout",
        "MisInviteStop",
        "MisInviteAbort",
        "MisInviteRefuse",
    )
)


class Conference:
    """Which conference the line is in, and who counts as taking part.

    Attributes:
        id: the conference's id; empty outside of conferences.
        data: the conference as the server described it last.
        mine: whether this operator made it.
    """

    def __init__(self) -> None:
        self.id = ""
        self.data = Record()
        self.mine = False

    @property
    def is_ghost(self) -> bool:
        """Whether the operator listens in without being seen."""
        return self.data.true("isghost")

    def enter(self, conference_id: str) -> None:
        """Be in this conference from now on; what was known of another one is forgotten."""
        if conference_id != self.id:
            self.leave()
        self.id = conference_id

    def leave(self) -> None:
        """Be in none."""
        self.id = ""
        self.data = Record()
        self.mine = False

    def takes_part(self, competitor: Record, user_id: str, number: str) -> bool:
        """Whether a competitor is shown: who has left or is hidden from a ghost is not.

        Args:
            user_id, number: the operator's own.
        """
        if competitor.text("confstatestr") in _NOT_TAKING_PART:
            return False
        myself = (user_id and competitor.text("userid") == user_id) or (number and competitor.text("number") == number)
        return bool(not self.is_ghost or competitor.true("isghost") or myself)

    def members(self, competitors: Iterable[Record], user_id: str, number: str) -> list[Abonent]:
        """Return the abonents of those who take part."""
        built = (
            build_abonent(one, self.id)
            for one in competitors
            if one.true("competitorid") and self.takes_part(one, user_id, number)
        )
        return [one for one in built if one is not None]
