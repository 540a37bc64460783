"""The account copilot: reviews an account and shows a record behind every statement.

Written on the public API of Sergas alone. Wire it with `build_accounts`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sergas import Agent, Workflow
from sergas.accounts.agents import MemoryAnalyst, RecommendationAuthor, ZohoDataScout
from sergas.accounts.agents.steps import PACE_S
from sergas.accounts.analysis import AnalysisConfig
from sergas.accounts.crm.port import CrmPort
from sergas.accounts.crm.sample import SAMPLE_COMPETITORS, sample_crm
from sergas.accounts.memory.port import MemoryPort
from sergas.accounts.memory.sample import sample_memory
from sergas.accounts.workflow import account_review

__all__ = [
    "Accounts",
    "AnalysisConfig",
    "CrmPort",
    "MemoryPort",
    "build_accounts",
    "build_sample_accounts",
    "sample_crm",
    "sample_memory",
]


@dataclass(frozen=True, slots=True)
class Accounts:
    """What the application adds to a server."""

    agents: tuple[Agent, ...]
    workflows: tuple[Workflow, ...]


def build_accounts(
    crm: CrmPort,
    memory: MemoryPort,
    *,
    config: AnalysisConfig | None = None,
    pace_s: float = PACE_S,
) -> Accounts:
    """Build the three agents and the account review.

    `pace_s` is a pause between steps so that a person can follow; 0 for none.
    """
    rules = config or AnalysisConfig()
    scout = ZohoDataScout(crm, rules, pace_s)
    analyst = MemoryAnalyst(crm, memory, pace_s)
    author = RecommendationAuthor(rules, pace_s)
    review = account_review(scout=scout, memory=analyst, author=author)
    return Accounts(agents=(scout, analyst, author), workflows=(review,))


def build_sample_accounts(clock: Callable[[], int], *, pace_s: float = PACE_S) -> Accounts:
    """Build them on the sample CRM and its memory; `clock` gives milliseconds since 1970."""
    config = AnalysisConfig(competitors=SAMPLE_COMPETITORS)
    return build_accounts(sample_crm(clock), sample_memory(clock), config=config, pace_s=pace_s)
