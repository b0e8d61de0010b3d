"""What we send is byte for byte that of the transcripts (verto-protocol.md, section 10), ids and SDP apart."""

from __future__ import annotations

import re

from ctidesk.verto.states import DialogState as S
from tests.verto.scripted_line import SESSID, A, B, ScriptedLine, state_of

_ID = re.compile(r'^\{"jsonrpc":"2.0","id":\d+,')


def said(line: ScriptedLine) -> str:
    """Return our newest request, without its id."""
    requests = [text for text, frame in zip(line.texts, line.sent, strict=True) if "method" in frame]
    return _ID.sub('{"jsonrpc":"2.0",', requests[-1])


def request(method: str, params: str) -> str:
    return f'{{"jsonrpc":"2.0","method":"{method}","params":{{{params},"sessid":"{SESSID}"}}}}'


def own(call_id: str) -> str:
    return f'"dialogParams":{{"callID":"{call_id}"}}'


async def test_an_outgoing_call_with_early_media(line: ScriptedLine) -> None:
    dialog = line.session.call("102")
    assert said(line) == request(
        "verto.invite",
        f'"sdp":"our offer","dialogParams":{{"callID":"{A}","destination_number":"102","caller_id_name":"Ann",'
        '"caller_id_number":"101","remote_caller_id_name":"Outbound Call","remote_caller_id_number":"102"}',
    )
    line.answer("verto.invite", {"message": "CALL CREATED", "callID": A})
    line.tell("verto.media", callID=A, sdp="F-ANSWER", variables={})
    assert line.texts[-1] == f'{{"jsonrpc":"2.0","id":{line.sent[-1]["id"]},"result":{{"method":"verto.media"}}}}'
    line.tell("verto.answer", callID=A, variables={})
    line.tell("verto.display", callID=A, display_name="Bob", display_number="102", display_direction="inbound")
    line.hang_up(dialog)
    assert said(line) == request("verto.bye", f'"cause":"NORMAL_CLEARING","causeCode":16,{own(A)}')
    states = [S.NEW, S.REQUESTING, S.TRYING, S.EARLY, S.ACTIVE, S.HANGUP, S.DESTROY]
    assert line.states[A] == states
    assert dialog.remote.name == "Bob"


async def test_an_incoming_call_and_a_remote_hang_up(line: ScriptedLine) -> None:
    dialog = line.invite()
    assert (dialog.remote.name, dialog.remote.number) == ("Bob", "102")
    line.session.carry_out(dialog, dialog.answer())
    assert said(line) == request(
        "verto.answer",
        f'"sdp":"our answer","dialogParams":{{"callID":"{B}","callee_id_name":"Ann","callee_id_number":"101"}}',
    )
    line.answer("verto.answer")
    line.bye()
    assert line.states[B] == [S.NEW, S.RINGING, S.ANSWERING, S.ACTIVE, S.HANGUP, S.DESTROY]
    assert line.requests("verto.bye") == []


async def test_a_rejection(line: ScriptedLine) -> None:
    line.hang_up(line.invite())
    assert said(line) == request("verto.bye", f'"cause":"CALL_REJECTED","causeCode":21,{own(B)}')


async def test_hold_and_unhold(line: ScriptedLine) -> None:
    dialog = await line.talk_in()
    line.session.carry_out(dialog, dialog.hold())
    assert said(line) == request("verto.modify", f'"action":"hold",{own(B)}')
    line.answer("hold", {"callID": B, "action": "hold", "holdState": "held"})
    line.session.carry_out(dialog, dialog.unhold())
    assert said(line) == request("verto.modify", f'"action":"unhold",{own(B)}')
    line.answer("unhold", {"callID": B, "action": "unhold", "holdState": "active"})
    assert line.states[B][-3:] == [S.ACTIVE, S.HELD, S.ACTIVE]


async def test_a_blind_transfer_and_its_failure(line: ScriptedLine) -> None:
    dialog = await line.talk_out()
    line.session.carry_out(dialog, dialog.transfer("103"))
    assert said(line) == request("verto.modify", f'"action":"transfer","destination":"103",{own(A)}')
    line.refuse("transfer", -32002, "call is not bridged", callID=A, action="transfer")
    assert state_of(dialog) is S.ACTIVE
    line.session.carry_out(dialog, dialog.transfer("103"))
    line.answer("transfer", {"callID": A, "message": "CALL TRANSFERRED", "holdState": "active"})
    line.bye(A)
    assert line.states[A][-3:] == [S.ACTIVE, S.HANGUP, S.DESTROY]


async def test_tones(line: ScriptedLine) -> None:
    dialog = await line.talk_in()
    line.session.carry_out(dialog, dialog.send_tones("12#"))
    assert said(line) == request("verto.info", f'"dtmf":"12#",{own(B)}')


async def test_a_reconnection_with_attach(line: ScriptedLine) -> None:
    await line.talk_in()
    line.session.close()
    await line.ready(B)
    assert said(line) == request("verto.attach", f'"sdp":"our answer",{own(B)}')
    line.answer("verto.attach")
    assert said(line) == request("verto.modify", f'"action":"holdState",{own(B)}')
    line.answer("holdState", {"callID": B, "action": "holdState", "holdState": "active"})
    assert line.states[B][-4:] == [S.ACTIVE, S.RECOVERING, S.ANSWERING, S.ACTIVE]
