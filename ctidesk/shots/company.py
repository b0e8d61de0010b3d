"""The part of the pictures that needs colleagues: queue, conference, supervision, dragging."""

from __future__ import annotations

from functools import partial

from ctidesk.cti.directory import Abonent, AbonentAction
from ctidesk.cti.presence import Presence
from ctidesk.cti.supervision import SupervisorMode
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallState
from ctidesk.shots.story import CALLER, LARGE, SCENE_SECONDS, Story, StoryError
from ctidesk.ui.components.call_area import CallArea
from ctidesk.ui.components.header import Header
from ctidesk.ui.components.person_list import PersonList
from ctidesk.ui.picture import Drag, open_menu, press
from ctidesk.ui.widgets import SearchField
from ctidesk.ui.widgets.drop_field import DropField

_WAITING = (("74952223344", "60", 154), ("78127654321", "60", 77), ("74955550101", "60", 12), ("380447654321", "61", 9))
"""Number, queue, and the seconds until the next one comes."""
_RUSSIAN, _SAME_KEYS = "йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,."


class CompanyStory(Story):
    """A second day of the same operator, who is a supervisor as well."""

    async def tell(self) -> None:
        """Play it, from the queue to the talk of a colleague."""
        await self._connected()
        await self._ready()
        await self._colleagues()
        await self._queue()
        await self._choices()
        await self._call_out()
        await self._call_among_colleagues()
        await self._supervision()
        await self._do_not_disturb()
        await self._ready()

    # ---- no call

    async def _queue(self) -> None:
        queue = self._model.provider.queue
        await self._until(lambda: queue.is_offered)
        self._panel.show_queue()
        await self._picture("panel-queue-empty", [self._panel])
        phones = [one.number for one in self._others() if one.presence is Presence.READY and one.is_person]
        for count, (caller, through, seconds) in enumerate(_WAITING, 1):
            await self._direct(f"noanswer {phones[count]} {4 * SCENE_SECONDS:.0f}")
            await self._direct(f"queue-ring {phones[count]} {caller} {through}")
            await self._until(partial(self._are_waiting, count))
            self._clock.advance(seconds)
        await self._picture("panel-queue", [self._panel], text_sizes=LARGE)
        for caller, *_ in _WAITING:
            await self._direct(f"abandon {caller}")
        await self._until(partial(self._are_waiting, 0))
        self._panel.show_people()

    def _are_waiting(self, count: int) -> bool:
        return len(self._model.provider.queue.waiting) == count

    async def _choices(self) -> None:
        await self._menu_picture("abonent-menu")
        russian = next(one.name for one in self._others() if one.name[:4].lower().strip(_RUSSIAN) == "")
        with self._typed(russian[:4].lower().translate(str.maketrans(_RUSSIAN, _SAME_KEYS))):
            await self._picture("panel-search-layout", [self._panel])
        with self._typed("zzz"):
            await self._picture("panel-search-nobody", [self._panel])
        header = self._panel.findChild(Header)
        redirect = next(one for one in self._model.provider.agent_states if one.needs_number)
        if header is None:
            raise StoryError("the panel has no header")
        header.number_wanted.emit(redirect)
        await self._picture("panel-redirect", [self._panel])
        press(self._panel, translate("Panel", "Cancel"))

    async def _do_not_disturb(self) -> None:
        option = next(
            one for one in self._model.provider.agent_states if one.presence is Presence.DND and not one.needs_number
        )
        await self._model.set_agent_state(option.code)
        await self._until(lambda: self._model.agent_state.presence is Presence.DND)
        self._clock.advance(95)
        await self._picture("panel-dnd", [self._panel])

    # ---- calls

    async def _call_out(self) -> None:
        expert = self._ready_colleague()
        field = self._panel.findChild(SearchField)
        if field is None:
            raise StoryError("the panel has no field for a number or a name")
        field.setText(expert)
        press(self._panel, translate("Panel", "Call"))
        await self._until(lambda: self._model.abilities.drop)  # the own phone rings
        await self._picture("panel-calling", [self._panel])
        await self._direct(f"pickup {self._me()}")
        await self._until(lambda: self._main_is(CallState.ALERTING))
        self._clock.advance(4)
        await self._picture("panel-outgoing", [self._panel])
        await self._model.drop()
        await self._until(lambda: self._model.current_call is None and self._model.abilities.call)

    async def _call_among_colleagues(self) -> None:
        await self._ring(f"ring {self._me()} {CALLER} Belova Anna", 5)
        await self._model.answer()
        await self._until(lambda: self._main_is(CallState.CONNECTED))
        self._clock.advance(192)
        await self._menu_picture("abonent-menu-in-call")
        await self._drag()
        calls = self._panel.findChild(CallArea)
        if calls is None:
            raise StoryError("the panel shows no call")
        press(calls, translate("Panel", "Transfer"))
        await self._picture("panel-transfer-to", [self._panel])
        press(calls, translate("Panel", "Transfer"))
        expert = self._ready_colleague()
        await self._model.consult(expert)
        await self._until(lambda: self._model.consult_call is not None)
        self._clock.advance(3)
        await self._picture("panel-consult-ringing", [self._panel])
        await self._direct(f"answer {expert}")
        await self._until(lambda: self._model.abilities.swap)
        await self._model.swap()
        await self._until(lambda: self._main_is(CallState.CONNECTED))
        self._clock.advance(21)
        await self._picture("panel-swapped", [self._panel])
        await self._model.swap()
        await self._until(lambda: self._main_is(CallState.HOLDED))
        await self._model.add_to_conference(CALLER)
        conference = self._model.provider.conference
        await self._until(lambda: len(conference.members) == 3 and len(self._model.calls) == 1)
        self._clock.advance(48)
        await self._picture("panel-conference", [self._panel], text_sizes=LARGE)
        await self._model.drop()
        await self._direct(f"hangup {CALLER}")
        await self._until(lambda: self._model.current_call is None and self._model.abilities.call)

    async def _drag(self) -> None:
        view, row = self._row_of(self._ready_colleague())
        hand = Drag(view, row)
        hand.over(self._panel)
        await self._painted()
        fields = [one for one in self._panel.findChildren(DropField) if one.isVisible()]
        if not fields:
            raise StoryError("there is nothing to drop a colleague on")
        hand.over(fields[0])
        await self._picture("panel-drag", [self._panel])
        hand.let_go_outside()

    async def _supervision(self) -> None:
        def is_mine(one: Abonent) -> bool:
            return AbonentAction.LISTEN in self._model.provider.directory.actions(one.id)

        talking = [one.number for one in self._others() if one.presence is Presence.READY and one.is_person]
        for number in talking:
            await self._direct(f"presence {number} talking")
        await self._until(lambda: any(is_mine(one) for one in self._others()))
        mine = next(one for one in self._others() if is_mine(one))
        for mode in SupervisorMode:
            await self._model.supervise(mine.number, mode)
            await self._until(partial(self._supervises, mode))
            self._clock.advance(31)
            await self._picture(f"panel-{mode.value}", [self._panel], text_sizes=LARGE)
        await self._model.drop()
        await self._until(lambda: self._model.current_call is None and self._model.abilities.call)
        for number in talking:
            await self._direct(f"presence {number} ready")

    def _supervises(self, mode: SupervisorMode) -> bool:
        supervision = self._model.provider.conference.supervision
        return self._main_is(CallState.CONFERENCED) and supervision is not None and supervision.mode is mode

    # ---- people

    def _others(self) -> list[Abonent]:
        return [one for one in self._model.provider.directory.abonents.values() if not one.is_me and one.number]

    def _row_of(self, number: str) -> tuple[PersonList, int]:
        """Select somebody in the list; returns it, with the row."""
        person = next(one for one in self._others() if one.number == number)
        for view in self._panel.findChildren(PersonList):
            if view.isVisible():
                view.select_person(person.id)
                return view, view.currentIndex().row()
        raise StoryError("the panel shows no people")

    async def _menu_picture(self, name: str) -> None:
        view, _ = self._row_of(self._ready_colleague())
        view.ask_menu()
        menu = open_menu()
        await self._picture(name, [self._panel, menu])
        menu.close()
