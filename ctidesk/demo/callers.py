"""The traffic that the demo companies have in common: who calls from outside, and how often something happens."""

CALLERS = (
    ("79161234567", "Иванов Сергей"),
    ("74951112233", "ООО «Ромашка»"),
    ("380441234567", "ТОВ «Їжак і партнери»"),
    ("442071838750", "Harriet Clarke"),
    ("79031112244", ""),
    ("89261237788", "Щербакова Ю. Ё."),
)
"""Number and name; one is not known by name."""

PRESENCES = ("ready", "ready", "talking", "talking", "break", "dnd", "offline")
"""What a colleague changes to, in the words of the director's `presence`."""

CALLER_WAITS_SECONDS = 20.0
FIRST_CALL_AFTER_SECONDS = 4.0
BETWEEN_CALLS_SECONDS = (5.0, 9.0)
BETWEEN_PRESENCES_SECONDS = (2.0, 5.0)
TALK_SECONDS = (30.0, 90.0)
