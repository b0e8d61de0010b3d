"""The table of cti-model.md, "5.3 Derived abilities"."""

from __future__ import annotations

import pytest

from ctidesk.cti.abilities import Abilities, Ability, derive_abilities
from ctidesk.cti.values import AgentFeatures, CallFeatures

TABLE = {
    CallFeatures.CAN_DIAL: {Ability.CALL},
    CallFeatures.CAN_ANSWER: {Ability.ANSWER},
    CallFeatures.CAN_HOLD: {Ability.HOLD_OR_UNHOLD},
    CallFeatures.CAN_UNHOLD: {Ability.HOLD_OR_UNHOLD},
    CallFeatures.CAN_DROP: {Ability.DROP},
    CallFeatures.CAN_MAKE_CONSULT_CALL: {Ability.CONSULT, Ability.BLIND_TRANSFER},
    CallFeatures.CAN_BLIND_TRANSFER: {Ability.BLIND_TRANSFER},
    CallFeatures.CAN_COMPLETE_TRANSFER: {Ability.COMPLETE_TRANSFER, Ability.CANCEL_TRANSFER},
    CallFeatures.CAN_DTMF: {Ability.DTMF},
    CallFeatures.CAN_MUTE: {Ability.MUTE},
    CallFeatures.CAN_NOTHING: set(),
    CallFeatures.CAN_RECALL: set(),
    CallFeatures.CAN_SETUP_TRANSFER: set(),
    CallFeatures.CAN_VIDEO: set(),
    CallFeatures.CAN_CANCEL_COMPLETE_TRANSFER: set(),
}


def abilities(
    features: CallFeatures = CallFeatures.CAN_NOTHING,
    agent_features: AgentFeatures = AgentFeatures.NONE,
    *,
    is_connected: bool = True,
    has_call: bool = False,
    is_consulting: bool = False,
) -> Abilities:
    return derive_abilities(
        features, agent_features, is_connected=is_connected, has_call=has_call, is_consulting=is_consulting
    )


def allowed(found: Abilities) -> set[Ability]:
    return {ability for ability in Ability if found.allows(ability)}


@pytest.mark.parametrize("feature", list(TABLE))
def test_each_feature(feature: CallFeatures) -> None:
    assert allowed(abilities(feature)) == TABLE[feature]


def test_every_feature_is_in_the_table() -> None:
    assert set(TABLE) == {CallFeatures.CAN_NOTHING, *CallFeatures}


def test_a_consultation_can_be_cancelled_before_it_is_answered() -> None:
    assert allowed(abilities(is_consulting=True, has_call=True)) == {Ability.CANCEL_TRANSFER}
    assert allowed(abilities(is_consulting=True, has_call=True, is_connected=False)) == set()


def test_swapping_needs_both_parties() -> None:
    assert Ability.SWAP in allowed(abilities(CallFeatures.CAN_COMPLETE_TRANSFER, is_consulting=True))


def test_recordings_are_an_agents_feature() -> None:
    assert allowed(abilities(agent_features=AgentFeatures.CAN_GET_CALL_RECORDS)) == {Ability.RECORDINGS}
    assert allowed(abilities(agent_features=AgentFeatures.CAN_WRAP_UP)) == set()


def test_hold_and_unhold_share_a_button() -> None:
    assert not abilities(CallFeatures.CAN_HOLD).can_unhold
    assert abilities(CallFeatures.CAN_UNHOLD).can_unhold


@pytest.mark.parametrize("ability", list(Ability))
@pytest.mark.parametrize("has_call", [False, True])
@pytest.mark.parametrize("is_consulting", [False, True])
@pytest.mark.parametrize("is_connected", [False, True])
def test_each_refusal_has_a_reason(ability: Ability, has_call: bool, is_consulting: bool, is_connected: bool) -> None:
    found = abilities(has_call=has_call, is_consulting=is_consulting, is_connected=is_connected)
    assert bool(found.why_not(ability)) is not found.allows(ability)


def test_reasons_tell_the_situation() -> None:
    assert abilities().why_not(Ability.HOLD_OR_UNHOLD) == "No call to hold"
    assert abilities(has_call=True).why_not(Ability.CALL) == "There is a call already"
    assert abilities(is_connected=False).why_not(Ability.CALL) == "No connection to the PBX"
    assert abilities(has_call=True).why_not(Ability.COMPLETE_TRANSFER) == "There is no consultation"
    consulting = abilities(has_call=True, is_consulting=True)
    assert consulting.why_not(Ability.COMPLETE_TRANSFER) == "The consultation is not answered yet"
    assert consulting.why_not(Ability.CONSULT) == "You are consulting already"
