"""The language of the interface: the system's, or the one in CTIDESK_LANGUAGE."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ctidesk.cti.text import install_translator
from ctidesk.resources import resource

LANGUAGES = ("en", "ru", "uk")
VARIABLE = "CTIDESK_LANGUAGE"


class Language:
    """Keeps the translations that are in force; texts made before a change stay as they are."""

    def __init__(self) -> None:
        self._translators: list[QTranslator] = []

    def choose(self, language: str | None = None) -> str:
        """Put a language into force and return it.

        Args:
            language: one of `LANGUAGES`; by default that of the environment, else of the system, else English.
        """
        application = QCoreApplication.instance()
        if application is None:
            raise RuntimeError("The language needs an application")
        for translator in self._translators:
            application.removeTranslator(translator)
        self._translators.clear()
        chosen = language if language in LANGUAGES else _wanted()
        QLocale.setDefault(QLocale.system() if chosen == _of(QLocale.system().name()) else QLocale(chosen))
        if chosen == "en":
            install_translator(None)
            return chosen
        qt_texts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for path in (f"{qt_texts}/qtbase_{chosen}.qm", str(resource(f"translations/ctidesk_{chosen}.qm"))):
            translator = QTranslator()
            if translator.load(path):  # Qt's own texts may be missing: only the menu of a text field has them
                application.installTranslator(translator)
                self._translators.append(translator)
        install_translator(_translate)
        return chosen


def _translate(context: str, text: str) -> str:
    return QCoreApplication.translate(context, text)


def _wanted() -> str:
    names = [os.environ.get(VARIABLE, ""), *QLocale.system().uiLanguages()]
    return next((language for name in names if (language := _of(name)) in LANGUAGES), "en")


def _of(name: str) -> str:
    """The language of a locale's name, like uk of uk_UA.UTF-8."""
    return name.replace("-", "_").partition("_")[0].partition(".")[0].lower()
