"""Rules of the architecture that a module's syntax tree shows: each function lists what breaks its rule."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "ctidesk"


@dataclass(frozen=True)
class Module:
    """One source file: its path below the package, like ``ui/theme/colours.py``, and its text."""

    path: str
    source: str

    @property
    def tree(self) -> ast.Module:
        """The parsed source."""
        return ast.parse(self.source, self.path)


def modules() -> list[Module]:
    """Return all modules of the package."""
    return [
        Module(path.relative_to(PACKAGE).as_posix(), path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))
    ]


Rule = Callable[[Module], Iterator[str]]
"""Yields ``line: what is wrong`` for every breach in a module."""

STATIC_DIALOGS = {
    "QMessageBox": {"about", "aboutQt", "critical", "information", "question", "warning"},
    "QFileDialog": {
        "getExistingDirectory",
        "getExistingDirectoryUrl",
        "getOpenFileContent",
        "getOpenFileName",
        "getOpenFileNames",
        "getOpenFileUrl",
        "getOpenFileUrls",
        "getSaveFileName",
        "getSaveFileUrl",
        "saveFileContent",
    },
    "QInputDialog": {"getDouble", "getInt", "getItem", "getMultiLineText", "getText"},
    "QColorDialog": {"getColor"},
    "QFontDialog": {"getFont"},
}
NESTING = {"exec", "exec_", "processEvents"}


def no_nested_event_loop(module: Module) -> Iterator[str]:
    """Rule 5: dialogs, menus and message boxes are opened without a loop of their own."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Attribute(attr=name) if name in NESTING:
                yield f"{node.lineno}: .{name} runs a nested event loop"
            case ast.Attribute(value=ast.Name(id=dialog) | ast.Attribute(attr=dialog), attr=name) if (
                name in STATIC_DIALOGS.get(dialog, ())
            ):
                yield f"{node.lineno}: {dialog}.{name} runs a nested event loop"
            case ast.Attribute(value=ast.Name(id="qasync"), attr="QEventLoop"):
                pass  # asyncio's own loop on top of Qt's, not one inside of another
            case ast.Name(id="QEventLoop") | ast.Attribute(attr="QEventLoop"):
                yield f"{node.lineno}: QEventLoop is a nested event loop"


QT = {"PySide6", "shiboken6", "qasync"}
QT_ROOMS = ("ui/", "system/", "app.py", "desk.py", "cli.py")


def qt_in_its_rooms(module: Module) -> Iterator[str]:
    """Rule 2: Qt stays in `ui`, `system`, `app.py` and `desk.py`; `cli.py` may import it inside functions."""
    if not module.path.startswith(QT_ROOMS):
        nodes: Iterator[ast.AST] = ast.walk(module.tree)
    elif module.path == "cli.py":
        nodes = iter(module.tree.body)
    else:
        return
    for node in nodes:
        for name in _imported(node):
            if name.split(".")[0] in QT:
                yield f"{_line(node)}: imports {name}"


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(name), level=0):
            return [name]
    return []


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


TASK_OWNERS = {
    "cti/tasks.py",  # the owner for everybody who may import it
    "net/link.py",  # knows no other room; its close() cancels and awaits all of its tasks
    "net/keepalive.py",  # knows no other room; its stop() cancels and awaits both of its tasks
    "demo/tasks.py",  # may not know cti; its end() awaits all of its tasks
    "demo/sockets.py",  # may not know cti; each client's writer ends with its connection
    "system/qt_loop.py",  # runs the application's main task to its end, then cancels and awaits what is left
}


def tasks_have_an_owner(module: Module) -> Iterator[str]:
    """Rule 6: only those who cancel and await them start tasks; a task group awaits its own."""
    if module.path in TASK_OWNERS:
        return
    tree = module.tree
    groups = {
        item.optional_vars.id
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncWith)
        for item in node.items
        if isinstance(item.optional_vars, ast.Name) and "TaskGroup" in ast.unparse(item.context_expr)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="create_task")) if name in groups:
                pass
            case ast.Call(func=ast.Attribute(attr=call) | ast.Name(id=call)) if call in {
                "create_task",
                "ensure_future",
            }:
                yield f"{node.lineno}: {call} starts a task that nobody cancels and awaits"


BROAD = {"Exception", "BaseException"}


def no_swallowed_exception(module: Module) -> Iterator[str]:
    """An exception of any kind may be caught to be told, never to be dropped."""
    for node in ast.walk(module.tree):
        match node:
            case ast.ExceptHandler() if _catches_all(node) and all(map(_does_nothing, node.body)):
                yield f"{node.lineno}: swallows every exception"
            case ast.Call(func=ast.Attribute(attr="suppress") | ast.Name(id="suppress"), args=kinds) if any(
                isinstance(kind, ast.Name) and kind.id in BROAD for kind in kinds
            ):
                yield f"{node.lineno}: suppresses every exception"


def _catches_all(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or (isinstance(kind, ast.Name) and kind.id in BROAD) for kind in kinds)


def _does_nothing(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass | ast.Continue | ast.Break) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def public_things_are_described(module: Module) -> Iterator[str]:
    """Every module, class and function that others may use has a docstring."""
    tree = module.tree
    if ast.get_docstring(tree) is None and tree.body:
        yield "1: the module has no docstring"
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            public = not node.name.startswith("_") and not _is_overload(node)
            if public and ast.get_docstring(node) is None:
                yield f"{node.lineno}: {node.name} has no docstring"


def _is_overload(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(mark).endswith("overload") for mark in node.decorator_list)


LARGEST = 25_000
"""Bytes of the largest module that is still read with pleasure."""


def modules_stay_small(module: Module) -> Iterator[str]:
    """Style: 3 to 10 KB is usual, 25 KB is the end."""
    size = len(module.source.encode())
    if size > LARGEST:
        yield f"1: {size} bytes, {LARGEST} are the end"


VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common"}


def names_say_something(module: Module) -> Iterator[str]:
    """Style: no module for whatever found no place."""
    vague = VAGUE.intersection(module.path.removesuffix(".py").split("/"))
    if vague:
        yield f"1: {vague.pop()} says nothing"


LABELS = "ui/widgets/"


def text_is_plain(module: Module) -> Iterator[str]:
    """Rule 7: only the plain label of the widgets may be a QLabel, and nothing takes HTML."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Name(id="QLabel") | ast.Attribute(attr="QLabel") if not module.path.startswith(LABELS):
                yield f"{_line(node)}: QLabel guesses at rich text; use the plain label"
            case ast.Attribute(attr="setHtml" | "insertHtml" | "RichText" | "AutoText" | "MarkdownText" as name):
                yield f"{_line(node)}: {name} shows rich text"


def translations(module: Module) -> Iterator[tuple[str, str]]:
    """Yield the context and text of every translated literal in the module."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(
                func=ast.Name(id="translate") | ast.Attribute(attr="translate"),
                args=[ast.Constant(value=str(context)), ast.Constant(value=str(text)), *_],
            ):
                yield context, text
