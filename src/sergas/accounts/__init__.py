"""The account copilot: reviews an account and shows a record behind every statement.

Written on the public API of Sergas alone. Wire it with `build_accounts`.
"""

from dataclasses import dataclass

from sergas import Agent, Runtime, Workflow
from sergas.accounts.agents import MemoryAnalyst, RecommendationAuthor, ZohoDataScout
from sergas.accounts.agents.steps import PACE_S
from sergas.accounts.analysis import AnalysisConfig
from sergas.accounts.book import Book, Clock
from sergas.accounts.crm.port import CrmPort
from sergas.accounts.crm.sample import SAMPLE_COMPETITORS, sample_crm
from sergas.accounts.memory.port import MemoryPort
from sergas.accounts.memory.sample import sample_memory
from sergas.accounts.on_models.author import AuthorOnModel, author_spec
from sergas.accounts.on_models.memory import memory_spec
from sergas.accounts.on_models.scout import scout_spec
from sergas.accounts.workflow import account_review

__all__ = [
    "Accounts",
    "AnalysisConfig",
    "Book",
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
    book: Book


def build_accounts(
    crm: CrmPort,
    memory: MemoryPort,
    clock: Clock,
    *,
    config: AnalysisConfig | None = None,
    pace_s: float = PACE_S,
    runtime: Runtime | None = None,
) -> Accounts:
    """Build the three agents, the account review and the book of accounts.

    Args:
        crm: where accounts are read.
        memory: where promises and earlier advice are read.
        clock: gives milliseconds since 1970.
        config: what the analysis goes by.
        pace_s: a pause between the steps of the rules, so that a person can follow; 0 for none.
        runtime: what the agents think with; None for rules alone.
    """
    rules = config or AnalysisConfig()
    scout: Agent = ZohoDataScout(crm, rules, pace_s)
    analyst: Agent = MemoryAnalyst(crm, memory, pace_s)
    author: Agent = RecommendationAuthor(rules, pace_s)
    if runtime is not None:
        scout = runtime(scout_spec(crm, rules))
        analyst = runtime(memory_spec(crm, memory))
        author = AuthorOnModel(author, runtime(author_spec(rules)), rules)
    review = account_review(scout=scout, memory=analyst, author=author)
    book = Book(crm, memory, rules, clock)
    return Accounts(agents=(scout, analyst, author), workflows=(review,), book=book)


def build_sample_accounts(
    clock: Clock, *, pace_s: float = PACE_S, runtime: Runtime | None = None
) -> Accounts:
    """Build them on the sample CRM and its memory; `clock` gives milliseconds since 1970."""
    config = AnalysisConfig(competitors=SAMPLE_COMPETITORS)
    crm, memory = sample_crm(clock), sample_memory(clock)
    return build_accounts(crm, memory, clock, config=config, pace_s=pace_s, runtime=runtime)
