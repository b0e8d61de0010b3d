"""Where the popups stand: in a corner of the pointer's screen, one above the other, never moving under the pointer.

look.md, "Popup", "Place"; all lengths in logical px.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QCursor, QGuiApplication

from ctidesk.ui.windows.notice_window import NoticeWindow

POINTER_SCREEN = "pointer"
PRIMARY_SCREEN = "primary"
EDGE = 16
GAP = 8


class Corner(Enum):
    """The corner of the available area in which the first popup stands."""

    TOP_LEFT = "top-left"
    TOP_RIGHT = "top-right"
    BOTTOM_LEFT = "bottom-left"
    BOTTOM_RIGHT = "bottom-right"

    @property
    def is_top(self) -> bool:
        """Whether later popups stand below the first."""
        return self in (Corner.TOP_LEFT, Corner.TOP_RIGHT)

    @property
    def is_left(self) -> bool:
        """Whether the popups stand at the left edge."""
        return self in (Corner.TOP_LEFT, Corner.BOTTOM_LEFT)


class Stack:
    """The windows that stand in the corner, the first one in the corner itself.

    A window that goes leaves a gap until `settle` finds the pointer over none of them.
    """

    def __init__(self, corner: Corner = Corner.BOTTOM_RIGHT) -> None:
        self._corner = corner
        self._screen = POINTER_SCREEN
        self._places: dict[NoticeWindow, QRect] = {}
        self._area = QRect()

    def set_place(self, corner: Corner, screen: str = POINTER_SCREEN) -> None:
        """Let the next windows stand elsewhere.

        Args:
            corner: of the screen.
            screen: `POINTER_SCREEN`, `PRIMARY_SCREEN`, or the name of a screen; one that is not plugged in now is
                replaced by the pointer's.
        """
        self._corner = corner
        self._screen = screen

    @property
    def grows_down(self) -> bool:
        """Whether a window that becomes higher keeps its upper edge."""
        return self._corner.is_top

    def settle(self, windows: Sequence[NoticeWindow]) -> None:
        """Let `windows` stand in this order; those that are there already stay where they are under the pointer.

        New ones then stand beyond the others until the pointer has gone and this is called again.
        """
        self._places = {window: place for window, place in self._places.items() if window in windows}
        if not self._places:
            self._area = _area(self._screen)
        wanted = self._in_order(windows)
        # Asking the system for the pointer takes longer than all the rest: only when one of them would move.
        would_move = any(wanted[window] != place for window, place in self._places.items())
        if would_move and any(window.is_under_pointer() for window in self._places):
            for window in windows:
                if window in self._places:
                    self._resize(window)
                else:
                    self._move(window, self._at(window, self._beyond()))
        else:
            for window, place in wanted.items():
                self._move(window, place.topLeft())

    def _in_order(self, windows: Sequence[NoticeWindow]) -> dict[NoticeWindow, QRect]:
        """Where each window stands when none is missing between the corner and it."""
        places = {}
        offset = EDGE
        for window in windows:
            places[window] = QRect(self._at(window, offset), window.size())
            offset += window.height() + GAP
        return places

    def _beyond(self) -> int:
        places = self._places.values()
        if self._corner.is_top:
            return max(place.bottom() + 1 for place in places) - self._area.top() + GAP
        return self._area.bottom() + 1 - min(place.top() for place in places) + GAP

    def _resize(self, window: NoticeWindow) -> None:
        """Let a window that has become higher or lower keep the edge that is nearer to the corner."""
        place = self._places[window]
        if place.size() != window.size():
            anchor = place.topLeft() if self._corner.is_top else place.bottomLeft() - QPoint(0, window.height() - 1)
            self._move(window, anchor)

    def _at(self, window: NoticeWindow, offset: int) -> QPoint:
        return place_in(self._area, window.size(), offset, self._corner)

    def _move(self, window: NoticeWindow, to: QPoint) -> None:
        self._places[window] = QRect(to, window.size())
        if window.pos() != to:
            window.move(to)


def place_in(area: QRect, size: QSize, offset: int, corner: Corner) -> QPoint:
    """Return the top left of a window `offset` px from the edge of `area`, inside of it as far as it fits."""
    x = area.left() + EDGE if corner.is_left else area.right() + 1 - EDGE - size.width()
    y = area.top() + offset if corner.is_top else area.bottom() + 1 - offset - size.height()
    return QPoint(
        max(area.left(), min(x, area.right() + 1 - size.width())),
        max(area.top(), min(y, area.bottom() + 1 - size.height())),
    )


def _area(wanted: str) -> QRect:
    """The part of the wanted screen that panels and docks leave free."""
    screen = None
    if wanted != PRIMARY_SCREEN:
        named = (one for one in QGuiApplication.screens() if one.name() == wanted)
        screen = next(named, None) or QGuiApplication.screenAt(QCursor.pos())
    screen = screen or QGuiApplication.primaryScreen()
    return screen.availableGeometry() if screen is not None else QRect(0, 0, 1024, 768)
