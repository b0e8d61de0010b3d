"""The panel for everybody: by keyboard alone, by ear, in other languages and sizes, and with whatever a PBX says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QTabBar, QWidget

from ctidesk.cti.errors import CtiError, ErrorKind
from ctidesk.cti.events import CallStarted, ErrorOccurred
from ctidesk.cti.text import Translator, install_translator
from ctidesk.ui.components.notices import Notices
from ctidesk.ui.theme import Theme
from ctidesk.ui.widgets import Clock, PlainLabel, Tile
from ctidesk.ui.windows.panel import Panel
from tests.cti.watcher import outgoing
from tests.ui.components.fake_directory import person
from tests.ui.components.finding import buttons
from tests.ui.components.languages import russian, ukrainian
from tests.ui.components.pictures import SCENES
from tests.ui.components.stage import Stage, show

HOSTILE = (
    "<b>bold</b>",
    "<img src=/etc/passwd>",
    "\u202eright to left\u2066",
    "&amp; &File\tx\ny\x00z",
    "x" * 1_000_000,
    "אנה פטרוב",
    "😀" * 300,
)


@pytest.fixture
def english() -> Iterator[None]:
    yield
    install_translator(None)


class TestKeys:
    async def test_answer(self, stage: Stage) -> None:
        call = await stage.ring()
        await key(stage, Qt.Key.Key_F4)
        assert stage.provider.commands == [("answer", call)]

    async def test_decline(self, stage: Stage) -> None:
        call = await stage.ring()
        await key(stage, Qt.Key.Key_F12)
        assert stage.provider.commands == [("drop", call)]

    async def test_hold_and_end(self, stage: Stage) -> None:
        call = await stage.talk()
        await key(stage, Qt.Key.Key_F6)
        await key(stage, Qt.Key.Key_F12)
        assert stage.provider.commands == [("hold_or_unhold", call), ("drop", call)]

    async def test_consult_transfer_and_swap(self, stage: Stage) -> None:
        main = await stage.talk()
        await key(stage, Qt.Key.Key_F7)
        assert stage.panel._dial._field.placeholderText() == "Consult with…"
        await key(stage, Qt.Key.Key_F8)
        assert stage.panel._dial._field.placeholderText() == "Transfer to…"
        assert stage.provider.commands == []
        await stage.hold(main)
        consult = await consulted(stage)
        await key(stage, Qt.Key.Key_F11)
        await key(stage, Qt.Key.Key_F9)
        assert stage.provider.commands == [("swap", main, consult), ("transfer", main, consult)]

    async def test_reconnect(self, stage: Stage) -> None:
        await key(stage, Qt.Key.Key_F5)
        assert stage.provider.commands == []
        await stage.lose_connection()
        await key(stage, Qt.Key.Key_F5)
        assert stage.provider.names[0] == "reconnect"

    async def test_the_dial_field(self, stage: Stage) -> None:
        stage.panel._pane._list.setFocus()
        QTest.keyClick(stage.panel, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert stage.panel.focusWidget() is stage.panel._dial._field

    @pytest.mark.parametrize("number", [4, 6, 7, 8, 9, 11, 12])
    async def test_without_a_call_keys_do_nothing(self, stage: Stage, number: int) -> None:
        await key(stage, Qt.Key(Qt.Key.Key_F1 + number - 1))
        assert stage.provider.commands == []
        assert stage.panel._dial.mode() is None

    async def test_the_keys_stand_in_the_tool_tips(self, stage: Stage) -> None:
        await stage.talk()
        tips = {tile.accessibleName(): tile.toolTip() for tile in stage.panel.findChildren(Tile) if tile.isVisible()}
        assert tips["Hold"] == "Hold (F6)"
        assert tips["End"] == "End (F12)"

    async def test_tab_reaches_every_control_and_comes_back(self, stage: Stage) -> None:
        await stage.talk()
        reached = []
        start = stage.panel.focusWidget()
        for _ in range(40):
            reached.append(stage.panel.focusWidget())
            QTest.keyClick(stage.panel.focusWidget() or stage.panel, Qt.Key.Key_Tab)
            if stage.panel.focusWidget() is start:
                break
        assert stage.panel.focusWidget() is start
        wanted = [
            one for one in buttons(stage.panel) if one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        assert len(wanted) > 8
        assert set(wanted) <= set(reached)
        tiles = [one for one in reached if isinstance(one, Tile)]
        assert [one.accessibleName() for one in tiles] == ["Hold", "Consult", "Transfer", "Keypad", "Mute", "End"]


class TestScreenReader:
    @pytest.mark.parametrize("name", SCENES)
    async def test_every_control_has_a_name(self, stage: Stage, name: str) -> None:
        await SCENES[name](stage)
        kinds = (QAbstractButton, QLineEdit, QAbstractItemView)
        controls = [one for kind in kinds for one in stage.panel.findChildren(kind) if one.isVisible()]
        assert len(controls) > 4
        assert [type(one).__name__ for one in controls if not one.accessibleName()] == []
        for tabs in stage.panel.findChildren(QTabBar):
            assert all(tabs.accessibleTabName(index) for index in range(tabs.count()))

    async def test_what_is_announced(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        said: list[str] = []
        for module in (Notices.__module__, Panel.__module__):
            monkeypatch.setattr(f"{module}.announce", lambda _widget, text: said.append(text))
        await stage.ring()
        assert said == ["Incoming call, Belova Anna, +7 495 123-45-67"]
        await stage.refuse()
        assert said[1:] == ["The PBX has refused the call: the number does not exist. Check it and call again."]
        await stage.lose_connection()
        assert said[2:] == ["No connection to the PBX"]


class TestHostileText:
    @pytest.mark.parametrize("text", HOSTILE)
    async def test_everywhere_it_is_plain_text(self, stage: Stage, text: str) -> None:
        stage.provider.people.replace_all(person("201", text, detail=text, group=text), person("214", text, me=True))
        await stage.consult(caller_name=text, queue=text, comment=text, line=text)
        error = CtiError(ErrorKind.COMMAND, text[:1000], code=text[:50], raw=text, source="fake")
        stage.provider.tell(ErrorOccurred(error))
        await stage.turn()
        stage.panel.grab()
        for label in stage.panel.findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText
        for widget in stage.panel.findChildren(QWidget):
            tip = widget.toolTip()
            assert "<b>" not in tip
            assert "<img" not in tip
            assert len(tip) < 5000
            assert len(widget.accessibleName()) < 2000
        for label in stage.panel.findChildren(PlainLabel):
            assert "\u202e" not in label.text()
            assert "\x00" not in label.text()

    async def test_a_hostile_number(self, stage: Stage) -> None:
        for number in HOSTILE:
            call = await stage.ring(caller_id=number, caller_name="")
            stage.panel.grab()
            stage.provider.tell(CallStarted(call))
        assert stage.panel.width() == 380


class TestLanguagesAndSizes:
    @pytest.mark.parametrize("scene", SCENES)
    @pytest.mark.parametrize("language", [russian, ukrainian])
    async def test_long_words_and_large_text_are_not_cut(
        self, scene: str, language: Translator, look: Theme, english: None
    ) -> None:
        install_translator(language)
        look.set_text_scale(2.0)
        stage = Stage()
        stage.panel.resize(600, 1120)
        await stage.begin()
        await SCENES[scene](stage)
        show()
        for tile in stage.panel.findChildren(Tile):
            if tile.isVisible():
                needed = tile.needed_width(short=tile._short, beside=tile._beside)
                assert tile.width() >= needed, tile.accessibleName()
        for label in stage.panel.findChildren(PlainLabel):
            if label.isVisible():
                assert label.height() >= label.fontMetrics().height(), label.text()
        assert stage.panel.width() == 600
        stage.panel.grab()
        await stage.end()

    @pytest.mark.parametrize("scene", SCENES)
    async def test_no_card_is_wider_than_the_window_with_large_text(
        self, scene: str, look: Theme, english: None
    ) -> None:
        install_translator(russian)
        look.set_text_scale(2.0)
        stage = Stage()
        stage.panel.resize(300, 720)  # no window can be so narrow with such words
        await stage.begin()
        await SCENES[scene](stage)
        show()
        for part in (*buttons(stage.panel), *stage.panel.findChildren(Clock)):
            if part.isVisible():
                corner = part.mapTo(stage.panel, part.rect().bottomRight())
                assert corner.x() < stage.panel.width(), part.accessibleName()
        await stage.end()

    @pytest.mark.parametrize("scene", SCENES)
    async def test_the_smallest_window_holds_everything(self, stage: Stage, scene: str) -> None:
        stage.panel.resize(300, 480)
        await SCENES[scene](stage)
        show()
        assert (stage.panel.width(), stage.panel.height()) == (300, 480)
        for one in buttons(stage.panel):
            if one.isVisible() and not stage.panel._calls.isAncestorOf(one):
                corner = one.mapTo(stage.panel, one.rect().bottomRight())
                assert corner.x() < 300, one.accessibleName()
                assert corner.y() < 480, one.accessibleName()
        for tile in stage.panel.findChildren(Tile):
            if tile.isVisible():
                assert tile.width() >= tile.needed_width(short=tile._short, beside=tile._beside), tile.accessibleName()

    async def test_all_words_go_through_translation(self, english: None) -> None:
        asked: set[tuple[str, str]] = set()

        def note(context: str, text: str) -> str:
            asked.add((context, text))
            return f"«{text}»"

        install_translator(note)
        stage = Stage()
        await stage.begin()
        await stage.talk(comment="")
        own = {"ctidesk"}
        for one in buttons(stage.panel):
            name = one.accessibleName()
            assert name in own or "«" in name or name.isdigit() or name in "*#", name
        assert ("Panel", "Hold") in asked
        await stage.end()

    async def test_a_theme_change_goes_through(self, stage: Stage, look: Theme) -> None:
        await stage.consult()
        look.force("dark")
        look.set_text_scale(1.5)
        show()
        stage.panel.grab()
        assert stage.panel._pane._list.rowHeight(1) > 60


async def key(stage: Stage, code: Qt.Key) -> None:
    QTest.keyClick(stage.panel, code)
    await stage.turn()


async def consulted(stage: Stage) -> object:
    consult = outgoing("c2", "201")
    stage.provider.tell(CallStarted(consult))
    stage.connect(consult)
    await stage.turn()
    return consult
