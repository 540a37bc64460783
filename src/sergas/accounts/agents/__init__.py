"""The three agents of the account review; they think with rules."""

from sergas.accounts.agents.author import RecommendationAuthor
from sergas.accounts.agents.memory import MemoryAnalyst
from sergas.accounts.agents.scout import ZohoDataScout

__all__ = ["MemoryAnalyst", "RecommendationAuthor", "ZohoDataScout"]
