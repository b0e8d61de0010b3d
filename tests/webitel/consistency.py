"""What must hold of the calls at every moment."""

from __future__ import annotations

from ctidesk.cti.values import CallFeatures, CallState
from ctidesk.webitel.calls import CallMapper

WITHOUT_CALL = CallFeatures.CAN_DIAL
OF_STATE = {
    CallState.ALERTING: CallFeatures.CAN_DROP | CallFeatures.CAN_ANSWER,
    CallState.CONNECTED: (
        CallFeatures.CAN_DROP
        | CallFeatures.CAN_HOLD
        | CallFeatures.CAN_DTMF
        | CallFeatures.CAN_MAKE_CONSULT_CALL
        | CallFeatures.CAN_BLIND_TRANSFER
    ),
    CallState.HOLDED: CallFeatures.CAN_UNHOLD | CallFeatures.CAN_MAKE_CONSULT_CALL | CallFeatures.CAN_DTMF,
}


def check_mapper(mapper: CallMapper) -> None:
    """Assert that the calls' features fit their states and places."""
    calls = mapper.calls
    assert len(calls) <= 2
    if not calls:
        assert mapper.line_features in (WITHOUT_CALL, CallFeatures.CAN_NOTHING)
        return
    main, *others = calls
    assert main.parent is None
    assert mapper.line_features == main.features
    if not others:
        assert main.features & ~OF_STATE[main.state] == 0
        return
    (consult,) = others
    assert consult.parent is main
    assert consult.features & ~OF_STATE[consult.state] == 0
    assert main.features & ~CallFeatures.CAN_COMPLETE_TRANSFER == 0
    if consult.state is CallState.ALERTING:
        assert main.features == CallFeatures.CAN_NOTHING
