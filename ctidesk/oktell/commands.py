"""The client's public commands by their documented names (oktell-protocol.md, "8. Commands")."""

from __future__ import annotations

from ctidesk.cti.named_commands import NamedCommands
from ctidesk.oktell import agent_commands, call_commands, conference_commands, execution, ghost_commands
from ctidesk.oktell.actions import phone_actions
from ctidesk.oktell.client import ClientOptions, OktellClient
from ctidesk.oktell.errors import Code, refusal
from ctidesk.oktell.record import Json, JsonObject, Record, as_text, is_true


class Commands(NamedCommands[Json]):
    """Each gives what the maker's library hands to its callback, or returns."""

    def __init__(self, client: OktellClient) -> None:
        """Create the commands of `client`."""
        self._client = client
        session = client.session
        self._table = {
            "connect": self._connect,
            "disconnect": self._disconnect,
            "call": lambda number=None, sequence=None: call_commands.call(session, number, sequence),
            "intercom": lambda number=None: call_commands.call(session, number, intercom=True),
            "answer": lambda: client.answer(),
            "endCall": lambda numbers=None: call_commands.end_call(session, numbers),
            "commutate": lambda: call_commands.commutate(session),
            "toggle": lambda: call_commands.toggle(session),
            "hold": lambda: call_commands.hold(session),
            "transfer": lambda number=None: call_commands.transfer(session, number),
            "dtmf": lambda _code=None: False,
            "conference": lambda numbers=None: conference_commands.conference(session, numbers),
            "ghostListen": lambda target=None: ghost_commands.ghost(session, target, "monitor"),
            "ghostHelp": lambda target=None: ghost_commands.ghost(session, target, "help"),
            "ghostConference": lambda target=None: ghost_commands.ghost(session, target, "conference"),
            "setUserStatus": lambda status=None, reason=None: agent_commands.set_user_status(session, status, reason),
            "setStatus": lambda status=None, _silent=None, reason=None: agent_commands.set_status(
                session, status, reason
            ),
            "setUserStateBusy": self._set_busy,
            "setRedirectNumber": lambda number=None: agent_commands.set_redirect_number(session, number),
            "getRedirectNumber": lambda: session.agent.redirect_number,
            "exec": lambda method=None, params=None: execution.execute(session, method, params),
            "triggerCustomEvent": lambda name=None, to=None, data=None, back=None: execution.trigger_custom_event(
                session, name, to, data, back
            ),
            "changePassword": lambda new=None, old=None, strong=None: execution.change_password(
                session, new, old, strong
            ),
            "getQueue": lambda: execution.load_queue(session),
            "getState": lambda: session.state_text,
            "getUserState": lambda: session.agent.user_state.value,
            "getUserStatus": lambda: session.agent.user_status.value,
            "getStatus": lambda: session.agent.web_state.text,
            "getCurrentBreakReason": lambda: session.agent.current_break_reason,
            "inCallCenter": lambda: bool(session.agent.in_call_centre),
            "getAbonents": lambda: [dict(one.properties) for one in session.line.abonents],
            "getHoldInfo": lambda: session.line.hold.info,
            "conferenceId": lambda: session.line.conference.id or False,
            "getTalkLength": lambda: session.talk_length,
            "getPhoneActions": lambda data=None: list[Json](phone_actions(session, data)),
            "getMyInfo": lambda: dict(session.my_info),
            "getUsers": lambda: {key: one.public() for key, one in session.directory.users.items()},
            "getNumbers": lambda: {key: one.public() for key, one in session.directory.numbers.items()},
            "getBreakReasons": self._break_reasons,
            "onNativeEvent": self._on_native_event,
        }

    async def _connect(self, options: Json = None) -> JsonObject:
        given = Record(options)
        if "login" not in given and "url" not in given and "password" not in given:
            return await self._client.connect()
        before = self._client.options
        urls = given.get("url")
        password = given.get("password")
        return await self._client.connect(
            ClientOptions(
                addresses=[as_text(one) for one in urls]
                if isinstance(urls, list)
                else as_text(urls) or before.addresses,
                login=given.text("login") or before.login,
                password=password if isinstance(password, str) else None,
                secure=before.secure,
                network=before.network,
                query_timeout=before.query_timeout,
                queue_interval=before.queue_interval,
                workplace=given.text("workplace"),
            )
        )

    async def _disconnect(self, silent: Json = None, keep_session: Json = None) -> bool:
        await self._client.disconnect(silent=is_true(silent), keep_session=is_true(keep_session))
        return True

    def _set_busy(self) -> JsonObject:
        session = self._client.session
        if not session.is_open:
            return refusal(Code.NOT_CONNECTED)
        session.run(session.agent.set_busy())
        return {"result": True}

    def _break_reasons(self) -> JsonObject:
        reasons = self._client.session.agent.break_reasons
        return {str(number): {"id": number, "name": name} for number, name in reasons.items()}

    def _on_native_event(self, names: Json = None) -> bool:
        wanted = names if isinstance(names, list) else [names]
        self._client.subscribe_native(wanted)
        return True
