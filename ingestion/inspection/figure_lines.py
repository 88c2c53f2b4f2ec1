"""The fields of a map for a table of figures: what a row is about, and when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingestion.contracts import load_contracts
from ingestion.inspection.fields import Line, line_for, quoted
from ingestion.inspection.figures import Figures, code_of
from ingestion.inspection.month_columns import TOTALS, currency_of, headings_and_month
from ingestion.inspection.pairing import Pair
from ingestion.inspection.profile import Profile


def figure_lines(
    pairs: Sequence[Pair], figures: Figures, profiles: Sequence[Profile], period: tuple[str, str] | None
) -> list[Line]:
    """The fields; the figures themselves are unpivoted and need none."""
    contract, by_name = load_contracts()[figures.table], {profile.name: profile for profile in profiles}
    beside = [
        line_for(by_name[pair.name], figures.table, contract.columns[pair.column], pair.score, pair.reason)
        for pair in pairs
    ]
    have = {line.column for line in beside}
    if figures.form == "months":
        return [*beside, *_costs(figures, by_name)]
    code = code_of(figures, profiles)
    if figures.table == "survey_responses":
        return [*beside, *_respondents(figures, code, have)]
    return [*beside, *_market(figures, code, have, period)]


def _respondents(figures: Figures, code: str | None, have: set[str]) -> list[Line]:
    """A row is its unit's answer to every question."""
    parts = (code,) if code else figures.labels
    made = [_together("response_id", "id", parts, "what tells the rows apart")]
    if "team" not in have:
        made.append(_together("team", "text", figures.labels[:1], "the unit that a row is about"))
    return made


def _costs(figures: Figures, by_name: Mapping[str, Profile]) -> list[Line]:
    """The kind of cost as its own word and as ours; the first month tells the file of one year from the next."""
    label, contract = figures.labels[0], load_contracts()["costs"]
    kind = line_for(by_name[label], "costs", contract.columns["category"], 0.8, "its words are kinds of cost")
    made = [kind, Line("item", {"from": label, "type": "text"}, 0.8, "what it was for", (label,))]
    if code := currency_of(label):
        made.append(Line("currency", {"value": code, "type": "text"}, 0.8, f"{label} says so"))
    if "columns" in headings_and_month(figures.columns)[0]:
        made[0].problems.append("Months are columns and named in words: a further month needs a line under unpivot.")
    made[0].problems += [
        f"{name!r} sums other lines up and is left out."
        for name in by_name[label].counts
        if re.search(TOTALS, name.strip().lower())
    ]
    return made


def _market(figures: Figures, code: str | None, have: set[str], period: tuple[str, str] | None) -> list[Line]:
    if figures.form == "years":
        named = [_together("indicator", "text", (code or figures.labels[0],), "what the row is a figure of")]
        return [*named, _together("segment", "text", figures.labels, "the row's own words")]
    made = [_together("segment", "text", figures.labels, "what the row is about")]
    if "period_on" not in have and period:
        line = Line("period_on", {"value": period[0], "type": "date"}, 0.4, period[1])
        line.problems.append(f"No column says what period the figures are of: {period[0]} is taken; settle it.")
        made.append(line)
    return made


def _together(column: str, kind: str, names: Sequence[str], reason: str) -> Line:
    """One column, or several put together."""
    if len(names) == 1:
        return Line(column, {"from": names[0], "type": kind}, 0.75, reason, tuple(names))
    listed = ", ".join(map(quoted, names))
    return Line(column, {"sql": f"concat_ws(' / ', {listed})", "type": kind}, 0.6, reason, tuple(names))
