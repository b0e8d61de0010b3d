"""`verto.modify`: hold, transfer, replace and new media (verto-protocol.md, "2.3 verto.modify")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from ctidesk.demo.directing import Refused
from ctidesk.demo.scheduler import Scheduler
from ctidesk.demo.verto.fields import action_in, call_id_in, dialog_in, sdp_in
from ctidesk.demo.verto.leg import Leg
from ctidesk.demo.verto.session import CALL_FAILED, Answer, Params, Reply, RpcError
from ctidesk.demo.webitel.channels import Channel
from ctidesk.demo.webitel.switch import Switch

HOLD_SECONDS = 0.25


class Done(Protocol):
    """Gets what stands in the result beside the usual, or the words of a refusal."""

    def __call__(self, refusal: str = "", **more: object) -> None: ...


class Modify:
    """`update`: negotiates the media of a leg anew by an SDP, and says when that is done."""

    def __init__(
        self,
        switch: Switch,
        scheduler: Scheduler,
        legs: Mapping[str, Leg],
        update: Callable[[Leg, str, Done], None],
    ) -> None:
        self._switch = switch
        self._scheduler = scheduler
        self._legs = legs
        self._update = update

    def carry_out(self, params: Params, reply: Reply) -> Answer:
        """Raises RpcError. None when the answer comes later."""
        id_ = call_id_in(dialog_in(params))
        action = action_in(params)
        try:
            return self._act(id_, action, params, reply)
        except RpcError as error:
            error.more = {"callID": id_, "action": action}
            raise

    def _act(self, id_: str, action: str, params: Params, reply: Reply) -> Answer:
        leg = self._legs.get(id_)
        if leg is None or leg.is_ended:
            raise RpcError(CALL_FAILED, "CALL DOES NOT EXIST")
        match action.lower():
            case "hold" | "unhold":
                return self._hold(leg, action, reply, on=action.lower() == "hold")
            case "togglehold":
                return self._hold(leg, action, reply, on=not leg.channel.is_held)
            case "transfer":
                return self._transfer(leg, action, params)
            case "replace":
                return self._replace(leg, action, params)
            case "updatemedia":
                return self._update_media(leg, action, params, reply)
            case _:
                return self.result(leg, action)

    @staticmethod
    def result(leg: Leg, action: str, **more: object) -> dict[str, object]:
        return {
            "callID": leg.id,
            "action": action,
            **more,
            "holdState": "held" if leg.channel.is_held else "active",
        }

    def _hold(self, leg: Leg, action: str, reply: Reply, *, on: bool) -> Answer:
        channel = leg.channel
        if not channel.is_answered or channel.is_held is on:
            return self.result(leg, action)

        def act() -> None:
            if not channel.cause:
                (self._switch.hold if on else self._switch.unhold)(channel)
            reply(self.result(leg, action))

        self._scheduler.later(HOLD_SECONDS, act)
        return None

    def _transfer(self, leg: Leg, action: str, params: Params) -> Answer:
        destination = params.get("destination")
        if not isinstance(destination, str):
            raise RpcError(CALL_FAILED, "destination missing")
        far = leg.channel.bridged
        if far is None:
            raise RpcError(CALL_FAILED, "call is not bridged")
        result = self.result(leg, action, message="CALL TRANSFERRED")
        self._scheduler.later(0.0, lambda: self._unless_refused(lambda: self._switch.transfer(far, destination)))
        return result

    def _replace(self, leg: Leg, action: str, params: Params) -> Answer:
        id_ = params.get("replaceCallID")
        if not isinstance(id_, str):
            raise RpcError(CALL_FAILED, "replaceCallID missing")
        other = self._legs.get(id_)
        if other is None or other is leg:
            raise RpcError(CALL_FAILED, "invalid transfer leg")
        first, second = other.channel.bridged, leg.channel.bridged
        if first is not None and second is not None:
            self._scheduler.later(0.0, lambda: self._unless_refused(lambda: self._switch.join(first, second)))
        elif second is not None:
            self._follow(second, other.channel)
        elif first is not None:
            self._follow(first, leg.channel)
        else:
            raise RpcError(CALL_FAILED, "transfer failed")
        return self.result(leg, action)

    def _follow(self, far: Channel, alone: Channel) -> None:
        """One of the two calls has no other party: the other's dials what that call has dialled."""

        def act() -> None:
            destination = alone.destination
            self._switch.hang_up(alone, "ATTENDED_TRANSFER")
            self._unless_refused(lambda: self._switch.transfer(far, destination))

        self._scheduler.later(0.0, act)

    def _update_media(self, leg: Leg, action: str, params: Params, reply: Reply) -> Answer:
        if not leg.channel.is_answered:
            self._scheduler.later(0.0, lambda: self._switch.hang_up(leg.channel, "DESTINATION_OUT_OF_ORDER"))
            raise RpcError(CALL_FAILED, "Cannot update a call that has not been answered.")

        def done(refusal: str = "", **more: object) -> None:
            if refusal:
                reply(RpcError(CALL_FAILED, refusal, {"callID": leg.id, "action": action}))
            else:
                reply(self.result(leg, action, **more))

        self._update(leg, sdp_in(params), done)
        return None

    @staticmethod
    def _unless_refused(action: Callable[[], None]) -> None:
        """The legs may have ended between the reply and what it announced."""
        try:
            action()
        except Refused:
            return
