"""How numbers are dialled, by the settings."""

from __future__ import annotations

from ctidesk.config.settings import Numbers
from ctidesk.store.numbers import NumberPlan


def plan_of(numbers: Numbers) -> NumberPlan:
    """Return how numbers are dialled by the settings."""
    return NumberPlan(numbers.country, numbers.area_code, numbers.longest_extension, numbers.outside_line)
