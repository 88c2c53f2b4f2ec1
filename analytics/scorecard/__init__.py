"""The scorecard: every target against its metric, per entity and month, with probability, streak and owner."""

from analytics.scorecard.building import SCORECARD, build
from analytics.scorecard.judging import Score, probability_kept, with_streaks

__all__ = ["SCORECARD", "Score", "build", "probability_kept", "with_streaks"]
