"""Durations in words (cti-model.md, "6. Timing")."""

from __future__ import annotations


def duration_text(seconds: float) -> str:
    """Return `seconds` as ``m:ss``, from an hour on as ``h:mm:ss``; a second that has not ended does not count."""
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
