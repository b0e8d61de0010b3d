"""Commands for calls that the web phone carries out in place of Webitel (verto-protocol.md, section 7, "command")."""

from __future__ import annotations

from collections.abc import Callable

from ctidesk.cti.call import Call
from ctidesk.verto.dialog import Dialog
from ctidesk.webitel.web_phone import WebitelWebPhone


class WebPhoneCalls:
    """Each command returns whether it was the web phone's to carry out; what fails raises CtiException.

    Holding always is, when the web phone is the call's first channel. The rest is Webitel's, unless its socket is down
    or it does not know the call.
    """

    def __init__(
        self, phone: WebitelWebPhone, call_id: Callable[[Call], str], is_connected: Callable[[], bool]
    ) -> None:
        """Create the commands.

        Args:
            phone: the web phone.
            call_id: the id under which the PBX knows a call.
            is_connected: whether Webitel's own socket is.
        """
        self._phone = phone
        self._call_id = call_id
        self._is_connected = is_connected

    async def hold(self, call: Call, *, on: bool) -> bool:
        """Put the other party on hold, or take it back."""
        dialog = self._phone.first_dialog(self._call_id(call))
        if dialog is not None:
            await self._phone.set_held(dialog, on)
        return dialog is not None

    def hang_up(self, call: Call, cause: str) -> bool:
        """End a call."""
        dialog = self._alone(call)
        if dialog is not None:
            self._phone.hang_up(dialog, cause)
        return dialog is not None

    async def send_tones(self, call: Call, digits: str) -> bool:
        """Send tones."""
        dialog = self._alone(call)
        if dialog is not None:
            await self._phone.send_tones(dialog, digits)
        return dialog is not None

    async def consult(self, call: Call, number: str) -> bool:
        """Call a number besides a call, which is on hold."""
        dialog = self._alone(call)
        if dialog is not None:
            await self._phone.call(number)
        return dialog is not None

    async def blind_transfer(self, call: Call, number: str) -> bool:
        """Send the other party to a number."""
        dialog = self._alone(call)
        if dialog is not None:
            await self._phone.transfer(dialog, number)
        return dialog is not None

    async def complete_transfer(self, call: Call, consult_call: Call) -> bool:
        """Connect the other parties of both calls."""
        dialog, consulted = self._alone(call), self._alone(consult_call)
        if dialog is None or consulted is None:
            return False
        await self._phone.connect_parties(consulted, dialog)
        return True

    def _alone(self, call: Call) -> Dialog | None:
        """The web phone's side of a call about which the PBX's own socket can do nothing."""
        dialog = self._phone.first_dialog(self._call_id(call))
        if dialog is None or (self._is_connected() and not self._phone.is_unannounced(dialog)):
            return None
        return dialog
