"""``build``: everything this room knows, written into schema ``marts`` of the database at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from analytics.customers import answering, comments, complaints, needs, relations, segments, surveys, topics
from analytics.customers.tables import TableSpec, write
from analytics.metrics.periods import add_months
from analytics.metrics.table import Frozen

TABLES: tuple[TableSpec, ...] = (
    surveys.RESULTS, answering.WAVES, answering.BIAS, answering.WEIGHTED, relations.DRIVERS, relations.GAPS,
    relations.KANO, relations.LOYALTY, segments.SEGMENTS, needs.NEEDS, comments.WORDS, comments.EXAMPLES,
    topics.TOPICS, complaints.FIXES,
)  # fmt: skip
Rows = Sequence[Mapping[str, Any]]
MONTHS_WEIGHTED, MONTHS = 24, 12


def build(con: Any, as_of: datetime) -> dict[str, int]:
    """Replace every table of ``TABLES``; ``as_of`` is in the organisation's zone. Returns rows per table.

    Reads marts, rollups, ``metrics.catalogue``, the customers' register and the comments, which stay in the build.
    """
    db = Frozen(con)
    day = (as_of - timedelta(microseconds=1)).date()
    end = day if (day + timedelta(days=1)).day == 1 else day.replace(day=1) - timedelta(days=1)
    first = add_months(end.replace(day=1), 1 - MONTHS)
    makers: dict[str, Callable[[], Rows]] = {
        surveys.RESULTS.name: lambda: surveys.survey_results(con),
        answering.WAVES.name: lambda: answering.survey_waves(con, answering.invited_by_wave(db)),
        answering.BIAS.name: lambda: answering.response_bias(db, first, end),
        answering.WEIGHTED.name: lambda: answering.weighted_by_month(
            db, add_months(end.replace(day=1), 1 - MONTHS_WEIGHTED), end
        ),
        relations.DRIVERS.name: lambda: relations.driver_importance(con),
        relations.GAPS.name: lambda: relations.servqual_gaps(con),
        relations.KANO.name: lambda: relations.kano_features(con),
        relations.LOYALTY.name: lambda: relations.loyalty_link(con),
        segments.SEGMENTS.name: lambda: segments.customer_segments(con, day),
        complaints.FIXES.name: lambda: complaints.complaint_fixes(con, day),
    }
    known = comments.read_needs(con.rows("select * from config.need_words"))
    said = comments.read_comments(con, known, first, end)
    makers |= _needs(con, db, first, end, said, known)
    made = {spec.name: write(con, spec, makers[spec.name]()) for spec in TABLES if spec.name in makers}
    return {**made, topics.TOPICS.name: topics.build_topics(con, said)}


def _needs(
    con: Any, db: Frozen, start: date, end: date, said: Sequence[comments.Comment], known: Sequence[comments.Need]
) -> dict[str, Callable[[], Rows]]:
    """Needs of topics and comments; a comment is read once for all tables."""
    # The order of the file is kept: the first theme whose word fits is the topic's.
    themes = {row["theme"]: row["words"].lower().split("|") for row in con.rows("select * from config.topic_themes")}
    return {
        needs.NEEDS.name: lambda: needs.all_needs(needs.topic_needs(con, db, start, end, themes), said, known),
        comments.WORDS.name: lambda: comments.comment_terms(said),
        comments.EXAMPLES.name: lambda: comments.comment_examples(said),
    }  # fmt: skip
