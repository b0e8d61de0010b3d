"""Contrast of two colours, and how much of it is needed (WCAG 2.1, level AA)."""

from PySide6.QtGui import QColor

TEXT = 4.5
SHAPE = 3.0
"""Shapes that carry meaning, and outlines of controls."""


def luminance(color: QColor) -> float:
    """WCAG 2.1, "relative luminance"."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(first: QColor, second: QColor) -> float:
    """WCAG 2.1, "contrast ratio"."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
