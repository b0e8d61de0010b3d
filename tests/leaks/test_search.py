"""The search for secrets finds each form of each, and nothing where there is none."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.leaks.planted import HEX_MARK, TOKEN_MARK
from tests.leaks.search import EVIDENCE, forms, leaks, main

# Not the planted one: this file's own writing must not be found by the search through the whole run.
SECRET = "ünplanted w&rd/0815"


@pytest.mark.parametrize("form", range(len(forms(SECRET))))
def test_each_form_is_found(tmp_path: Path, form: int) -> None:
    (tmp_path / "file").write_bytes(b"before " + forms(SECRET)[form] + b" after")
    assert leaks(tmp_path, [SECRET]) == [tmp_path / "file"]


@pytest.mark.parametrize(
    "content",
    [
        SECRET,
        f"password={quote(SECRET)}",
        f"?p={quote(SECRET, safe='')}&x",
        json.dumps({"password": SECRET}),
        json.dumps([json.dumps({"password": SECRET})]),
        repr({"password": SECRET}),
        ascii(SECRET),
        base64.b64encode(f"anna:{SECRET}".encode()).decode(),
        base64.b64encode(f"an:{SECRET}@host".encode()).decode(),
        base64.urlsafe_b64encode(f"ann:{SECRET}".encode()).decode(),
        hashlib.md5(SECRET.encode()).hexdigest().upper(),
        base64.b64encode(hashlib.md5(SECRET.encode()).digest()).decode(),
    ],
)
def test_a_secret_inside_something_longer_is_found(tmp_path: Path, content: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_text(content)
    with zipfile.ZipFile(tmp_path / "packed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("file", content)
    assert {path.name for path in leaks(tmp_path, [SECRET])} == {"file", "packed.zip"}


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("password=*** " + SECRET[:-1])
    assert leaks(tmp_path, [SECRET]) == []


def test_a_folder_in_which_nothing_was_written_is_no_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([tmp_path]) == 1
    assert all(name in capsys.readouterr().out for name in ["settings"])
    assert len(EVIDENCE) > 3


def test_what_is_made_at_random_is_marked_here_and_in_other_programs() -> None:
    program = "import secrets; print(secrets.token_hex(16), secrets.token_urlsafe(48), secrets.token_hex(8))"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    here = [secrets.token_hex(16), secrets.token_urlsafe(48), secrets.token_hex(8)]
    for session, token, one_time in (told, here):
        assert (len(session), len(one_time)) == (32, 16)
        assert session.startswith(HEX_MARK)
        assert token.startswith(TOKEN_MARK)
        assert one_time.startswith(HEX_MARK)
    assert told != here


def test_marking_costs_other_programs_no_import() -> None:
    program = "import sys; print('secrets' in sys.modules, 'random' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
