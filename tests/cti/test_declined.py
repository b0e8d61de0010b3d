"""A call that the operator has sent away is told from one that was missed (ux.md, "Incoming call popup")."""

from __future__ import annotations

import pytest

from ctidesk.cti.call import Call
from ctidesk.cti.errors import CtiException, ErrorKind
from ctidesk.cti.events import CallFinished, CallInfoChanged, CallStarted, CommutationStarted
from ctidesk.cti.model import CtiModel
from tests.cti.fake_provider import FakeProvider, failure
from tests.cti.watcher import incoming, outgoing


async def test_a_ringing_call_that_is_dropped_here_is_declined(model: CtiModel, provider: FakeProvider) -> None:
    call = incoming()
    provider.tell(CallStarted(call))
    await model.drop()
    provider.tell(CallFinished(call))
    assert call.declined


async def test_one_that_ends_by_itself_is_not(model: CtiModel, provider: FakeProvider) -> None:
    call = incoming()
    provider.tell(CallStarted(call), CallFinished(call))
    assert not call.declined


async def test_a_refused_drop_declines_nothing(model: CtiModel, provider: FakeProvider) -> None:
    call = incoming()
    provider.tell(CallStarted(call))
    provider.refusals["drop"] = failure(ErrorKind.COMMAND)
    with pytest.raises(CtiException):
        await model.drop()
    assert not call.declined


async def test_a_talk_that_is_ended_is_not_declined(model: CtiModel, provider: FakeProvider) -> None:
    call = incoming()
    provider.tell(CallStarted(call), CommutationStarted(call))
    await model.drop()
    assert not call.declined


async def test_an_outgoing_call_is_not_declined(model: CtiModel, provider: FakeProvider) -> None:
    call = outgoing()
    provider.tell(CallStarted(call))
    await model.drop()
    assert not call.declined


async def test_the_note_stays_when_the_provider_hands_over_another_object(
    model: CtiModel, provider: FakeProvider
) -> None:
    call = incoming()
    provider.tell(CallStarted(call))
    await model.drop()
    other = Call(call.id, call.direction, record_id=call.record_id, state=call.state)
    provider.tell(CallInfoChanged(other))
    assert other.declined
