"""How many runs there may be at once: the rule; stores count."""

from dataclasses import dataclass

from sergas.core.errors import Busy


@dataclass(frozen=True, slots=True)
class Room:
    """How many runs there may be, of all tenants and replicas together; None is any number.

    Attributes:
        unfinished: runs that are queued or running.
        at_work: those of them that do not wait for their thread.
    """

    unfinished: int | None = None
    at_work: int | None = None

    def demand(self, unfinished: int, at_work: int, *, waits: bool) -> None:
        """Make sure that there is room for one run more.

        Args:
            unfinished: how many there are.
            at_work: how many of them do not wait for their thread.
            waits: the new one waits for its thread.

        Raises:
            Busy: there is none.
        """
        if self.unfinished is not None and unfinished >= self.unfinished:
            raise Busy(self.unfinished)
        if not waits and self.at_work is not None and at_work >= self.at_work:
            raise Busy(self.at_work)

    def is_scarce(self, unfinished: int, at_work: int, margin: int) -> bool:
        """Say whether there is no room for so many runs more."""
        limits = ((self.unfinished, unfinished), (self.at_work, at_work))
        return any(limit is not None and count + margin > limit for limit, count in limits)


ENDLESS = Room()
