"""The client's public commands by the maker's names (webitel-protocol.md, "14. Wire examples")."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from ctidesk.cti.named_commands import NamedCommands
from ctidesk.webitel.account_commands import AccountCommands, parsed, tiers_of
from ctidesk.webitel.call_commands import CallCommands
from ctidesk.webitel.client import WebitelClient
from ctidesk.webitel.fields import Fields, Json, JsonObject, as_text
from ctidesk.webitel.results import ErrorType, Result, refusal
from ctidesk.webitel.session import Request

Outcome: TypeAlias = "Json | Result | Awaitable[Json | Result]"

NO_WEB_PHONE = "a desk phone is answered by hand"


def call_commands(client: WebitelClient, request: Request) -> CallCommands:
    """Return the commands for the calls of `client`, given by `request`."""
    session = client.session
    return CallCommands(
        request,
        lambda: session.channels.calls,
        lambda: session.account,
        lambda: client.consultation_headers,
    )


def account_commands(client: WebitelClient, request: Request) -> AccountCommands:
    """Return the commands for accounts, given by `request`."""
    session = client.session
    return AccountCommands(request, lambda: session.account, lambda: session.users.domain)


class Commands(NamedCommands["Json | Result"]):
    """What a command gives is handed out as the maker's library does."""

    def __init__(self, client: WebitelClient, answer: Callable[[str], Awaitable[Result]] | None = None) -> None:
        """Create the commands of `client`.

        Args:
            answer: answers a call by the web phone, if there is one.
        """
        self._answer = answer
        self._client = client
        self._session = session = client.session
        self._calls = calls = call_commands(client, session.ask)
        self._accounts = accounts = account_commands(client, session.ask)
        self._table = {
            "connect": self._connect,
            "disconnect": self._disconnect,
            "logout": lambda: session.ask("logout"),
            "account": lambda: session.users.own.public() if session.users.own else {},
            "getAgentsList": lambda: [user.public() for user in session.users.in_order],
            "whoami": lambda: accounts.whoami(),
            # calls
            "call": self._call,
            "answer": self._answer_call,
            "hangup": lambda call=None, cause=None: calls.hangup(as_text(call), as_text(cause)),
            "hold": lambda call=None: calls.hold(as_text(call)),
            "unhold": lambda call=None: calls.unhold(as_text(call)),
            "toggleHold": lambda call=None: calls.toggle_hold(as_text(call)),
            "dtmf": lambda call=None, digits=None: calls.dtmf(as_text(call), as_text(digits)),
            "transfer": lambda call=None, number=None: calls.transfer(as_text(call), as_text(number)),
            "attendedTransfer": lambda call=None, number=None: calls.consult(as_text(call), as_text(number)),
            "bridgeTransfer": lambda main=None, consult=None: calls.complete_transfer(as_text(main), as_text(consult)),
            "cancelTransfer": lambda main=None, consult=None: calls.cancel_transfer(as_text(main), as_text(consult)),
            "bridge": lambda one=None, other=None: calls.bridge(as_text(one), as_text(other)),
            "channelDump": self._channel_dump,
            # the operator
            "ready": lambda: accounts.ready(),
            "busy": lambda cause=None, tag=None: accounts.busy(as_text(cause), as_text(tag)),
            "loginCallCenter": lambda status=None: accounts.enter_call_centre(
                as_text(status) or client.options.agent_status
            ),
            "logoutCallCenter": lambda: accounts.leave_call_centre(),
            "getTiers": self._tiers,
            # accounts
            "userList": lambda domain=None: accounts.list_users(as_text(domain)),
            "user": lambda number=None, domain=None: accounts.user(as_text(number), as_text(domain)),
            "userCreate": self._create_user,
            "userUpdate": lambda number=None, domain=None, parameter=None, value=None: accounts.update(
                as_text(number), as_text(domain), parameter, value
            ),
            "userRemove": lambda number=None, domain=None: accounts.remove(as_text(number), as_text(domain)),
            # recordings and events
            "getRecordFileFromUUID": lambda record=None: accounts.record_link(record),
            "onServerEvent": self._listen,
            "unServerEvent": lambda name=None: session.ignore(as_text(name).upper()),
        }

    async def run(self, name: str, arguments: Sequence[Json]) -> Json:
        """Run a command and return what the maker's library hands to its callback, or returns."""
        outcome = await super().run(name, arguments)
        return outcome.public() if isinstance(outcome, Result) else outcome

    async def _connect(self, options: Json = None) -> Result:
        given = Fields(options)
        before = self._client.options
        changed = replace(
            before,
            url=given.text("url") or given.text("server") or before.url,
            login=given.text("login") or given.text("account") or before.login,
            password=given.text("password") or given.text("secret") or before.password,
            domain=given.text("domain") or before.domain,
            key=given.text("key") or before.key,
            token=given.text("token") or before.token,
            code=given.text("code") or before.code,
        )
        return await self._client.connect(changed)

    async def _disconnect(self) -> bool:
        await self._client.disconnect()
        return True

    def _call(self, number: Json = None, _video: Json = None, answers_by_itself: Json = None) -> Outcome:
        by_itself = self._client.options.answers_by_itself if answers_by_itself is None else answers_by_itself is True
        return self._calls.call(as_text(number), answers_by_itself=by_itself)

    async def _answer_call(self, call: Json = None) -> Result:
        if self._answer is None:
            return refusal("answer", ErrorType.CALL, NO_WEB_PHONE)
        return await self._answer(as_text(call))

    def _create_user(
        self, role: Json = None, number: Json = None, password: Json = None, domain: Json = None, more: Json = None
    ) -> Outcome:
        attribute: JsonObject | None = more if isinstance(more, dict) else None
        return self._accounts.create(as_text(role), as_text(number), as_text(password), as_text(domain), attribute)

    async def _tiers(self) -> Json | Result:
        result = await self._accounts.tiers()
        return tiers_of(result) if result.ok else result

    async def _channel_dump(self, uuid: Json = None) -> Result:
        return parsed(await self._session.ask("channel_dump", {"uuid": uuid}))

    def _listen(self, name: Json = None, options: Json = None) -> Outcome:
        return self._session.listen(as_text(name).upper(), all_of_them=Fields(options).get("all") is True)
