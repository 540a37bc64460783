"""From records to statements: pure functions, the clock passed in, no model."""

from sergas.accounts.analysis.analyze import analyze
from sergas.accounts.analysis.config import AnalysisConfig
from sergas.accounts.analysis.result import Analysis
from sergas.accounts.analysis.snapshot import Snapshot, StageNorm, stage_norms

__all__ = ["Analysis", "AnalysisConfig", "Snapshot", "StageNorm", "analyze", "stage_norms"]
