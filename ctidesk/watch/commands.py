"""What lines on standard input do: the model's commands, the PBX client's own (command-line.md, "`ctidesk watch`")."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial

from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.event_arguments import abonent_object, call_objects
from ctidesk.cti.json_value import Json
from ctidesk.cti.model import CtiModel
from ctidesk.cti.supervision import SupervisorMode
from ctidesk.net.masking import mask_value
from ctidesk.watch.pbx import Pbx, WrongCommandError


class Commands:
    """Carries out one line at a time; several may be under way."""

    def __init__(self, model: CtiModel, pbx: Pbx) -> None:
        """Drive `model`, and `pbx` for the lines that begin with `pbx`."""
        self._model = model
        self._pbx = pbx
        self._without_argument: dict[str, Callable[[], Awaitable[Json]]] = {
            "answer": model.answer,
            "hold": model.hold_or_unhold,
            "unhold": model.hold_or_unhold,
            "transfer": model.complete_transfer,
            "cancel": model.cancel_transfer,
            "mute": model.mute,
            "snapshot": self._snapshot,
            "users": self._users,
            "swap": model.swap,
            "members": self._members,
            "supervision": self._supervision,
            "queue": self._queue,
            "hear": self._hear,
        }
        self._with_argument: dict[str, Callable[[str], Awaitable[Json]]] = {
            "call": model.make_call,
            "consult": model.consult,
            "blind": model.blind_transfer,
            "intercom": model.intercom,
            "conference": model.add_to_conference,
            "kick": model.remove_from_conference,
            **{mode.value: partial(model.supervise, mode=mode) for mode in SupervisorMode},
            "dtmf": model.send_dtmf,
            "state": self._state,
            "callcentre": lambda word: model.change_call_centre_state(_is_on("callcentre", word)),
            "wrapup": lambda word: model.set_wrap_up(_is_on("wrapup", word)),
            "records": self._records,
            "pbx": self._run_pbx,
        }

    async def run(self, line: str) -> Json:
        """Carry out a line and return its result, None for a command that has none.

        Raises:
            CtiException: the line is wrong, or the command was refused.
        """
        name, _, argument = line.strip().partition(" ")
        argument = argument.strip()
        if name == "drop":
            await self._drop(argument)
            return None
        if (simple := self._without_argument.get(name)) is not None:
            if argument:
                raise _wrong(f"{name} takes nothing after it.")
            return await simple()
        if (command := self._with_argument.get(name)) is not None:
            if not argument:
                raise _wrong(f"{name} needs something after it.")
            return await command(argument)
        raise _wrong("There is no such command.", ErrorKind.COMMAND_NOT_IMPLEMENTED)

    async def _drop(self, number: str) -> None:
        """End the call with `number`, or the one that the model takes."""
        if not number:
            await self._model.drop()
            return
        calls = self._model.calls.values()
        found = next((call for call in calls if number in (call.abonent_number, call.id)), None)
        if found is None:
            raise _wrong("There is no call with this number.", ErrorKind.COMMAND)
        await self._model.drop(found)

    async def _state(self, words: str) -> None:
        code, _, reason = words.partition(" ")
        await self._model.set_agent_state(code, reason.strip())

    async def _snapshot(self) -> Json:
        await self._model.query_active_calls()
        return call_objects(self._model.calls.values(), self._model.clock.monotonic())

    async def _users(self) -> Json:
        return [abonent_object(abonent) for abonent in self._model.provider.directory.abonents.values()]

    async def _members(self) -> Json:
        members = self._model.provider.conference.members
        return [
            {"name": one.name, "number": one.number, "isMe": one.is_me, "canBeRemoved": one.can_be_removed}
            for one in members
        ]

    async def _supervision(self) -> Json:
        supervision = self._model.provider.conference.supervision
        if supervision is None:
            return None
        modes: list[Json] = [mode.value for mode in supervision.modes]
        mode = None if supervision.mode is None else supervision.mode.value
        return {"name": supervision.name, "number": supervision.number, "mode": mode, "modes": modes}

    async def _queue(self) -> Json:
        queue, now = self._model.provider.queue, self._model.clock.monotonic()
        if not queue.is_offered:
            return None
        return [
            {"name": one.name, "number": one.number, "through": one.through, "waits": round(now - one.since, 3)}
            for one in queue.waiting
        ]

    async def _records(self, call_id: str) -> Json:
        # The links hold a one-time password; they are what was asked for, and of no use without it.
        return [*await self._model.query_call_records(call_id)]

    async def _hear(self) -> Json:
        try:
            return await self._pbx.hear()
        except WrongCommandError as error:
            raise _refused(error) from None

    async def _run_pbx(self, words: str) -> Json:
        name, _, rest = words.partition(" ")
        try:
            result = await self._pbx.run(name, _arguments(rest))
        except WrongCommandError as error:
            raise _refused(error) from None
        return result if name in self._pbx.links else mask_value(result)


def _arguments(text: str) -> list[Json]:
    """Read the JSON array of a `pbx` line; nothing is an empty one."""
    if not text.strip():
        return []
    try:
        arguments: Json = json.loads(text)
    except (ValueError, RecursionError):
        raise _wrong("The arguments are no JSON.") from None
    if not isinstance(arguments, list):
        raise _wrong("The arguments are no JSON array.")
    return arguments


def _is_on(command: str, word: str) -> bool:
    if word not in ("on", "off"):
        raise _wrong(f"{command} is followed by on or off.")
    return word == "on"


def _refused(error: WrongCommandError) -> CtiException:
    return _wrong(str(error), ErrorKind.COMMAND_NOT_IMPLEMENTED if error.is_unknown else ErrorKind.GENERAL)


def _wrong(text: str, kind: ErrorKind = ErrorKind.GENERAL) -> CtiException:
    return CtiException(CtiError(kind, text, source="watch"))
