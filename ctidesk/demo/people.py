"""The people of the demo companies: what they are called, and how they behave on the phone."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass
class Behaviour:
    """What a party does by itself. Times in seconds; None means: waits for the director."""

    answers_after: float | None = None
    hangs_up_after: float | None = None
    rings_for: float | None = None
    busy: bool = False


def full_name(chance: random.Random) -> str:
    """Family name and first name of somebody who might work in Moscow, Kyiv or London."""
    names = chance.choices(_NAMES, _LANGUAGE_WEIGHTS)[0]
    sex = chance.choice(_SEXES)
    return f"{chance.choice(names['family_' + sex])} {chance.choice(names[sex])}"


_NAMES: tuple[dict[str, tuple[str, ...]], ...] = (
    {
        "male": ("Александр", "Борис", "Виктор", "Григорий", "Дмитрий", "Игорь", "Пётр", "Юрий"),
        "female": ("Анна", "Вера", "Екатерина", "Елена", "Мария", "Наталья", "Ольга", "Юлия"),
        "family_male": ("Белов", "Воробьёв", "Кузнецов", "Лебедев", "Морозов", "Орлов", "Соколов", "Щукин"),
        "family_female": ("Белова", "Воробьёва", "Кузнецова", "Лебедева", "Морозова", "Орлова", "Щукина"),
    },
    {
        "male": ("Andrew", "Brian", "Daniel", "George", "Martin", "Oliver", "Peter", "Thomas"),
        "female": ("Alice", "Caroline", "Emma", "Grace", "Helen", "Lucy", "Rachel", "Sophie"),
        "family_male": ("Baker", "Carter", "Fletcher", "Hughes", "Mason", "O'Neill", "Turner", "Walker"),
        "family_female": ("Baker", "Carter", "Fletcher", "Hughes", "Mason", "O'Neill", "Turner", "Walker"),
    },
    {
        "male": ("Андрій", "Богдан", "Євген", "Микола", "Олексій", "Сергій", "Тарас", "Ярослав"),
        "female": ("Галина", "Ірина", "Леся", "Надія", "Оксана", "Світлана", "Тетяна", "Юлія"),
        "family_male": ("Бойко", "Гнатюк", "Їжакевич", "Коваленко", "Лисенко", "Мельник", "Ткаченко"),
        "family_female": ("Бойко", "Ґалаґан", "Їжакевич", "Коваленко", "Лисенко", "Мельник", "Ткаченко"),
    },
)
_LANGUAGE_WEIGHTS = (60, 20, 20)
_SEXES = ("male", "female")
