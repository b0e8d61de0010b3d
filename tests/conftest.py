"""What holds for every test: a home of its own, no secrets of the user's, and nothing left behind."""

from __future__ import annotations

import asyncio
import gc
import inspect
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.leaks.planted import plant

IN_CI = bool(os.environ.get("CI"))

hypothesis.settings.register_profile(
    "ctidesk",
    deadline=None,  # a slow machine is not a defect
    derandomize=IN_CI,
    database=None if IN_CI else hypothesis.settings().database,
)
hypothesis.settings.load_profile("ctidesk")

FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": "run",
}
"""Environment variables that lead to the user's files, and where below the test's home they lead."""


def pytest_configure() -> None:
    """Set what must stand before Qt, keyring or a client is imported."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    os.environ["LC_ALL"] = "C.UTF-8"
    # Passwords and session ids of all programs can be found again in what a run has written (tests/leaks).
    paths = [str(Path(__file__).parent / "leaks"), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)
    plant()
    # At debug level the library writes whole frames; the product keeps its own from that, the tests' clients this.
    logging.getLogger("websockets").setLevel(logging.INFO)
    for name in ("LANGUAGE", "QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME"):
        os.environ.pop(name, None)
    for name in ("http_proxy", "https_proxy", "ws_proxy", "wss_proxy", "socks_proxy", "all_proxy"):
        os.environ.pop(name, None)
        os.environ.pop(name.upper(), None)
    _keep_a_message_handler()


def _keep_a_message_handler() -> None:
    """Install a handler of Qt's messages for the whole run.

    pytest-qt installs its own for each test and takes it away again. When there is none below it, PySide6 forgets the
    handler while a thread of Qt's that was about to call it waits for the interpreter: that thread then calls nothing,
    and the whole run dies.
    """
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    def write(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        print(message, file=sys.__stderr__)

    qInstallMessageHandler(write)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder that the test and the programs it starts take for the user's."""
    folder = tmp_path_factory.mktemp("home")
    for variable, place in FOLDERS.items():
        path = folder / place
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        monkeypatch.setenv(variable, str(path))
    return folder


@pytest.fixture(autouse=True)
def no_asyncio_complaints() -> Iterator[None]:
    """Fail a test during which asyncio reported an error, such as "Task was destroyed but it is pending".

    asyncio only logs them, from finalizers, where no exception reaches the test.
    """
    complaints = _Complaints()
    logger = logging.getLogger("asyncio")
    logger.addHandler(complaints)
    yield
    logger.removeHandler(complaints)
    if complaints.messages:
        pytest.fail("asyncio reported: " + "; ".join(complaints.messages))


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@pytest.fixture(autouse=True)
def no_task_left(request: pytest.FixtureRequest, no_asyncio_complaints: None) -> Iterator[None]:
    """Fail an asynchronous test that leaves a task running when its fixtures are done."""
    function: Callable[..., object] | None = getattr(request, "function", None)
    if inspect.iscoroutinefunction(function):
        request.getfixturevalue("_no_task_left_on_the_loop")
    yield
    gc.collect(0)  # young garbage is enough to have a task that was just dropped complain in its own test


@pytest.fixture
async def _no_task_left_on_the_loop() -> AsyncIterator[None]:
    yield
    for _ in range(ROUNDS_TO_END):
        if not (left := _other_tasks()):
            return
        await asyncio.sleep(0)
    names = ", ".join(sorted(str(task.get_coro()) for task in left))
    for task in left:
        task.cancel()
    await asyncio.wait(left)
    pytest.fail(f"left running: {names}")


ROUNDS_TO_END = 10
"""Turns of the loop that a cancelled task may take to end."""


def _other_tasks() -> set[asyncio.Task[object]]:
    return asyncio.all_tasks() - {asyncio.current_task()}
