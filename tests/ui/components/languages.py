"""Stand-ins for translations: the real longest words of the look, everything else 40 % longer than English."""

from __future__ import annotations

import re

RUSSIAN = {
    "Ready": "Готов",
    "Call centre": "Колл-центр",
    "Number or name": "Номер или имя",
    "Hold": "Удержать",
    "Resume": "Вернуть",
    "Consult": "Консультация",
    "Cons.": "Консульт.",
    "Transfer": "Перевести",
    "Transf.": "Перевод",
    "Keypad": "Клавиши",
    "Keys": "Клав.",
    "Mute": "Выкл. микрофон",
    "Mic": "Микр.",
    "End": "Отбой",
    "Swap": "Поменять",
    "Cancel, back to caller": "Отмена, назад к звонящему",
    "Cancel": "Отмена",
    "Complete transfer": "Завершить перевод",
    "you leave the call": "вы отключитесь",
    "On hold": "На удержании",
    "Talking": "Разговор",
    "consultation": "консультация",
    "incoming": "входящий",
    "queue {name}": "очередь «{name}»",
    "in a call": "разговор",
    "line {number}": "линия {number}",
    "Abonents": "Абоненты",
    "Answer": "Ответить",
    "Decline": "Отклонить",
    "Reconnect now": "Подключиться сейчас",
}

UKRAINIAN = RUSSIAN | {
    "Ready": "Готовий",
    "Number or name": "Номер або ім’я",
    "Hold": "Утримати",
    "Resume": "Повернути",
    "Consult": "Консультація",
    "Transfer": "Переадресувати",
    "Mute": "Вимк. мікрофон",
    "Cancel, back to caller": "Скасувати, назад до абонента",
    "Cancel": "Скасувати",
    "Complete transfer": "Завершити переадресацію",
    "On hold": "На утриманні",
    "Talking": "Розмова",
    "Reconnect now": "Під’єднатися зараз",
}

_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопкрстувшхыз")


def russian(_context: str, text: str) -> str:
    """Translate into Russian, or into something as long."""
    return RUSSIAN.get(text) or lengthened(text)


def ukrainian(_context: str, text: str) -> str:
    """Translate into Ukrainian, or into something as long."""
    return UKRAINIAN.get(text) or lengthened(text)


def lengthened(text: str) -> str:
    """Return `text` in Cyrillic letters and 40 % longer; placeholders stay."""
    parts = re.split(r"({\w*})", text)
    words = "".join(part if part.startswith("{") else part.translate(_LETTERS) for part in parts)
    return words + "щ" * round(0.4 * len(text)) if len(text) < 12 else words + " щедро" * round(0.07 * len(text))
