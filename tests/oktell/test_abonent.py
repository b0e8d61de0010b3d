"""Records of other parties (oktell-protocol.md, "6.1 Building a record")."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.oktell.abonent import EMPTY_CHAIN, build_abonent, find_abonent
from ctidesk.oktell.record import Json, JsonObject, Record
from tests.oktell.json_values import json_values


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"competitorid": "k", "number": "1", "userid": "u", "callerid": "2", "chainid": "c"}, "k"),
        ({"number": 1, "userid": "u", "callerid": "2", "chainid": "c"}, "1"),
        ({"number": "", "userid": "u", "callerid": "2", "chainid": "c"}, "u"),
        ({"callerid": "2", "chainid": "c"}, "2"),
        ({"chainid": "c"}, "c"),
        ({"chainid": EMPTY_CHAIN}, None),
        ({"isivr": True}, "ivr"),
        ({"isivr": True, "chainid": "c"}, "c"),
        ({"username": "Anna"}, None),
        ({}, None),
    ],
)
def test_key(fields: JsonObject, key: str | None) -> None:
    abonent = build_abonent(Record(fields), ivr_key=lambda: "ivr")
    assert (abonent.key if abonent else None) == key


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"simplename": "S", "username": "U", "name": "N"}, "S"),
        ({"username": "U", "name": "N", "caption": "C"}, "U"),
        ({"name": "N", "caption": "C"}, "N"),
        ({"caption": "C", "userlogin": "L"}, "C"),
        ({"userlogin": "L"}, "L"),
        ({"ivrname": "I"}, "1"),
    ],
)
def test_name(fields: JsonObject, name: str) -> None:
    abonent = build_abonent(Record({"number": "1", **fields}))
    assert abonent is not None
    assert abonent.name == name


def test_properties() -> None:
    fields: JsonObject = {
        "number": 79161234567,
        "userid": "u102",
        "username": "Boris",
        "userlogin": "bob",
        "comment": "hi",
        "isextline": False,
        "extline": "trunk1",
        "chainid": "c-1",
        "iscreator": True,
    }
    abonent = build_abonent(Record(fields))
    assert abonent is not None
    assert abonent.properties == {
        "key": "79161234567",
        "guid": "u102",
        "isConferenceCompetitor": False,
        "conferenceId": False,
        "isExternal": False,
        "chainId": "c-1",
        "phone": "79161234567",
        "phoneFormatted": "+7 (916) 123-45-67",
        "name": "Boris",
        "isUser": True,
        "user": {"id": "u102", "name": "Boris", "login": "bob", "comment": "hi"},
    }


def test_a_competitor() -> None:
    abonent = build_abonent(Record({"competitorid": "k", "userid": "u", "iscreator": True, "ishidden": 0}), "conf-1")
    assert abonent is not None
    assert abonent.properties["isConferenceCreator"] is True
    assert "isConferenceHidden" not in abonent.properties
    assert (abonent.properties["guid"], abonent.properties["conferenceId"]) == ("k", "conf-1")


def test_a_number_known_from_the_caller_has_no_format() -> None:
    abonent = build_abonent(Record({"callerid": "79161234567"}))
    assert abonent is not None
    assert abonent.phone == "79161234567"
    assert "phoneFormatted" not in abonent.properties


@pytest.mark.parametrize(
    ("wanted", "found"), [("k", True), ("u", True), ("7", True), (7, True), ("", False), ("x", False)]
)
def test_find(wanted: Json, found: bool) -> None:
    abonent = build_abonent(Record({"competitorid": "k", "userid": "u", "number": "7"}))
    assert abonent is not None
    assert (find_abonent([abonent], wanted) is abonent) is found


names = ("competitorid", "number", "userid", "callerid", "chainid", "isivr", "name", "username", "isextline", "comment")


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(names, json_values)))
def test_any_record_can_be_read(fields: JsonObject) -> None:
    abonent = build_abonent(Record(fields), ivr_key=lambda: "ivr")
    if abonent is not None:
        assert abonent.key
        assert isinstance(abonent.phone + abonent.name + abonent.chain_id + abonent.user_id, str)
        abonent.is_known_as("102")
