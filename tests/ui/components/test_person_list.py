"""The list of people: rows, changes, keyboard, mouse."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ctidesk.cti.directory import Abonent
from ctidesk.cti.presence import Presence
from ctidesk.cti.slices import at_once
from ctidesk.ui.components.favourites import Favourites
from ctidesk.ui.components.person_list import PersonList
from ctidesk.ui.components.person_rows import Grouped, Head, PersonRow, PersonRows, Remark, Row
from ctidesk.ui.components.row_list import head_height, row_height
from tests.ui.components.fake_directory import colleagues, person

NO_KEYS = Qt.KeyboardModifier.NoModifier


def grouped(abonents: Iterable[Abonent], favourites: Favourites) -> Grouped:
    groups = Grouped()
    at_once(groups.take(abonents, favourites))
    return groups


def rows_of(abonents: Iterable[Abonent], favourites: Favourites) -> list[Row]:
    """Return the rows that are shown of these people."""
    rows = PersonRows(lambda: True)
    rows.set_grouped(grouped(abonents, favourites))
    return rows.rows()


class Shown:
    """A list with the colleagues in it."""

    def __init__(self, qtbot: QtBot, *abonents: Abonent, known: bool = True) -> None:
        self.known = known
        self.abonents = {one.id: one for one in abonents or colleagues()}
        self.rows = PersonRows(lambda: self.known)
        self.favourites = Favourites()
        self.rows.set_grouped(grouped(self.abonents.values(), self.favourites))
        self.view = PersonList(self.rows, lambda _: "answer", self.favourites)
        qtbot.addWidget(self.view)
        self.view.resize(380, 600)
        self.view.show()
        self.chosen: list[str] = []
        self.view.chosen.connect(lambda abonent: self.chosen.append(abonent.number))

    def spoken(self, place: int) -> object:
        return self.rows.data(self.rows.index(place, 0), Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_people_stand_in_their_groups_and_the_operator_not_at_all() -> None:
    rows = rows_of(colleagues(), Favourites())
    assert [row for row in rows if isinstance(row, Head)] == [Head("Sales", 3), Head("Support", 10), Head("Others", 1)]
    assert "214" not in [row.number for row in rows if isinstance(row, PersonRow)]


def test_each_row_has_its_height_however_often_the_groups_change(shown: Shown) -> None:
    def heights() -> set[tuple[bool, int]]:
        header = shown.view.verticalHeader()
        places = range(shown.rows.rowCount())
        return {(isinstance(shown.rows.row(shown.rows.index(one, 0)), Head), header.sectionSize(one)) for one in places}

    expected = {(True, head_height()), (False, row_height())}
    assert heights() == expected
    for abonent in list(shown.abonents.values())[3:6]:
        shown.favourites.toggle(abonent)
        shown.rows.set_grouped(grouped(shown.abonents.values(), shown.favourites))
        assert heights() == expected


def test_without_groups_there_are_no_heads() -> None:
    assert all(isinstance(row, PersonRow) for row in rows_of([person("1", "A"), person("2", "B")], Favourites()))


def test_favourites_come_first_and_nowhere_else() -> None:
    favourites = Favourites()
    people = {one.number: one for one in colleagues()}
    for number in ("205", "201"):
        favourites.toggle(people[number])
    rows = rows_of(people.values(), favourites)
    assert rows[0] == Head("Favourites", 2)
    assert [row.number for row in rows if isinstance(row, PersonRow)][:2] == ["205", "201"]
    assert len([row for row in rows if isinstance(row, PersonRow) and row.number in ("205", "201")]) == 2
    favourites.toggle(people["205"])
    assert rows_of(people.values(), favourites)[0] == Head("Favourites", 1)


def test_favourites_last_over_the_end(qtbot: QtBot, tmp_path: Path) -> None:
    store = QSettings(str(tmp_path / "windows.ini"), QSettings.Format.IniFormat)
    for one in (person("205", "A"), person("201", "B"), person("", "without a number")):
        Favourites(store).toggle(one)
    store.sync()
    again = Favourites(QSettings(str(tmp_path / "windows.ini"), QSettings.Format.IniFormat))
    assert [person(number, "") in again for number in ("201", "205", "206", "")] == [True, True, False, False]
    assert again.place(person("201", "B")) == 1


@pytest.mark.parametrize("written", ["", "{", "7", '{"201": 1}', "[1, null]"])
def test_what_somebody_else_wrote_is_no_favourite(qtbot: QtBot, tmp_path: Path, written: str) -> None:
    store = QSettings(str(tmp_path / "windows.ini"), QSettings.Format.IniFormat)
    store.setValue("people/favourites", written)
    assert person("1", "A") not in Favourites(store)


def test_the_star_of_a_row_makes_a_favourite(shown: Shown) -> None:
    toggled: list[str] = []
    shown.view.favour_toggled.connect(lambda abonent: toggled.append(abonent.number))
    row = shown.view.visualRect(shown.rows.index(1, 0))
    star = shown.view._painter.button_rect(row, 1).center()
    QTest.mouseMove(shown.view.viewport(), star)
    QTest.mouseClick(shown.view.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, star)
    assert (toggled, shown.chosen) == (["201"], [])
    assert shown.view.toolTip() == "Add to favourites"
    call = shown.view._painter.button_rect(row, 0).center()
    QTest.mouseClick(shown.view.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, call)
    assert (toggled, shown.chosen) == (["201"], ["201"])


def test_a_row_is_spoken_as_name_number_state(shown: Shown) -> None:
    assert shown.spoken(0) == "Sales, 3"
    assert shown.spoken(2) == "Ivanova Maria, 202, Talking · +7 495 123-45-67"
    shown.known = False
    assert shown.spoken(2) == "Ivanova Maria, 202, State not known"
    shown.rows.set_rows([Remark("nothing")])
    assert shown.spoken(0) == "nothing"


def test_heads_are_lower_than_rows_and_cannot_be_chosen(shown: Shown) -> None:
    assert shown.view.rowHeight(0) < shown.view.rowHeight(1)
    assert not shown.rows.flags(shown.rows.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable


def test_a_change_of_presence_changes_one_row(shown: Shown) -> None:
    changed: list[tuple[int, int]] = []
    resets: list[int] = []
    shown.rows.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    shown.rows.modelReset.connect(lambda: resets.append(1))
    shown.abonents["id202"] = replace(shown.abonents["id202"], presence=Presence.READY, detail="")
    assert shown.rows.update_people({"id202"}, shown.abonents)
    assert changed == [(2, 2)]
    assert resets == []
    assert shown.spoken(2) == "Ivanova Maria, 202, Ready"


def test_another_name_or_group_asks_for_all_rows_anew(shown: Shown) -> None:
    before = shown.abonents["id202"]
    for after in (replace(before, name="Other"), replace(before, number="299"), replace(before, group="Support")):
        abonents = shown.abonents | {"id202": after}
        assert not shown.rows.update_people({"id202"}, abonents)
    assert not shown.rows.update_people({"new"}, {"new": person("777", "New")})
    assert shown.rows.update_people({"id214"}, shown.abonents)  # the operator has no row


def test_arrow_keys_pass_the_heads(shown: Shown) -> None:
    shown.view.setFocus()
    shown.view.select_first()
    walked = []
    for _ in range(4):
        current = shown.view.current()
        assert current is not None
        walked.append(current.number)
        QTest.keyClick(shown.view, Qt.Key.Key_Down)
    assert walked == ["201", "202", "203", "204"]
    QTest.keyClick(shown.view, Qt.Key.Key_Up)
    QTest.keyClick(shown.view, Qt.Key.Key_Up)
    current = shown.view.current()
    assert current is not None
    assert current.number == "203"


def test_enter_chooses_and_control_c_copies(shown: Shown) -> None:
    shown.view.select_person("id205")
    QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert shown.chosen == ["205"]
    QTest.keyClick(shown.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "205"


def test_shift_enter_asks_for_the_menu(shown: Shown) -> None:
    asked: list[str] = []
    shown.view.menu_wanted.connect(lambda abonent, _: asked.append(abonent.number))
    shown.view.select_person("id205")
    QTest.keyClick(shown.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (asked, shown.chosen) == (["205"], [])


def test_a_double_click_chooses_once(shown: Shown) -> None:
    place = shown.view.visualRect(shown.rows.index(1, 0)).center()
    QTest.mouseClick(shown.view.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, place)
    assert shown.chosen == []
    QTest.mouseDClick(shown.view.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, place)
    assert shown.chosen == ["201"]


def test_the_button_of_the_hovered_row_chooses(shown: Shown) -> None:
    rect = shown.view.visualRect(shown.rows.index(3, 0))
    place = QPoint(rect.right() - 20, rect.center().y())
    QTest.mouseMove(shown.view.viewport(), place)
    QTest.mouseClick(shown.view.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, place)
    assert shown.chosen == ["203"]
    QTest.mouseDClick(shown.view.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, place)
    assert shown.chosen == ["203"]


def test_a_click_on_a_head_chooses_nothing(shown: Shown) -> None:
    place = shown.view.visualRect(shown.rows.index(0, 0)).center()
    QTest.mouseDClick(shown.view.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, place)
    assert shown.chosen == []
    assert shown.view.current() is None


@pytest.mark.parametrize(
    "name",
    ["<b>bold</b>", "<img src=/etc/passwd>", "\u202eright to left", "x" * 1_000_000, "אנה פטרוב", "a\nb", "😀" * 99],
)
def test_hostile_names_are_painted_as_they_are(qtbot: QtBot, name: str) -> None:
    shown = Shown(qtbot, person("201", name), person("<i>7</i>", name, detail=name, group=name))
    picture = QPixmap(shown.view.size())
    shown.view.render(picture)
    assert not picture.isNull()
    place = shown.view.visualRect(shown.rows.index(0, 0)).center()
    QTest.mouseMove(shown.view.viewport(), place)
    tip = shown.view.toolTip()
    assert "<b>" not in tip
    assert "<img" not in tip


def test_ten_thousand_people_are_shown_without_a_size_hint(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_size_hint(*_: object) -> None:
        raise AssertionError("a size hint was asked for")

    monkeypatch.setattr("ctidesk.ui.components.person_delegate.PersonDelegate.sizeHint", no_size_hint)
    people = [person(str(1000 + one), f"Person {one}", group=f"Group {one // 250}") for one in range(10_000)]
    shown = Shown(qtbot, *people)
    shown.view.grab()
    assert shown.rows.rowCount() == 10_040
    shown.view.select_person("id10999")
    current = shown.view.current()
    assert current is not None
    assert current.number == "10999"
