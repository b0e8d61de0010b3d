"""What is set in the dialog has its effect on the line and on the windows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ctidesk.app import Application, _provider
from ctidesk.config.keys import Value, settings_from
from ctidesk.config.places import SETTINGS_FILE, settings_folder
from ctidesk.config.settings import Settings
from ctidesk.config.settings_file import SettingsFile
from ctidesk.config.store import SettingsStore
from ctidesk.cti.call import Call
from ctidesk.cti.directory import AbonentAction
from ctidesk.cti.events import CallStarted
from ctidesk.cti.provider import BaseCtiProvider
from ctidesk.cti.values import AgentFeatures, CallDirection, CallFeatures, CallState
from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.net.frames import FrameLog
from ctidesk.oktell.provider import OktellCtiProvider
from ctidesk.options import DesktopOptions
from ctidesk.webitel.provider import WebitelCtiProvider
from ctidesk.webitel.web_phone import AutoAnswer, WebitelWebPhone
from tests.cti.fake_clock import FakeClock
from tests.leaks.planted import PASSWORD
from tests.ui.components.stage import DeskProvider
from tests.waiting import settle

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)


@asynccontextmanager
async def provider_of(values: dict[str, Value], password: str = "demo") -> AsyncIterator[BaseCtiProvider]:
    connection = settings_from(values).connection
    store = SettingsStore(SettingsFile(settings_folder() / SETTINGS_FILE))
    async with _provider(DesktopOptions(), store, connection, password, FrameLog()) as provider:
        yield provider
        await provider.close()


@asynccontextmanager
async def oktell_line(**values: Value) -> AsyncIterator[OktellCtiProvider]:
    async with OktellDemo(OktellOptions(login_password=PASSWORD)) as demo:
        chosen: dict[str, Value] = {
            "connection.provider": "oktell",
            "connection.oktell.addresses": [demo.url],
            "connection.oktell.login": demo.operator_login,
            **{f"connection.oktell.{name}": value for name, value in values.items()},
        }
        async with provider_of(chosen, demo.password) as provider:
            assert isinstance(provider, OktellCtiProvider)
            await provider.connect()
            yield provider


async def test_who_is_no_operator_has_no_call_centre() -> None:
    async with oktell_line() as provider:
        assert AgentFeatures.HAS_CALL_CENTRE_MODE in provider.capabilities[1]
        assert "break" in {option.code for option in provider.agent_states}
    async with oktell_line(call_centre_operator=False) as provider:
        assert AgentFeatures.HAS_CALL_CENTRE_MODE not in provider.capabilities[1]
        assert "break" not in {option.code for option in provider.agent_states}


async def test_a_phone_that_is_picked_up_by_hand_is_not_answered_from_here() -> None:
    async with oktell_line() as provider:
        assert CallFeatures.CAN_ANSWER in provider.capabilities[0]
    async with oktell_line(auto_answer=False) as provider:
        assert CallFeatures.CAN_ANSWER not in provider.capabilities[0]


@pytest.mark.parametrize(
    ("parameter", "by_itself", "headers"),
    [
        ("", False, ("sip_h_Call-Info=answer-after=0",)),
        ("sip_h_Alert-Info=auto", True, ("sip_h_Alert-Info=auto",)),
    ],
)
async def test_what_makes_a_webitel_phone_pick_up(parameter: str, by_itself: bool, headers: tuple[str, ...]) -> None:
    values: dict[str, Value] = {
        "connection.provider": "webitel",
        "connection.webitel.connection_string": "wss://crm.example",
        "connection.webitel.number": "214",
        "connection.webitel.auto_answer_parameter": parameter,
    }
    async with provider_of(values) as provider:
        assert isinstance(provider, WebitelCtiProvider)
        options = provider.client.options
        assert (options.answers_by_itself, options.consultation_headers) == (by_itself, headers)


@pytest.mark.parametrize("uses_it", [True, False])
async def test_calls_go_through_this_computer_when_it_is_set_so(uses_it: bool, qapp: QApplication) -> None:
    values: dict[str, Value] = {
        "connection.provider": "webitel",
        "connection.webitel.connection_string": "wss://crm.example",
        "connection.webitel.number": "214",
        "connection.webitel.use_web_phone": uses_it,
        "connection.webitel.web_phone_answers": "when-asked",
        "connection.webitel.needs_microphone": True,
    }
    async with provider_of(values) as provider:
        assert (provider.web_phone is not None) is uses_it
        # Not before it is connected: until then calls go to the phone on the desk.
        assert not CallFeatures.CAN_MUTE & provider.capabilities[0]
        if uses_it:
            assert isinstance(provider.web_phone, WebitelWebPhone)
            options = provider.web_phone._options
            assert (options.auto_answer, options.needs_microphone) == (AutoAnswer.WHEN_ASKED, True)


@pytest.mark.parametrize(("value", "command"), [("consult", "make_consult_call"), ("blind", "blind_transfer")])
async def test_a_number_in_a_call_does_what_was_chosen(
    tmp_path: Path, qapp: QApplication, value: str, command: str
) -> None:
    provider = DeskProvider()
    application = Application(provider, tmp_path, lambda: None, clock=FakeClock(), audible=False)
    application.set_up(settings_from({"calls_and_popup.default_transfer": value}))
    application.start()
    await settle()
    features = CallFeatures.CAN_MAKE_CONSULT_CALL | CallFeatures.CAN_BLIND_TRANSFER
    provider.tell(CallStarted(Call("c1", CallDirection.IN, state=CallState.CONNECTED, features=features)))
    await settle()
    wanted = AbonentAction.TRANSFER if value == "blind" else AbonentAction.CONSULT
    assert application._actions.natural is wanted
    application.set_up(Settings())
    assert application._actions.natural is AbonentAction.CONSULT
    application.set_up(settings_from({"calls_and_popup.default_transfer": value}))
    await application.model.call_by_number("204")
    assert provider.commands[-1][0] == command
    await application.close()
