"""What is done with users at the PBX, one command at a time for each form; the page only hears of the end."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from ctidesk.cti.administration import UserAccount, UserAdministration
from ctidesk.cti.errors import CtiException
from ctidesk.ui.components.settings.row_form import RowForm
from ctidesk.ui.components.settings.user_forms import UserForm, UserValues

Run = Callable[[Coroutine[Any, Any, None]], None]


class UserCommands(QObject):
    """Carries the forms out. They are only passed on, for they may be gone when the PBX answers.

    Signals:
        done(form): it has been done.
        refused(form, exception): it has not; a `CtiException`.
        renumbered(form, number): the user has this number now, the rest of the form is still to be done.
        read(exception): the users have been read anew; None, or the `CtiException` with which that was refused.
    """

    done = Signal(object)
    refused = Signal(object, object)
    renumbered = Signal(object, str)
    read = Signal(object)

    def __init__(self, run: Run) -> None:
        """Prepare; `run` lets a coroutine run to its end, or to that of the dialog."""
        super().__init__()
        self._run = run
        self._is_reading = False

    def read_again(self, administration: UserAdministration) -> None:
        """Read the users anew, unless they are being read."""
        if not self._is_reading:
            self._is_reading = True
            self._run(self._read(administration))

    def create(self, administration: UserAdministration, form: UserForm) -> None:
        """Create the user of a form."""
        values = form.values
        work = administration.create(values.number, values.password, name=values.name, role=values.role)
        self._run(self._carry_out(form, work))

    def change(self, administration: UserAdministration, form: UserForm, user: UserAccount) -> None:
        """Change `user` to what the form has."""
        self._run(self._carry_out(form, self._change(administration, form, user, form.values)))

    def change_password(self, administration: UserAdministration, form: RowForm, number: str, password: str) -> None:
        """Give a user another password."""
        self._run(self._carry_out(form, administration.update(number, password=password)))

    def remove(self, administration: UserAdministration, form: RowForm, number: str) -> None:
        """Remove a user."""
        self._run(self._carry_out(form, administration.remove(number)))

    async def _change(
        self, administration: UserAdministration, form: UserForm, user: UserAccount, values: UserValues
    ) -> None:
        """Change the number first: when the PBX refuses anything, it is that, and then nothing has been changed."""
        number = user.number
        if values.number != number:
            await administration.renumber(number, values.number)
            number = values.number
            self.renumbered.emit(form, number)
        name = values.name if values.name != user.name else None
        role = values.role if values.role != user.role else None
        if name is not None or role is not None:
            await administration.update(number, name=name, role=role)

    async def _carry_out(self, form: RowForm, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except CtiException as exception:
            self.refused.emit(form, exception)
        else:
            self.done.emit(form)

    async def _read(self, administration: UserAdministration) -> None:
        failure: CtiException | None = None
        try:
            await administration.read_again()
        except CtiException as exception:
            failure = exception
        finally:
            self._is_reading = False
        self.read.emit(failure)
