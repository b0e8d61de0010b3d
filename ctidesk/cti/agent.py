"""The operator's own state and the states that may be chosen (cti-model.md, "4. Provider: events")."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec import Struct

from ctidesk.cti.presence import Presence


class Reason(Struct, frozen=True):
    """A reason for a state, for instance of a break."""

    id: str
    name: str


class AgentState(Struct, frozen=True):
    """The operator's state now.

    Attributes:
        code: the provider's code of the state, as in `AgentStateOption.code`; may be a state that cannot be chosen.
        presence: its kind, for shape, colour and word.
        label: the translated word for it.
        reason: why, or None.
    """

    code: str
    presence: Presence
    label: str = ""
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class AgentStateOption:
    """A state that the operator may choose.

    Attributes:
        code: what `set_agent_state` takes.
        presence: its kind, for shape, colour and word.
        label: the translated word.
        reasons: the reasons among which the operator chooses; empty when the state has none.
        needs_number: whether a number must be given with it (redirect); it goes where a reason would go.
        takes_text: whether a text for the colleagues may be given with it; it goes where a reason would go.
    """

    code: str
    presence: Presence
    label: str
    reasons: tuple[Reason, ...] = field(default=())
    needs_number: bool = False
    takes_text: bool = False


DISCONNECTED = AgentState("", Presence.OFFLINE)
"""The state before the PBX has told one."""
