"""A switch of a few channels that always knows what there is, behind a scripted connection."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any

from tests.waiting import settle
from tests.webitel.scripted_pbx import ACCOUNT, ANNA, BORIS, CONSULTATION, INCOMING, SESSION, Frame, Pbx

QUESTIONS = ("auth", "login", "api account list", "ping", "show_channel", "channel_dump")
"""What is answered at once; other commands wait until the story goes on with them."""
ENDS = ("CHANNEL_CALLSTATE", "CHANNEL_HANGUP", "CHANNEL_HANGUP_COMPLETE", "CHANNEL_DESTROY")


@dataclass(eq=False)
class Leg:
    """A channel of the own account."""

    uuid: str
    call: str
    rings_here: bool
    state: str = "RINGING"
    other: str = ""

    def event(self, name: str, **more: str) -> Frame:
        """Return an event about the channel."""
        fields = INCOMING if self.rings_here else CONSULTATION
        own = {"Event-Name": name, "Unique-ID": self.uuid, "variable_w_account_origination_uuid": self.call}
        legs = {
            "Channel-Call-UUID": f"a-{self.uuid}" if self.rings_here else self.uuid,
            "Other-Leg-Unique-ID": self.other,
        }
        return {**fields, **own, **legs, "Channel-Call-State": self.state, **more}


class SmallSwitch:
    """Answers questions with the truth; what happens is told over a connection that may lose or repeat messages.

    Attributes:
        legs: the channels that there are, by id.
        state: what the own telephone does.
    """

    def __init__(self, pbx: Pbx, chance: random.Random, loss: float) -> None:
        self.legs: dict[str, Leg] = {}
        self.state = "ONHOOK"
        self._pbx = pbx
        self._chance = chance
        self._loss = loss
        self._count = 0
        self._answered: set[str] = set()

    @property
    def is_linked(self) -> bool:
        """Whether a client is connected."""
        return self._pbx.session.is_open and not self._pbx.connection.closed_by_client

    def asked(self) -> list[Frame]:
        """The commands that still wait for a reply, no questions."""
        return [one for one in self._unanswered() if one["exec-func"] not in QUESTIONS]

    def reply(self, asked: Frame, complete: str, response: object = None) -> None:
        """Answer a command."""
        self._answered.add(asked["exec-uuid"])
        self._pbx.connection.put(
            {"exec-uuid": asked["exec-uuid"], "exec-complete": complete, "exec-response": response}
        )

    async def answer_questions(self) -> None:
        """Answer until no question is left."""
        await settle()
        while self.is_linked and (asked := [one for one in self._unanswered() if one["exec-func"] in QUESTIONS]):
            for one in asked:
                self.reply(one, *self._truth(one["exec-func"], one.get("exec-args", {})))
            await settle()

    # ---- what happens

    def begin(self, *, rings_here: bool, call: str = "") -> Leg:
        """Let a channel begin, of a call of its own or of `call`."""
        self._count += 1
        leg = Leg(f"b{self._count}", call or f"k{self._count}", rings_here)
        leg.other = f"a-{leg.uuid}" if rings_here else ""
        self.legs[leg.uuid] = leg
        self.tell(leg.event("CHANNEL_CREATE"), surely=True)
        self.tell(leg.event("CHANNEL_CALLSTATE"))
        return leg

    def change(self, leg: Leg, state: str, *names: str) -> None:
        """Let a channel take a state, and tell it by events of these names."""
        leg.state = state
        for name in names:
            self.tell(leg.event(name))

    def end(self, leg: Leg, cause: str = "NORMAL_CLEARING") -> None:
        """Let a channel end."""
        leg.state = "HANGUP"
        self.legs.pop(leg.uuid, None)
        for name in ENDS:
            self.tell(leg.event(name, variable_hangup_cause=cause), surely=name == "CHANNEL_DESTROY")

    def tell(self, event: Frame, *, surely: bool = False) -> None:
        """Send an event to the client that is connected; it may get lost or come twice unless it comes `surely`."""
        if self.is_linked and (surely or self._chance.random() >= self._loss):
            self._pbx.connection.put(event)
            if self._chance.random() < self._loss:
                self._pbx.connection.put(event)

    def _unanswered(self) -> list[Frame]:
        return [one for one in self._pbx.sent if one["exec-uuid"] not in self._answered] if self.is_linked else []

    def _truth(self, question: str, arguments: Frame) -> tuple[str, Any]:
        match question:
            case "auth":
                return "+OK", SESSION
            case "api account list":
                return "+OK", {"response": json.dumps({"100": ANNA | {"state": self.state}, "101": BORIS})}
            case "show_channel":
                legs = self.legs.values()
                return "+OK", {
                    "rows": [{"uuid": one.uuid, "presence_id": ACCOUNT, "callstate": one.state} for one in legs]
                }
            case "channel_dump" if (leg := self.legs.get(arguments["uuid"])) is not None:
                fields = leg.event("CHANNEL_DATA")
                fields["variable_webitel_call_uuid"] = fields.pop("variable_w_account_origination_uuid")
                return "+OK", json.dumps(fields)
            case "channel_dump":
                return "-ERR", "-ERR No such channel!\n"
            case _:
                return "+OK", "+OK"
