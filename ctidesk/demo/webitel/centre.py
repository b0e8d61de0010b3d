"""The call centre: queues, their agents, and calls that come through a queue.

webitel-protocol.md, "4.5 Call centre", "5.5 Call-centre events" and "9. Call-centre agent".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ctidesk.demo.webitel.accounts import AVAILABLE, LOGGED_OUT, ON_BREAK, Account
from ctidesk.demo.webitel.channels import Attempt, Channel, Party
from ctidesk.demo.webitel.switch import Switch

QUEUES = ("sales", "support")
OFFERED_AGAIN_AFTER_SECONDS = 10.0
CENTRE_EVENTS = (
    "CC::AGENT-OFFERING",
    "CC::BRIDGE-AGENT-START",
    "CC::BRIDGE-AGENT-END",
    "CC::BRIDGE-AGENT-FAIL",
    "CC::MEMBER-QUEUE-START",
    "CC::MEMBER-QUEUE-RESUME",
    "CC::MEMBER-QUEUE-END",
    "CC::MEMBERS-COUNT",
    "CC::AGENT-STATUS-CHANGE",
    "CC::AGENT-STATE-CHANGE",
)


class CallCentre:
    """`ring` puts a caller into a queue; the rest is what agents do."""

    def __init__(self, switch: Switch) -> None:
        self.switch = switch
        self._waiting: dict[str, int] = {}

    # ------------------------------------------------------------ agents

    def log_in(self, account: Account, status: str) -> str:
        """Returns the answer of `cc login`. One who is in already keeps his status."""
        if not account.is_agent:
            return "-ERR: Agent not found"
        if status not in (*AVAILABLE, ON_BREAK):
            return f"-ERR: Bad status {status}"
        if not account.in_call_centre:
            account.on_demand = status == AVAILABLE[1]
            self.set_status(account, status)
        return "+OK\n"

    def log_out(self, account: Account) -> str:
        """Returns the answer of `cc logout`."""
        if not account.is_agent:
            return "-ERR: Agent not found"
        if account.in_call_centre:
            self.set_status(account, LOGGED_OUT)
        return "+OK\n"

    def set_status(self, account: Account, status: str) -> None:
        account.agent_status = status
        self.status_changed(account)

    def status_changed(self, account: Account) -> None:
        """Tells the agent's new status, wherever it came from."""
        self.tell("agent-status-change", {"CC-Agent": account.login, "CC-Agent-Status": account.agent_status})
        self.switch.legs.listener.presence_changed(account)

    def set_state(self, account: Account, state: str) -> None:
        """What the agent does about the calls of the queues; shown to the domain as well."""
        account.in_queue_call = state == "In a queue call"
        account.agent_state = state
        self.tell("agent-state-change", {"CC-Agent": account.login, "CC-Agent-State": state})
        self.switch.legs.listener.presence_changed(account)

    def queues_of(self, account: Account) -> list[str]:
        """Every agent works for one queue, the first of the company for all."""
        if not account.is_agent:
            return []
        if account is self.switch.legs.directory.operator:
            return list(QUEUES)
        return [QUEUES[int(account.number) // 2 % len(QUEUES)]] if account.number.isdecimal() else [QUEUES[0]]

    def tiers(self, account: Account) -> object:
        """The answer of `cc tier from user`: an object keyed by queue, or an empty list."""
        tiers = {
            queue: {
                "queue": self.full_name(queue),
                "agent": account.login,
                "state": "Ready",
                "level": "1",
                "position": "1",
            }
            for queue in self.queues_of(account)
        }
        return tiers or []

    # ------------------------------------------------------------ queues

    def ring(self, agent: Party, caller: Party, queue: str) -> Channel:
        """The caller waits in the queue and is offered to this agent, again and again until one of both gives up."""
        member = self.switch.legs.call_in(caller, queue)
        self.switch.legs.answer(member)
        call = _QueueCall(self, agent, member, queue.partition("@")[0])
        call.join()
        return member

    def full_name(self, queue: str) -> str:
        return f"{queue}@{self.switch.legs.directory.domain}"

    def tell(self, action: str, fields: Mapping[str, str]) -> None:
        event: dict[str, object] = {"webitel-event-name": "server", "Event-Name": f"CC::{action.upper()}"}
        event.update({"CC-Action": action, **fields})
        self.switch.legs.listener.centre_event(event)

    def waiting_changed(self, queue: str, by: int) -> None:
        self._waiting[queue] = self._waiting.get(queue, 0) + by
        count = str(self._waiting[queue])
        self.tell(
            "members-count", {"CC-Queue": self.full_name(queue), "CC-Count": count, "CC-Selection": "Single-Queue"}
        )


@dataclass(eq=False)
class _QueueCall:
    """One caller in one queue. The agent's leg is no part of the caller's call until both are connected."""

    centre: CallCentre
    agent: Party
    member: Channel
    queue: str
    attempt: Attempt | None = None
    is_over: bool = False

    def join(self) -> None:
        self.member.variables["cc_queue"] = self.centre.full_name(self.queue)
        self.member.variables["cc_member_uuid"] = self.centre.switch.legs.new_id()
        self.member.when_hung_up.append(self._leave)
        self.member.when_moved = self._leave
        self.centre.tell("member-queue-start", self._fields())
        self.centre.waiting_changed(self.queue, 1)
        self._offer()

    def _offer(self) -> None:
        if self.is_over:
            return
        switch, account = self.centre.switch, self.agent.account
        assert account is not None
        if not account.registered:
            switch.legs.later(self.member, OFFERED_AGAIN_AFTER_SECONDS, self._offer)
            return
        self.centre.set_state(account, "Receiving")
        self.centre.tell("agent-offering", self._fields())
        self.attempt = attempt = Attempt(self._talk, self._refused)
        variables = {
            "cc_queue": self.centre.full_name(self.queue),
            "cc_side": "agent",
            "cc_agent": account.login,
            "cc_member_uuid": self.member.variables["cc_member_uuid"],
            "cc_member_session_uuid": self.member.id,
        }
        caller = self.member.party
        switch.ring_phones(attempt, self.agent, (caller.number, caller.name or caller.number), variables)
        switch.behave(attempt, self.agent)

    def _talk(self, leg: Channel) -> None:
        account = self.agent.account
        assert account is not None
        self.attempt = None
        self.centre.set_state(account, "In a queue call")
        self.centre.tell("bridge-agent-start", self._fields() | {"CC-Agent-UUID": leg.id})
        self.centre.waiting_changed(self.queue, -1)
        leg.when_hung_up.append(lambda: self._talk_ended(account, leg))
        self.member.callee_number, self.member.callee_name = self.agent.number, self.agent.name
        self.centre.switch.bridge(self.member, leg)
        self.centre.switch.legs.emit(leg, "RECORD_START")

    def _talk_ended(self, account: Account, leg: Channel) -> None:
        self.centre.switch.legs.emit(leg, "RECORD_STOP")
        self.centre.tell("bridge-agent-end", self._fields() | {"CC-Agent-UUID": leg.id, "CC-Hangup-Cause": leg.cause})
        self.centre.set_state(account, "Idle" if account.on_demand else "Waiting")
        self._end("Terminated")

    def _refused(self, cause: str) -> None:
        """The agent does not want the call, or his telephone is busy."""
        account = self.agent.account
        assert account is not None
        self.attempt = None
        self.centre.tell("bridge-agent-fail", self._fields() | {"CC-Hangup-Cause": cause})
        self.centre.set_state(account, "Waiting")
        if not self.is_over:
            self.centre.switch.legs.later(self.member, OFFERED_AGAIN_AFTER_SECONDS, self._offer)

    def _leave(self) -> None:
        """The caller has hung up or is taken away: alone in the queue, while a telephone rings, or in a talk."""
        if self.is_over:
            return
        attempt, self.attempt = self.attempt, None
        talked = self.member.bridged is not None
        if attempt is not None and self.agent.account is not None:
            self.centre.switch.cancel(attempt, "ORIGINATOR_CANCEL")
            self.centre.set_state(self.agent.account, "Waiting")
        if not talked:
            self.centre.waiting_changed(self.queue, -1)
            self._end("Cancel")

    def _end(self, cause: str) -> None:
        if not self.is_over:
            self.is_over = True
            self.centre.tell("member-queue-end", self._fields() | {"CC-Cause": cause})

    def _fields(self) -> dict[str, str]:
        account = self.agent.account
        assert account is not None
        return {
            "CC-Queue": self.centre.full_name(self.queue),
            "CC-Agent": account.login,
            "CC-Member-UUID": self.member.variables["cc_member_uuid"],
            "CC-Member-Session-UUID": self.member.id,
            "CC-Member-CID-Name": self.member.caller_name,
            "CC-Member-CID-Number": self.member.caller_number,
        }
