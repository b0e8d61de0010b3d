"""Shapes that several widgets share."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QRegion

from ctidesk.ui.widgets.painting import rounded_region


@pytest.mark.parametrize("radius", [8, 10])
def test_the_corners_of_a_window_are_cut_alike(radius: int) -> None:
    width, height = 120, 90
    region = rounded_region(width, height, radius)
    assert region.boundingRect() == QRect(0, 0, width, height)
    missing = QRegion(0, 0, width, height) - region
    for x in range(radius):
        for y in range(radius):
            corners = [QPoint(a, b) for a in (x, width - 1 - x) for b in (y, height - 1 - y)]
            assert len({missing.contains(corner) for corner in corners}) == 1
    assert missing.contains(QPoint(0, 0))
    assert region.contains(QPoint(radius, 0)), "edges stay straight"
    assert region.contains(QPoint(radius // 2, radius // 2))
