"""How big and how deep the broken frames of the demo PBXs are."""

HUGE_LENGTH = 5_000_000
"""Letters in one text."""

DEPTH = 100_000
"""Arrays inside each other."""
