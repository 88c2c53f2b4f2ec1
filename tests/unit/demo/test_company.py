"""The company hangs together: volume, staff and time, tickets and contacts, waiting and satisfaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from demo.company import build_company
from warehouse.errors import UsageError
from warehouse.settings import load_settings


def digest(folder: Path) -> dict[str, str]:
    files = [*sorted((folder / "landing").rglob("*.csv")), folder / "truth.json", folder / "swotlight.yml"]
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        build_company(tmp_path / name, tickets=1_000, months=3, seed=seed)
    first, again, other = (digest(tmp_path / name) for name in "abc")
    assert first == again
    assert first.keys() == other.keys()
    assert first["landing/contacts/contacts_2026.csv"] != other["landing/contacts/contacts_2026.csv"]


def test_a_workspace_with_exports_of_its_own_is_refused(tmp_path: Path) -> None:
    landing = tmp_path / "landing" / "helpdesk"
    landing.mkdir(parents=True)
    (landing / "tickets.csv").write_text("id\n1\n", "utf-8")
    with pytest.raises(UsageError, match="exports of your own"):
        build_company(tmp_path, tickets=1000, months=1)
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == ["tickets.csv"], "nothing was written"


def test_a_company_made_in_the_place_of_another_is_the_same_as_from_nothing(tmp_path: Path) -> None:
    for name, months in (("again", 14), ("again", 3), ("again", 3), ("new", 3)):
        build_company(tmp_path / name, tickets=1_000, months=months, seed=3)
    mine = tmp_path / "again" / "landing" / "zendesk" / "mine.csv"
    again, new = digest(tmp_path / "again"), digest(tmp_path / "new")
    assert {name: sha for name, sha in again.items() if name != "swotlight.yml"} == {
        name: sha for name, sha in new.items() if name != "swotlight.yml"
    }, "settings, which may be somebody's by now, stay"
    mine.write_text("id\n1\n", "utf-8")
    build_company(tmp_path / "again", tickets=1_000, months=3, seed=3)
    assert mine.exists(), "what somebody laid beside it stays"


def test_the_workspace_can_be_opened_and_names_every_source(company: Any) -> None:
    settings = load_settings(company.folder)
    folders = {path.name for path in (company.folder / "landing").iterdir()}
    assert folders == set(settings.sources) == set(company.truth["expected_accounting"])
    assert settings.organisation.time_zone == "Europe/Berlin"
    assert settings.threshold("chat").answer_within_seconds == 30


def test_the_numbers_asked_for_are_the_numbers_made(company: Any) -> None:
    # Planted broken rows replace nothing: every true row is there once.
    assert company.one("select count(*) from contacts") == 14_000
    assert company.one("select count(*) from tickets") == 6_000


@pytest.mark.parametrize(("tickets", "months"), [(1_000, 30), (2_000, 1)])
def test_the_smallest_companies_are_made_too(make: Callable[..., Any], tickets: int, months: int) -> None:
    small = make(tickets=tickets, months=months)
    assert small.one("select count(*) from tickets") == tickets
    assert small.one("select count(distinct agent_id) from raw_agents") >= 6
    assert 0.6 < small.one(OCCUPANCY) < 0.95


def test_progress_is_told_from_nothing_to_done(tmp_path: Path) -> None:
    told: list[float] = []
    build_company(tmp_path / "w", tickets=1_000, months=2, progress=lambda share, what: told.append(share))
    assert told == sorted(told) and told[-1] == 1.0


OCCUPANCY = """select sum(seconds) filter (state = 'handling')
    / sum(seconds) filter (state in ('handling', 'available')) from agent_time"""


def test_occupancy_is_between_70_and_88_per_cent_every_month(company: Any) -> None:
    months = company.rows("select month(day) as month, " + OCCUPANCY.split("select")[1] + " group by all")
    assert len(months) == 6
    assert all(0.70 <= list(row.values())[1] <= 0.88 for row in months), months


def test_contacts_are_answered_by_agents_who_are_at_work_that_day(company: Any) -> None:
    strangers = company.one("""
        select count(*) from contacts c where outcome = 'answered' and not exists (
            select 1 from agent_time t where t.agent_id = c.agent_id
            and t.day = cast(c.arrived + interval 1 hour as date)
            and t.state = 'handling' and t.channel = c.channel)""")
    assert strangers == 0


def test_handling_time_is_the_time_of_the_contacts(company: Any) -> None:
    booked = company.one("select sum(seconds) from agent_time where state = 'handling' and channel = 'voice'")
    spent = company.one("select sum(talk + hold + wrap) from contacts where channel = 'voice' and outcome = 'answered'")
    assert booked == pytest.approx(spent, rel=0.002)


def test_nobody_works_before_being_hired_or_after_leaving(company: Any) -> None:
    assert (
        company.one("""
        select count(*) from agent_time t join (select agent_id, min(hired_on) as hired, max(left_on) as gone
            from raw_agents group by 1) a using (agent_id)
        where t.day < cast(a.hired as date) or t.day > cast(a.gone as date)""")
        == 0
    )


def test_tickets_follow_from_contacts(company: Any) -> None:
    linked = company.rows("""
        select count(*) as n, count(*) filter (t.requester_id = c.customer_id and t.custom_topic = c.topic
            and t.created_at >= c.arrived) as sound
        from contacts c join tickets t on t.id = c.ticket_id""")[0]
    assert linked["n"] > 2_000 and linked["sound"] == linked["n"]


def test_first_replies_are_made_in_business_hours(company: Any) -> None:
    odd = company.one("""
        with first as (select ticket_id, min(said) as replied from comments
            where public = 'TRUE' and speaker >= 403958460000 group by 1)
        select count(*) from first where dayofweek(replied) = 0
            or cast(replied + interval 2 hour as time) not between time '07:59' and time '21:01'""")
    assert odd == 0


def test_tickets_have_notes_bot_replies_reopens_and_reassignments(company: Any) -> None:
    assert company.one("select count(*) from comments where public = 'FALSE'") > 500
    assert company.one("select count(*) from comments where speaker = 403958450000") > 500
    assert (
        company.one("""select count(*) from (select ticket_id from history where field_name = 'status'
        and value = 'solved' group by 1 having count(*) = 2)""")
        > 100
    )
    assert (
        company.one("""select count(*) from (select ticket_id from history where field_name = 'assignee_id'
        group by 1 having count(*) >= 2)""")
        > 50
    )


def test_the_history_ends_where_the_ticket_stands(company: Any) -> None:
    assert (
        company.one("""
        with last as (
            select ticket_id, arg_max(value, changed) as value from history where field_name = 'status' group by 1
        )
        select count(*) from tickets t join last on last.ticket_id = t.id where last.value <> t.status""")
        == 0
    )


def test_no_field_changes_twice_at_one_instant(company: Any) -> None:
    assert company.one("select count(*) - count(distinct (ticket_id, field_name, updated)) from history") == 0


def test_nothing_happens_after_the_period(company: Any) -> None:
    end = "timestamp '2026-10-31 23:00:00'"
    for table, column in (
        ("contacts", "arrived"),
        ("tickets", "created_at"),
        ("history", "changed"),
        ("comments", "said"),
    ):
        assert company.one(f"select count(*) from {table} where {column} >= {end}") == 0, table


def test_who_waited_too_long_is_less_satisfied(calm: Any) -> None:
    gap = calm.rows("""
        with slow as (select t.id, c.wait > 60 as late from contacts c join tickets t on t.id = c.ticket_id)
        select avg(cast(score = 'good' as integer)) filter (not late) as quick,
            avg(cast(score = 'good' as integer)) filter (late) as slow
        from raw_satisfaction_ratings r join slow on slow.id = r.ticket_id where score <> 'offered'""")[0]
    assert gap["quick"] > gap["slow"] + 0.02


def test_every_joiner_was_recruited(company: Any) -> None:
    joined = company.one("select count(distinct agent_id) from raw_agents where hired_on >= '2026-05-01'")
    assert company.one("select count(*) from raw_offer where status = 'accepted'") >= joined
    assert company.one("select count(*) from raw_job_opening where status = 'closed'") >= joined


def test_the_default_story_lets_chat_fall_behind_in_june(make: Callable[..., Any]) -> None:
    story = make(tickets=30_000, months=8)
    share = "count(*) filter (outcome = 'answered' and wait <= 30) / count(*) filter (outcome <> 'contained')"
    months = story.rows(
        f"select month(arrived) as m, {share} as chat from contacts where channel = 'chat' group by 1 order by 1"
    )
    by_month = {row["m"]: row["chat"] for row in months}
    assert by_month[5] > 0.79 and by_month[10] < 0.68


def test_a_large_month_made_in_slices_hangs_together_too(
    make: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("demo.months.SLICE", 5_000)
    sliced = make(tickets=30_000, months=2)
    assert sliced.one("select count(distinct id) from tickets") == 30_000
    assert sliced.one("select count(distinct contact_id) from contacts") == 70_000
    assert sliced.one("select count(*) from contacts where outcome = 'answered' and agent_id is null") == 0
    assert all(0.70 <= row["share"] <= 0.88 for row in sliced.rows(f"select *, 1 as n from ({OCCUPANCY}) as t(share)"))
    booked = sliced.one("select sum(seconds) from agent_time where state = 'handling' and channel = 'voice'")
    spent = sliced.one("select sum(talk + hold + wrap) from contacts where channel = 'voice' and outcome = 'answered'")
    assert booked == pytest.approx(spent, rel=0.002)
