"""The accounts of the domain as the application's abonent list."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from ctidesk.cti.directory import Abonent, AbonentAction
from ctidesk.cti.presence import Presence
from ctidesk.cti.signals import Signal
from ctidesk.cti.values import CallFeatures
from ctidesk.webitel.agent_states import user_presence
from ctidesk.webitel.effects import PublicEvent
from ctidesk.webitel.fields import Fields
from ctidesk.webitel.session import Session
from ctidesk.webitel.users import User


class People:
    """The abonent list: the accounts with their presence.

    Signals:
        reset(), changed(ids): as `ctidesk.cti.directory.Directory` has them.
    """

    def __init__(self, session: Session, line_features: Callable[[], CallFeatures]) -> None:
        """Create the list of `session`'s accounts and follow it.

        Args:
            line_features: what may be done now with the line.
        """
        self.reset: Signal[()] = Signal("directory.reset")
        self.changed: Signal[frozenset[str]] = Signal("directory.changed")
        self._session = session
        self._line_features = line_features
        self._abonents: dict[str, Abonent] = {}
        session.events.subscribe(self._public_event)

    @property
    def abonents(self) -> Mapping[str, Abonent]:
        """All accounts by number; after the loss of the connection the last ones, with unknown presence."""
        return self._abonents

    def actions(self, abonent_id: str) -> tuple[AbonentAction, ...]:
        """What may be done with this abonent now."""
        abonent = self._abonents.get(abonent_id)
        if abonent is None or abonent.is_me or not self._session.is_ready:
            return ()
        features = self._line_features()
        possible = (
            (AbonentAction.CALL, CallFeatures.CAN_DIAL),
            (AbonentAction.CONSULT, CallFeatures.CAN_MAKE_CONSULT_CALL),
            (AbonentAction.TRANSFER, CallFeatures.CAN_BLIND_TRANSFER),
        )
        return tuple(action for action, needed in possible if needed in features)

    def _public_event(self, event: PublicEvent) -> None:
        match event.name:
            case "onReady":
                users = self._session.users.users.values()
                self._abonents = {user.id: self._abonent(user) for user in users}
                self.reset.emit()
            case "onDisconnect":
                self._abonents = {
                    key: replace(one, presence=Presence.UNKNOWN, detail="") for key, one in self._abonents.items()
                }
                self.reset.emit()
            case "onAddUser" | "onRemoveUser" | "onUserStatusChange" if self._session.is_ready:
                self._user_changed(event.name, Fields(event.args[0]).text("id"))

    def _user_changed(self, name: str, number: str) -> None:
        user = self._session.users.users.get(number)
        if user is None:
            self._abonents.pop(number, None)
        else:
            self._abonents[number] = self._abonent(user)
        if name == "onUserStatusChange":
            self.changed.emit(frozenset({number}))
        else:
            self.reset.emit()

    def _abonent(self, user: User) -> Abonent:
        return Abonent(
            user.id,
            user.name,
            user.id,
            (user.id,),
            user_presence(user),
            detail=user.tag,
            is_me=user.id == self._session.users.own_number,
        )
