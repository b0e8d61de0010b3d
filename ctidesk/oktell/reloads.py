"""Which replies about the line count (oktell-protocol.md, "12. Defects of the reference client", D20)."""

from __future__ import annotations


class Reloads:
    """Numbers the requests for the line's state: wishes are merged, and no older picture follows a newer one.

    Attributes:
        is_awaited: the reply of the newest request is expected soon; another wish waits for it.
        again: there was another wish meanwhile.
    """

    def __init__(self) -> None:
        self.is_awaited = False
        self.again = False
        self._sent = 0
        self._taken = 0

    def begin(self) -> int:
        """Take note of a request that is sent now; returns its number."""
        self._sent += 1
        self.is_awaited, self.again = True, False
        return self._sent

    def end(self, number: int) -> tuple[bool, bool]:
        """Take note of a reply; returns whether its picture counts, and whether another one is wished for."""
        counts = number > self._taken
        if counts:
            self._taken = number
        if number != self._sent:
            return counts, False
        again = self.again
        self.is_awaited = self.again = False
        return counts, again

    def give_up(self, number: int) -> bool:
        """The reply of a request is late; returns whether another request is due. The reply still counts if it comes.

        Were it dropped instead, a slow server would never be believed while events come faster than its replies.
        """
        if number != self._sent or not self.is_awaited:
            return False
        self.is_awaited = False
        return self.again

    def doubt(self) -> None:
        """Something newer than every request so far has been heard: pictures under way do not count."""
        self._taken = self._sent
