"""Marks beside the words and digits of a call, by which the search tables know which calls a filter lists.

Without them each call that a word finds would be looked at: with a word that most calls have, all calls.
"""

from __future__ import annotations

from ctidesk.cti.values import CallDirection
from ctidesk.store.record import Outcome

VERSION = 1
"""To be raised with each change of what `marks_of` returns."""

# Three of a kind are one word, and one group of three in the index of numbers; nobody types these signs.
MISSED, IN, OUT = (3 * sign for sign in "\ue001\ue002\ue003")


def marks_of(direction_id: str, outcome: str) -> str:
    """Return the marks of a call with these stored values."""
    marks = [_OF_DIRECTION[direction_id]] if direction_id in _OF_DIRECTION else []
    if outcome in (Outcome.MISSED, Outcome.ANSWERED_ELSEWHERE):
        marks.append(MISSED)
    return " ".join(marks)


_OF_DIRECTION = {str(CallDirection.IN.value): IN, str(CallDirection.OUT.value): OUT}
