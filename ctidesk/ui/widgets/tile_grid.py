"""The fixed grid of call actions (look.md, "1. Ten decisions", 3, and "5. Behaviour", "Text 200 %")."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctidesk.ui.theme import theme
from ctidesk.ui.widgets.tile import Tile

COLUMNS = 4
TILE_GAP = 4


class Form(NamedTuple):
    """One way to lay the tiles out."""

    columns: int
    short: bool

    @property
    def beside(self) -> bool:
        """Word beside the icon."""
        return self.columns < COLUMNS


class Place(NamedTuple):
    """Where a tile stands: row, first column, columns it takes."""

    row: int
    column: int
    span: int


# In the order of preference: the first in which no label is cut is taken.
_FORMS = (Form(4, False), Form(4, True), Form(2, False), Form(2, True), Form(1, False), Form(1, True))


class TileGrid(QWidget):
    """Tiles in the order given, four to a row; the last one is End and always stands in the last cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: list[Tile] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme().changed.connect(self._restyle)

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these and no others; the last one is End. Tiles that went stay with their owner, hidden."""
        if list(tiles) == self._tiles:
            return
        for tile in self._tiles:
            if tile not in tiles:
                tile.hide()
        self._tiles = list(tiles)
        previous: Tile | None = None
        for tile in tiles:
            if tile.parentWidget() is not self:
                tile.setParent(self)
            tile.show()
            if previous is not None:
                QWidget.setTabOrder(previous, tile)
            previous = tile
        self._restyle()

    def tiles(self) -> list[Tile]:
        """The tiles shown, in reading order."""
        return list(self._tiles)

    def form_for(self, width: int) -> Form:
        """The form in which every label fits into `width` px."""
        return next((form for form in _FORMS if self._fits(form, width)), _FORMS[-1])

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        form = self.form_for(width)
        rows = max((place.row for place in place_tiles([tile.span for tile in self._tiles], form.columns)), default=-1)
        if rows < 0:
            return 0
        return (rows + 1) * (Tile.needed_height(beside=form.beside) + TILE_GAP) - TILE_GAP

    def sizeHint(self) -> QSize:
        width = max((self._width_needed(_FORMS[0], tile) for tile in self._tiles), default=0)
        full = COLUMNS * (width + TILE_GAP) - TILE_GAP
        return QSize(full, self.heightForWidth(full))

    def minimumSizeHint(self) -> QSize:
        width = max((tile.needed_width(short=True, beside=True) for tile in self._tiles), default=0)
        return QSize(width, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a tile has another face
            self._restyle()
        return super().event(event)

    def _arrange(self) -> None:
        form = self.form_for(self.width())
        height = Tile.needed_height(beside=form.beside)
        right_to_left = self.isRightToLeft()
        for tile, place in zip(
            self._tiles, place_tiles([tile.span for tile in self._tiles], form.columns), strict=True
        ):
            left = _edge(place.column, form.columns, self.width())
            right = _edge(place.column + place.span, form.columns, self.width()) - TILE_GAP
            tile.set_form(short=form.short, beside=form.beside)
            box = QRect(left, place.row * (height + TILE_GAP), right - left, height)
            if right_to_left:
                box.moveLeft(self.width() - right)
            tile.setGeometry(box)

    def _fits(self, form: Form, width: int) -> bool:
        cell = (width + TILE_GAP) // form.columns - TILE_GAP
        return all(self._width_needed(form, tile) <= cell for tile in self._tiles)

    def _width_needed(self, form: Form, tile: Tile) -> int:
        """The width one cell must have for this tile."""
        needed = tile.needed_width(short=form.short, beside=form.beside)
        span = tile.span if form.columns == COLUMNS else 1
        return -(-(needed - (span - 1) * TILE_GAP) // span)

    def _restyle(self) -> None:
        self._arrange()
        self.updateGeometry()


def place_tiles(spans: Sequence[int], columns: int) -> list[Place]:
    """Places in reading order. With fewer than four columns every tile takes one cell.

    The last tile stands in the last cell of the last row; empty cells come before it if need be.
    """
    places: list[Place] = []
    row = column = 0
    for index, wanted in enumerate(spans):
        span = wanted if columns == COLUMNS else 1
        if column + span > columns:
            row, column = row + 1, 0
        if index == len(spans) - 1:
            column = columns - span
        places.append(Place(row, column, span))
        column += span
    return places


def _edge(column: int, columns: int, width: int) -> int:
    """Left edge of a column; rounding is spread so that the last cell ends at the edge."""
    return round(column * (width + TILE_GAP) / columns)
