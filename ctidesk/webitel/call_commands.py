"""Operating calls (webitel-protocol.md, "7. Operating calls")."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping

from ctidesk.webitel.channel import Channel
from ctidesk.webitel.fields import JsonObject
from ctidesk.webitel.results import ErrorType, Result, refusal
from ctidesk.webitel.session import Request
from ctidesk.webitel.switch_call import SwitchCall

OTHER_LEG = "Other-Leg-Unique-ID"
AUTO_ANSWER = "sip_auto_answer=true"
GONE = ("no such channel", "invalid uuid")
"""Parts of the switch's answer when a channel has ended already ("12.2 Texts to recognise")."""
NO_CALL = "there is no such call"
NO_OTHER_PARTY = "the other party's channel is not known"
NO_NUMBER = "there is no number"

_MAY_BE_HELD = ("ACTIVE", "RING_WAIT", "UNHELD")
_DIALLED = frozenset("+*#0123456789")


def dialled(number: str) -> str:
    """Return what of a number is dialled: `+`, `*`, `#` and digits."""
    return "".join(character for character in number if character in _DIALLED)


class CallCommands:
    """What can be done with the calls of the line. Every command returns its result; calls are named by call id."""

    def __init__(
        self,
        request: Request,
        calls: Callable[[], Mapping[str, SwitchCall]],
        account: Callable[[], str],
        consultation_headers: Callable[[], Iterable[str]],
    ) -> None:
        """Create the commands.

        Args:
            request: gives a command to the server.
            calls: the calls that there are, by id.
            account: the own account.
            consultation_headers: what makes the own phone pick up for a consultation.
        """
        self._request = request
        self._calls = calls
        self._account = account
        self._consultation_headers = consultation_headers

    async def call(self, number: str, *, answers_by_itself: bool = False) -> Result:
        """Ring the own phone and, when it answers, dial a number; returns when the own phone has answered or failed.

        Args:
            answers_by_itself: the own phone shall pick up by itself.
        """
        extension = dialled(number)
        if not extension:
            return _refuse("call", NO_NUMBER)
        arguments: JsonObject = {
            "extension": extension,
            "auto_answer_param": AUTO_ANSWER if answers_by_itself else None,
            "user": self._account(),
        }
        return await self._request("call", arguments)

    async def hangup(self, call_id: str, cause: str = "") -> Result:
        """End a call: all its channels. One that is gone already is no failure when another one was ended."""
        call = self._calls().get(call_id)
        if call is None:
            return _refuse("hangup", NO_CALL)
        wanted: JsonObject = {"cause": cause} if cause else {}
        results = await asyncio.gather(
            *(self._request("hangup", {"channel-uuid": channel.id, **wanted}) for channel in tuple(call.channels))
        )
        failures = [result for result in results if not result.ok]
        serious = next((result for result in failures if not is_gone(result)), None)
        return serious or next((result for result in results if result.ok), results[0])

    async def hold(self, call_id: str) -> Result:
        """Put the other party on hold."""
        return await self._with_actual(call_id, "hold")

    async def unhold(self, call_id: str) -> Result:
        """Take the other party back."""
        return await self._with_actual(call_id, "unhold")

    async def toggle_hold(self, call_id: str) -> Result:
        """Hold an active call, take back any other ("7.2 Hold toggling")."""
        call = self._calls().get(call_id)
        may_be_held = call is not None and call.actual.text("Channel-Call-State") in _MAY_BE_HELD
        return await self._with_actual(call_id, "hold" if may_be_held else "unhold")

    async def dtmf(self, call_id: str, digits: str) -> Result:
        """Send tones in a call."""
        return await self._with_actual(call_id, "dtmf", {"digits": digits})

    async def transfer(self, call_id: str, number: str) -> Result:
        """Send the other party to a number and leave."""
        call = self._calls().get(call_id)
        if call is None:
            return _refuse("transfer", NO_CALL)
        other = call.actual.text(OTHER_LEG)
        if not other:
            return _refuse("transfer", NO_OTHER_PARTY)
        if not (destination := dialled(number)):
            return _refuse("transfer", NO_NUMBER)
        return await self._request("transfer", {"channel-uuid": other, "destination": destination})

    async def consult(self, call_id: str, number: str) -> Result:
        """Call a number besides a call; returns when the own phone has answered or failed."""
        call = self._calls().get(call_id)
        if call is None:
            return _refuse("att_xfer2", NO_CALL)
        if not (extension := dialled(number)):
            return _refuse("att_xfer2", NO_NUMBER)
        account = self._account()
        arguments: JsonObject = {
            "channel-uuid": call.actual.id,
            "extension": f"{extension}@{account.partition('@')[2]}",
            "user": account,
            "auto_answer_param": list(self._consultation_headers()) or None,
            "parent_call_uuid": call.id,
        }
        return await self._request("att_xfer2", arguments)

    async def complete_transfer(self, main_id: str, consult_id: str) -> Result:
        """Connect the other parties of both calls and leave."""
        both = self._legs(main_id, consult_id)
        if both is None:
            return _refuse("att_xfer_bridge", NO_CALL)
        legs, consultation = both
        legs["channel-uuid-leg-c"] = consultation.text(OTHER_LEG)
        if not all(legs.values()):
            return _refuse("att_xfer_bridge", NO_OTHER_PARTY)
        return await self._request("att_xfer_bridge", legs)

    async def cancel_transfer(self, main_id: str, consult_id: str) -> Result:
        """End the consultation; only its own channel matters to the server."""
        both = self._legs(main_id, consult_id)
        if both is None:
            return _refuse("att_xfer_cancel", NO_CALL)
        legs, consultation = both
        legs["channel-uuid-leg-c"] = consultation.id
        return await self._request("att_xfer_cancel", {name: leg for name, leg in legs.items() if leg})

    async def bridge(self, one_id: str, other_id: str) -> Result:
        """Connect the other parties of two calls."""
        one, other = self._calls().get(one_id), self._calls().get(other_id)
        if one is None or other is None:
            return _refuse("bridge", NO_CALL)
        legs = one.actual.text(OTHER_LEG), other.actual.text(OTHER_LEG)
        if not all(legs):
            return _refuse("bridge", NO_OTHER_PARTY)
        return await self._request("bridge", {"channel_uuid_A": legs[0], "channel_uuid_B": legs[1]})

    async def _with_actual(self, call_id: str, command: str, arguments: JsonObject | None = None) -> Result:
        call = self._calls().get(call_id)
        if call is None:
            return _refuse(command, NO_CALL)
        return await self._request(command, {"channel-uuid": call.actual.id, **(arguments or {})})

    def _legs(self, main_id: str, consult_id: str) -> tuple[JsonObject, Channel] | None:
        """The channels of the main call and the actual one of the consultation; None when one of them is gone."""
        main, consultation = self._calls().get(main_id), self._calls().get(consult_id)
        if main is None or consultation is None:
            return None
        legs: JsonObject = {
            "channel-uuid-leg-a": main.actual.id,
            "channel-uuid-leg-b": main.actual.text(OTHER_LEG),
        }
        return legs, consultation.actual


def is_gone(result: Result) -> bool:
    """Whether a command failed because the channel has ended already."""
    text = result.message.lower()
    return any(part in text for part in GONE)


def _refuse(command: str, text: str) -> Result:
    return refusal(command, ErrorType.CALL, text)
