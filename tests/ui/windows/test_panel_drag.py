"""Dragging a person onto the call (look.md, "Panel", "Drop target")."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ctidesk.cti.conference import Member
from ctidesk.cti.directory import AbonentAction
from ctidesk.cti.events import CallFinished
from ctidesk.cti.presence import Presence
from ctidesk.cti.values import CallFeatures, CallState
from ctidesk.ui.components.call_card import CallCard
from ctidesk.ui.components.drop_card import DropCard
from ctidesk.ui.components.person_list import PersonList
from ctidesk.ui.widgets.drag_label import DragLabel
from ctidesk.ui.widgets.drop_field import DropField
from tests.ui.components.finding import texts
from tests.ui.components.mouse import Mouse
from tests.ui.components.stage import RING, Stage

BOTH = (AbonentAction.CONSULT, AbonentAction.TRANSFER)
ALL = (*BOTH, AbonentAction.CONFERENCE, AbonentAction.INTERCOM)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    desk = Stage()
    desk.provider.has_conferences = True
    desk.provider.people.for_all = ALL
    await desk.begin()
    yield desk
    await desk.end()


def card(stage: Stage) -> DropCard | None:
    return next((one for one in stage.panel.findChildren(DropCard) if one.isVisible()), None)


def fields(stage: Stage) -> list[str]:
    """The first words of the fields that are shown."""
    found = stage.panel.findChildren(DropField)
    return [one.accessibleName().split(",")[0] for one in found if one.isVisible()]


def field(stage: Stage, title: str) -> DropField:
    found = stage.panel.findChildren(DropField)
    return next(one for one in found if one.isVisible() and one.accessibleName().startswith(title))


def label(stage: Stage) -> DragLabel:
    return stage.panel.findChildren(DragLabel)[0]


@pytest.mark.parametrize(
    ("title", "command"),
    [("Ask first", "make_consult_call"), ("Transfer now", "blind_transfer"), ("Talk together", "add_to_conference")],
)
async def test_dropped_on_a_field(stage: Stage, title: str, command: str) -> None:
    await stage.talk()
    mouse = Mouse(stage)
    await mouse.take()
    assert fields(stage) == ["Ask first", "Transfer now", "Talk together"]
    assert any("Belova Anna → Kuznetsov Andrey" in text for text in texts(stage.panel))
    assert not any(one.isVisible() for one in stage.panel.findChildren(CallCard))
    mouse.move(field(stage, title))
    assert field(stage, title).is_chosen()
    assert label(stage).isVisible()
    await mouse.drop(field(stage, title))
    assert stage.provider.names == [command]
    assert stage.provider.commands[0][-1] == "204"
    assert card(stage) is None
    assert not label(stage).isVisible()
    assert len([one for one in stage.panel.findChildren(CallCard) if one.isVisible()]) >= 1


async def test_beside_the_fields_the_default_is_meant(stage: Stage) -> None:
    await stage.talk()
    mouse = Mouse(stage)
    for default, command in (("consult", "make_consult_call"), ("blind", "blind_transfer")):
        stage.model.transfer_by_default = default  # type: ignore[assignment]
        stage.provider.commands.clear()
        await mouse.take()
        found = card(stage)
        assert found is not None
        await mouse.drop(found.mapToGlobal(QPoint(20, 6)))
        assert stage.provider.names == [command]
        stage.provider.commands.clear()


async def test_what_the_pbx_cannot_do_is_missing(stage: Stage) -> None:
    stage.provider.people.allowed["id204"] = (AbonentAction.TRANSFER, AbonentAction.INTERCOM)
    await stage.talk()
    await Mouse(stage).take()
    assert fields(stage) == ["Transfer now"]


async def test_what_is_allowed_changes_while_dragging(stage: Stage) -> None:
    await stage.talk()
    mouse = Mouse(stage)
    await mouse.take()
    stage.provider.people.allowed["id204"] = ()
    stage.provider.people.change("id204", Presence.OFFLINE)
    await stage.turn()
    assert fields(stage) == []
    assert "The PBX allows nothing with this person now" in texts(stage.panel)
    await mouse.drop(stage.panel.mapToGlobal(QPoint(100, 130)))
    assert stage.provider.commands == []


async def test_dropped_elsewhere_nothing_happens(stage: Stage) -> None:
    await stage.talk()
    mouse = Mouse(stage)
    await mouse.take()
    await mouse.drop(stage.panel.mapToGlobal(QPoint(100, 600)))
    assert stage.provider.commands == []
    assert card(stage) is None


async def test_escape(stage: Stage) -> None:
    await stage.talk()
    mouse = Mouse(stage)
    await mouse.take()
    target = field(stage, "Transfer now")
    mouse.move(target)
    place = target.mapToGlobal(target.rect().center())
    QTest.keyClick(stage.panel.focusWidget(), Qt.Key.Key_Escape)
    await stage.turn()
    assert card(stage) is None
    await mouse.drop(place)
    assert stage.provider.commands == []


async def test_another_button_breaks_it_off(stage: Stage) -> None:
    await stage.talk()
    mouse = Mouse(stage)
    await mouse.take()
    mouse.press(button=Qt.MouseButton.RightButton)
    assert card(stage) is None


async def test_the_end_of_the_call_ends_the_drag(stage: Stage) -> None:
    """Never do to the next call what was meant for the one before."""
    call = await stage.talk()
    mouse = Mouse(stage)
    await mouse.take()
    place = field(stage, "Ask first").mapToGlobal(QPoint(5, 5))
    call.state = CallState.NONE
    stage.provider.tell(CallFinished(call))
    await stage.turn()
    assert card(stage) is None
    await stage.ring()
    await mouse.drop(place)
    assert stage.provider.commands == []


async def test_without_a_call_nobody_can_be_dragged(stage: Stage) -> None:
    await Mouse(stage).take()
    assert card(stage) is None
    assert stage.panel.findChildren(DragLabel) == []


async def test_a_short_move_is_no_drag(stage: Stage) -> None:
    await stage.talk()
    mouse = Mouse(stage)
    mouse.press()
    view = next(view for view in stage.panel.findChildren(PersonList) if view.isVisible())
    current = view.current()
    assert current is not None
    assert current.name == "Kuznetsov Andrey"
    mouse.move(view.viewport().mapToGlobal(mouse.row("Kuznetsov Andrey") + QPoint(2, 0)))
    await stage.turn()
    assert card(stage) is None


async def test_onto_a_ringing_call(stage: Stage) -> None:
    await stage.ring(features=RING | CallFeatures.CAN_BLIND_TRANSFER)
    mouse = Mouse(stage)
    stage.provider.people.for_all = (AbonentAction.CALL,)
    await mouse.take()
    assert fields(stage) == ["Transfer now"]
    await mouse.drop(field(stage, "Transfer now"))
    assert stage.provider.names == ["blind_transfer"]


async def test_into_a_conference(stage: Stage) -> None:
    stage.provider.people.for_all = (AbonentAction.CONFERENCE, AbonentAction.TRANSFER)
    await stage.conference(Member("Olena", "214", is_me=True), Member("Petrov Petr", "201"))
    mouse = Mouse(stage)
    await mouse.take()
    assert fields(stage) == ["Transfer now", "Talk together"]
    found = card(stage)
    assert found is not None
    await mouse.drop(found.mapToGlobal(QPoint(20, 6)))
    assert stage.provider.names == ["add_to_conference"]


async def test_while_consulting_the_one_who_was_asked_is_sent_on(stage: Stage) -> None:
    """Row 6 of the action table."""
    await stage.consult()
    mouse = Mouse(stage)
    stage.provider.people.for_all = (AbonentAction.TRANSFER,)
    await mouse.take()
    assert fields(stage) == ["Transfer now"]
    assert field(stage, "Transfer now").accessibleName().endswith("You return to the caller")
    assert any("Petrov Petr → Kuznetsov Andrey" in text for text in texts(stage.panel))
    await mouse.drop(field(stage, "Transfer now"))
    assert stage.provider.names == ["blind_transfer"]


async def test_where_the_pbx_offers_nothing_it_is_said(stage: Stage) -> None:
    await stage.consult()
    mouse = Mouse(stage)
    stage.provider.people.for_all = (AbonentAction.INTERCOM,)
    await mouse.take()
    assert fields(stage) == []
    assert "You are consulting already" in texts(stage.panel)


async def test_in_a_narrow_panel_the_fields_stand_below_each_other(stage: Stage) -> None:
    await stage.talk()
    stage.panel.resize(300, 700)
    await stage.turn()
    await Mouse(stage).take()
    places = [field(stage, title).pos() for title in ("Ask first", "Transfer now", "Talk together")]
    assert len({place.x() for place in places}) == 1
    assert places == sorted(places, key=lambda place: place.y())
