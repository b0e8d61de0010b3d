"""A person is dragged onto the call with the real mouse."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctidesk.cti.values import CallState
from ctidesk.ui.components.drop_card import DropCard
from ctidesk.ui.components.person_list import PersonList
from ctidesk.ui.components.person_rows import PersonRow
from ctidesk.ui.widgets.drop_field import DropField
from tests.desktop.played import CALLER, Desktop, play

pytestmark = [
    pytest.mark.usefixtures("qapp", "tray"),
    pytest.mark.qt_log_ignore("PulseAudioService", extend=True),  # the machine may have no sound
]


def test_a_colleague_is_dragged_onto_the_call(tmp_path: Path) -> None:
    async def scene(desktop: Desktop) -> None:
        model = desktop.model
        await talk(desktop)
        expert = await take_a_colleague(desktop)
        await press_escape(desktop)
        assert model.consult_call is None
        await desktop.xdotool("mouseup", "1")

        assert await take_a_colleague(desktop) == expert
        await drop(desktop, "Ask first")
        await desktop.until(lambda: model.consult_call is not None)
        await desktop.direct(f"answer {expert}")
        await desktop.until(lambda: model.abilities.complete_transfer)
        await model.cancel_transfer()
        await desktop.until(lambda: main_state(desktop) is CallState.CONNECTED and not model.is_consulting)

        assert await take_a_colleague(desktop) == expert
        await drop(desktop, "Talk together")
        await desktop.until(lambda: main_state(desktop) is CallState.CONFERENCED)
        await desktop.until(lambda: not desktop.demo.desk.switch.exchange.party(expert).is_free)  # it rings
        await desktop.direct(f"answer {expert}")
        await desktop.until(lambda: model.provider.conference.has((expert,)))
        await model.remove_from_conference(expert)
        await desktop.until(lambda: not model.provider.conference.has((expert,)))

        await take_a_colleague(desktop)
        await drop(desktop, "Transfer now")
        await desktop.until(lambda: model.current_call is None)

    play(tmp_path, scene)


async def talk(desktop: Desktop) -> None:
    """Talk to a caller."""
    await desktop.direct(f"ring {desktop.demo.operator_number} {CALLER} Belova Anna")
    await desktop.until(lambda: desktop.model.ringing_call)
    await desktop.click(desktop.application.panel, "Answer")
    await desktop.until(lambda: main_state(desktop) is CallState.CONNECTED)


def main_state(desktop: Desktop) -> CallState:
    call = desktop.model.current_call
    return CallState.NONE if call is None else call.state


async def take_a_colleague(desktop: Desktop) -> str:
    """Drag the first person of the list some way; returns the number."""
    panel = desktop.application.panel
    view = next(view for view in panel.findChildren(PersonList) if view.isVisible())
    rows = view.model()
    place, person = next(
        (place, row)
        for place in range(rows.rowCount())
        if isinstance(row := view._people.row(rows.index(place, 0)), PersonRow)
    )
    point = view.viewport().mapToGlobal(view.visualRect(rows.index(place, 0)).center())
    await desktop.xdotool("mousemove", "--sync", str(point.x()), str(point.y()), "mousedown", "1")
    for _ in range(3):
        await desktop.xdotool("mousemove_relative", "--sync", "0", "12")
    await desktop.until(lambda: any(card.isVisible() for card in panel.findChildren(DropCard)))
    return person.abonent.number


async def drop(desktop: Desktop, title: str) -> None:
    """Go to a field and let go there."""

    def field() -> DropField | None:
        found = desktop.application.panel.findChildren(DropField)
        return next((one for one in found if one.isVisible() and one.accessibleName().startswith(title)), None)

    await desktop.until(field)
    found = field()
    assert found is not None
    point = found.mapToGlobal(found.rect().center())
    await desktop.xdotool("mousemove", "--sync", str(point.x()), str(point.y()))
    await desktop.until(found.is_chosen)
    await desktop.xdotool("mouseup", "1")


async def press_escape(desktop: Desktop) -> None:
    """Give it up, and see the call again."""
    await desktop.press("Escape")
    cards = desktop.application.panel.findChildren(DropCard)
    await desktop.until(lambda: not any(card.isVisible() for card in cards))
