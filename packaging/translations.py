"""Keeps the translations in step with the code: `.venv/bin/python packaging/translations.py [--check]`.

Collects every `translate("Context", "text")` of ctidesk, writes resources/translations/ctidesk_LANGUAGE.ts (what was
translated stays so, what is new is unfinished, what is gone is dropped) and compiles each to .qm. `--check` changes
nothing and ends with status 1 when something would change or a text is not translated.

Qt's own lupdate is not used because it does not see a text whose call is part of a longer expression.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

CHECKOUT = Path(__file__).resolve().parent.parent
FOLDER = CHECKOUT / "resources" / "translations"
LANGUAGES = ("ru", "uk")

Key = tuple[str, str]
"""Context and English text."""


class NotALiteral(Exception):
    """A call of translate() whose text no translator can see."""


def main() -> int:
    """Update or check; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    check: bool = parser.parse_args().check
    try:
        texts = sorted(set(_texts()))
    except NotALiteral as error:
        print(error, file=sys.stderr)
        return 1
    is_fine = True
    for language in LANGUAGES:
        path = FOLDER / f"ctidesk_{language}.ts"
        translated = _read(path)
        missing = [text for text in texts if not translated.get(text)]
        for context, text in missing:
            print(f"{language}: not translated: {context}: {text}")
        written, compiled = _write(language, texts, translated), path.with_suffix(".qm")
        if check:
            is_current = path.exists() and path.read_text("utf-8") == written
            is_compiled = compiled.exists() and compiled.read_bytes() == _compile(written)
            if not (is_current and is_compiled):
                print(f"{language}: run packaging/translations.py")
            is_fine = is_fine and is_current and is_compiled and not missing
        else:
            FOLDER.mkdir(parents=True, exist_ok=True)
            path.write_text(written, "utf-8")
            compiled.write_bytes(_compile(written))
            print(f"{language}: {len(texts) - len(missing)} of {len(texts)} texts translated")
    return 0 if is_fine else 1


def _texts() -> Iterator[Key]:
    for path in sorted((CHECKOUT / "ctidesk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
            if not isinstance(node, ast.Call) or not _is_translate(node.func):
                continue
            match node.args:
                case [ast.Constant(value=str(context)), ast.Constant(value=str(text))]:
                    yield context, text
                case [_, _] if path.name != "language.py":  # that one hands on what others ask for
                    raise NotALiteral(f"{path}:{node.lineno}: translate() needs two literals")


def _is_translate(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id == "translate"


def _read(path: Path) -> dict[Key, str]:
    """Return the finished translations of a file; none when there is no file yet."""
    if not path.exists():
        return {}
    found: dict[Key, str] = {}
    for context in ElementTree.parse(path).iter("context"):  # noqa: S314 - a file of this project
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and not translation.get("type"):
                found[context.findtext("name", ""), message.findtext("source", "")] = translation.text or ""
    return found


def _write(language: str, texts: list[Key], translated: dict[Key, str]) -> str:
    by_context = defaultdict(list)
    for context, text in texts:
        by_context[context].append(text)
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>", f'<TS version="2.1" language="{language}">']
    for context, sources in by_context.items():
        lines += ["<context>", f"    <name>{escape(context)}</name>"]
        for source in sources:
            translation = translated.get((context, source), "")
            mark = "" if translation else ' type="unfinished"'
            lines += [
                "    <message>",
                f"        <source>{escape(source)}</source>",
                f"        <translation{mark}>{escape(translation)}</translation>",
                "    </message>",
            ]
        lines.append("</context>")
    return "\n".join([*lines, "</TS>", ""])


def _compile(written: str) -> bytes:
    """Return the .qm of a .ts file's text."""
    with tempfile.TemporaryDirectory() as folder:
        source, compiled = Path(folder, "texts.ts"), Path(folder, "texts.qm")
        source.write_text(written, "utf-8")
        command = [
            str(Path(sys.executable).with_name("pyside6-lrelease")),
            "-silent",
            str(source),
            "-qm",
            str(compiled),
        ]
        subprocess.run(command, check=True)  # noqa: S603
        return compiled.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
