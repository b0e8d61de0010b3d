"""Numbers as people read them. What is dialled never comes from here."""

from __future__ import annotations

import re

from ctidesk.ui.widgets.bidi import clean

_GROUPED = (
    (re.compile(r"\+?7(\d{3})(\d{3})(\d\d)(\d\d)"), "+7 {} {}-{}-{}"),
    (re.compile(r"8(\d{3})(\d{3})(\d\d)(\d\d)"), "8 {} {}-{}-{}"),
    (re.compile(r"\+?380(\d\d)(\d{3})(\d\d)(\d\d)"), "+380 {} {}-{}-{}"),
    (re.compile(r"0(\d\d)(\d{3})(\d\d)(\d\d)"), "0{} {}-{}-{}"),
)
"""Russian and Ukrainian numbers, with country code and as dialled inside the country."""


def number_text(number: str) -> str:
    """Return `number` in groups where its plan is known, else as it came; on one line, without control characters."""
    text = clean(number)
    for pattern, form in _GROUPED:
        if found := pattern.fullmatch(text):
            return form.format(*found.groups())
    return text
