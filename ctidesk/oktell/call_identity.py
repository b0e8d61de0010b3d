"""Which call an abonent belongs to (oktell-protocol.md, "14.2 Call id")."""

from __future__ import annotations

from ctidesk.cti.call import Call
from ctidesk.oktell.abonent import EMPTY_CHAIN, Abonent


def call_id(abonent: Abonent) -> str:
    """Return the id of the call with this abonent ("14.2 Call id")."""
    phone = abonent.phone
    if not phone:
        return abonent.chain_id
    digits = "".join(char for char in phone if char.isascii() and char.isdigit())
    number = (digits.lstrip("0") or "0") if digits else phone
    return f"{abonent.chain_id}:{number}"


def is_same_party(call: Call, abonent: Abonent) -> bool:
    """Whether the call is the one with this abonent: by its id, by the number, or without a number by the chain."""
    if call.id == call_id(abonent):
        return True
    if abonent.phone:
        return abonent.phone == call.abonent_number
    return shares_chain(call, abonent)


def shares_chain(call: Call, abonent: Abonent) -> bool:
    """Whether both belong to one chain of the PBX."""
    chain = abonent.chain_id
    return bool(chain) and chain != EMPTY_CHAIN and call.id.partition(":")[0] == chain
