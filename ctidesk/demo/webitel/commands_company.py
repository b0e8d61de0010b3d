"""Call centre, recordings, and the little that the demo has of domains, gateways and hot desks.

webitel-protocol.md, "4.5 Call centre", "4.6 Domains, devices, gateways", "4.7 Messages, recordings, hot desk".
"""

from __future__ import annotations

from collections.abc import Mapping

from ctidesk.demo.webitel.request import PERMISSION_DENIED, Command, Refusal, Request, json_text
from ctidesk.demo.webitel.roles import acl_of, may

_GATEWAYS = "Gateway\tState\tStatus\nexternal::trunk\tREGED\tUP\n"


def _agent_in(request: Request) -> object:
    return request.desk.centre.log_in(request.account, request.text("status") or "Available")


def _agent_out(request: Request) -> object:
    return request.desk.centre.log_out(request.account)


def _tiers(request: Request) -> object:
    """Refused under `+OK`, as the server does it."""
    if not may(acl_of(request.account.role), "cc/tiers", "r"):
        return f"-ERR: {PERMISSION_DENIED}"
    return request.desk.centre.tiers(request.account)


def _record_link(request: Request) -> object:
    acl = acl_of(request.account.role)
    uuid = request.text("uuid")
    if not (may(acl, "cdr", "r") or may(acl, "cdr", "ro")):
        raise Refusal(f"-ERR: {PERMISSION_DENIED}")
    if not uuid:
        raise Refusal("-ERR: UUID is required.")
    numbers = request.desk.recordings.get(uuid)
    if numbers is None or not (may(acl, "cdr", "r") or request.account.number in numbers):
        return "+OK: Not found."
    token = request.desk.token_for(request.account)
    return f"http://{request.desk.address}/api/v2/files/{uuid}?x_key={token.key}&access_token={token.token}"


def _domain(request: Request) -> object:
    return {"domain": request.account.domain, "params": {"default_language": "ru"}}


def _denied(_request: Request) -> object:
    """Only the superuser may, and the demo has none."""
    raise Refusal(PERMISSION_DENIED)


def _desk_in(request: Request) -> object:
    if not request.text("address"):
        raise Refusal("Address is required")
    return json_text({"status": "OK", "info": request.text("address")})


def _desk_out(_request: Request) -> object:
    raise Refusal("Address is required")


COMPANY_COMMANDS: Mapping[str, Command] = {
    "cc login": Command(_agent_in),
    "cc logout": Command(_agent_out),
    "cc tier from user": Command(_tiers),
    "cdr_get_record_link": Command(_record_link),
    "hotdesk_signin": Command(_desk_in, (("hotdesk", "u"),)),
    "hotdesk_signout": Command(_desk_out, (("hotdesk", "u"),)),
    "api domain": Command(_domain, (("domain", "ro"), ("domain", "r"))),
    "api domain list": Command(_denied, (("domain", "r"),)),
    "sip_gateway_list": Command(lambda _request: {"response": _GATEWAYS}, (("gateway", "r"),)),
    "sip_profile_list": Command(_denied, (("gateway/profile", "r"),)),
}
