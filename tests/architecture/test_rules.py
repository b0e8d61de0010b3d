"""The rules of the architecture hold in every module, and a breach of each would be seen."""

from __future__ import annotations

import re

import pytest

from tests.architecture import rules
from tests.architecture.rules import Module, Rule

BREACHES: list[tuple[Rule, str, str]] = [
    (rules.no_nested_event_loop, "ui/a.py", "dialog.exec()"),
    (rules.no_nested_event_loop, "ui/a.py", "menu.exec_(place)"),
    (rules.no_nested_event_loop, "ui/a.py", "run = menu.exec"),
    (rules.no_nested_event_loop, "ui/a.py", "QMessageBox.question(None, 'a', 'b')"),
    (rules.no_nested_event_loop, "ui/a.py", "QtWidgets.QFileDialog.getOpenFileName()"),
    (rules.no_nested_event_loop, "ui/a.py", "loop = QEventLoop()"),
    (rules.no_nested_event_loop, "ui/a.py", "QApplication.processEvents()"),
    (rules.qt_in_its_rooms, "oktell/a.py", "from PySide6.QtCore import QTimer"),
    (rules.qt_in_its_rooms, "cti/a.py", "def late():\n    import qasync"),
    (rules.qt_in_its_rooms, "cli.py", "import PySide6.QtWidgets"),
    (rules.tasks_have_an_owner, "net/a.py", "asyncio.create_task(work())"),
    (rules.tasks_have_an_owner, "net/a.py", "loop.create_task(work())"),
    (rules.tasks_have_an_owner, "net/a.py", "ensure_future(work())"),
    (rules.no_swallowed_exception, "a.py", "try:\n    a()\nexcept Exception:\n    pass"),
    (rules.no_swallowed_exception, "a.py", "try:\n    a()\nexcept:\n    ..."),
    (rules.no_swallowed_exception, "a.py", "try:\n    a()\nexcept (OSError, BaseException):\n    pass"),
    (rules.no_swallowed_exception, "a.py", "with contextlib.suppress(Exception):\n    a()"),
    (rules.public_things_are_described, "a.py", "x = 1"),
    (rules.public_things_are_described, "a.py", '"""A."""\nclass B:\n    x = 1'),
    (rules.public_things_are_described, "a.py", '"""A."""\nasync def b(): ...'),
    (rules.modules_stay_small, "a.py", "#" * 25_001),
    (rules.names_say_something, "ui/utils.py", ""),
    (rules.names_say_something, "helpers/a.py", ""),
    (rules.text_is_plain, "ui/windows/a.py", "QLabel('x')"),
    (rules.text_is_plain, "ui/widgets/a.py", "label.setTextFormat(Qt.TextFormat.RichText)"),
    (rules.text_is_plain, "ui/windows/a.py", "view.setHtml('x')"),
]

ALLOWED: list[tuple[Rule, str, str]] = [
    (rules.no_nested_event_loop, "ui/a.py", "dialog.open()\nmenu.popup(place)\nconnection.execute('x')"),
    (rules.qt_in_its_rooms, "ui/a.py", "from PySide6.QtCore import QTimer"),
    (rules.qt_in_its_rooms, "cli.py", "def late():\n    import PySide6"),
    (rules.tasks_have_an_owner, "net/a.py", "async def f():\n async with TaskGroup() as g:\n  g.create_task(w())"),
    (rules.tasks_have_an_owner, "cti/tasks.py", "loop.create_task(work())"),
    (rules.no_swallowed_exception, "a.py", "try:\n    a()\nexcept OSError:\n    pass"),
    (rules.no_swallowed_exception, "a.py", "try:\n    a()\nexcept Exception:\n    log()"),
    (rules.public_things_are_described, "a.py", '"""A."""\ndef _b(): ...'),
    (rules.public_things_are_described, "a.py", '"""A."""\n@overload\ndef b(): ...'),
    (rules.modules_stay_small, "a.py", "#" * 25_000),
    (rules.names_say_something, "ui/theme/palette.py", ""),
    (rules.text_is_plain, "ui/widgets/a.py", "QLabel('x').setTextFormat(Qt.TextFormat.PlainText)"),
]

RULES = list(dict.fromkeys(rule for rule, _, _ in BREACHES))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_the_rule(rule: Rule) -> None:
    modules = rules.modules()
    assert modules, "no module found"
    assert [f"ctidesk/{module.path}:{breach}" for module in modules for breach in rule(module)] == []


@pytest.mark.parametrize(("rule", "path", "source"), BREACHES)
def test_a_breach_is_seen(rule: Rule, path: str, source: str) -> None:
    assert list(rule(Module(path, source)))


@pytest.mark.parametrize(("rule", "path", "source"), ALLOWED)
def test_what_is_allowed_is_not_taken_for_a_breach(rule: Rule, path: str, source: str) -> None:
    assert list(rule(Module(path, source))) == []


def test_the_event_loop_of_qt_has_one_place() -> None:
    """Architecture, rule 5: a patch of the loop must have one place."""
    users = [module.path for module in rules.modules() if re.search(r"^\s*(import|from) qasync", module.source, re.M)]
    assert len(users) <= 1, f"qasync is imported by {users}"
