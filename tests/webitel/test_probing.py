"""A connection tried step by step at the demo PBX (command-line.md, "`ctidesk probe`")."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from ctidesk.cti.errors import CtiException, ErrorKind
from ctidesk.cti.probing import Fault, Step, StepName, StepState
from ctidesk.demo.webitel import WebitelDemo
from ctidesk.probe.course import probe
from ctidesk.webitel.probing import WebitelProbe, WebitelTarget


@pytest.fixture
async def demo() -> AsyncIterator[WebitelDemo]:
    async with WebitelDemo() as running:
        yield running


async def steps_of(target: WebitelTarget) -> list[Step]:
    taken = [step async for step in probe(WebitelProbe(target), target.network)]
    return [step for step in taken if step.state is not StepState.RUNNING]


async def test_a_usable_line(demo: WebitelDemo) -> None:
    steps = await steps_of(WebitelTarget(demo.url, demo.operator_login, demo.password))
    assert [(step.name, step.state) for step in steps] == [
        (name, StepState.DONE)
        for name in (StepName.ADDRESS, StepName.TCP, StepName.WEBSOCKET, StepName.LOGIN, StepName.LINE)
    ]
    assert steps[-1].result == demo.operator_number


async def test_a_number_belongs_to_the_domain_that_is_set(demo: WebitelDemo) -> None:
    steps = await steps_of(WebitelTarget(demo.url, demo.operator_number, demo.password, domain=demo.domain))
    assert steps[-1].state is StepState.DONE


@pytest.mark.parametrize("password", ["wrong", None])
async def test_a_wrong_password(demo: WebitelDemo, password: str | None) -> None:
    *_, login, line = await steps_of(WebitelTarget(demo.url, demo.operator_login, password))
    assert (login.state, login.fault, line.state) == (StepState.FAILED, Fault.PASSWORD, StepState.NOT_REACHED)
    assert login.error is not None
    assert login.error.kind is (ErrorKind.CONNECTION_CONFIG if password is None else ErrorKind.AUTHENTICATION)


async def test_a_phone_that_is_not_registered(demo: WebitelDemo) -> None:
    await demo.direct(f"presence {demo.operator_number} offline")
    steps = await steps_of(WebitelTarget(demo.url, demo.operator_login, demo.password))
    assert (steps[-1].name, steps[-1].state) == (StepName.LINE, StepState.FAILED)
    assert steps[-1].error is not None
    assert "not registered" in steps[-1].error.text


async def test_no_address() -> None:
    with pytest.raises(CtiException) as refused:
        WebitelProbe(WebitelTarget("", "101", "demo")).urls()
    assert refused.value.error.kind is ErrorKind.CONNECTION_CONFIG
