"""The director's `state`: who is connected to whom, as plain data."""

from __future__ import annotations

from ctidesk.demo.webitel.accounts import Account
from ctidesk.demo.webitel.channels import Channel
from ctidesk.demo.webitel.desk import Desk


def state_report(desk: Desk) -> dict[str, object]:
    """All channels and users. A channel's `with` is the number of the party that it talks with."""
    return {
        "calls": [_channel(channel) for channel in desk.legs.channels.values()],
        "users": [_user(desk, account) for account in desk.directory],
    }


def _channel(channel: Channel) -> dict[str, object]:
    return {
        "uuid": channel.id,
        "number": channel.party.number,
        "name": channel.party.name,
        "state": channel.call_state,
        "rings": channel.is_ringing,
        "holds": channel.is_held,
        "with": channel.bridged.party.number if channel.bridged else "",
        "queue": channel.variables.get("cc_queue", ""),
        "digits": channel.party.digits,
    }


def _user(desk: Desk, account: Account) -> dict[str, object]:
    return {
        "number": account.number,
        "login": account.login,
        "name": account.name,
        "state": account.state,
        "away": account.shown_away,
        "tag": account.tag,
        "agent": account.agent_status if account.is_agent else "",
        "client": desk.is_attended(account),
    }
