"""Searching people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import ctidesk.ui.components.search as search_module
from ctidesk.cti.directory import Abonent
from ctidesk.ui.components.search import MOST_RESULTS, Match, PeopleIndex, fold
from ctidesk.ui.widgets.bidi import clean
from tests.ui.components.fake_directory import person

PEOPLE = (
    person("201", "Petrov Petr"),
    person("202", "Sidorova Elena"),
    person("2010", "Antipetrov Ivan"),
    person("301", "Семёнов Пётр"),
    person("302", "Їжакевич Єва"),
    person("+79161234567", "Anna-Maria"),
    person("204", "", me=True),
)


@pytest.fixture
def index() -> PeopleIndex:
    return PeopleIndex(PEOPLE)


def found(index: PeopleIndex, query: str) -> list[str]:
    return [match.abonent_id.removeprefix("id") for match in index.search(query).matches]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("petr", ["201", "2010"]),  # the beginning of the name, then inside
        ("PETR pet", ["201", "2010"]),
        ("elena sid", ["202"]),  # words in any order
        ("201", ["201", "2010"]),  # the whole number first
        ("01", ["201", "2010", "301"]),
        ("семенов", ["301"]),  # ё and е are one letter
        ("maria", ["+79161234567"]),
        ("8 916", []),
        ("+7 (916) 123", ["+79161234567"]),
        ("gtnh", ["301"]),  # петр, typed in the other layout
        ("зуек", ["201", "2010"]),  # petr, typed in the other layout
        ("nobody", []),
        ("", []),
        ("   ", []),
        ("petrov sidorova", []),
        ("204", []),  # the operator
    ],
)
def test_search(index: PeopleIndex, query: str, numbers: list[str]) -> None:
    assert found(index, query) == numbers


def test_the_ukrainian_layout_counts_as_well(index: PeopleIndex) -> None:
    assert found(index, "];fr") == ["302"]  # їжак
    assert index.search("];fr").by_other_layout


def test_the_other_reading_is_told(index: PeopleIndex) -> None:
    direct = index.search("petr")
    assert (direct.other_layout, direct.by_other_layout) == ("зуек", False)
    mistyped = index.search("зуек")
    assert (mistyped.other_layout, mistyped.by_other_layout) == ("petr", True)
    assert index.search("201").other_layout == ""


def test_the_letters_asked_for_are_marked(index: PeopleIndex) -> None:
    assert index.search("petr").matches[0] == Match("id201", in_name=((0, 4), (7, 11)))
    assert index.search("01").matches[0] == Match("id201", in_number=((1, 3),))
    assert index.search("пет").matches[0] == Match("id301", in_name=((8, 11),))


def test_letters_that_grow_in_lower_case_keep_their_places() -> None:
    assert len(fold("İstanbul")) == len("İstanbul")
    index = PeopleIndex([person("1", "İİİ Petr")])
    assert index.search("petr").matches[0].in_name == ((4, 8),)


def test_a_name_of_a_megabyte_is_found_by_its_beginning() -> None:
    index = PeopleIndex([person("1", "petr " + "x" * 1_000_000), person("2", "y" * 1_000_000)])
    assert found(index, "petr") == ["1"]


def test_ten_thousand_people_give_the_best_of_them() -> None:
    people = [replace(person(str(10_000 + one), f"Petrov {one}")) for one in range(10_000)]
    index = PeopleIndex([*people, person("7", "Petr")])
    assert len(index.search("petr").matches) == MOST_RESULTS
    assert found(index, "petrov 9999") == ["19999"]
    assert found(index, "19999") == ["19999"]


def test_an_abonent_without_a_number_is_found_by_name() -> None:
    assert found(PeopleIndex([Abonent("idx", "Petr", "")]), "petr") == ["x"]


@given(
    st.lists(st.tuples(st.text("ab 1-_", max_size=7), st.text("123", max_size=4)), max_size=12),
    st.text("ab 12-", min_size=1, max_size=4),
    st.sampled_from((1, 2, 3, 200)),
)
def test_the_best_of_all_as_looking_at_each_by_itself_finds_them(
    people: list[tuple[str, str]], query: str, most: int
) -> None:
    """Who is found, and in which order, against a model that ranks everybody and sorts."""
    abonents = [Abonent(str(place), name, number) for place, (name, number) in enumerate(people)]
    typed = fold(clean(query))
    ranked = []
    for place, one in enumerate(abonents):
        rank = plain_rank(fold(clean(one.name)), clean(one.number), typed)
        if rank is not None:
            ranked.append((rank, place, one.id))
    wanted = [one for _, _, one in sorted(ranked)[:most]] if typed else []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_module, "MOST_RESULTS", most)
        assert [match.abonent_id for match in PeopleIndex(abonents)._matches(typed)] == wanted


def plain_rank(name: str, number: str, query: str) -> int | None:
    """Return how well somebody fits, best 0; None for not at all."""
    return min(
        (rank for rank in (number_rank(number, query), name_rank(name, query)) if rank is not None), default=None
    )


def number_rank(number: str, query: str) -> int | None:
    """Return how well a number fits."""
    digits = "".join(letter for letter in query if letter not in " -()+.")
    if not digits or digits not in number:
        return None
    return 0 if digits == number else 3 if number.startswith(digits) else 5


def name_rank(name: str, query: str) -> int | None:
    """Return how well a name fits."""
    worst = 1
    for word in query.split():
        if word not in name:
            return None
        if name.startswith(word):
            continue
        places = [place for place in range(len(name)) if name.startswith(word, place)]
        # Places that overlap count once, from the left.
        apart: list[int] = []
        for place in places:
            if not apart or place >= apart[-1] + len(word):
                apart.append(place)
        worst = max(worst, 2 if any(not name[place - 1].isalnum() for place in apart) else 4)
    return worst
