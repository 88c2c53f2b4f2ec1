"""Lists of effects: read, refused with a sentence, planted in rows, told in truth.json."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from demo.clock import Clock
from demo.effects import PLANTINGS, Effect, Effects, load_effects, signed
from demo.people import WITHIN_REACH, _swayed
from demo.plan import Plan
from demo.power import SHARES, power
from demo.spending import _behind_the_market
from demo.story import (
    CHANNELS,
    DEFAULT_STORY,
    REGION_SHARES,
    REGIONS,
    SEGMENT_SHARES,
    SEGMENTS,
    TEAM_NAMES,
    TEAMS,
)
from warehouse.errors import SwotlightError

MONTHS = [f"2026-{month:02d}" for month in range(1, 11)]
GOOD = {"factor": "service_level", "entity": "channel=chat", "size": 4, "direction": "worse", "from": "2026-06"}


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "effects.json"
    path.write_text(json.dumps(list(rows)), "utf-8")
    return path


def test_a_size_counts_smallest_worthwhile_differences(tmp_path: Path) -> None:
    effects = load_effects(write(tmp_path, GOOD), MONTHS, [])
    swd = effects.swd("service_level")
    assert effects.items[0].amount == pytest.approx(4 * swd)
    assert (
        effects.truth()[0] | {"size": 4.0, "quadrant": "weakness", "swd": swd, "from": "2026-06-01", "to": None}
        == effects.truth()[0]
    )


def test_a_factor_of_the_catalogue_is_planted_through_its_metric(tmp_path: Path) -> None:
    effects = load_effects(write(tmp_path, GOOD | {"factor": "satisfaction"}), MONTHS, [])
    assert effects.items[0].metric == "csat"
    assert effects.truth()[0]["factor"] == "satisfaction"


@pytest.mark.parametrize(
    ("change", "key", "words"),
    [
        ({"factor": "luck"}, "factor", "luck cannot be planted"),
        ({"entity": "planet=earth"}, "entity", "can differ by"),
        ({"direction": "up"}, "direction", "better or worse"),
        ({"size": "big"}, "size", "number of smallest"),
        ({"size": -2}, "size", "above 0"),
        ({"from": "June"}, "from", "June is not a month"),
        ({"colour": "red"}, "colour", "not a key of an effect"),
        (
            {"factor": "fcr_internal", "entity": "organisation", "size": 10},
            "size",
            "more than 6.7 worthwhile differences worse",
        ),
        # Teams that are alike cannot be made more so.
        (
            {"factor": "consistent_satisfaction", "entity": "organisation", "direction": "better"},
            "size",
            "more than 0.0 worthwhile differences better",
        ),
    ],
)
def test_a_wrong_effect_is_refused_with_its_number_and_key(
    tmp_path: Path, change: dict[str, Any], key: str, words: str
) -> None:
    with pytest.raises(SwotlightError, match=words) as refusal:
        load_effects(write(tmp_path, GOOD, GOOD | change), MONTHS, [])
    assert refusal.value.key == key
    assert "Effect 2" in refusal.value.message


def test_a_missing_or_foreign_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SwotlightError, match="cannot be read"):
        load_effects(tmp_path / "none.yml", MONTHS, [])
    (tmp_path / "text.yml").write_text("just words", "utf-8")
    with pytest.raises(SwotlightError, match="no list of effects"):
        load_effects(tmp_path / "text.yml", MONTHS, [])


def test_an_effect_touches_its_entity_and_months_only() -> None:
    effects = Effects(MONTHS, [Effect("service_level", "channel=chat", 0.1, "worse", since="2026-06", until="2026-08")])
    codes = {"channel": (CHANNELS, np.arange(4))}
    assert effects.delta("service_level", 4, codes, 4).tolist() == [0, 0, 0, 0]
    assert effects.delta("service_level", 5, codes, 4).tolist() == [0, -0.1, 0, 0]
    assert effects.delta("service_level", 8, codes, 4).tolist() == [0, 0, 0, 0]
    assert effects.delta("csat", 5, codes, 4).tolist() == [0, 0, 0, 0]


def test_a_ramp_grows_month_by_month() -> None:
    effects = Effects(MONTHS, [Effect("csat", "organisation", 0.4, "better", since="2026-03", ramp=4)])
    grown = [float(effects.delta("csat", month, {}, 1)[0]) for month in range(1, 8)]
    assert grown == pytest.approx([0, 0.1, 0.2, 0.3, 0.4, 0.4, 0.4])


def test_a_spread_lifts_the_first_third_of_the_teams_and_lowers_the_last() -> None:
    effects = Effects(MONTHS, [Effect("team_spread_csat", "organisation", 0.12, "worse", since="2026-03")])
    codes = {"team": (TEAM_NAMES, np.array([0, 1, 2, 5, 6, 7, -1]))}
    assert effects.delta("csat", 1, codes, 7).tolist() == [0, 0, 0, 0, 0, 0, 0]
    assert effects.delta("csat", 2, codes, 7).tolist() == pytest.approx([0.06, 0.06, 0, 0, -0.06, -0.06, 0])
    assert effects.delta("csat", 2, {}, 1).tolist() == [0]


def test_wages_that_fall_behind_grow_less_than_the_same_month_a_year_before() -> None:
    months = [f"{2024 + (month + 4) // 12}-{(month + 4) % 12 + 1:02d}" for month in range(30)]
    effects = Effects(months, [Effect("wage_gap", "organisation", 0.02, "worse", since="2025-11")])
    company = SimpleNamespace(story=SimpleNamespace(effects=effects))
    paid = [_behind_the_market(company, month) for month in range(30)]  # type: ignore[arg-type]
    # The effect begins in the 19th month; months 13 to 18 grow as they did, and the 30th has grown less once.
    assert paid[:18] == [1.0] * 18
    assert paid[18:] == pytest.approx([0.98] * 12)


def test_reasons_are_swayed_in_the_months_of_the_effect_only() -> None:
    plan = Plan(tickets=6_000, months=4, seed=1)
    clock, n = Clock(plan.calendar), 4_000
    left = np.repeat([int(clock.month_days(month)[3]) for month in range(4)], n)
    reason = np.full(4 * n, 4)
    effects = Effects(
        [f"{day:%Y-%m}" for day in plan.calendar],
        [Effect("leaving_within_reach", "organisation", 0.3, "worse", since=f"{plan.calendar[2]:%Y-%m}")],
    )
    swayed = _swayed(reason, left, plan, clock, SimpleNamespace(effects=effects))  # type: ignore[arg-type]
    named = np.isin(swayed, WITHIN_REACH).reshape(4, n).mean(axis=1)
    # 55 % usually name pay, shifts or workload; 85 % with the effect. Before it nothing is touched.
    assert named[:2].tolist() == [0, 0]
    assert named[2:].tolist() == pytest.approx([0.85, 0.85], abs=0.02)


def test_better_has_the_sign_of_the_metric() -> None:
    assert signed(Effect("csat", "organisation", 0.02, "better")) > 0
    assert signed(Effect("error_rate", "organisation", 0.02, "better")) < 0


def test_the_default_story_is_made_of_effects_that_can_be_planted() -> None:
    for effect in DEFAULT_STORY:
        assert effect.entity.partition("=")[0] in PLANTINGS[effect.metric].dimensions


SERVICE = """
    select count(*) filter (outcome = 'answered' and wait <= 20) / count(*) filter (outcome <> 'contained'
        and not (outcome = 'abandoned' and wait <= 5)) from contacts where channel = 'chat'"""
CSAT = "select avg(cast(score = 'good' as integer)) from raw_satisfaction_ratings where score <> 'offered'"
ERRORS = "select avg(cast(passed = 'false' as integer)) from raw_quality_checks"
REOPENS = """select count(*) filter (n > 1) / count(*) from (select ticket_id, count(*) as n from history
    where field_name = 'status' and value = 'solved' group by 1)"""
# Solved a week before the end, and no ticket of the same customer and topic in the week after.
FCR = """with solved as (select ticket_id, max(changed) as at from history where field_name = 'status'
    and value = 'solved' group by 1), cases as (select t.*, s.at from tickets t join solved s on s.ticket_id = t.id
    where t.requester_id <> '' and s.at < (select max(created_at) from tickets) - interval 7 day)
    select 1 - avg(cast(exists (select 1 from tickets u where u.requester_id = c.requester_id
    and u.custom_topic = c.custom_topic and u.created_at > c.at and u.created_at <= c.at + interval 7 day) as integer))
    from cases c"""
HOURS = """select (select sum(cast(hours as double)) from raw_training)
    / (select count(distinct (agent_id, date_trunc('month', day))) from agent_time)"""
BOT = """select avg(epoch(try_cast(replace(replace(ended_at, 'T', ' '), 'Z', '') as timestamp))
    - epoch(try_cast(replace(replace(arrived_at, 'T', ' '), 'Z', '') as timestamp)))
    from raw_contacts where outcome = 'contained'"""
# Complaints of the same customer within 30 days of a first reply, those made with a macro beside the others.
GAP = """with replies as (select ticket_id, min(said) as at_ from comments where public = 'TRUE'
    and speaker >= 403958460000 group by 1), macros as (select distinct ticket_id,
    cast(replace(replace(created_at, 'T', ' '), 'Z', '') as timestamp) as at_ from raw_ticket_audits),
    cases as (select m.ticket_id is not null as is_standard, exists (select 1 from tickets u
    where u.requester_id = t.requester_id and u.custom_is_complaint = 'true' and u.created_at > r.at_
    and u.created_at <= r.at_ + interval 30 day) as is_followed
    from tickets t join replies r on r.ticket_id = t.id left join macros m on m.ticket_id = t.id and m.at_ = r.at_
    where t.custom_is_complaint = 'false' and t.requester_id <> '' and t.via_channel in ('email', 'web', 'mobile_sdk'))
    select avg(cast(is_followed as integer)) filter (is_standard)
    - avg(cast(is_followed as integer)) filter (not is_standard) from cases"""
# Failed checks in months after more hours of courses than the agent usually has in three, beside the others.
TAUGHT = """with hours as (select agent_id, date_trunc('month', cast(trained_on as date)) as month,
    sum(cast(hours as double)) as hours from raw_training group by all),
    span as (select agent_id, min(month) as first from hours group by all),
    grid as (select s.agent_id, m.month, coalesce(h.hours, 0) as hours from span s
    join (select distinct month from hours) m on m.month > s.first
    left join hours h on h.agent_id = s.agent_id and h.month = m.month),
    late as (select agent_id, month, sum(hours) over (partition by agent_id order by month rows between 3 preceding
    and 1 preceding) as late, avg(hours) over (partition by agent_id) * 3 as usual, row_number() over (partition by
    agent_id order by month) as place from grid),
    checks as (select agent_id, date_trunc('month', cast(left(checked_at, 10) as date)) as month,
    passed = 'false' as failed from raw_quality_checks)
    select avg(cast(failed as integer)) filter (late > usual) - avg(cast(failed as integer)) filter (late < usual)
    from checks join late using (agent_id, month) where place > 3"""


MANY = [
    GOOD | {"from": None, "size": 5},
    {"factor": "error_rate", "entity": "organisation", "size": 2, "direction": "worse"},
    {"factor": "reopen_rate", "entity": "organisation", "size": 3, "direction": "worse"},
    {"factor": "training_hours_per_agent", "entity": "organisation", "size": 3, "direction": "better"},
    {"factor": "fcr_internal", "entity": "organisation", "size": 5, "direction": "worse"},
    {"factor": "automation_time", "entity": "organisation", "size": 4, "direction": "worse"},
    {"factor": "standard_answers", "entity": "organisation", "size": 6, "direction": "worse"},
]


@pytest.fixture(scope="module")
def planted(make: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The calm company with seven effects in it."""
    return make(tickets=40_000, effects=write(tmp_path_factory.mktemp("effects"), *MANY))


@pytest.mark.parametrize(
    ("sql", "place", "sign", "slack"),
    [
        (SERVICE, 0, -1, 0.03),
        (ERRORS, 1, 1, 0.004),
        (REOPENS, 2, 1, 0.008),
        (HOURS, 3, 1, 0.5),
        (FCR, 4, -1, 0.02),
        (BOT, 5, 1, 3),
        (GAP, 6, 1, 0.008),
    ],
)
def test_a_planted_effect_is_in_the_rows_in_its_size(
    calm: Any, planted: Any, sql: str, place: int, sign: int, slack: float
) -> None:
    amount = planted.truth["effects"][place]["amount"]
    assert planted.one(sql) - calm.one(sql) == pytest.approx(sign * amount, abs=slack)


def test_who_was_taught_more_than_usual_fails_more_checks_where_that_is_planted(
    make: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Over 14 months, for courses of three months go before a check; usual is a little other for every agent."""
    effect = {"factor": "training_and_quality", "entity": "organisation", "size": 2, "direction": "worse"}
    taught = make(tickets=60_000, months=14, effects=write(tmp_path_factory.mktemp("taught"), effect), seed=3)
    assert taught.one(TAUGHT) == pytest.approx(taught.truth["effects"][0]["amount"], abs=0.004)


def test_what_was_not_planted_does_not_move(calm: Any, planted: Any) -> None:
    voice = SERVICE.replace("'chat'", "'voice'")
    assert calm.one(voice) == pytest.approx(planted.one(voice), abs=0.012)
    transfers = "select avg(cast(cast(transfers as integer) > 0 as integer)) from raw_contacts where transfers <> ''"
    assert calm.one(transfers) == pytest.approx(planted.one(transfers), abs=0.005)


def test_a_company_without_effects_is_at_target(calm: Any) -> None:
    assert calm.truth["effects"] == []
    for channel in ("voice", "chat", "messaging"):
        assert calm.one(SERVICE.replace("'chat'", f"'{channel}'")) == pytest.approx(0.80, abs=0.015), channel
    assert calm.one(CSAT) == pytest.approx(0.90, abs=0.02)
    assert calm.one(ERRORS) == pytest.approx(0.005, abs=0.002)
    assert calm.one(REOPENS) == pytest.approx(0.05, abs=0.008)
    assert calm.one(FCR) == pytest.approx(0.75, abs=0.012)
    assert calm.one(GAP) == pytest.approx(0, abs=0.008)


def test_a_company_without_effects_brings_the_targets_that_it_is_at(calm: Any) -> None:
    text = (calm.folder / "reference" / "targets.csv").read_text("utf-8")
    target = float(text.splitlines()[1].split(",")[4])
    mean = calm.one("select avg(wait) from contacts where outcome = 'answered'")
    assert text.splitlines()[1].startswith("asa_seconds,organisation,,<=,")
    assert mean == pytest.approx(target, abs=0.02)


def test_teams_and_channels_of_a_company_without_effects_are_alike(calm: Any) -> None:
    share = SERVICE.split("from")[0].replace("select", "")
    teams = calm.rows(f"select team, ({share}) as share from contacts where team is not null group by team")
    assert len(teams) == 5
    assert max(row["share"] for row in teams) - min(row["share"] for row in teams) < 0.045
    times = calm.rows("select channel, avg(talk + hold + wrap) as spent from contacts where talk > 0 group by channel")
    assert max(row["spent"] for row in times) < 1.06 * min(row["spent"] for row in times)


@pytest.mark.parametrize(
    ("metric", "entity", "more", "is_found"),
    [
        ("transfer_rate", "topic=Parcel lost", {}, True),
        ("transfer_rate", "topic=Parcel lost", {"minimum_n": 400}, False),
        ("containment_rate", "organisation", {}, False),
        ("containment_rate", "organisation", {"is_new": True}, True),
        ("containment_rate", "region=Iberia", {}, True),
        ("csat", "organisation", {"minimum_n": 100_000}, True),
    ],
    ids=["beside others", "too few to judge", "no target", "beside last year", "others, no target", "more months"],
)
def test_power_is_nought_where_nothing_can_be_judged_or_held_against(
    metric: str, entity: str, more: dict[str, Any], is_found: bool
) -> None:
    found = power(metric, entity, 0.5, 0.02, 60_000, 30, 60, **more)
    assert found is not None and (found >= 0.99 if is_found else found == 0.0)


def test_power_is_reckoned_with_the_shares_of_the_story() -> None:
    assert SHARES["region"] == dict(zip(REGIONS, REGION_SHARES, strict=True))
    assert SHARES["segment"] == dict(zip(SEGMENTS, SEGMENT_SHARES, strict=True))
    assert SHARES["team"] == {name: share for name, _, _, share in TEAMS}


def test_an_effect_of_last_year_too_is_not_new(tmp_path: Path) -> None:
    rows = [{"factor": "automation", "entity": "organisation", "size": 9, "direction": "better", "from": since}
            for since in ("2025-01", "2026-06")]  # fmt: skip
    months = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 11)]
    told = load_effects(write(tmp_path, *rows), months, []).truth()
    assert told[0]["power"] == 0.0 and told[1]["power"] == pytest.approx(1.0, abs=0.01)
