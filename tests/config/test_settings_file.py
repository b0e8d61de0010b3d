"""The settings file: read whatever is there, change it without losing anything."""

from __future__ import annotations

import errno
import os
import resource
import stat
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.config.migrations import Document, version_of
from ctidesk.config.settings_file import LARGEST, SettingsError, SettingsFile
from tests.config.conftest import read_only

NOON = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)


def test_no_file_is_no_problem(file: SettingsFile) -> None:
    reading = file.read()
    assert (dict(reading.table), reading.problem) == ({}, None)
    assert not file.path.exists()


def test_a_change_makes_folder_and_file_for_the_user_alone(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "new" / "folder" / "settings.toml")
    table = file.change({"connection.oktell.login": "anna", "sound.volume": 5})
    assert tomllib.loads(file.path.read_text("utf-8")) == table == file.read().table
    assert table == {"version": 1, "connection": {"oktell": {"login": "anna"}}, "sound": {"volume": 5}}
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert sorted(path.name for path in file.path.parent.iterdir()) == ["settings.lock", "settings.toml"]


BY_HAND = """\
# My own words.
theirs = 1979-05-27  # a date

[connection]  # the office
provider = "oktell" # chosen in May
colour = "green"

    [connection.oktell]
    addresses = [
        "ws://a",  # the first
    ]

[plugin.weather]
limits = [1e3, nan, 0x1f]

[sound]
volume = 70
"""


def test_comments_order_and_unknown_keys_are_kept(file: SettingsFile) -> None:
    file.path.write_text(BY_HAND, "utf-8")
    file.change({"connection.provider": "webitel", "sound.volume": None, "interface.theme": "dark"})
    assert file.path.read_text("utf-8") == (
        BY_HAND.replace('provider = "oktell"', 'provider = "webitel"')
        .replace("  # a date\n", "  # a date\nversion = 1\n")
        .replace("volume = 70\n", '\n[interface]\ntheme = "dark"\n')
    )


@pytest.mark.parametrize(
    "text",
    [
        "connection = {provider = 'a', x = 1}\n",
        "connection.provider = 'a'\nconnection.oktell.x = 1\n",
        "[connection.oktell]\nx = 1\n[other]\ny = 2\n[connection.webitel]\nz = 3\n",
        "connection = 5\n",
        "[[connection]]\nx = 1\n",
        "[connection]\noktell = []\n",
        "\ufeff[sound]\nvolume = 1 # BOM\n",
        "# windows\r\n[sound]\r\nvolume = 1\r\n",
        "version = 99\n[later]\nx = 1\n",
        "version = 'one'\n",
        '"" = 1\n"a.b" = 2\n',
    ],
)
def test_every_way_of_writing_can_be_changed(file: SettingsFile, text: str) -> None:
    file.path.write_bytes(text.encode())
    before = tomllib.loads(text.removeprefix("\ufeff"))
    table = file.change({"connection.oktell.login": "anna", "connection.oktell.addresses": ["a", "b"]})
    assert tomllib.loads(file.path.read_bytes().decode("utf-8-sig")) == table
    assert table["connection"]["oktell"]["login"] == "anna"  # type: ignore[index]
    assert table["connection"]["oktell"]["addresses"] == ["a", "b"]  # type: ignore[index]
    for name, value in before.items():
        if name not in ("connection", "version"):
            assert table[name] == value
    assert table["version"] == (99 if before.get("version") == 99 else 1)


NAMES = st.sampled_from(["connection", "oktell", "login", "sound", "a b", "ї", ""])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.one_of(st.booleans(), st.integers(-(2**62), 2**62), st.floats(allow_nan=False), TEXTS)


@given(
    table=st.recursive(
        st.dictionaries(NAMES, VALUES), lambda inner: st.dictionaries(NAMES, st.one_of(VALUES, st.lists(VALUES), inner))
    ),
    login=TEXTS,
)
def test_any_file_that_can_be_read_can_be_changed(
    tmp_path_factory: pytest.TempPathFactory, table: dict[str, object], login: str
) -> None:
    import tomlkit

    file = SettingsFile(tmp_path_factory.mktemp("any") / "settings.toml")
    file.path.write_bytes(tomlkit.dumps(table).encode())
    changed = file.change({"connection.oktell.login": login})
    assert file.read().table == changed
    assert changed["connection"]["oktell"]["login"] == login  # type: ignore[index]
    others = table.keys() - {"connection", "version"}
    assert {name: changed[name] for name in others} == {name: table[name] for name in others}


def test_an_unchanged_file_is_not_written(file: SettingsFile) -> None:
    file.change({"sound.volume": 5})
    before = file.path.stat().st_ino
    file.change({"sound.volume": 5})
    assert file.path.stat().st_ino == before


def test_the_mode_of_the_file_and_a_link_to_it_stay(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "ctidesk.toml"
    real.parent.mkdir()
    real.write_text("")
    real.chmod(0o640)
    link = tmp_path / "settings.toml"
    link.symlink_to(real)
    SettingsFile(link).change({"sound.volume": 5})
    assert link.is_symlink()
    assert "volume = 5" in real.read_text()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


# ---- broken files


@pytest.mark.parametrize(
    "data",
    [
        b"[connection\n",
        b"volume = \n",
        b"x = 1\nx = 2\n",
        b"\xff\xfe[\x00s\x00",
        b"\x00" * 100,
        b'password = "S3CR3T\n',
        b"a = 2026-13-45\n",
        b"a = " + b"[" * 5000 + b"]" * 5000,
        b"#" * (LARGEST + 1),
        b"[sound]\nvolume = 7",  # cut off, but whole: counts
    ],
)
def test_a_broken_file_is_set_aside(tmp_path: Path, data: bytes) -> None:
    file = SettingsFile(tmp_path / "settings.toml", now=lambda: NOON)
    file.path.write_bytes(data)
    reading = file.read()
    if data.startswith(b"[sound]"):
        assert (reading.table["sound"], reading.problem) == ({"volume": 7}, None)
        return
    aside = tmp_path / "settings.broken-20261121-120000.toml"
    assert reading.table == {}
    assert reading.problem is not None
    assert str(aside) in reading.problem.text
    assert "S3CR3T" not in reading.problem.text
    assert aside.read_bytes() == data
    assert not file.path.exists()
    file.change({"sound.volume": 5})
    assert file.read().problem is None


def test_broken_files_do_not_replace_one_another(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml", now=lambda: NOON)
    for text in ("[a", "[b", "[c"):
        file.path.write_text(text)
        file.read()
    assert sorted(path.read_text() for path in tmp_path.glob("*.broken-*")) == ["[a", "[b", "[c"]


def test_a_file_that_broke_since_it_was_read_is_set_aside_by_a_change(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml", now=lambda: NOON)
    file.path.write_text("[a")
    file.change({"sound.volume": 5})
    assert [path.read_text() for path in tmp_path.glob("*.broken-*")] == ["[a"]
    assert file.read().table["sound"] == {"volume": 5}


def test_something_else_than_a_file(file: SettingsFile) -> None:
    file.path.mkdir()
    reading = file.read()
    assert reading.problem is not None
    assert "cannot be read" in reading.problem.text
    with pytest.raises(SettingsError):
        file.change({"sound.volume": 5})


# ---- nothing can be written


def test_a_read_only_folder(open_folder: Path) -> None:
    file = SettingsFile(open_folder / "settings.toml")
    file.change({"sound.volume": 5})
    for path in open_folder.iterdir():
        path.chmod(0o666)
    before = file.path.read_bytes()
    with read_only(open_folder), pytest.raises(SettingsError) as refused:
        file.change({"sound.volume": 6})
    assert "cannot be written" in refused.value.error.text
    assert refused.value.error.raw == "Permission denied"
    assert file.path.read_bytes() == before


def test_a_broken_file_in_a_read_only_folder(open_folder: Path) -> None:
    file = SettingsFile(open_folder / "settings.toml")
    file.path.write_text("[a")
    file.path.chmod(0o644)
    with read_only(open_folder):
        reading = file.read()
    assert reading.problem is not None
    assert "cannot be moved away" in reading.problem.text
    assert file.path.read_text() == "[a"


def test_a_file_that_may_not_grow(file: SettingsFile) -> None:
    file.change({"sound.volume": 5})
    before = file.path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    try:
        with pytest.raises(SettingsError) as refused:
            file.change({"sound.volume": 6})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "disk is full" in refused.value.error.text
    assert file.path.read_bytes() == before
    assert sorted(path.name for path in file.path.parent.iterdir()) == ["settings.lock", "settings.toml"]


@pytest.mark.parametrize("call", ["fsync", "fdopen"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails(file: SettingsFile, monkeypatch: pytest.MonkeyPatch, call: str, number: int) -> None:
    file.change({"sound.volume": 5})
    before = file.path.read_bytes()

    def fail(*arguments: object) -> None:
        if call == "fdopen":
            os.close(int(str(arguments[0])))
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(SettingsError) as refused:
            file.change({"sound.volume": 6})
    assert ("disk is full" in refused.value.error.text) == (number == errno.ENOSPC)
    assert file.path.read_bytes() == before
    file.change({"sound.volume": 6})


# ---- older and newer forms


def rename_volume(document: Document) -> None:
    """From the first form to the second."""
    sound = document.get("sound")
    if isinstance(sound, dict) and "loudness" in sound:
        sound["volume"] = sound.pop("loudness")


def add_theme(document: Document) -> None:
    """From the second form to the third."""
    document.setdefault("interface", {"theme": "dark"})


def test_an_older_file_is_brought_into_the_present_form(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml", migrations=(rename_volume, add_theme))
    text = "[sound] # mine\nloudness = 3\n"
    file.path.write_text(text)
    assert file.read().table == {"version": 3, "sound": {"volume": 3}, "interface": {"theme": "dark"}}
    assert file.path.read_text() == text, "reading changes nothing on the disk"
    file.change({"connection.oktell.login": "anna"})
    written = file.path.read_text()
    assert tomllib.loads(written) == {
        "version": 3,
        "sound": {"volume": 3},
        "interface": {"theme": "dark"},
        "connection": {"oktell": {"login": "anna"}},
    }
    assert "[sound] # mine" in written


def test_only_what_is_missing_is_migrated(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml", migrations=(rename_volume, add_theme))
    file.path.write_text("version = 2\n[sound]\nloudness = 3\n")
    assert file.read().table == {"version": 3, "sound": {"loudness": 3}, "interface": {"theme": "dark"}}


def test_a_file_of_a_later_release_keeps_its_version(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml", migrations=(rename_volume,))
    file.path.write_text("version = 7\n[sound]\nloudness = 3\n")
    assert version_of(dict(file.change({"sound.volume": 4}))) == 7
    assert "loudness = 3" in file.path.read_text()


# ---- several at once

WRITER = """
import sys
from pathlib import Path
from ctidesk.config.settings_file import SettingsFile
file = SettingsFile(Path(sys.argv[1]), lock_limit=60)
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    file.change({f"of_{sys.argv[2]}.key_{number}": number})
"""


def test_two_processes_that_write_at_once_lose_nothing(file: SettingsFile) -> None:
    file.path.write_text("# mine\n")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file.path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("a", "b")
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.communicate("go\n")
        assert writer.returncode == 0
    wanted = {f"key_{number}": number for number in range(40)}
    assert file.read().table == {"version": 1, "of_a": wanted, "of_b": wanted}
    assert file.path.read_text().startswith("# mine\n")


def test_another_process_that_never_finishes(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    hold = (
        "import sys; from pathlib import Path; from ctidesk.config.file_lock import FileLock\n"
        "with FileLock(Path(sys.argv[1])):\n print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(path.with_suffix(".lock"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    file = SettingsFile(path, lock_limit=0.01)
    with pytest.raises(SettingsError, match="Another program"):
        file.change({"sound.volume": 5})
    holder.kill()
    holder.communicate()
    file.change({"sound.volume": 5})


# Each child saves once and kills itself, as `kill -9` does, at another event of the interpreter: before the first, in
# the middle of writing, between writing and replacing, and so on.
KILLED = """
import os, signal, sys, tomllib
from pathlib import Path
import tomlkit
from ctidesk.config.settings_file import SettingsFile

file = SettingsFile(Path(sys.argv[1]))
rounds = int(sys.argv[2])

def save(volume, fatal=None):
    count = 0
    def profile(frame, event, argument):
        nonlocal count
        count += 1
        if count == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.setprofile(profile)
    try:
        file.change({"sound.volume": volume, "sound.note": "x" * 100 * volume})
    finally:
        sys.setprofile(None)
    return count

save(1)
total = save(2)
old = new = 0
for one in range(rounds):
    before = file.path.read_bytes()
    volume = tomllib.loads(before.decode())["sound"]["volume"] % 7 + 1
    child = os.fork()
    if child == 0:
        try:
            save(volume, fatal=1 + one * total // rounds)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or one * total // rounds > total * 0.8, status
    after = file.path.read_bytes()
    if after == before:
        old += 1
    else:
        sound = tomllib.loads(after.decode())["sound"]
        assert sound == {"volume": volume, "note": "x" * 100 * volume}, sound
        new += 1
save(3)
print(old, new, *sorted(path.name for path in file.path.parent.iterdir()))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_writer_that_is_killed_leaves_the_old_or_the_new_file(file: SettingsFile) -> None:
    file.path.write_text("# mine\n[sound]\nnote = ''\n")
    result = subprocess.run(
        [sys.executable, "-c", KILLED, str(file.path), "200"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    old, new, *left = result.stdout.split()
    assert int(old) > 0
    assert int(new) > 0
    assert int(old) + int(new) == 200
    assert left == ["settings.lock", "settings.toml"], "what killed writers left behind is removed"
    assert file.path.read_text().startswith("# mine\n")
