"""The page about the calls that were: what is kept, the form after a call, files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit

from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.fields import LockedField
from ctidesk.ui.components.settings.history_page import HistoryPage
from tests.ui.components.finding import button, texts
from tests.ui.components.history_desk import HistoryDesk
from tests.ui.components.settings.settings_desk import SettingsDesk

pytestmark = pytest.mark.usefixtures("qapp")


def page_of(folder: Path, settings: str = "", policy: str = "") -> tuple[HistoryPage, Draft]:
    """Return the page on settings of its own, without a line."""
    draft = Draft(SettingsDesk(folder, settings, policy).services.store)
    return HistoryPage(draft, lambda: None), draft


def field(page: HistoryPage, name: str) -> QComboBox:
    return next(one for one in page.findChildren(QComboBox) if one.accessibleName() == name)


def test_what_is_chosen_and_typed_stands_in_the_draft(tmp_path: Path) -> None:
    page, draft = page_of(tmp_path)
    keep = field(page, "Keep calls")
    keep.setCurrentIndex(keep.findText("A year"))
    keep.activated.emit(keep.currentIndex())
    [lines] = page.findChildren(QPlainTextEdit)
    lines.setPlainText("Sold\n\n  Call later \n")
    form = next(one for one in page.findChildren(QCheckBox) if "came to" in one.accessibleName())
    form.click()
    assert draft.changes == {
        "history.keep_days": 366,
        "wrap_up.dispositions": ["Sold", "Call later"],
        "wrap_up.form": True,
    }
    assert draft.problems() == {}


def test_too_many_results_are_said(tmp_path: Path) -> None:
    page, draft = page_of(tmp_path)
    [lines] = page.findChildren(QPlainTextEdit)
    lines.setPlainText("\n".join(f"result {number}" for number in range(31)))
    assert page.mark(draft.problems())
    assert "There are too many. Thirty are the most." in texts(page)


def test_a_number_that_only_a_file_can_have_is_shown(tmp_path: Path) -> None:
    page, _ = page_of(tmp_path, "[history]\nkeep_days = 77\n[wrap_up]\nseconds = 42\n")
    assert field(page, "Keep calls").currentText() == "77 days"
    assert field(page, "Time for it").currentText() == "42 seconds"


def test_what_the_administrator_has_set_cannot_be_changed(tmp_path: Path) -> None:
    policy = 'locked = ["history", "wrap_up"]\n[history]\nkeep_days = 92\n[wrap_up]\ndispositions = ["Sold", "Later"]\n'
    page, _ = page_of(tmp_path, policy=policy)
    assert {one.text() for one in page.findChildren(LockedField)} == {"Three months", "30 seconds", "Sold, Later"}
    assert page.findChildren(QPlainTextEdit) == []


def test_without_a_line_there_are_no_files(tmp_path: Path) -> None:
    page, _ = page_of(tmp_path)
    page.shown()
    for name in ("Export…", "Import…"):
        assert not button(page, name).isEnabled()
        assert "as soon as" in button(page, name).toolTip()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[HistoryDesk]:
    desk = HistoryDesk(tmp_path / "line")
    await desk.begin()
    yield desk
    await desk.end()


async def test_files_of_the_line_that_there_is(desk: HistoryDesk, tmp_path: Path) -> None:
    draft = Draft(SettingsDesk(tmp_path, "", "").services.store)
    page = HistoryPage(draft, lambda: desk.past_calls)
    page.shown()
    assert button(page, "Export…").isEnabled()
    desk.past_calls.export(str(tmp_path / "calls.csv"))
    await desk.until(lambda: any("calls.csv: 0" in text for text in texts(page)))
