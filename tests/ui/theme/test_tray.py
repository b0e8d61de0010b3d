"""The tray icon: sizes, frames and the badge (look.md, "6. In Qt Widgets", "Tray")."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from ctidesk.ui.theme import FRAME_MILLISECONDS, TrayState, tray_icon
from ctidesk.ui.theme.resources import resource_folder
from ctidesk.ui.theme.tray import TRAY_SIZES, badge_text
from tests.ui.theme.contrast import SHAPE, contrast

RED = QColor("#B3201A")


def image(state: TrayState, size: int, *, frame: int = 0, missed: int = 0) -> QImage:
    return tray_icon(state, frame, missed).pixmap(QSize(size, size), 1.0).toImage()


def reds(picture: QImage) -> list[tuple[int, int]]:
    """Places of the badge's red: no state uses it."""
    return [(x, y) for x in range(picture.width()) for y in range(picture.height()) if picture.pixelColor(x, y) == RED]


@pytest.mark.parametrize("state", TrayState)
def test_every_state_has_all_sizes(state: TrayState) -> None:
    sizes = {size.width() for size in tray_icon(state).availableSizes()}
    assert sizes == set(TRAY_SIZES)


@pytest.mark.parametrize("state", FRAME_MILLISECONDS)
def test_frames_alternate(state: TrayState) -> None:
    assert image(state, 22) != image(state, 22, frame=1)
    assert image(state, 22) == image(state, 22, frame=2)


def test_all_files_are_used() -> None:
    used = {name for state in TrayState for name in state.value}
    assert used == {path.stem for path in (resource_folder() / "tray").glob("*.svg")}


@pytest.mark.parametrize("size", TRAY_SIZES)
@pytest.mark.parametrize("missed", [1, 12, 120])
def test_badge_stands_at_the_lower_right(size: int, missed: int) -> None:
    plain, badged = image(TrayState.READY, size), image(TrayState.READY, size, missed=missed)
    assert not reds(plain)
    places = reds(badged)
    assert places
    width = {1: 8.6, 2: 10.4, 3: 12.4}[len(badge_text(missed, size))]
    unit = size / 16
    # Inside the margin of 0.9 from the right, the bottom and the pill's own edge.
    assert min(x for x, _ in places) >= int((16 - width + 0.9) * unit)
    assert max(x for x, _ in places) < size - 0.9 * unit + 1
    assert min(y for _, y in places) >= int((16 - 8.6 + 0.9) * unit)
    assert max(y for _, y in places) < size - 0.9 * unit + 1
    # What lies outside of the pill is untouched.
    for x in range(size):
        for y in range(int((16 - 8.6) * unit)):
            assert plain.pixelColor(x, y) == badged.pixelColor(x, y)


@pytest.mark.parametrize("size", [22, 32, 48])
def test_badge_has_white_digits_in_red(size: int) -> None:
    picture = image(TrayState.TALKING, size, missed=8)
    unit = size / 16
    row = [picture.pixelColor(x, round((16 - 4.3) * unit)) for x in range(round(8.3 * unit), round(15 * unit))]
    assert any(color.lightness() > 200 for color in row)
    assert any(color == RED for color in row)


@pytest.mark.parametrize(
    ("missed", "texts"),
    [(1, ("1", "1", "1")), (9, ("9", "9", "9")), (10, ("+", "10", "10")), (99, ("+", "99", "99")),
     (100, ("+", "+", "99+")), (5000, ("+", "+", "99+"))],
)  # fmt: skip
def test_badge_text(missed: int, texts: tuple[str, str, str]) -> None:
    assert tuple(badge_text(missed, size) for size in (16, 22, 32)) == texts


def test_icons_are_made_once() -> None:
    assert tray_icon(TrayState.RINGING, 1, 3).cacheKey() == tray_icon(TrayState.RINGING, 3, 3).cacheKey()
    assert tray_icon(TrayState.READY, 0, 100).cacheKey() == tray_icon(TrayState.READY, 0, 4000).cacheKey()


@pytest.mark.parametrize("panel", ["#EEF0F3", "#1F2126"])
@pytest.mark.parametrize("color", ["#1E9155", "#C27A00", "#D13B32", "#2F6BE6", "#808894"])
def test_colours_stand_out_on_both_panels(panel: str, color: str) -> None:
    assert contrast(QColor(panel), QColor(color)) >= SHAPE
    assert any(color in path.read_text() for path in (resource_folder() / "tray").glob("*.svg"))
