"""The grid: fixed places, End in the last cell, no label ever cut (look.md, sections 1 and 5)."""

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ctidesk.ui.theme import TextStyle, Theme, text_font
from ctidesk.ui.widgets import Tile, TileFace, TileGrid, TileKind
from ctidesk.ui.widgets.tile_grid import Form, Place, place_tiles

FACES = (
    TileFace("hold", "Hold"),
    TileFace("consult", "Consult"),
    TileFace("transfer", "Transfer"),
    TileFace("keypad", "Keypad"),
    TileFace("mute", "Mute"),
    TileFace("conference", "Conference with all", "Conf."),
    TileFace("record-link", "Recording", "Record"),
    TileFace("end", "End"),
)


def grid(qtbot: QtBot) -> TileGrid:
    made = TileGrid()
    qtbot.addWidget(made)
    made.set_tiles([Tile(face, TileKind.END if face.icon == "end" else TileKind.NORMAL) for face in FACES])
    made.show()
    return made


@pytest.mark.parametrize(
    ("spans", "columns", "places"),
    [
        ([1] * 8, 4, [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (1, 2), (1, 3)]),
        # What the PBX can never do closes up, End stays last.
        ([1, 1, 1], 4, [(0, 0), (0, 1), (0, 3)]),
        ([1, 1, 1, 1], 4, [(0, 0), (0, 1), (0, 2), (0, 3)]),
        ([1, 1, 1, 1, 1], 4, [(0, 0), (0, 1), (0, 2), (0, 3), (1, 3)]),
        # Cancel takes the places of Consult and Transfer.
        ([1, 2, 1, 1, 1], 4, [(0, 0), (0, 1), (0, 3), (1, 0), (1, 3)]),
        ([1, 1, 1, 2, 1], 4, [(0, 0), (0, 1), (0, 2), (1, 0), (1, 3)]),
        ([1, 2, 1], 2, [(0, 0), (0, 1), (1, 1)]),
        ([1, 2, 1], 1, [(0, 0), (1, 0), (2, 0)]),
        ([1], 4, [(0, 3)]),
        ([], 4, []),
    ],
)
def test_places(spans: list[int], columns: int, places: list[tuple[int, int]]) -> None:
    placed = place_tiles(spans, columns)
    assert [(place.row, place.column) for place in placed] == places
    assert len({(p.row, p.column + i) for p in placed for i in range(p.span)}) == sum(p.span for p in placed)
    if placed:
        last = placed[-1]
        assert last == Place(max(place.row for place in placed), columns - last.span, last.span)


def test_labels_shorten_together_then_stand_beside(qtbot: QtBot) -> None:
    made = grid(qtbot)
    forms = [made.form_for(width) for width in range(700, 40, -1)]
    order = list(dict.fromkeys(forms))
    assert order[0] == Form(4, short=False)
    assert order[1] == Form(4, short=True)
    assert order == sorted(order, key=lambda form: (-form.columns, form.short))
    assert {form.columns for form in order} == {4, 2, 1}


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_label_is_ever_cut(scale: float, qtbot: QtBot, look: Theme) -> None:
    look.set_text_scale(scale)
    made = grid(qtbot)
    metrics = QFontMetrics(text_font(TextStyle.TILE))
    for width in range(made.minimumSizeHint().width(), 900, 37):
        made.resize(width, made.heightForWidth(width))
        beside = made.form_for(width).beside
        for tile in made.tiles():
            icon = 20 * scale if beside else 0
            assert metrics.horizontalAdvance(tile.shown_label()) + icon <= tile.width()
            assert made.rect().contains(tile.geometry())


def test_all_tiles_take_the_short_label_when_one_does_not_fit(qtbot: QtBot) -> None:
    made = grid(qtbot)
    made.resize(328, made.heightForWidth(328))
    assert [tile.shown_label() for tile in made.tiles()][5:7] == ["Conf.", "Record"]
    assert made.tiles()[5].accessibleName() == "Conference with all"
    made.resize(640, made.heightForWidth(640))
    assert [tile.shown_label() for tile in made.tiles()][5:7] == ["Conference with all", "Recording"]


def test_tiles_are_52_high_and_4_apart(qtbot: QtBot) -> None:
    made = grid(qtbot)
    made.resize(328, made.heightForWidth(328))
    first, fifth = made.tiles()[0].geometry(), made.tiles()[4].geometry()
    assert (first.height(), fifth.top() - first.top()) == (52, 56)
    assert made.tiles()[1].x() - first.right() - 1 == 4
    assert made.tiles()[7].geometry().bottomRight() == made.rect().bottomRight()


def test_grid_gets_its_height_in_a_layout(qtbot: QtBot, look: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    made = grid(qtbot)
    layout.addWidget(made)
    layout.addStretch(1)
    window.resize(330, 900)
    window.show()
    qtbot.waitUntil(lambda: made.height() == 2 * 52 + 4)
    look.set_text_scale(2.0)
    qtbot.waitUntil(lambda: made.height() == made.heightForWidth(330) > 250)


def test_a_longer_label_rearranges_the_grid(qtbot: QtBot) -> None:
    made = grid(qtbot)
    made.resize(460, 200)
    before = made.form_for(460)
    made.tiles()[0].set_face(TileFace("resume", "Resume the conversation", "Resume"))
    assert made.form_for(460) != before
    qtbot.waitUntil(lambda: made.tiles()[0].shown_label() == "Resume")


def test_places_stay_while_faces_change(qtbot: QtBot) -> None:
    made = grid(qtbot)
    made.resize(328, made.heightForWidth(328))
    before = [tile.geometry() for tile in made.tiles()]
    made.tiles()[0].set_face(TileFace("resume", "Resume"))
    made.tiles()[4].set_pressed(True)
    made.tiles()[5].set_available(False, "Nobody to add")
    assert [tile.geometry() for tile in made.tiles()] == before


def test_tiles_that_went_are_hidden(qtbot: QtBot) -> None:
    made = grid(qtbot)
    tiles = made.tiles()
    made.set_tiles([tiles[0], tiles[7]])
    assert [tile.isVisible() for tile in tiles] == [True, *[False] * 6, True]


def test_a_click_is_a_wish(qtbot: QtBot) -> None:
    tile = Tile(TileFace("mute", "Mute"))
    qtbot.addWidget(tile)
    tile.set_pressed(True)
    with qtbot.waitSignal(tile.clicked):
        tile.click()
    assert tile.isChecked()


def test_tile_colours(qtbot: QtBot, look: Theme) -> None:
    def ground(tile: Tile) -> object:
        qtbot.addWidget(tile)
        tile.resize(80, 52)
        return tile.grab().toImage().pixelColor(40, 3)

    tokens = look.tokens
    pressed, disabled = Tile(TileFace("keypad", "Keypad")), Tile(TileFace("keypad", "Keypad"), TileKind.END)
    pressed.set_pressed(True)
    disabled.set_available(False, "No call")
    assert ground(Tile(TileFace("hold", "Hold"))) == tokens.hover
    assert ground(Tile(TileFace("end", "End"), TileKind.END)) == tokens.talkFill
    assert ground(pressed) == tokens.accentSoft
    assert ground(disabled) == tokens.hover
