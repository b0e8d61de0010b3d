"""What may be done now, and why not (cti-model.md, "5.3 Derived abilities")."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from ctidesk.cti.text import translate
from ctidesk.cti.values import AgentFeatures, CallFeatures


class Ability(StrEnum):
    """Something that the operator can do; the value is its name in `Abilities`."""

    CALL = "call"
    ANSWER = "answer"
    HOLD_OR_UNHOLD = "hold_or_unhold"
    DROP = "drop"
    CONSULT = "consult"
    COMPLETE_TRANSFER = "complete_transfer"
    CANCEL_TRANSFER = "cancel_transfer"
    SWAP = "swap"
    BLIND_TRANSFER = "blind_transfer"
    DTMF = "dtmf"
    MUTE = "mute"
    RECORDINGS = "recordings"


class Abilities(Struct, frozen=True):
    """Whether each button may be pressed.

    `can_unhold` tells whether hold-or-unhold would take the call back. The facts that the reasons name come with it.
    """

    call: bool = False
    answer: bool = False
    hold_or_unhold: bool = False
    can_unhold: bool = False
    drop: bool = False
    consult: bool = False
    complete_transfer: bool = False
    cancel_transfer: bool = False
    swap: bool = False
    blind_transfer: bool = False
    dtmf: bool = False
    mute: bool = False
    recordings: bool = False
    is_connected: bool = False
    has_call: bool = False
    is_consulting: bool = False

    def allows(self, ability: Ability) -> bool:
        """Whether `ability` is there now."""
        allowed: bool = getattr(self, ability.value)
        return allowed

    def why_not(self, ability: Ability) -> str:
        """Return a few translated words on why `ability` is not there now, for a tooltip; empty when it is."""
        if self.allows(ability):
            return ""
        if not self.is_connected:
            return translate("Abilities", "No connection to the PBX")
        if ability is Ability.RECORDINGS:
            return translate("Abilities", "This PBX gives no recordings")
        if ability is Ability.CALL:
            if self.has_call:
                return translate("Abilities", "There is a call already")
            return translate("Abilities", "The line cannot dial now")
        return self._why_not_with_call(ability) if self.has_call else _why_not_without_call(ability)

    def _why_not_with_call(self, ability: Ability) -> str:
        match ability:
            case Ability.ANSWER:
                return translate("Abilities", "Pick up your phone to answer")
            case Ability.COMPLETE_TRANSFER | Ability.CANCEL_TRANSFER | Ability.SWAP:
                if self.is_consulting:
                    return translate("Abilities", "The consultation is not answered yet")
                return translate("Abilities", "There is no consultation")
            case Ability.CONSULT | Ability.BLIND_TRANSFER if self.is_consulting:
                return translate("Abilities", "You are consulting already")
            case _:
                return translate("Abilities", "Not possible in this state of the call")


@lru_cache(maxsize=128)
def derive_abilities(
    features: CallFeatures, agent_features: AgentFeatures, *, is_connected: bool, has_call: bool, is_consulting: bool
) -> Abilities:
    """Return the abilities that follow from the features of the line.

    The windows ask at every change of the line for the same few combinations, so the answers are kept.
    Swapping is not in the table of the specification: it asks for two parties that could be connected.
    """

    def can(any_of: CallFeatures) -> bool:
        return bool(features & any_of)

    return Abilities(
        call=can(CallFeatures.CAN_DIAL),
        answer=can(CallFeatures.CAN_ANSWER),
        hold_or_unhold=can(CallFeatures.CAN_HOLD | CallFeatures.CAN_UNHOLD),
        can_unhold=can(CallFeatures.CAN_UNHOLD),
        drop=can(CallFeatures.CAN_DROP),
        consult=can(CallFeatures.CAN_MAKE_CONSULT_CALL),
        complete_transfer=can(CallFeatures.CAN_COMPLETE_TRANSFER),
        cancel_transfer=can(CallFeatures.CAN_COMPLETE_TRANSFER) or (is_consulting and is_connected),
        swap=can(CallFeatures.CAN_COMPLETE_TRANSFER) and is_consulting,
        blind_transfer=can(CallFeatures.CAN_BLIND_TRANSFER | CallFeatures.CAN_MAKE_CONSULT_CALL),
        dtmf=can(CallFeatures.CAN_DTMF),
        mute=can(CallFeatures.CAN_MUTE),
        recordings=AgentFeatures.CAN_GET_CALL_RECORDS in agent_features,
        is_connected=is_connected,
        has_call=has_call,
        is_consulting=is_consulting,
    )


def _why_not_without_call(ability: Ability) -> str:
    match ability:
        case Ability.ANSWER:
            return translate("Abilities", "No call to answer")
        case Ability.HOLD_OR_UNHOLD:
            return translate("Abilities", "No call to hold")
        case Ability.DROP:
            return translate("Abilities", "No call to end")
        case Ability.CONSULT | Ability.BLIND_TRANSFER:
            return translate("Abilities", "No call to transfer")
        case Ability.COMPLETE_TRANSFER | Ability.CANCEL_TRANSFER | Ability.SWAP:
            return translate("Abilities", "There is no consultation")
        case _:
            return translate("Abilities", "No call")
