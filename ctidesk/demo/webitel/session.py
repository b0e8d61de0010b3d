"""One client's connection, without its socket: authentication, subscriptions, commands and their replies."""

from __future__ import annotations

import json

from ctidesk.demo.directing import Refused
from ctidesk.demo.sockets import Wire
from ctidesk.demo.webitel.accounts import Account
from ctidesk.demo.webitel.commands import COMMANDS, EVENTS_FIRST
from ctidesk.demo.webitel.desk import Desk
from ctidesk.demo.webitel.request import NO_REPLY, PERMISSION_DENIED, Command, Refusal, Request
from ctidesk.demo.webitel.roles import acl_of, may


class Session:
    """webitel-protocol.md, "2. Command frames" and "3. Session life cycle"."""

    def __init__(self, desk: Desk, wire: Wire) -> None:
        self.id = desk.legs.new_id()
        self.account: Account | None = None
        self.subscriptions: dict[str, bool] = {}
        self.last_reply: str | None = None
        self.last_event: str | None = None
        self._desk = desk
        self._wire = wire
        self._is_open = True
        self._patience = desk.scheduler.later(desk.options.auth_seconds, self._lose_patience)

    # ------------------------------------------------------------ the socket

    def receive(self, text: str | bytes) -> None:
        """Handles one frame of the client; one that is no JSON object is passed over."""
        try:
            frame = json.loads(text)
        except (ValueError, RecursionError):
            return
        if not isinstance(frame, dict):
            return
        name = frame.get("exec-func")
        args = frame.get("exec-args")
        request = Request(
            desk=self._desk,
            session=self,
            name=name if isinstance(name, str) and name else "undefined",
            args=args if isinstance(args, dict) else {},
            reply=lambda complete, response: self._reply(frame.get("exec-uuid"), complete, response),
        )
        if request.name in EVENTS_FIRST:
            self._carry_out(request)
        else:
            with self._desk.events_after_reply():
                self._carry_out(request)

    def closed(self) -> None:
        """The connection has ended."""
        self._is_open = False
        self._patience.cancel()
        if self.account is not None:
            account, self.account = self.account, None
            self._desk.go_out(self, account)

    def cut(self) -> None:
        """Ends the connection as the server does it, without a goodbye."""
        self._wire.cut()

    def send_event(self, event: dict[str, object]) -> None:
        self.last_event = encode(event)
        self.send_raw(self.last_event)

    def send_raw(self, text: str) -> None:
        if self._is_open:
            self._wire.send(text)

    # ------------------------------------------------------------ authentication

    def identify(self, account: Account) -> None:
        """The client has shown who it is."""
        self._patience.cancel()
        self.account = account
        self._desk.come_in(self, account)

    def _lose_patience(self) -> None:
        if self.account is None:
            self.send_event({"webitel-event-name": "account", "Event-Name": "DISCONNECT"})
            self.cut()

    # ------------------------------------------------------------ commands

    def _carry_out(self, request: Request) -> None:
        command = COMMANDS.get(request.name)
        if command is None:
            request.reply("+ERR", f"{request.name} - not found.")
            return
        try:
            if not self._admits(command):
                return
            response = command.action(request)
        except Refusal as refusal:
            request.reply(refusal.complete, refusal.response)
        except Refused as refusal:
            request.reply("-ERR", str(refusal))
        else:
            if response is not NO_REPLY:
                request.reply("+OK", response)

    def _admits(self, command: Command) -> bool:
        """False when the command is passed over without a reply; raises Refusal when it is not allowed."""
        if command.is_public:
            return True
        if self.account is None:
            if command.unknown_caller:
                raise Refusal(command.unknown_caller)
            if command.permissions:
                raise Refusal(PERMISSION_DENIED)
            return False
        acl = acl_of(self.account.role)
        if command.permissions and not any(may(acl, *permission) for permission in command.permissions):
            raise Refusal(PERMISSION_DENIED)
        return True

    def _reply(self, uuid: object, complete: str, response: object) -> None:
        reply: dict[str, object] = {"exec-uuid": uuid, "exec-complete": complete}
        if response is not None:
            reply["exec-response"] = response
        self.last_reply = encode(reply)
        self.send_raw(self.last_reply)


def encode(frame: object) -> str:
    """A frame as text, letters as they are, unless a client has sent half a surrogate pair and gets it back."""
    text = json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(frame, separators=(",", ":"))
    return text
