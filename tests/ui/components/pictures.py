"""Pictures of every state of the panel, for the eye: `python -m tests.ui.components.pictures FOLDER [SCENE…]`.

Light and dark, at 100 % and 200 % text, twice enlarged; those that end in `-ru` with long words, those that end in
`-small` in the smallest window. The tests go through the scenes, too, but not through the pictures.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QPainter

from ctidesk.cti.conference import Member
from ctidesk.cti.directory import AbonentAction
from ctidesk.cti.events import CallInfoChanged
from ctidesk.cti.queue import WaitingCaller
from ctidesk.cti.supervision import SupervisorMode
from ctidesk.cti.text import Translator, install_translator
from ctidesk.cti.values import CallFeatures
from ctidesk.cti.web_phone import CallSound, WebPhonePhase
from ctidesk.ui.components.call_controls import Control
from ctidesk.ui.components.drop_card import DropCard
from ctidesk.ui.theme import Scheme, theme
from ctidesk.ui.widgets import Menu, SearchField, Tabs
from ctidesk.ui.widgets.drop_field import DropField
from ctidesk.ui.windows.panel import HEIGHT, SMALLEST_HEIGHT, SMALLEST_WIDTH, WIDTH
from ctidesk.verto.errors import Problem, VertoError
from ctidesk.verto.messages import problem_words
from tests.ui.components.languages import russian
from tests.ui.components.mouse import Mouse
from tests.ui.components.stage import Stage, show
from tests.ui.picture_run import picture_run

Scene = Callable[[Stage], Awaitable[object]]


async def idle(stage: Stage) -> None:
    """Nothing goes on."""


async def pick_up(stage: Stage) -> None:
    await stage.ring(CallFeatures.CAN_DROP)


async def calling(stage: Stage) -> None:
    stage.panel.findChildren(SearchField)[0].setText("204")
    stage.panel._dial.do_number()
    await stage.turn()


async def held(stage: Stage) -> None:
    await stage.hold(await stage.talk())


async def muted(stage: Stage) -> None:
    stage.provider.phone.heard = CallSound("opus", received=100, loss=0.012, jitter=0.004)
    call = await stage.talk()
    call.muted = True
    stage.provider.tell(CallInfoChanged(call))
    await stage.turn()


async def web_phone_lost(stage: Stage) -> None:
    await stage.talk()
    error = VertoError(Problem.CONNECTION_LOST)
    stage.provider.phone.become(WebPhonePhase.WAITING, problem_words(error))
    await stage.turn()


async def web_phone_elsewhere(stage: Stage) -> None:
    error = VertoError(Problem.OPENED_ELSEWHERE)
    stage.provider.phone.become(WebPhonePhase.STOPPED, problem_words(error))
    await stage.turn()


async def consult_ringing(stage: Stage) -> None:
    await stage.consult(answered=False)


async def swapped(stage: Stage) -> None:
    await stage.swap(*await stage.consult())


async def keypad(stage: Stage) -> None:
    await stage.talk(comment="")
    card = stage.panel._calls.cards()[0]
    card._grid.tile(Control.KEYPAD).click()
    assert card._pad is not None
    for key in "1204":
        card._pad._key(key)
    await stage.turn()


async def dial_keypad(stage: Stage) -> None:
    stage.panel._dial._toggle_keypad()
    await stage.turn()


async def whom(stage: Stage) -> None:
    await stage.talk(comment="")
    stage.panel._calls.cards()[0]._grid.tile(Control.CONSULT).click()
    await stage.turn()


async def search(stage: Stage) -> None:
    await type_text(stage, "petr")


async def search_other_layout(stage: Stage) -> None:
    await type_text(stage, "gtnh")


async def search_number(stage: Stage) -> None:
    await type_text(stage, "20")


async def search_nobody(stage: Stage) -> None:
    await type_text(stage, "zzz")


async def refused_number(stage: Stage) -> None:
    await type_text(stage, "1-800-FLOWERS")
    stage.panel._dial.do_number()
    await stage.turn()


async def type_text(stage: Stage, text: str) -> None:
    stage.panel.findChildren(SearchField)[0].setText(text)
    await stage.turn()


async def lost_in_call(stage: Stage) -> None:
    await stage.talk()
    await stage.lose_connection()


async def redirect(stage: Stage) -> None:
    stage.panel._header.number_wanted.emit(stage.provider.agent_states[-1])
    await stage.turn()


async def drag(stage: Stage) -> None:
    stage.provider.people.for_all = (AbonentAction.CONSULT, AbonentAction.TRANSFER)
    await stage.talk(comment="")
    await drag_over_the_call(stage)


async def drag_with_conference(stage: Stage) -> None:
    stage.provider.people.for_all = (AbonentAction.CONSULT, AbonentAction.TRANSFER, AbonentAction.CONFERENCE)
    await stage.talk(comment="")
    await drag_over_the_call(stage)


async def drag_in_vain(stage: Stage) -> None:
    stage.provider.people.for_all = ()
    await stage.consult()
    await drag_over_the_call(stage)


async def drag_over_the_call(stage: Stage) -> None:
    mouse = Mouse(stage)
    await mouse.take("Kuznetsov Andrey")
    target = next(iter(stage.panel.findChildren(DropField)), None) or stage.panel.findChildren(DropCard)[0]
    mouse.move(target)
    await stage.turn()


async def conference(stage: Stage) -> None:
    caller = Member("Belova Anna", "74951234567", id="k1", can_be_removed=True)
    colleague = Member("Kuznetsov Andrey", "204", id="k2", can_be_removed=True)
    await stage.conference(Member("Operator Olena", "214", is_me=True), caller, colleague)


async def supervising(stage: Stage) -> None:
    await stage.supervise(SupervisorMode.WHISPER)


async def queue(stage: Stage) -> None:
    now = stage.clock.monotonic()
    stage.provider.queue.show(
        (
            WaitingCaller("1", "Orlov Viktor", "74952223344", "Sales", now - 252),
            WaitingCaller("2", "", "78127654321", "Sales", now - 98),
            WaitingCaller("3", "Vasilyev Dmitry", "", "Sales", now - 21),
            WaitingCaller("4", "Ivanchenko Bohdan", "380447654321", "Support", now - 9),
        )
    )
    await stage.turn()
    stage.panel.findChildren(Tabs)[0].setCurrentIndex(1)
    await stage.turn()


async def empty_queue(stage: Stage) -> None:
    stage.provider.queue.show(())
    await stage.turn()
    stage.panel.findChildren(Tabs)[0].setCurrentIndex(1)
    await stage.turn()


async def state_menu(stage: Stage) -> None:
    stage.panel._header.open_menu()
    await stage.turn()


async def person_menu(stage: Stage) -> None:
    pane = stage.panel._pane
    pane._list.select_person("id206")
    pane._list.ask_menu()
    await stage.turn()


SCENES: dict[str, Scene] = {
    "idle": idle,
    "ringing": lambda stage: stage.ring(),
    "pickup": pick_up,
    "calling": calling,
    "talking": lambda stage: stage.talk(),
    "held": held,
    "consult": lambda stage: stage.consult(),
    "consult-ringing": consult_ringing,
    "swapped": swapped,
    "keypad": keypad,
    "dial-keypad": dial_keypad,
    "whom": whom,
    "search": search,
    "search-layout": search_other_layout,
    "search-number": search_number,
    "search-nobody": search_nobody,
    "refused-number": refused_number,
    "reconnecting": lost_in_call,
    "muted": muted,
    "web-phone-lost": web_phone_lost,
    "web-phone-elsewhere": web_phone_elsewhere,
    "wrong-password": lambda stage: stage.wrong_password(),
    "refused": lambda stage: stage.refuse(),
    "break": lambda stage: stage.take_break(),
    "redirect": redirect,
    "drag": drag,
    "drag-conference": drag_with_conference,
    "drag-in-vain": drag_in_vain,
    "conference": conference,
    "supervising": supervising,
    "queue": queue,
    "queue-empty": empty_queue,
    "state-menu": state_menu,
    "person-menu": person_menu,
}


class Form(NamedTuple):
    """One way in which every scene is shown."""

    suffix: str
    scheme: Scheme
    scale: float = 1.0
    size: tuple[int, int] = (WIDTH, HEIGHT)
    translator: Translator | None = None


FORMS = (
    Form("-light", "light"),
    Form("-dark", "dark"),
    Form("-text200-light", "light", 2.0, (600, 1120)),
    Form("-text200-dark", "dark", 2.0, (600, 1120)),
    Form("-ru-light", "light", translator=russian),
    Form("-text200-ru-dark", "dark", 2.0, (600, 1120), russian),
    Form("-small-light", "light", size=(SMALLEST_WIDTH, SMALLEST_HEIGHT)),
    Form("-small-ru-light", "light", 1.0, (SMALLEST_WIDTH, SMALLEST_HEIGHT), russian),
)


async def render(folder: Path, names: list[str]) -> None:
    """Render the scenes with `names`, or all."""
    for form in FORMS:
        theme().set_text_scale(form.scale)
        theme().force(form.scheme)
        install_translator(form.translator)
        for name in names or SCENES:
            stage = Stage()
            stage.panel.resize(*form.size)
            await stage.begin()
            await SCENES[name](stage)
            show()
            picture = stage.panel.grab()
            for menu in stage.panel.findChildren(Menu):
                painter = QPainter(picture)
                painter.drawPixmap(stage.panel.mapFromGlobal(menu.pos()), menu.grab())
                painter.end()
                menu.close()
            picture.save(str(folder / f"panel-{name}{form.suffix}.png"))
            await stage.end()


def main(folder: Path, names: list[str]) -> None:
    """Render into `folder`."""
    with picture_run(folder):
        asyncio.run(render(folder, names))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
