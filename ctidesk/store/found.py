"""What another program of the company knows of a number."""

from __future__ import annotations

from msgspec import Struct


class Found(Struct, frozen=True):
    """One of the people that the CRM knows under a number, without control characters and direction marks.

    Attributes:
        id: the CRM's own id, or empty.
        url: where the CRM shows it, or empty; whether it may be opened is decided elsewhere.
    """

    name: str
    company: str = ""
    title: str = ""
    note: str = ""
    email: str = ""
    id: str = ""
    url: str = ""


class LookupFailed(Exception):
    """There is no answer to use; the text says why."""
