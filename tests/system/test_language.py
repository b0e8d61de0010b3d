"""The language of the environment, else of the system, else English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from ctidesk.cti.text import install_translator, translate
from ctidesk.system.language import LANGUAGES, Language


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    locale = QLocale()
    language = Language()
    yield language
    language.choose("en")
    install_translator(None)
    QLocale.setDefault(locale)


WORDS = {"en": "Ready", "ru": "Готов", "uk": "Готовий"}


@pytest.mark.parametrize("name", LANGUAGES)
def test_texts_are_those_of_the_chosen_language(language: Language, name: str) -> None:
    assert language.choose(name) == name
    assert translate("Presence", "Ready") == WORDS[name]


@pytest.mark.parametrize(
    ("variable", "chosen"), [("ru", "ru"), ("uk_UA.UTF-8", "uk"), ("EN", "en"), ("tlh", "en"), ("", "en")]
)
def test_the_environment_decides(
    language: Language, monkeypatch: pytest.MonkeyPatch, variable: str, chosen: str
) -> None:
    monkeypatch.setenv("CTIDESK_LANGUAGE", variable)
    assert language.choose() == chosen


def test_a_text_that_is_not_translated_is_shown_as_written(language: Language) -> None:
    language.choose("ru")
    assert translate("Presence", "No such text") == "No such text"


def test_another_choice_takes_the_place_of_the_first(language: Language) -> None:
    language.choose("ru")
    language.choose("uk")
    assert translate("Presence", "Ready") == WORDS["uk"]
    language.choose("en")
    assert translate("Presence", "Ready") == WORDS["en"]
