"""Errors as the operator meets them (cti-model.md, "1.5 Error kinds")."""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct


class ErrorKind(IntEnum):
    """What sort of thing went wrong; decides about a retry and about the words."""

    GENERAL = 0
    LOAD_LIBRARY = 1
    OPEN_CONNECTION = 2
    COMMAND = 3
    COMMAND_NOT_IMPLEMENTED = 4
    CALL_CENTRE_NOT_AVAILABLE = 5
    AUTHENTICATION = 6
    CALL_SAVING = 7
    EVENT_HANDLER = 8
    CONNECTION_CONFIG = 9

    @property
    def stops_reconnection(self) -> bool:
        """Whether trying again cannot help until somebody changes something (cti-model.md, "5.2 Reconnection")."""
        return self in (ErrorKind.AUTHENTICATION, ErrorKind.CONNECTION_CONFIG)


class CtiError(Struct, frozen=True):
    """One error.

    Attributes:
        kind: the sort of error.
        code: the PBX's own code, or None.
        text: translated words for the operator: what happened and what to do.
        raw: the PBX's own text, for "Details"; empty when it gave none.
        source: where it came from, like ``oktell.call``.
    """

    kind: ErrorKind
    text: str
    code: int | str | None = None
    raw: str = ""
    source: str = ""


class CtiException(Exception):
    """A command that the provider or the model could not carry out."""

    def __init__(self, error: CtiError) -> None:
        super().__init__(error.text)
        self.error = error
