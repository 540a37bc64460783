"""The attention score: the groups weighed, and what a critical flag does to the band."""

from collections.abc import Sequence, Set

from sergas.accounts.analysis.case import Case
from sergas.accounts.analysis.result import Attention, Band, Factor, Flag, Severity, Statement


def attention(case: Case, factors: Sequence[Factor], flags: Sequence[Flag]) -> Attention:
    """Weigh the groups that have data; a missing group lowers the coverage, not the score.

    An account of which nothing is known scores 0 with coverage 0, and provisionally.
    """
    weight = sum(factor.max for factor in factors)
    score = round(100 * sum(f.share * f.max for f in factors) / weight) if weight else 0
    coverage = round(weight / sum(case.config.weights.values()), 2)
    critical = [flag for flag in flags if flag.severity == "critical"]
    high = [flag for flag in flags if flag.severity == "high"]
    severities: set[Severity] = {flag.severity for flag in flags}
    return Attention(
        score=score,
        band=_band(score, severities),
        coverage=coverage,
        provisional=coverage < case.config.provisional_below,
        reasons=_reasons(factors, critical or high, case),
        factors=tuple(factors),
    )


def _band(score: int, severities: Set[Severity]) -> Band:
    """A critical flag allows "at risk" at best, a high one "watch"."""
    if score < 25:
        return "critical"
    if score < 50 or "critical" in severities:
        return "at_risk"
    return "watch" if score < 75 or "high" in severities else "healthy"


def _reasons(factors: Sequence[Factor], loud: Sequence[Flag], case: Case) -> tuple[Statement, ...]:
    """Return the three strongest: flags that hold the band down, then groups that cost most.

    Where nothing costs a quarter of its points, the strongest groups say why all is well.
    """
    reasons = [Statement(flag.text, flag.evidence) for flag in loud[:2]]
    costly = sorted(factors, key=lambda factor: factor.points - factor.max)
    told = {part for flag in loud for part in flag.evidence}
    weak = [
        factor
        for factor in costly
        if factor.share < 0.75 and not told.issuperset(factor.reason.evidence)
    ]
    strong = sorted(factors, key=lambda factor: -factor.points)
    chosen = weak or ([] if loud else strong)
    reasons += [factor.reason for factor in chosen]
    if not reasons:
        account = case.snapshot.account
        reasons = [Statement(f"Little is recorded about {account.name}.", (account.id,))]
    return tuple(reasons[:3])
