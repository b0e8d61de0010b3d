"""The operator's commands: what reaches the provider, and what is said when nothing can."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from ctidesk.cti.abilities import Ability
from ctidesk.cti.errors import CtiException, ErrorKind
from ctidesk.cti.events import CallStarted, CommutationStarted, ErrorOccurred, LineStateChanged
from ctidesk.cti.model import CtiModel
from ctidesk.cti.values import AgentFeatures, CallFeatures, CallState
from tests.cti.fake_provider import FakeProvider, failure
from tests.cti.watcher import Watcher, current, incoming, outgoing

Command = Callable[[CtiModel], Awaitable[object]]


@pytest.mark.parametrize(
    ("command", "sent"),
    [
        (lambda model: model.make_call("+7 (916) 123-45-67"), ("make_call", "+79161234567")),
        (lambda model: model.set_agent_state("break", "3"), ("set_agent_state", "break", "3")),
        (lambda model: model.set_do_not_disturb(), ("set_do_not_disturb",)),
        (lambda model: model.set_wrap_up(True), ("set_wrap_up", True)),
        (lambda model: model.change_call_centre_state(False), ("change_call_centre_state", False)),
        (lambda model: model.query_line_state(), ("query_line_state",)),
        (lambda model: model.query_active_calls(), ("query_active_calls",)),
        (lambda model: model.query_agent_state(), ("query_agent_state",)),
    ],
)
async def test_without_a_call(
    model: CtiModel, provider: FakeProvider, command: Command, sent: tuple[object, ...]
) -> None:
    await command(model)
    assert provider.commands == [sent]


async def test_in_a_call(model: CtiModel, provider: FakeProvider) -> None:
    call = incoming()
    provider.tell(CallStarted(call))
    await model.answer()
    await model.hold_or_unhold()
    await model.consult("10-2")
    await model.blind_transfer("103")
    await model.send_dtmf("5*#")
    await model.mute()
    await model.set_video_state(True)
    await model.drop()
    assert provider.commands == [
        ("answer", call),
        ("hold_or_unhold", call),
        ("make_consult_call", call, "102"),
        ("blind_transfer", call, "103"),
        ("send_dtmf", call, "5*#"),
        ("mute", call),
        ("set_video_state", call, True),
        ("drop", call),
    ]


async def test_in_a_consultation(model: CtiModel, provider: FakeProvider) -> None:
    main, consult = incoming(state=CallState.HOLDED), outgoing()
    provider.tell(CallStarted(main), CallStarted(consult))
    await model.send_dtmf("1")
    provider.tell(CommutationStarted(consult))
    await model.send_dtmf("2")
    await model.complete_transfer()
    await model.cancel_transfer()
    await model.swap()
    await model.hold_or_unhold()
    await model.drop()
    await model.drop(main)
    assert provider.commands == [
        ("send_dtmf", main, "1"),
        ("send_dtmf", consult, "2"),
        ("transfer", main, consult),
        ("cancel_transfer", main, consult),
        ("swap", main, consult),
        ("hold_or_unhold", main),
        ("drop", consult),
        ("drop", main),
    ]


async def test_the_ringing_call_is_answered(model: CtiModel, provider: FakeProvider) -> None:
    talking, dialled, ringing = incoming(state=CallState.CONNECTED), outgoing(), incoming("c3", "103")
    provider.tell(CallStarted(talking), CallStarted(dialled), CallStarted(ringing))
    assert model.ringing_call is ringing
    await model.answer()
    await model.answer(talking)
    assert provider.commands == [("answer", ringing), ("answer", talking)]


async def test_records(model: CtiModel, provider: FakeProvider) -> None:
    provider.records = ("https://pbx/record?temppass=x",)
    assert await model.query_call_records("c1") == provider.records
    assert provider.commands == [("query_call_records", "c1")]


@pytest.mark.parametrize("digits", ["", "a", "1 2", "+"])
async def test_only_tones_are_sent(model: CtiModel, provider: FakeProvider, digits: str) -> None:
    provider.tell(CallStarted(incoming()))
    with pytest.raises(CtiException, match="tones"):
        await model.send_dtmf(digits)
    assert provider.commands == []


async def test_without_a_connection_nothing_is_sent(model: CtiModel, provider: FakeProvider) -> None:
    provider.tell(CallStarted(incoming()))
    provider.lose_connection()
    commands: list[Command] = [
        lambda model: model.make_call("102"),
        lambda model: model.call_by_number("102"),
        lambda model: model.drop(),
        lambda model: model.hold_or_unhold(),
    ]
    for command in commands:
        with pytest.raises(CtiException) as caught:
            await command(model)
        assert caught.value.error.kind is ErrorKind.CALL_CENTRE_NOT_AVAILABLE
    assert provider.commands == []


async def test_a_refusal_is_raised_and_told(model: CtiModel, provider: FakeProvider, watcher: Watcher) -> None:
    refusal = failure(ErrorKind.COMMAND, "The number is busy.")
    provider.refusals["make_call"] = refusal
    for _ in range(2):
        with pytest.raises(CtiException) as caught:
            await model.make_call("102")
        assert caught.value is refusal
    assert watcher.errors == [refusal.error, refusal.error]


async def test_what_the_provider_has_told_is_not_told_again(
    model: CtiModel, provider: FakeProvider, watcher: Watcher
) -> None:
    refusal = failure(ErrorKind.COMMAND)
    provider.refusals["make_call"] = refusal
    provider.tell(ErrorOccurred(refusal.error))
    with pytest.raises(CtiException):
        await model.make_call("102")
    assert watcher.errors == [refusal.error]
    with pytest.raises(CtiException):
        await model.make_call("102")
    assert watcher.errors == [refusal.error, refusal.error]


async def test_a_command_that_the_provider_does_not_have(model: CtiModel, provider: FakeProvider) -> None:
    provider.refusals["mute"] = provider.not_implemented("mute")
    provider.tell(CallStarted(incoming()))
    with pytest.raises(CtiException) as caught:
        await model.mute()
    assert caught.value.error.kind is ErrorKind.COMMAND_NOT_IMPLEMENTED
    assert caught.value.error.source == "fake.mute"


class TestCallByNumber:
    async def test_dials_on_an_idle_line(self, model: CtiModel, provider: FakeProvider) -> None:
        await model.call_by_number("8 (495) 123.45.67")
        assert provider.commands == [("make_call", "84951234567")]

    async def test_consults_in_a_call(self, model: CtiModel, provider: FakeProvider) -> None:
        call = incoming(features=CallFeatures.CAN_MAKE_CONSULT_CALL)
        provider.tell(CallStarted(call))
        await model.call_by_number("102")
        assert provider.commands == [("make_consult_call", call, "102")]

    async def test_transfers_when_the_operator_wants_it(self, model: CtiModel, provider: FakeProvider) -> None:
        call = incoming(features=CallFeatures.CAN_BLIND_TRANSFER)
        provider.tell(CallStarted(call))
        model.transfer_by_default = "blind"
        await model.call_by_number("102")
        assert provider.commands == [("blind_transfer", call, "102")]

    async def test_a_call_is_never_begun_beside_another(self, model: CtiModel, provider: FakeProvider) -> None:
        provider.tell(CallStarted(incoming(features=CallFeatures.CAN_DIAL)))
        with pytest.raises(CtiException, match="Not possible in this state"):
            await model.call_by_number("102")
        assert provider.commands == []

    async def test_says_why_the_line_cannot_dial(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher
    ) -> None:
        provider.tell(LineStateChanged(CallFeatures.CAN_NOTHING))
        with pytest.raises(CtiException, match="cannot dial"):
            await model.call_by_number("102")
        assert provider.commands == []
        assert len(watcher.errors) == 1

    async def test_says_that_there_is_a_consultation_already(self, model: CtiModel, provider: FakeProvider) -> None:
        provider.tell(CallStarted(incoming()), CallStarted(outgoing()))
        with pytest.raises(CtiException, match="consulting already"):
            await model.call_by_number("103")

    async def test_refuses_what_is_no_number(self, model: CtiModel, provider: FakeProvider, watcher: Watcher) -> None:
        with pytest.raises(CtiException, match="letters"):
            await model.call_by_number("8-800-FLOWERS")
        assert provider.commands == []
        assert len(watcher.errors) == 1


async def test_abilities_follow_the_state(model: CtiModel, provider: FakeProvider) -> None:
    assert model.abilities.call
    assert not current(model.abilities.recordings)
    provider.features = (provider.features[0], AgentFeatures.CAN_GET_CALL_RECORDS)
    provider.tell(CallStarted(incoming(features=CallFeatures.CAN_ANSWER)))
    assert model.abilities.answer
    assert current(model.abilities.recordings)
    provider.lose_connection()
    assert not any(model.abilities.allows(ability) for ability in Ability)
