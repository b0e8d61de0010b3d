"""The fields of requests that mod_verto looks for, and what it says when one is not there."""

from __future__ import annotations

from ctidesk.demo.verto.session import CALL_FAILED, Params, RpcError
from ctidesk.demo.verto.words import CODES, DEFAULT_CAUSE


def present(params: Params | None) -> Params:
    """Raises RpcError when there are no params at all."""
    if params is None:
        raise RpcError(CALL_FAILED, "Params data missing")
    return params


def dialog_in(params: Params) -> Params:
    """Raises RpcError. What is there but no object has no members."""
    if "dialogParams" not in params:
        raise RpcError(CALL_FAILED, "Dialog data missing")
    dialog = params["dialogParams"]
    return dialog if isinstance(dialog, dict) else {}


def call_id_in(dialog: Params) -> str:
    """Raises RpcError."""
    return _text(dialog, "callID", "CallID missing")


def sdp_in(params: Params) -> str:
    """Raises RpcError."""
    return _text(params, "sdp", "SDP missing")


def action_in(params: Params) -> str:
    """Raises RpcError."""
    return _text(params, "action", "action missing")


def cause_in(params: Params) -> str:
    """The name counts, in any case of letters, and only without a known one the code, which may be a text."""
    name, code = params.get("cause"), params.get("causeCode")
    if isinstance(name, str) and name.upper() in CODES:
        return name.upper()
    if isinstance(code, str) and code.isdecimal():
        code = int(code)
    return next((one for one, number in CODES.items() if number == code), DEFAULT_CAUSE)


def _text(fields: Params, name: str, missing: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise RpcError(CALL_FAILED, missing)
    return value
