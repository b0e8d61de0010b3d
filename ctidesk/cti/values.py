"""Directions, states and features of calls (cti-model.md, "1. Values")."""

from __future__ import annotations

from enum import Enum, IntEnum, IntFlag
from uuid import UUID


class CallDirection(Enum):
    """Who began the call; the value is the stable id stored in the journal."""

    UNKNOWN = UUID("c072be2c-3d82-4468-9d4a-6db47d1f4cca")
    OUT = UUID("53f71b5f-7e17-4cf5-bf14-6a59212db422")
    IN = UUID("1d96a65f-2131-4916-8825-2d142b1000b2")


class CallState(IntEnum):
    """What a call is doing. HOLDED keeps the field's own spelling; people read "On hold"."""

    NONE = 0
    ALERTING = 1
    CONNECTED = 2
    HOLDED = 3
    CONFERENCED = 4
    UNKNOWN = 5
    BUSY = 6


class CallFeatures(IntFlag):
    """What may be done now, with a call or with the line."""

    CAN_NOTHING = 0
    CAN_RECALL = 0x1
    CAN_DIAL = 0x2
    CAN_ANSWER = 0x4
    CAN_DROP = 0x8
    CAN_HOLD = 0x10
    CAN_UNHOLD = 0x20
    CAN_SETUP_TRANSFER = 0x40
    CAN_COMPLETE_TRANSFER = 0x80
    CAN_BLIND_TRANSFER = 0x100
    CAN_MAKE_CONSULT_CALL = 0x200
    CAN_DTMF = 0x400
    CAN_VIDEO = 0x800
    CAN_MUTE = 0x1000
    CAN_CANCEL_COMPLETE_TRANSFER = 0x2000


class AgentFeatures(IntFlag):
    """What this operator's PBX account can do besides calls."""

    NONE = 0
    CAN_WRAP_UP = 0x1
    HAS_CALL_CENTRE_MODE = 0x2
    CAN_GET_CALL_RECORDS = 0x4


def feature_names(features: CallFeatures | AgentFeatures) -> list[str]:
    """Return the names of the set flags in the order of their bits, for output and logs."""
    return [flag.name for flag in type(features) if flag.value and flag in features and flag.name]
