"""What the operator can do from any part of a window, each thing in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from ctidesk.cti.abilities import Ability
from ctidesk.cti.call import Call
from ctidesk.cti.cards import Cards, NoCards
from ctidesk.cti.conference import Member
from ctidesk.cti.directory import Abonent, AbonentAction
from ctidesk.cti.model import CtiModel
from ctidesk.cti.signals import Signal
from ctidesk.cti.supervision import SupervisorMode
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallDirection, CallState
from ctidesk.ui.components.commands import CommandRunner
from ctidesk.ui.components.people import People

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from ctidesk.ui.components.photos import Photos
    from ctidesk.ui.components.recording import Listening

_MODES = {
    AbonentAction.LISTEN: SupervisorMode.LISTEN,
    AbonentAction.WHISPER: SupervisorMode.WHISPER,
    AbonentAction.BARGE: SupervisorMode.BARGE,
}

_RUNNABLE = frozenset(
    {
        AbonentAction.CALL,
        AbonentAction.CONSULT,
        AbonentAction.TRANSFER,
        AbonentAction.ANSWER,
        AbonentAction.END,
        AbonentAction.HOLD,
        AbonentAction.RESUME,
        AbonentAction.TOGGLE,
        AbonentAction.COMPLETE,
        AbonentAction.INTERCOM,
        AbonentAction.CONFERENCE,
        *_MODES,
    }
)
"""What the model has a command for."""

_TALKING = (CallState.CONNECTED, CallState.CONFERENCED)
_OF_A_CALL = (AbonentAction.CONSULT, AbonentAction.TRANSFER)
_WITH_A_CALL = frozenset(_OF_A_CALL)

_NEVER_BY_CHOOSING = frozenset({AbonentAction.END, AbonentAction.COMPLETE})
"""What a double click must not do, even where the PBX allows nothing else."""


class CallActions:
    """Gives the model's commands.

    Signals:
        calling(number, action): CALL or CALL_OTHER_FIRST was asked for; it may take a while until the call starts.

    Attributes:
        cards: the callers' cards in the company's own programs.
        listening: how recordings are heard; photos: what colleagues look like; None where that is not offered.
    """

    def __init__(self, model: CtiModel, people: People, commands: CommandRunner) -> None:
        self.calling: Signal[str, AbonentAction] = Signal("panel.calling")
        self._model = model
        self._people = people
        self._commands = commands
        self.cards: Cards = NoCards()
        self.listening: Listening | None = None
        self.photos: Photos | None = None

    @property
    def natural(self) -> AbonentAction:
        """What choosing a person or a number means now."""
        call = self._model.current_call
        if call is None:
            return AbonentAction.CALL
        if call.state is CallState.CONFERENCED and self._model.provider.has_conferences:
            return AbonentAction.CONFERENCE
        return AbonentAction.TRANSFER if self._model.transfer_by_default == "blind" else AbonentAction.CONSULT

    @property
    def main_record(self) -> UUID | None:
        """The record id of the call that a consultation or a transfer would be about now."""
        main = self._model.current_call
        return None if main is None else main.record_id

    def photo_of(self, number: str) -> QPixmap | None:
        """Return what the colleague with `number` looks like; None when there is no photo, or none yet."""
        abonent = None if self.photos is None else self._people.with_number(number)
        return None if self.photos is None or abonent is None else self.photos.photo(abonent.id)

    def why_not(self, action: AbonentAction) -> str:
        """Return why `action` is not possible now; empty when it is, or when the PBX alone decides."""
        if action is AbonentAction.CONFERENCE and self._model.provider.conference.supervision is not None:
            return translate("Panel", "A supervisor cannot invite others")
        ability = {
            AbonentAction.CALL: Ability.CALL,
            AbonentAction.CALL_OTHER_FIRST: Ability.CALL,
            AbonentAction.CONSULT: Ability.CONSULT,
            AbonentAction.TRANSFER: Ability.BLIND_TRANSFER,
        }.get(action)
        return "" if ability is None else self._model.abilities.why_not(ability)

    def with_number(self, action: AbonentAction, number: str) -> None:
        """Call `number`, consult it, transfer to it or bring it into the conference."""
        match action:
            case AbonentAction.CONSULT:
                self._commands.run(self._model.consult(number))
            case AbonentAction.TRANSFER:
                self._commands.run(self._model.blind_transfer(number))
            case AbonentAction.CONFERENCE:
                self._commands.run(self._model.add_to_conference(number))
            case AbonentAction.CALL_OTHER_FIRST:
                self.calling.emit(number, action)
                self._commands.run(self._model.call_other_first(number))
            case _:
                self.calling.emit(number, AbonentAction.CALL)
                self._commands.run(self._model.call_by_number(number))

    def other_ways(self, action: AbonentAction) -> tuple[AbonentAction, ...]:
        """Return what this PBX can do instead of `action` to the same end."""
        if action is AbonentAction.CALL and self._model.provider.can_call_other_first:
            return (AbonentAction.CALL_OTHER_FIRST,)
        return ()

    def allowed(self, abonent: Abonent) -> tuple[AbonentAction, ...]:
        """Return what may be done with `abonent` now and here, what Enter does first."""
        actions = [action for action in self._people.actions(abonent.id) if action in _RUNNABLE]
        if self._model.current_call is None:
            return tuple(
                one for action in actions if action not in _WITH_A_CALL for one in (action, *self.other_ways(action))
            )
        possible: list[AbonentAction] = []
        for action in actions:
            # A list that only says "call" does not know of the call; one that does has said what may be done with it.
            if action is AbonentAction.CALL:
                possible += [one for one in _OF_A_CALL if one not in possible and not self.why_not(one)]
            elif action not in possible:
                possible.append(action)
        if not abonent.number:
            possible = [action for action in possible if action not in _WITH_A_CALL]
        if self._is_party(abonent) and any(action not in _WITH_A_CALL for action in possible):
            possible = [action for action in possible if action not in _WITH_A_CALL]
        return tuple(sorted(possible, key=lambda action: action is not self.natural))

    def chosen(self, abonent: Abonent) -> AbonentAction | None:
        """Return what choosing `abonent` does; None when nothing, or nothing that may happen by a slip of the hand."""
        first = next(iter(self.allowed(abonent)), None)
        if first in _NEVER_BY_CHOOSING or (first is AbonentAction.TRANSFER and self.returns_to_held):
            return None
        return first

    @property
    def returns_to_held(self) -> bool:
        """Whether a transfer would send the one who was asked away and bring the caller on hold back."""
        consult = consultation(self._model)
        return consult is not None and consult.state in _TALKING

    def do(self, action: AbonentAction, abonent: Abonent) -> None:
        """Do one of the `allowed` actions."""
        model = self._model
        call = self._call_with(abonent)
        match action:
            case AbonentAction.INTERCOM:
                self._commands.run(model.intercom(abonent.number))
            case AbonentAction.CONFERENCE:
                self._commands.run(model.add_to_conference(abonent.number))
            case AbonentAction.LISTEN | AbonentAction.WHISPER | AbonentAction.BARGE:
                self._commands.run(model.supervise(abonent.number, _MODES[action]))
            case AbonentAction.END if self._member_number(abonent):
                self._commands.run(model.remove_from_conference(self._member_number(abonent)))
            case AbonentAction.ANSWER:
                self._commands.run(model.answer(call))
            case AbonentAction.END:
                self._commands.run(model.drop(call))
            case AbonentAction.HOLD | AbonentAction.RESUME:
                self._commands.run(model.hold_or_unhold(call))
            case AbonentAction.TOGGLE:
                self._commands.run(model.swap())
            case AbonentAction.COMPLETE:
                self._commands.run(model.complete_transfer())
            case _:
                self.with_number(action, abonent.number)

    def answer(self, call: Call) -> None:
        """Answer `call`."""
        self._commands.run(self._model.answer(call))

    def end(self, call: Call) -> None:
        """End or decline `call`."""
        self._commands.run(self._model.drop(call))

    def hold_or_unhold(self, call: Call) -> None:
        """Hold `call` or take it back."""
        self._commands.run(self._model.hold_or_unhold(call))

    def swap(self) -> None:
        """Talk to the other party."""
        self._commands.run(self._model.swap())

    def complete_transfer(self) -> None:
        """Connect the two others and leave."""
        self._commands.run(self._model.complete_transfer())

    def cancel_transfer(self) -> None:
        """Return to the caller."""
        self._commands.run(self._model.cancel_transfer())

    def join_in_conference(self) -> None:
        """Make one conference of the caller on hold, the one who was asked, and the operator."""
        held = next((call for call in self._model.calls.values() if call.state is CallState.HOLDED), None)
        if held is not None:
            self._commands.run(self._model.add_to_conference(held.abonent_number))

    def supervise(self, mode: SupervisorMode) -> None:
        """Take part in the colleague's talk in another way."""
        supervision = self._model.provider.conference.supervision
        if supervision is not None and mode is not supervision.mode:
            self._commands.run(self._model.supervise(supervision.number, mode))

    def remove_member(self, member: Member) -> None:
        """Send a member out of the conference."""
        self._commands.run(self._model.remove_from_conference(member.id or member.number))

    def mute(self) -> None:
        """Switch the microphone off, or on again."""
        self._commands.run(self._model.mute())

    def send_dtmf(self, digits: str) -> None:
        """Send tones in the call in which the operator is heard."""
        self._commands.run(self._model.send_dtmf(digits))

    def set_agent_state(self, code: str, reason: str = "") -> None:
        """Take a state."""
        self._commands.run(self._model.set_agent_state(code, reason))

    def change_call_centre_state(self, on: bool) -> None:
        """Enter or leave the call centre."""
        self._commands.run(self._model.change_call_centre_state(on))

    def _is_party(self, abonent: Abonent) -> bool:
        return self._call_with(abonent) is not None or bool(self._member_number(abonent))

    def _member_number(self, abonent: Abonent) -> str:
        """Return the number under which `abonent` is in the conference of the line, or nothing."""
        conference = self._model.provider.conference
        numbers = (abonent.number, *abonent.numbers)
        return next((number for number in numbers if number and conference.has((number,))), "")

    def _call_with(self, abonent: Abonent) -> Call | None:
        numbers = {abonent.number, *abonent.numbers} - {""}
        return next((call for call in self._model.calls.values() if call.abonent_number in numbers), None)


def is_ringing_here(call: Call) -> bool:
    """Whether `call` rings at the operator's phone and waits for an answer."""
    return call.state is CallState.ALERTING and call.direction is not CallDirection.OUT


def consultation(model: CtiModel) -> Call | None:
    """Return the call that was made out of the main one; a second caller who rings is none."""
    call = model.consult_call
    return None if call is None or is_ringing_here(call) else call
