"""`verto.modify`: hold, transfer, replace and new media (verto-protocol.md, "2.3 verto.modify")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from ctidesk.demo.directing import Refused
from ctidesk.demo.scheduler import Scheduler
from ctidesk.demo.verto.leg import Leg
from ctidesk.demo.verto.session import CALL_FAILED, Answer, Params, Reply, RpcError
from ctidesk.demo.webitel.switch import Switch

HOLD_SECONDS = 0.25


class Done(Protocol):
    """Gets what stands in the result beside the usual."""

    def __call__(self, **more: object) -> None: ...


class Modify:
    """`update`: negotiates the media of a leg anew by the request's SDP, and says when that is done."""

    def __init__(
        self,
        switch: Switch,
        scheduler: Scheduler,
        legs: Mapping[str, Leg],
        update: Callable[[Leg, Params, Done], None],
    ) -> None:
        self._switch = switch
        self._scheduler = scheduler
        self._legs = legs
        self._update = update

    def carry_out(self, leg: Leg, params: Params, reply: Reply) -> Answer:
        """Raises RpcError. None when the answer comes later."""
        action = params.get("action")
        if not isinstance(action, str):
            raise RpcError(CALL_FAILED, "action missing", {"callID": leg.id})
        if action == "toggleHold":
            action = "unhold" if leg.channel.is_held else "hold"
        if action in ("hold", "unhold"):
            return self._hold(leg, action, reply)
        if action == "transfer":
            return self._transfer(leg, params)
        if action == "replace":
            return self._replace(leg, params)
        if action == "updateMedia":
            self._update(leg, params, lambda **more: reply(self.result(leg, action, **more)))
            return None
        return self.result(leg, action)

    @staticmethod
    def result(leg: Leg, action: str, **more: object) -> dict[str, object]:
        return {
            "callID": leg.id,
            "action": action,
            "holdState": "held" if leg.channel.is_held else "active",
            **more,
        }

    def _hold(self, leg: Leg, action: str, reply: Reply) -> Answer:
        channel = leg.channel
        if not channel.is_answered or channel.is_held is (action == "hold"):
            return self.result(leg, action)

        def act() -> None:
            if not channel.cause:
                (self._switch.hold if action == "hold" else self._switch.unhold)(channel)
            reply(self.result(leg, action))

        self._scheduler.later(HOLD_SECONDS, act)
        return None

    def _transfer(self, leg: Leg, params: Params) -> Answer:
        destination = params.get("destination")
        if not isinstance(destination, str):
            raise RpcError(CALL_FAILED, "destination missing", {"callID": leg.id, "action": "transfer"})
        far = leg.channel.bridged
        if far is None:
            raise RpcError(CALL_FAILED, "call is not bridged", {"callID": leg.id, "action": "transfer"})
        result = self.result(leg, "transfer", message="CALL TRANSFERRED")
        self._scheduler.later(0.0, lambda: self._unless_refused(lambda: self._switch.transfer(far, destination)))
        return result

    def _replace(self, leg: Leg, params: Params) -> Answer:
        refused = {"callID": leg.id, "action": "replace"}
        other = self._legs.get(str(params.get("replaceCallID")))
        if "replaceCallID" not in params:
            raise RpcError(CALL_FAILED, "replaceCallID missing", refused)
        if other is None or other is leg:
            raise RpcError(CALL_FAILED, "invalid transfer leg", refused)
        first, second = other.channel.bridged, leg.channel.bridged
        if first is None or second is None:
            raise RpcError(CALL_FAILED, "transfer failed", refused)
        result = self.result(leg, "replace")
        self._scheduler.later(0.0, lambda: self._unless_refused(lambda: self._switch.join(first, second)))
        return result

    @staticmethod
    def _unless_refused(action: Callable[[], None]) -> None:
        """The legs may have ended between the reply and what it announced."""
        try:
            action()
        except Refused:
            return
