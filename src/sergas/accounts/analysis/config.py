"""Weights and thresholds of the analysis, in one place and changeable as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_DEFAULT_STAGE_DAYS = MappingProxyType(
    {"Qualification": 14, "Needs Analysis": 21, "Proposal": 18, "Negotiation": 21}
)
_WEIGHTS = MappingProxyType(
    {"engagement": 25, "relationship": 20, "pipeline": 20, "commercial": 20, "commitments": 15}
)


@dataclass(frozen=True, slots=True)
class AnalysisConfig:
    """How the rules weigh what they see; days unless the name says otherwise.

    Attributes:
        weights: points of each group of the attention score; they sum to 100.
        provisional_below: coverage under which the score is provisional.
        competitors: names whose mention is flagged.
        first_stages: stages in which a renewal has not really started.
        late_stages: stages in which price and power must be on the table.
    """

    weights: Mapping[str, int] = field(default_factory=lambda: _WEIGHTS)
    provisional_below: float = 0.6
    look_back: int = 14
    touch_good: int = 7
    touch_bad: int = 60
    active_window: int = 90
    contacts_good: int = 4
    executive_good: int = 45
    executive_bad: int = 180
    renewal_far: int = 120
    renewal_near: int = 30
    renewal_critical: int = 60
    phrase_window: int = 60
    fresh_phrase: int = 30
    no_activity_open_deal: int = 30
    no_activity_at_all: int = 60
    ghosted_after: int = 14
    ghosted_messages: int = 2
    stale_after: int = 90
    owner_change_window: int = 60
    check_in_after: int = 25
    disagreement_window: int = 30
    big_deal: int = 50_000
    stalled_factor: float = 2.0
    norm_samples: int = 10
    default_stage_days: Mapping[str, int] = field(default_factory=lambda: _DEFAULT_STAGE_DAYS)
    first_stages: frozenset[str] = frozenset({"Qualification"})
    late_stages: frozenset[str] = frozenset({"Proposal", "Negotiation"})
    competitors: tuple[str, ...] = ()
