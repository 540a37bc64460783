"""What answers about accounts look like, for the OpenAPI document."""

from typing import Literal

from pydantic import JsonValue

from sergas.web.shapes import Shape


class Coming(Shape):
    """The next date of an account."""

    date: str
    what: str


class AccountRow(Shape):
    """An account and its score."""

    id: str
    number: str
    name: str
    owner: str
    industry: str
    city: str
    kind: Literal["customer", "prospect"]
    currency: str
    score: int
    band: Literal["healthy", "watch", "at_risk", "critical"]
    coverage: float
    provisional: bool
    reason: str
    flags: int
    contract_value: float | None = None
    next: Coming | None = None


class Overview(Shape):
    """All accounts, those first that need attention most; from no source where there are none."""

    accounts: list[AccountRow]
    source: str | None
    read_at: int | None = None


class AccountBrief(Shape):
    """The brief of an account, as the agents write it into the state."""

    brief: dict[str, JsonValue]
