"""The session id of the web phone is kept over restarts, one for each account."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from ctidesk.config.web_phone_session import FILE, web_phone_session


def test_an_account_keeps_its_id_over_restarts(tmp_path: Path) -> None:
    folder = tmp_path / "not yet there"
    ann, bob = web_phone_session(folder, "101@pbx"), web_phone_session(folder, "102@pbx")
    assert str(UUID(ann)) == ann
    assert ann != bob
    assert (web_phone_session(folder, "101@pbx"), web_phone_session(folder, "102@pbx")) == (ann, bob)
    assert (folder / FILE).stat().st_mode & 0o077 == 0
    assert [path.name for path in folder.iterdir()] == [FILE]


@pytest.mark.parametrize("content", ["", "[]", "{broken", '{"101@pbx": 7}', '{"101@pbx": "not a uuid"}', "\x00"])
def test_a_damaged_file_costs_the_id_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    first = web_phone_session(tmp_path, "101@pbx")
    assert str(UUID(first)) == first
    assert web_phone_session(tmp_path, "101@pbx") == first


def test_where_nothing_can_be_written_the_id_lasts_for_this_run(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert web_phone_session(blocked, "101@pbx") != web_phone_session(blocked, "101@pbx")
