"""What ``ask`` answers, against figures computed by hand."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.metrics import MetricRequest, ask, catalogue, compile_catalogue, explain, request
from analytics.metrics.plan import choose
from analytics.statistics.intervals import adjusted_wald_nps
from tests.unit.analytics.conftest import Put, bucket
from tests.unit.analytics.semantics import manifest
from warehouse.errors import UsageError
from warehouse.store import Connection


def value(db: Connection, metric: str, **options: object) -> float | None:
    rows = ask(db, request(metric, **options))
    assert len(rows) == 1
    return rows[0].value


@pytest.fixture
def two_days(put: Put) -> None:
    for day, channel, good, base in (("2026-03-01", "chat", 725, 1092), ("2026-03-02", "voice", 37, 74)):
        put("contacts_day", arrived_on=day, source="acd", channel=channel, team="A", answered=base, abandoned=0,
            sl_answered=good, sl_base=base, wait_seconds=10.0 * base)  # fmt: skip


def test_ratios_are_summed_before_they_are_divided(db: Connection, two_days: None) -> None:
    row = ask(db, MetricRequest(("service_level",)))[0]
    assert row.value == pytest.approx(0.6535, abs=5e-5)
    assert (row.numerator, row.denominator, row.n) == (762, 1166, 1166)
    assert (row.low or 0) < (row.value or 0) < (row.high or 0)


def test_a_zero_denominator_is_no_data(db: Connection, put: Put) -> None:
    put("contacts_day", arrived_on="2026-03-01", channel="chat", answered=0, abandoned=0, sl_answered=0, sl_base=0)
    assert value(db, "service_level") is None


def test_an_empty_rollup_gives_one_row_without_a_value(db: Connection) -> None:
    assert value(db, "service_level") is None
    assert value(db, "wait_seconds_p50") is None
    assert ask(db, request("service_level", by=["channel"])) == []


def test_a_period_without_rows_is_not_invented(db: Connection, put: Put) -> None:
    for day in ("2026-01-15", "2026-03-15"):
        put("contacts_day", arrived_on=day, channel="chat", answered=1, abandoned=0)
    rows = ask(db, request("offered", grain="month"))
    assert [(r.period, r.value) for r in rows] == [(date(2026, 1, 1), 1), (date(2026, 3, 1), 1)]


@pytest.mark.parametrize(
    ("grain", "first"),
    [("day", "2026-08-12"), ("week", "2026-08-10"), ("month", "2026-08-01"), ("quarter", "2026-07-01"),
     ("year", "2026-01-01")],
)  # fmt: skip
def test_a_period_is_named_by_its_first_local_day(db: Connection, put: Put, grain: str, first: str) -> None:
    put("contacts_day", arrived_on="2026-08-12", channel="chat", answered=1, abandoned=0)
    assert ask(db, request("offered", grain=grain))[0].period == date.fromisoformat(first)


def test_several_metrics_of_one_rollup_are_answered_in_one_query(db: Connection, two_days: None) -> None:
    asked: list[str] = []

    class Watched:
        def rows(self, sql: str, params: object = None) -> list[dict]:
            asked.append(sql)
            return db.rows(sql, params)  # type: ignore[arg-type]

    ask(Watched(), request(["service_level", "asa_seconds", "offered"], by=["team"]))
    assert sum("rollup_contacts" in sql for sql in asked) == 1


def test_the_smallest_rollup_that_has_the_dimensions_answers(db: Connection, two_days: None) -> None:
    assert explain(db, request("offered", by=["team"]))["rollup"] == "rollups.rollup_contacts_day"
    by_month = explain(db, request("offered", by=["channel"], grain="month"))
    assert by_month["rollup"] == "rollups.rollup_contacts_month"
    part_of_a_month = request("offered", by=["channel"], start=date(2026, 3, 2))
    assert explain(db, part_of_a_month)["rollup"] == "rollups.rollup_contacts_day"


def test_filters_are_bound_and_a_forged_value_finds_nothing(db: Connection, two_days: None) -> None:
    assert value(db, "offered", where=[("team", "A")], start=date(2026, 3, 2)) == 74
    assert value(db, "offered", where=[("team", "A' or '1'='1")]) is None
    assert value(db, "offered", where=[("team", "A'; drop table rollups.rollup_contacts_day; --")]) is None
    assert value(db, "offered", where=[("team", "A"), ("team", "B")]) == 1166


def test_an_unknown_name_lists_the_nearest(db: Connection) -> None:
    with pytest.raises(UsageError, match="service_level"):
        ask(db, request("servce_level"))
    with pytest.raises(UsageError, match="channel"):
        ask(db, request("offered", by=["chanel"]))
    with pytest.raises(UsageError, match="channel"):
        ask(db, request("offered", where=[("chanel; drop", "x")]))
    with pytest.raises(UsageError, match="month"):
        ask(db, request("offered", grain="mnth"))
    with pytest.raises(UsageError, match="month, quarter, year"):
        ask(db, request("cost_per_contact", grain="day"))


def test_parts_from_two_rollups_meet_in_one_ratio(db: Connection, put: Put) -> None:
    put("contacts_day", arrived_on="2026-03-05", channel="chat", answered=90, abandoned=10)
    put("contacts_day", arrived_on="2026-04-05", channel="chat", answered=50, abandoned=0)
    put("tickets_created_day", created_on="2026-03-07", channel="chat", tickets=100, complaints=10)
    put("costs_month", month_on="2026-03-01", channel="chat", amount=360.0)
    assert value(db, "complaint_rate", start=date(2026, 3, 1), end=date(2026, 3, 31)) == pytest.approx(0.05)
    rows = ask(db, request("cost_per_contact", by=["channel"], grain="month"))
    assert [(r.period, r.value) for r in rows] == [(date(2026, 3, 1), 4.0), (date(2026, 4, 1), None)]


def test_monthly_figures_ignore_months_that_are_only_partly_asked_for(db: Connection, put: Put) -> None:
    for month, amount in (("2026-03-01", 300.0), ("2026-04-01", 400.0)):
        put("costs_month", month_on=month, channel="chat", amount=amount)
        put("contacts_day", arrived_on=month, channel="chat", answered=100, abandoned=0)
    assert value(db, "cost_per_contact", start=date(2026, 3, 1), end=date(2026, 4, 29)) == 3.0


def test_turnover_of_a_quarter_is_annualised(db: Connection, put: Put) -> None:
    for month, leavers, heads in (("2026-01-01", 4, 98.0), ("2026-02-01", 4, 96.0), ("2026-03-01", 4, 94.0)):
        put("headcount_month", month_on=month, team="A", leavers=leavers, heads=heads)
    assert value(db, "turnover_annualised", grain="quarter") == pytest.approx(0.5)


def test_a_state_counts_its_last_day_in_a_period_and_adds_up_over_slices(db: Connection, put: Put) -> None:
    for day, team, n in (("2026-03-01", "A", 100), ("2026-03-31", "A", 105), ("2026-03-31", "B", 7)):
        put("backlog_day", day_on=day, source="desk", team=team, open_at_end=n)
    put("backlog_day", day_on="2026-03-15", source="archive", team="A", open_at_end=1)
    assert value(db, "backlog") == 113
    assert value(db, "backlog", end=date(2026, 3, 15)) == 101
    assert [r.value for r in ask(db, request("backlog", by=["team"], grain="month"))] == [106, 7]


def test_a_score_is_summed_over_people_not_over_groups(db: Connection, put: Put) -> None:
    put(
        "surveys_day",
        responded_on="2026-03-01",
        team="A",
        instrument="nps",
        n=10,
        promoters=8,
        passives=2,
        detractors=0,
    )
    put(
        "surveys_day",
        responded_on="2026-03-01",
        team="B",
        instrument="nps",
        n=90,
        promoters=9,
        passives=72,
        detractors=9,
    )
    assert value(db, "nps") == pytest.approx(8)


def test_a_score_whose_spread_is_hidden_has_the_widest_interval_its_balance_allows(db: Connection, put: Put) -> None:
    put("surveys_day", responded_on="2026-03-01", instrument="nps", n=40, promoters=20, passives=8, detractors=12)
    # A small group of employees: nobody may learn how its ten are spread.
    put("surveys_day", responded_on="2026-03-02", instrument="nps", n=10, promoters=5, passives=None, detractors=3)
    row = ask(db, request("nps"))[0]
    assert row.value == pytest.approx(20)
    assert (row.low, row.high) == pytest.approx(adjusted_wald_nps(30, 0, 20))


def test_nps_carries_its_adjusted_interval(db: Connection, put: Put) -> None:
    put("surveys_day", responded_on="2026-03-01", instrument="nps", n=100, promoters=50, passives=30, detractors=20)
    row = ask(db, request("nps"))[0]
    assert (row.value, row.n) == (30, 100)
    assert (round(row.low or 0, 1), round(row.high or 0, 1)) == (14.1, 44.2)


def test_a_mean_of_rows_of_which_some_know_no_squares_has_no_interval(db: Connection, put: Put) -> None:
    put("surveys_day", responded_on="2026-03-01", instrument="csat", n=10, satisfied=9, value_sum=45, value_sq_sum=205)
    known = ask(db, request("csat_mean"))[0]
    assert known.low is not None and known.low < 4.5 < (known.high or 0)
    put("surveys_day", responded_on="2026-03-02", instrument="csat", n=90, satisfied=81, value_sum=405)
    mixed = ask(db, request("csat_mean"))[0]
    assert (mixed.value, mixed.low, mixed.high) == (4.5, None, None)


def test_instruments_do_not_mix_in_one_query(db: Connection, put: Put) -> None:
    put("surveys_day", responded_on="2026-03-01", instrument="nps", n=100, promoters=50, passives=30, detractors=20,
        satisfied=99, value_sum=1, value_sq_sum=1)  # fmt: skip
    put("surveys_day", responded_on="2026-03-01", instrument="csat", n=10, satisfied=9, value_sum=45, value_sq_sum=205)
    rows = {r.metric: r for r in ask(db, request(["nps", "csat", "csat_mean"]))}
    assert rows["csat"].value == 0.9 and rows["csat"].n == 10
    assert (round(rows["csat"].low or 0, 3), round(rows["csat"].high or 0, 3)) == (0.596, 0.982)
    assert rows["csat_mean"].value == 4.5
    # mean 4.5, s² = (205 − 202.5)/9, t(0.975, 9) = 2.2622
    assert rows["csat_mean"].high == pytest.approx(4.5 + 2.2622 * (2.5 / 9 / 10) ** 0.5, abs=1e-4)


def test_fewer_than_five_answers_are_hidden_with_their_complement(db: Connection, put: Put) -> None:
    for team, n in (("A", 4), ("B", 6), ("C", 50)):
        put("surveys_day", responded_on="2026-03-01", team=team, instrument="csat", n=n, satisfied=n)
    rows = {r.dimensions["team"]: r for r in ask(db, request("csat", by=["team"]))}
    assert [rows[t].suppressed for t in "ABC"] == [True, True, False]
    assert (rows["A"].value, rows["A"].n, rows["A"].numerator) == (None, None, None)
    assert rows["C"].value == 1.0


def test_groups_that_hide_each_other_need_no_further_one(db: Connection, put: Put) -> None:
    for team, n in (("A", 4), ("B", 3), ("C", 50)):
        put("surveys_day", responded_on="2026-03-01", team=team, instrument="csat", n=n, satisfied=n)
    rows = {r.dimensions["team"]: r.suppressed for r in ask(db, request("csat", by=["team"]))}
    assert rows == {"A": True, "B": True, "C": False}


def test_a_withdrawn_metric_is_null_and_names_the_check(db: Connection, put: Put) -> None:
    put("surveys_day", responded_on="2026-03-01", instrument="csat", n=10, satisfied=9)
    db.execute("insert into quality.withdrawn values ('csat', 'survey_scale', 'scale changed')")
    row = ask(db, request("csat"))[0]
    assert (row.value, row.low, row.high, row.withdrawn_by) == (None, None, None, "survey_scale")
    db.execute("delete from quality.withdrawn")
    assert value(db, "csat") == 0.9


def test_quantiles_of_one_histogram_come_by_cut(db: Connection, put: Put) -> None:
    for seconds in range(1, 101):
        put("durations_day", measure="wait_seconds", counted_on="2026-03-01", team="A", bucket=bucket(seconds), n=1)
    put("durations_day", measure="wait_seconds", counted_on="2026-03-01", team="B", bucket=-1000, n=9)
    put("durations_day", measure="other", counted_on="2026-03-01", team="B", bucket=bucket(500), n=1000)
    rows = ask(db, request(["wait_seconds_p50", "wait_seconds_p90"], by=["team"]))
    found = {(r.metric, r.dimensions["team"]): r for r in rows}
    assert found["wait_seconds_p50", "A"].value == pytest.approx(50, rel=0.01)
    assert found["wait_seconds_p90", "A"].value == pytest.approx(90, rel=0.01)
    assert found["wait_seconds_p50", "B"].value == 0
    assert found["wait_seconds_p50", "A"].n == 100
    assert found["wait_seconds_p50", "A"].low == pytest.approx(40, rel=0.01)
    assert found["wait_seconds_p50", "A"].high == pytest.approx(61, rel=0.01)


def test_what_failed_in_one_source_is_null_where_that_source_has_a_part(db: Connection, put: Put) -> None:
    for source in ("good", "bad"):
        put("surveys_day", responded_on="2026-03-01", source=source, instrument="csat", n=10, satisfied=9)
    db.execute("alter table quality.withdrawn add column source varchar")
    db.execute("insert into quality.withdrawn values ('csat', 'survey_scale', 'scale changed', 'bad')")
    whole = ask(db, request("csat"))[0]
    assert (whole.value, whole.withdrawn_by) == (None, "survey_scale")
    cut = {row.dimensions["source"]: (row.value, row.withdrawn_by) for row in ask(db, request("csat", by=["source"]))}
    assert cut == {"good": (0.9, None), "bad": (None, "survey_scale")}
    assert value(db, "csat", where=[["source", "good"]]) == 0.9
    assert ask(db, request("csat", where=[["source", "bad"]]))[0].value is None
    db.execute("insert into quality.withdrawn values ('csat', 'answers_lost', 'all', null)")
    assert ask(db, request("csat", where=[["source", "good"]]))[0].withdrawn_by == "answers_lost"


@pytest.mark.parametrize("grain", [None, "month"])
def test_a_withdrawn_quantile_whose_counts_are_blank_is_null(db: Connection, put: Put, grain: str | None) -> None:
    put("durations_day", measure="wait_seconds", counted_on="2026-03-01", bucket=bucket(30), n=None)
    put("durations_day", measure="wait_seconds", counted_on="2026-03-02", bucket=bucket(40), n=None)
    db.execute("insert into quality.withdrawn values ('wait_seconds_p50', 'waits_are_told', 'no wait')")
    found = ask(db, request("wait_seconds_p50", grain=grain))
    assert [(row.value, row.withdrawn_by) for row in found] == ([] if grain else [(None, "waits_are_told")])


def test_time_to_fill_counts_those_still_open(db: Connection, put: Put) -> None:
    for days, filled, censored in ((20, 1, 0), (30, 1, 0), (90, 0, 1), (120, 0, 1)):
        put("fill_durations", month_on="2026-03-01", team="A", days=days, filled=filled, censored=censored)
    row = ask(db, request("time_to_fill_days_p50"))[0]
    assert (row.value, row.n, row.pending) == (30, 4, 2)


@pytest.mark.parametrize("by", [[], ["team"]])
def test_the_sql_of_a_time_that_some_still_wait_for_gives_what_is_told(db: Connection, put: Put, by: list[str]) -> None:
    rows = {"A": ((20, 1, 0), (30, 1, 0), (90, 0, 1), (120, 0, 1)), "B": ((5, 0, 3), (10, 1, 0), (40, 1, 1)),
            "C": ((7, 1, 0), (9, 0, 6))}  # fmt: skip
    for team, told in rows.items():
        for days, filled, censored in told:
            put("fill_durations", month_on="2026-03-01", team=team, days=days, filled=filled, censored=censored)
    asked = request("time_to_fill_days_p50", by=by)
    shown = {row.get("team"): row["value"] for row in db.rows(explain(db, asked)["sql"])}
    assert shown == {row.dimensions.get("team"): row.value for row in ask(db, asked)}
    assert by == [] or shown == {"A": 30, "B": 40, "C": None}


def test_the_catalogue_can_be_read_in_sql(db: Connection) -> None:
    row = db.rows("select * from metrics.catalogue where metric = 'service_level'")[0]
    assert row["numerator_sql"] == "sum(sl_answered)" and row["label_zh"] == "指标"
    assert "channel" in row["dimensions"] and len(row["definition_hash"]) == 16
    assert "sl_top" not in catalogue(db), "parts without meta are no metrics of their own"


def test_the_json_row_has_dimensions_beside_the_fields(db: Connection, two_days: None) -> None:
    row = ask(db, request("service_level", by=["channel"], grain="month"))[0].to_dict()
    assert list(row)[:3] == ["metric", "period", "channel"]
    assert row["period"] == "2026-03-01" and row["unit"] == "ratio"


def test_what_has_not_had_its_time_is_pending_beside_the_value(db: Connection, put: Put) -> None:
    put("tickets_created_day", created_on="2026-03-01", channel="chat", tickets=100, complaints=3)
    row = ask(db, request("complaint_share"))[0]
    assert (row.value, row.n, row.pending) == (0.03, 100, 100)


def test_a_metric_that_means_nothing_as_a_whole_asks_for_its_filter(db: Connection) -> None:
    with pytest.raises(UsageError, match="filter by category or cut by it"):
        ask(db, request("spending"))
    assert ask(db, request("spending", by=["category"])) == []
    assert value(db, "spending", where=[("category", "rent")]) is None


def test_a_rollup_by_the_time_of_day_answers_only_what_no_other_can() -> None:
    document = manifest()
    offered = next(m for m in document["metrics"] if m["name"] == "offered")
    offered["config"]["meta"]["rollups"] = ["rollup_contacts_interval"]
    slices = [("arrived_on", "DATE"), ("channel", "VARCHAR"), ("answered", "BIGINT"), ("abandoned", "BIGINT")]
    columns = {
        "rollups.rollup_contacts_day": slices,
        "rollups.rollup_contacts_interval": [*slices, ("minute_of_day", "INTEGER")],
        "rollups.rollup_durations_day": [("counted_on", "DATE"), ("measure", "VARCHAR")],
        "rollups.rollup_fill_durations": [("month_on", "DATE")],
    }
    rows = {"rollups.rollup_contacts_day": 500, "rollups.rollup_contacts_interval": 3}
    metric = next(m for m in compile_catalogue(document, columns, rows) if m.name == "offered")
    rollups = metric.components["offered"].rollups
    by_channel, by_minute = request("offered", by=["channel"]), request("offered", by=["minute_of_day"])
    assert choose(metric, rollups, by_channel).table == "rollups.rollup_contacts_day"
    assert choose(metric, rollups, by_minute).table == "rollups.rollup_contacts_interval"


def test_a_slice_with_nothing_open_on_the_last_day_is_not_kept_at_its_older_state(db: Connection, put: Put) -> None:
    put("backlog_day", day_on="2026-03-30", source="desk", team="A", open_at_end=9)
    put("backlog_day", day_on="2026-03-31", source="desk", team="B", open_at_end=7)
    assert value(db, "backlog", where=[("team", "A")]) == 0
    assert value(db, "backlog", where=[("team", "Z")]) is None
    assert value(db, "backlog", where=[("team", "B")], grain="month") == 7
    assert [r.value for r in ask(db, request("backlog", by=["team"], grain="month"))] == [0, 7]
