"""The same party in all its written and dialled forms."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ctidesk.store import numbers
from ctidesk.store.numbers import NumberPlan

PAIRS = [
    # dialled form, stored form, country
    ("89161234567", "+7 916 123-45-67", "RU"),
    ("+79161234567", "8 (916) 123-45-67", "RU"),
    ("79161234567", "8-916-123-45-67", "RU"),
    ("9161234567", "+7(916)1234567", "RU"),
    ("84951234567", "+7 495 123 45 67", "RU"),
    ("4951234567", "8 (495) 123-45-67", "RU"),
    ("74951234567", "(495) 123-45-67", "RU"),
    ("88005553535", "+7 800 555-35-35", "RU"),
    ("8 800 555 3535", "8-800-555-35-35", "RU"),
    ("+7 8 495 123 45 67", "+7 495 123-45-67", "RU"),
    ("tel:+7-495-123-45-67", "84951234567", "RU"),
    ("sip:74951234567@pbx.example", "+74951234567", "RU"),
    ("+74951234567;ext=101", "8 495 123-45-67", "RU"),
    ("8 495 123-45-67 доб. 101", "+7 (495) 123-45-67", "RU"),
    ("810380441234567", "+380 44 123-45-67", "RU"),
    ("8 10 380 44 123 45 67", "+380441234567", "RU"),
    ("00380441234567", "+380 (44) 123-45-67", "RU"),
    ("380441234567", "+380 44 123 45 67", "RU"),
    ("8104930123456", "+49 30 123456", "RU"),
    ("+375 29 123-45-67", "375291234567", "RU"),
    ("8 701 123 45 67", "+7 701 123-45-67", "RU"),
    ("84950001122", "+7 495 000-11-22", "RU"),
    ("٨٩١٦١٢٣٤٥٦٧", "+7 916 123-45-67", "RU"),
    ("\u202a+79161234567\u202c", "8 916 123-45-67", "RU"),
    ("８９１６１２３４５６７", "+7 916 123-45-67", "RU"),
    ("101", "101", "RU"),
    ("0102", "0102", "RU"),
    ("sip:101@pbx.example:5060", "101", "RU"),
    ("101@pbx.example", "101", "RU"),
    ("*98", "* 98", "RU"),
    ("#21#", "#21#", "RU"),
    ("anna@pbx.example", "sip:Anna@other.example", "RU"),
    ("112", "112", "RU"),
    ("0441234567", "+380 44 123-45-67", "UA"),
    ("380441234567", "(044) 123-45-67", "UA"),
    ("80441234567", "+380 44 123 45 67", "UA"),
    ("8 (044) 123-45-67", "044 123 45 67", "UA"),
    ("+380 (0)44 123 45 67", "0441234567", "UA"),
    ("+380 0 44 123 45 67", "+380441234567", "UA"),
    ("0671234567", "+380 67 123-45-67", "UA"),
    ("671234567", "067 123 45 67", "UA"),
    ("00380671234567", "0671234567", "UA"),
    ("0074951234567", "+7 495 123-45-67", "UA"),
    ("74951234567", "+7 495 123-45-67", "UA"),
    ("0 800 123 456", "+380 800 123-456", "UA"),
    ("80291234567", "+375 29 123-45-67", "BY"),
    ("8 029 123 45 67", "375291234567", "BY"),
    ("8 10 7 495 123 45 67", "+7 495 123-45-67", "BY"),
    ("87011234567", "+7 701 123 45 67", "KZ"),
    ("7011234567", "8 (701) 123-45-67", "KZ"),
    ("89161234567", "+7 916 123-45-67", "KZ"),
    ("02079460018", "+44 20 7946 0018", "GB"),
    ("00 7 495 123 45 67", "+74951234567", "GB"),
    ("030 123456", "+49 30 123456", "DE"),
    ("004930123456", "+49 (0)30 123456", "DE"),
    ("0039061234567", "+39 06 1234567", "DE"),
    ("(212) 555-2368", "+1 212 555 2368", "US"),
    ("12125552368", "212-555-2368", "US"),
    ("01174951234567", "+7 495 123-45-67", "US"),
    ("011 380 44 123 45 67", "+380441234567", "US"),
    ("0612345678", "+33 6 12 34 56 78", "FR"),
    ("06 1 234 5678", "+36 1 234 5678", "HU"),
    ("0501234567", "+972 50-123-4567", "IL"),
    ("05321234567", "+90 532 123 45 67", "TR"),
    ("501234567", "+48 501 234 567", "PL"),
]

STRANGERS = [
    ("101", "+7 495 000-01-01", "RU"),
    ("101", "102", "RU"),
    ("+79161234567", "+79161234568", "RU"),
    ("+7 916 123-45-67", "+380 91 612 34 56", "RU"),
    ("", "", "RU"),
    ("anonymous", "", "RU"),
    ("+", "+", "RU"),
    ("0441234567", "+7 044 123-45-67", "UA"),
    ("4951234567", "+49 5123 4567", "RU"),
    ("anna@pbx.example", "boris@pbx.example", "RU"),
    ("1234567", "+7 495 123-45-67", "RU"),
]


def same_party(plan: NumberPlan, one: str, other: str) -> bool:
    """Whether both numbers reach the same party; nobody is the same as nobody."""
    return plan.party(one) == plan.party(other) != ""


@pytest.mark.parametrize(("dialled", "stored", "country"), PAIRS)
def test_both_forms_are_the_same_party(dialled: str, stored: str, country: str) -> None:
    plan = NumberPlan(country)
    assert same_party(plan, dialled, stored)


@pytest.mark.parametrize(("one", "other", "country"), STRANGERS)
def test_strangers_stay_apart(one: str, other: str, country: str) -> None:
    assert not same_party(NumberPlan(country), one, other)


def test_numbers_of_the_town_need_its_code() -> None:
    moscow = NumberPlan("RU", area_code="495")
    assert same_party(moscow, "123-45-67", "+7 495 123-45-67")
    assert not same_party(moscow, "123-45-67", "+7 499 123-45-67")


def test_the_prefix_for_an_outside_line_does_not_count() -> None:
    plan = NumberPlan("RU", outside_line="9")
    assert same_party(plan, "989161234567", "+7 916 123-45-67")
    assert same_party(plan, "9810380441234567", "+380441234567")
    assert same_party(plan, "9161234567", "+79161234567")  # a whole number that only begins like it
    assert not same_party(plan, "9101", "101")  # as long as an internal number: it is one


def test_the_length_of_internal_numbers_is_a_setting() -> None:
    assert NumberPlan("RU", longest_extension=7).party("1234567") == "1234567"
    assert NumberPlan("GB", longest_extension=3).party("1000") == "1000"


def test_numbers_are_found_as_people_type_them() -> None:
    assert NumberPlan("RU").search_forms("8 (916) 12") == ("891612", "791612")
    assert NumberPlan("UA").search_forms("044 12") == ("04412", "3804412")
    assert NumberPlan("RU").search_forms("00380") == ("00380", "380")
    assert NumberPlan("RU").search_forms("8") == ("8",)
    assert NumberPlan("RU").search_forms("abc") == ()


@given(st.text(max_size=300), st.sampled_from(["RU", "UA", "US", "XX", ""]))
def test_any_text_has_a_party(text: str, country: str) -> None:
    plan = NumberPlan(country)
    party = plan.party(text)
    assert party == plan.party(text)
    assert plan.search_forms(text) is not None


@given(st.from_regex(r"\+?[0-9 ()-]{1,20}", fullmatch=True))
@example("+310000000")
@example("+510040490893")
def test_a_party_is_its_own_party(text: str) -> None:
    plan = NumberPlan("RU")
    party = plan.party(text)
    assert plan.party(party) == party


FORMS = ["+7{}", "8{}", "7{}", "{}", "+380{:.9}", "380{:.9}", "80{:.9}", "0{:.9}", "{:.9}"]


@given(st.sampled_from(FORMS), st.from_regex(r"[0-9]{10}", fullmatch=True), st.sampled_from(["RU", "UA", "KZ", "US"]))
@example("8{}", "4230000000", "RU")  # of no range that is in use: it may be one of Vietnam
@example("{}", "8109301234", "RU")
@example("7{}", "8104930123", "RU")
def test_usual_forms_are_read_as_all_others_are(form: str, number: str, country: str) -> None:
    """The short way for the forms that most numbers have must never give another party than the long one."""
    text = form.format(number)
    for outside_line in ("", "7", "8", "0"):
        plan = NumberPlan(country, area_code="495", outside_line=outside_line)
        if text.startswith("+"):
            assert plan.party(text) == (numbers._international(text) or text)
        else:
            assert plan.party(text) == numbers._by_plan(plan, text)


def test_internal_numbers_do_not_load_the_numbering_plans() -> None:
    program = (
        "import sys; from ctidesk.store.numbers import NumberPlan; plan = NumberPlan();"
        "assert plan.party('101') == plan.party('sip:101@x') and plan.party('*98') != plan.party('98');"
        "sys.exit('phonenumbers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
