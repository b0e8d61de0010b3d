"""Icons are painted in the colours of the theme, once, and again after it has changed."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap

from ctidesk.ui.theme import PresenceState, Theme, icon, icon_pixmap, icons, presence_icon, presence_pixmap
from ctidesk.ui.theme.resources import resource_folder

NAMES = sorted(path.stem for path in (resource_folder() / "icons").glob("*.svg"))


def colors(pixmap: QPixmap) -> set[str]:
    """The colours of all pixels that are fully painted."""
    image = pixmap.toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {color.name() for color in pixels if color.alpha() == 255}


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_takes_the_colour_of_its_token(name: str, look: Theme) -> None:
    found = colors(icon_pixmap(name, "talk", 24, 2.0))
    assert found == {look.tokens.talk.name()}


def test_all_icons_are_there() -> None:
    assert len(NAMES) == 75


def test_unknown_icon() -> None:
    with pytest.raises(KeyError):
        icon_pixmap("no-such-icon", "text", 16)


def test_pixmaps_are_cached_until_the_theme_changes(look: Theme) -> None:
    first = icon_pixmap("answer", "text", 18)
    assert icon_pixmap("answer", "text", 18).cacheKey() == first.cacheKey()
    assert icon_pixmap("answer", "text", 18, 2.0).cacheKey() != first.cacheKey()
    light = look.tokens.text.name()
    assert any(color == light for _, color, _, _ in icons._pixmaps)
    look.force("dark")
    assert not any(color == light for _, color, _, _ in icons._pixmaps)
    assert colors(icon_pixmap("answer", "text", 18, 2.0)) == {look.tokens.text.name()}


def test_pixmaps_have_the_device_pixels_of_their_ratio() -> None:
    pixmap = icon_pixmap("answer", "text", 18, 1.5)
    assert pixmap.size() == QSize(27, 27)
    assert pixmap.deviceIndependentSize().toSize() == QSize(18, 18)


def test_icon_has_states(look: Theme) -> None:
    made = icon("mute", "text2", 24, checked="accentText")
    size = QSize(24, 24)
    assert colors(made.pixmap(size, QIcon.Mode.Normal)) == {look.tokens.text2.name()}
    assert colors(made.pixmap(size, QIcon.Mode.Disabled)) == {look.tokens.disabled.name()}
    checked = made.pixmap(size, QIcon.Mode.Normal, QIcon.State.On)
    assert colors(checked) == {look.tokens.accentText.name()}


def test_icon_grows_with_the_text(look: Theme) -> None:
    look.set_text_scale(2.0)
    assert icon("mute", size=18).actualSize(QSize(100, 100)) == QSize(36, 36)


@pytest.mark.parametrize("state", PresenceState)
def test_every_state_has_a_shape_in_its_colour(state: PresenceState, look: Theme) -> None:
    assert colors(presence_pixmap(state, 48)) == {look.tokens[state.shape_token].name()}
    assert not presence_icon(state).isNull()


def test_shapes_differ_without_colour() -> None:
    def silhouette(state: PresenceState) -> bytes:
        image = presence_pixmap(state, 12).toImage()
        return bytes(image.pixelColor(x, y).alpha() > 127 for x in range(image.width()) for y in range(image.height()))

    assert len({silhouette(state) for state in PresenceState}) == len(PresenceState)


def test_no_file_lies_unused_or_names_a_colour() -> None:
    folder = resource_folder()
    assert {path.stem for path in (folder / "presence").glob("*.svg")} == {state.value for state in PresenceState}
    for path in (*Path(folder / "icons").glob("*.svg"), *Path(folder / "presence").glob("*.svg")):
        assert "#" not in path.read_text(encoding="utf-8"), path.name


def test_colours_are_opaque(look: Theme) -> None:
    assert all(QColor(value).alpha() == 255 for value in look.tokens.names().values())
