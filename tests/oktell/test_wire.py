"""Frames and their parts (oktell-protocol.md, "1.4 Frames, qid, replies", "1.6 multipart", D5 and D6)."""

from __future__ import annotations

import base64
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.oktell import wire
from ctidesk.oktell.record import JsonObject, Record
from ctidesk.oktell.wire import BadFrameError, Frame, MultipartAssembler, decode, encode, new_qid

FIRST, SECOND = "WyJ4Iix7InFpZCI6IjAuNSIsIm4iOiLQ", "r9C9In1d"


def part(number: object, content: str, *, count: object = 2, key: object = "m1") -> Record:
    return Record({"message-id": key, "packetcount": count, "packetnumber": number, "content": content})  # type: ignore[dict-item]


def pieces(text: str, sizes: list[int]) -> list[str]:
    data, done = text.encode(), []
    for size in sizes:
        done.append(data[:size])
        data = data[size:]
    return [base64.b64encode(one).decode() for one in [*done, data]]


def test_encode_leaves_out_what_has_no_value() -> None:
    assert encode("login", {"a": None, "b": False, "c": ""}) == '["login",{"b":false,"c":""}]'


def test_encode_half_of_a_pair() -> None:
    assert json.loads(encode("call", {"number": "\ud83d1"})) == ["call", {"number": "\ud83d1"}]


def test_decode() -> None:
    assert decode('["x",{"qid":"0.5"},3]') == Frame("x", Record({"qid": "0.5"}))


@pytest.mark.parametrize(
    "text", ["", "x", "null", "5", "{}", "[]", "[5,{}]", "[null]", '["x"]', '["x",null]', '["x",[]]', "[" * 10_000]
)
def test_bad_frames(text: str) -> None:
    with pytest.raises(BadFrameError):
        decode(text)


def test_a_bad_frame_tells_its_method() -> None:
    with pytest.raises(BadFrameError) as caught:
        decode('["websocketredirect"]')
    assert caught.value.method == "websocketredirect"


def test_half_of_a_pair_costs_one_character_only() -> None:
    assert decode('["x",{"names":["An\\ud83d","Boris"]}]').body["names"] == ["An?", "Boris"]


@given(st.text())
def test_no_text_is_anything_but_a_frame_or_a_bad_one(text: str) -> None:
    try:
        decode(text)
    except BadFrameError:
        return


def test_request_ids_are_fractions() -> None:
    ids = {new_qid(random.Random(seed)) for seed in range(100)}
    assert len(ids) == 100
    assert all(0 < float(one) < 1 for one in ids)


# ---- parts


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 0, 1), (1, 1, 0)])
def test_vector_of_the_specification(order: tuple[int, ...]) -> None:
    assembler = MultipartAssembler()
    whole = [assembler.add(part(number, (FIRST, SECOND)[number])) for number in order]
    assert whole[-1] == Frame("x", Record({"qid": "0.5", "n": "Ян"}))
    assert whole[:-1] == [None] * (len(order) - 1)


def test_numbers_as_text_and_content_in_lines() -> None:
    assembler = MultipartAssembler()
    assert assembler.add(part("1", f"{SECOND[:4]}\r\n{SECOND[4:]}", count="2")) is None
    assert assembler.add(part("0", FIRST, count="2")) is not None


@given(st.data())
def test_any_cut_in_any_order_with_repeats(data: st.DataObject) -> None:
    body: JsonObject = {"qid": "0.5", "name": data.draw(st.text(max_size=30)) + "Ян😀"}
    text = json.dumps(["x", body], ensure_ascii=data.draw(st.booleans()))
    contents = pieces(text, data.draw(st.lists(st.integers(0, 20), max_size=6)))
    order = data.draw(st.permutations(range(len(contents))))
    repeated = data.draw(st.lists(st.sampled_from(order[:-1]), max_size=3)) if len(order) > 1 else []
    assembler = MultipartAssembler()
    for number in [*order[:-1], *repeated]:
        assert assembler.add(part(number, contents[number], count=len(contents))) is None
    whole = assembler.add(part(order[-1], contents[order[-1]], count=len(contents)))
    assert whole == decode(text)


def test_a_hole_is_waited_for() -> None:
    assembler = MultipartAssembler()
    contents = pieces('["x",{"qid":"1"}]', [5, 5])
    assert assembler.add(part(2, contents[2], count=3)) is None
    assert assembler.add(part(0, contents[0], count=3)) is None
    assert assembler.add(part(1, contents[1], count=3)) is not None


def test_messages_do_not_mix() -> None:
    assembler = MultipartAssembler()
    assert assembler.add(part(0, FIRST, key="a")) is None
    assert assembler.add(part(1, SECOND, key="b")) is None
    assert assembler.add(part(1, SECOND, key="a")) is not None


def test_another_count_begins_anew() -> None:
    assembler = MultipartAssembler()
    assembler.add(part(5, "AAAA", count=9))
    assert assembler.add(part(0, FIRST)) is None
    assert assembler.add(part(1, SECOND)) is not None


@pytest.mark.parametrize(
    "bad",
    [
        part(2, FIRST),
        part(-1, FIRST),
        part(0, FIRST, count=0),
        part(0, FIRST, count=wire.MAX_PARTS + 1),
        part(0, FIRST, count="many"),
        part(None, FIRST),
        part(0, "no base64!"),
        part(0, FIRST, key=""),
        part(0, FIRST, key=["m1"]),
        part(0, base64.b64encode(b"\xff").decode(), count=1),
        part(0, base64.b64encode(b"{}").decode(), count=1),
    ],
)
def test_bad_parts(bad: Record) -> None:
    assembler = MultipartAssembler()
    with pytest.raises(BadFrameError):
        assembler.add(bad)
    assert assembler.add(part(0, FIRST)) is None
    assert assembler.add(part(1, SECOND)) is not None


def test_the_oldest_unfinished_message_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MAX_PENDING_BYTES", 3 * wire.PART_OVERHEAD)
    assembler = MultipartAssembler()
    assembler.add(part(0, FIRST, key="old"))
    for number in range(3):
        assembler.add(part(0, "", key=f"empty{number}"))
    assert assembler.add(part(1, SECOND, key="old")) is None  # its first part is not known any more
    assembler.clear()
    assembler.add(part(0, FIRST))
    assert assembler.add(part(1, SECOND)) is not None
