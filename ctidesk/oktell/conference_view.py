"""The conference of the line in the application's terms (oktell-protocol.md, "6.3 Conference" and "8.2 Ghost")."""

from __future__ import annotations

from ctidesk.cti.conference import Conference, Member
from ctidesk.cti.supervision import Supervision, SupervisorMode
from ctidesk.oktell.abonent import Abonent
from ctidesk.oktell.actions import phone_actions
from ctidesk.oktell.session import Session

GHOST_MODES = {
    SupervisorMode.LISTEN: "monitor",
    SupervisorMode.WHISPER: "help",
    SupervisorMode.BARGE: "conference",
}
_ACTIONS = {
    "ghostListen": SupervisorMode.LISTEN,
    "ghostHelp": SupervisorMode.WHISPER,
    "ghostConference": SupervisorMode.BARGE,
}


class ConferenceView:
    """Keeps the application's conference in step with that of the line.

    The protocol does not say in which mode a supervisor takes part: what was asked for and accepted is remembered.
    """

    def __init__(self, session: Session, shown: Conference) -> None:
        """Create a view that shows `session`'s conference in `shown`."""
        self._session = session
        self._shown = shown
        self._conference_id = ""
        self._mode: SupervisorMode | None = None

    def supervises(self, mode: SupervisorMode) -> None:
        """The PBX has let the operator take part in a colleague's talk in this way."""
        self._mode = mode
        self.refresh()

    def clear(self) -> None:
        """The connection is gone: nothing is known of a conference."""
        self._conference_id = ""
        self._mode = None
        self._shown.show()

    def refresh(self) -> None:
        """Show who takes part now."""
        line = self._session.line
        if line.conference.id != self._conference_id:
            if self._conference_id:
                self._mode = None
            self._conference_id = line.conference.id
        if not line.conference.id:
            self._shown.show()
            return
        supervision = self._supervision() if line.conference.is_ghost else None
        self._shown.show([self._member(one) for one in line.abonents], supervision=supervision)

    def _member(self, abonent: Abonent) -> Member:
        is_me = self._is_me(abonent)
        removable = not is_me and "endCall" in phone_actions(self._session, abonent.key)
        name = "" if abonent.name == abonent.phone else abonent.name
        return Member(name, abonent.phone, is_me, abonent.key, removable)

    def _supervision(self) -> Supervision:
        line = self._session.line
        others = [one for one in line.abonents if not self._is_me(one)]
        target = next((one for one in others if one.properties.get("isConferenceGhostMajor")), None)
        target = target or next((one for one in others if one.user_id), None)
        mode = self._mode or self._mode_told()
        if target is None:
            return Supervision(mode=mode)
        allowed = phone_actions(self._session, target.user_id or target.phone)
        modes = tuple(_ACTIONS[name] for name in allowed if name in _ACTIONS)
        return Supervision(target.phone, target.name if target.name != target.phone else "", mode, modes)

    def _mode_told(self) -> SupervisorMode | None:
        """Some servers add the mode to the conference, which helps after a lost connection."""
        told = self._session.line.conference.data.text("ghostmode")
        return next((mode for mode, name in GHOST_MODES.items() if name == told), None)

    def _is_me(self, abonent: Abonent) -> bool:
        line = self._session.line
        return abonent.is_known_as(self._session.user_id) or abonent.is_known_as(line.number)
