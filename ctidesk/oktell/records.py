"""Addresses of a call's recordings (oktell-protocol.md, "14.6 Call records")."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

from ctidesk.oktell.addresses import http_form
from ctidesk.oktell.errors import Code, refusal
from ctidesk.oktell.execution import execute
from ctidesk.oktell.record import JsonObject, Record
from ctidesk.oktell.session import Session


async def record_addresses(session: Session, url: str, chain_id: str) -> list[str] | JsonObject:
    """Return the addresses of the recordings of a chain, or the result of the command that was refused.

    Each address holds a one-time password of its own: it works once and must not be logged.

    Args:
        url: the URL of the WebSocket connection.
        chain_id: the chain of the call.
    """
    journal = await execute(session, "getpbxcalljournal", {"filter": {"idchain": chain_id, "showcallcenter": True}})
    if journal["result"] is not True:
        return journal
    addresses = []
    for link in _links(Record(journal)):
        address = urljoin(f"{http_form(url)}/", link)
        if urlsplit(address).netloc != urlsplit(http_form(url)).netloc:
            # A link to somewhere else must not be given the password.
            continue
        access = Record(await execute(session, "gettemphttppass"))
        password = access.text("password")
        if not password:
            return refusal(Code.NO_TEMPORARY_PASSWORD, reply=access.fields)
        joint = "&" if urlsplit(address).query else "?"
        addresses.append(f"{address}{joint}temppass={quote(password, safe='')}")
    return addresses


def _links(journal: Record) -> list[str]:
    """All `recordlink` fields of the reply, whatever list holds them, each once."""
    found = (one.text("recordlink") for name in journal for one in journal.records(name))
    return list(dict.fromkeys(link for link in found if link))
