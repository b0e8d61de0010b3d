"""Everything that people read is there in each language."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.architecture import rules
from tests.architecture.rules import CHECKOUT, Module

LANGUAGES = ("ru", "uk")
FOLDER = CHECKOUT / "resources" / "translations"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    if not FOLDER.is_dir():
        pytest.skip("there are no translations yet")
    translated = finished(*FOLDER.glob(f"*{language}.ts"))
    texts = {text for module in rules.modules() for text in rules.translations(module)}
    assert sorted(texts - translated.keys()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language: str) -> None:
    if not FOLDER.is_dir():
        pytest.skip("there are no translations yet")
    changed = [
        (source, translation)
        for (_, source), translation in finished(*FOLDER.glob(f"*{language}.ts")).items()
        if placeholders(source) != placeholders(translation)
    ]
    assert changed == []


def test_translated_literals_are_found() -> None:
    source = (
        'a = translate("Panel", "Hold")\nb = text.translate("Panel", "On {name}").format(name=n)\nc = translate(x, y)'
    )
    assert list(rules.translations(Module("ui/a.py", source))) == [("Panel", "Hold"), ("Panel", "On {name}")]


def test_unfinished_translations_do_not_count(tmp_path: Path) -> None:
    file = tmp_path / "ctidesk_ru.ts"
    file.write_text(
        """<TS version="2.1" language="ru"><context><name>Panel</name>
        <message><source>Hold</source><translation>Удержать</translation></message>
        <message><source>Mute</source><translation type="unfinished"></translation></message>
        <message><source>Dial</source><translation></translation></message>
        <message><source>End</source><translation type="vanished">Конец</translation></message>
        </context></TS>""",
        "utf-8",
    )
    assert finished(file) == {("Panel", "Hold"): "Удержать"}


def finished(*files: Path) -> dict[tuple[str, str], str]:
    """Return the finished translations of the files by context and English text."""
    found = {}
    for file in files:
        for context in ElementTree.parse(file).iter("context"):
            for message in context.iter("message"):
                translation = message.find("translation")
                if translation is None or translation.get("type") or not "".join(translation.itertext()).strip():
                    continue
                key = context.findtext("name", ""), message.findtext("source", "")
                found[key] = "".join(translation.itertext())
    return found


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return set(re.findall(r"{(\w*)", text))
