"""Values as people write them: day numbers of a spreadsheet, ranges of pay, clocks without a colon, two comments."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import inspected, loaded, mapped

DAYS = [date(2026, 1, 5) + timedelta(days=place) for place in range(40)]


def test_day_numbers_of_a_spreadsheet_under_a_date_are_instants(tmp_path: Path) -> None:
    rows = [f"C-{place},{46_000 + place + 0.25},{46_003.5 + place},Closed" for place in range(40)]
    found = inspected(tmp_path, "Complaint Ref,Date Received,Date Closed,Status", *rows)
    assert mapped(found)["Date Received"] == "created_at"
    first = min(loaded(tmp_path, found, "tickets"), key=lambda row: row["created_at"])
    assert first["created_at"] == datetime(2025, 12, 9, 6) and first["solved_at"] == datetime(2025, 12, 12, 12)


def test_pay_in_the_same_range_is_no_date(tmp_path: Path) -> None:
    rows = [f"{place},Agent {place},2026-01-05,{40_000 + 100 * place}" for place in range(40)]
    found = inspected(tmp_path, "Employee ID,Name,Hire Date,Start Salary", *rows)
    assert mapped(found)["Start Salary"] is None and mapped(found)["Hire Date"] == "hired_on"


@pytest.mark.parametrize(
    ("text", "low", "high", "period"),
    [
        ("8 - 12 triệu", 8_000_000, 12_000_000, "month"),
        ("$20k - $25k a year", 20_000, 25_000, "year"),
        ("8千-1.2万·13薪", 8_000, 12_000, "month"),
        ("$18.50 to $22.00 per hour", 18.5, 22, "hour"),
        ("30,000 - 45,000 / year", 30_000, 45_000, "year"),
    ],
)
def test_a_range_of_pay_gives_both_its_ends(tmp_path: Path, text: str, low: float, high: float, period: str) -> None:
    rows = [f'{place};Agent;Acme;{day};"{text}"' for place, day in enumerate(DAYS)]
    found = inspected(tmp_path, "Job ID;Job Title;Company;Date Posted;Salary", *rows)
    assert mapped(found)["Salary"] == "pay_low"
    row = loaded(tmp_path, found, "job_postings")[0]
    assert (float(row["pay_low"]), float(row["pay_high"]), row["pay_period"]) == (low, high, period)


def test_hours_run_together_are_the_time_of_the_day_beside_them(tmp_path: Path) -> None:
    rows = [f"{day:%Y-%m-%d},{clock},7,10,9,1" for day in DAYS[:5] for clock in (900, 930, 1000, 1030, 1300)]
    found = inspected(tmp_path, "row_date,starttime,split,callsoffered,acdcalls,abncalls", *rows)
    starts = {row["interval_start_at"] for row in loaded(tmp_path, found, "interval_stats")}
    assert datetime(2026, 1, 5, 9, 30) in starts and datetime(2026, 1, 9, 13, 0) in starts and len(starts) == 25


def test_what_was_good_and_what_was_not_is_one_comment(tmp_path: Path) -> None:
    rows = [f"{place},2026-01-05,{place % 5 + 1},kind staff {place % 4},slow {place % 3}" for place in range(40)]
    found = inspected(tmp_path, "Review ID,Review Date,Review Rating,Pros,Cons", *rows)
    assert mapped(found)["Pros"] == mapped(found)["Cons"] == "comment"
    comments = {row["comment"] for row in loaded(tmp_path, found, "survey_responses")}
    assert "kind staff 1\nslow 1" in comments


def test_the_user_who_answers_many_callers_is_the_agent(tmp_path: Path) -> None:
    rows = [f"c{place},{day} 10:00:00,u{place % 4},+4420794600{place:02},60,answered" for place, day in enumerate(DAYS)]
    found = inspected(tmp_path, "call_id,start_at,user_id,caller_number,talk_time,outcome", *rows)
    assert mapped(found)["user_id"] == "agent_id" and mapped(found)["caller_number"] == "customer_id"


def test_ends_of_calls_under_a_vague_name_are_ends(tmp_path: Path) -> None:
    ways = ("incoming", "missed", "abandoned", "incoming")
    rows = [f"c{place},{day} 10:00:00,{ways[place % 4]},60" for place, day in enumerate(DAYS)]
    found = inspected(tmp_path, "call_id,start_at,category,talk_time", *rows)
    assert mapped(found)["category"] == "outcome"
    assert {row["outcome"] for row in loaded(tmp_path, found, "contacts")} == {"answered", "abandoned"}


def test_a_code_gives_way_to_its_words(tmp_path: Path) -> None:
    rows = [f"{y}-{m:02}-01,{c},{n},{y / 7 + m:.3f}" for y in range(2015, 2020) for m in (1, 4, 7, 10)
            for c, n in (("J", "Information"), ("N", "Administration"))]  # fmt: skip
    found = inspected(tmp_path, "Month,Industry code,Industry classification,Growth rate", *rows)
    assert mapped(found)["Industry classification"] == "segment" and mapped(found)["Industry code"] is None


def test_a_word_among_dates_stands_for_none_yet(tmp_path: Path) -> None:
    rows = [
        f"{n},T{n:04},{DAYS[n % 5]:%Y-%m-%d} 09:{n:02},{f'2026-02-{n + 1:02} 10:00' if n % 3 else 'N'}"
        for n in range(28)
    ]
    found = inspected(tmp_path, "tid,token,sent,completed", *rows)
    assert (found.kind, mapped(found)["completed"]) == ("survey_invitations", "responded_at")
    got = loaded(tmp_path, found, "survey_invitations")
    assert sum(row["responded_at"] is None for row in got) == 10


@pytest.mark.parametrize("offset", ["", "+02:00"], ids=["local", "with_offset"])
def test_seconds_to_the_first_response_tell_when_it_was(tmp_path: Path, offset: str) -> None:
    at = [f"2026-06-{1 + n % 28:02}T12:{n:02}:23{offset}" for n in range(40)]
    rows = [f"{1000 + n},Order {n % 4},closed,{at[n]},{at[n].replace('T12', 'T18')},{60 * n or ''}" for n in range(40)]
    found = inspected(tmp_path, "Ticket id,Subject,Status,Creation date,Closed date,First response time (s)", *rows)
    told = {row["ticket_id"]: row for row in loaded(tmp_path, found, "tickets")}
    waits = [(row["first_replied_at"] - row["created_at"]).seconds for row in told.values() if row["first_replied_at"]]
    assert sorted(waits) == [60 * n for n in range(1, 40)] and told["1000"]["first_replied_at"] is None


def test_a_japanese_list_tells_first_replies_how_many_and_what_was_passed_on(tmp_path: Path) -> None:
    rows = [f"T{n:03},{day} 09:00,{day} 10:30,{day} 18:00,対応完了,{1 + n % 3}" for n, day in enumerate(DAYS)]
    found = inspected(tmp_path, "チケット番号,受付日時,初回返信日時,完了日時,対応状況,返信回数", *rows)
    said = mapped(found)
    assert (said["初回返信日時"], said["返信回数"]) == ("first_replied_at", "public_replies")


@pytest.mark.parametrize(("yes", "no"), [("有", "無"), ("あり", "なし")], ids=["han", "kana"])
def test_there_is_and_there_is_not_are_yes_and_no(tmp_path: Path, yes: str, no: str) -> None:
    rows = [
        f"{n},着信,{day} 09:00:00,{day} 09:00:10,{day} 09:05:00,総合,中村,応答,00:00:10,00:04:50,{no if n % 4 else yes}"
        for n, day in enumerate(DAYS)
    ]
    head = "通話ID,発着区分,着信日時,応答日時,終了日時,キュー名,オペレーター,結果,待ち時間,通話時間,転送"
    found = inspected(tmp_path, head, *rows)
    assert sorted(row["transfers"] for row in loaded(tmp_path, found, "contacts")) == [0] * 30 + [1] * 10


def test_a_column_that_is_called_like_another_and_not_read_is_named(tmp_path: Path) -> None:
    rows = [f"{n},p{n}@example.org,{n % 11},ok,{day} 15:06:17 UTC" for n, day in enumerate(DAYS)]
    found = inspected(tmp_path, "Response ID,Person email,Score,Comment,Response created at", *rows)
    assert any(problem.startswith("Comment is not read") for problem in found.problems)


def test_each_day_takes_the_time_that_is_called_as_it_is(tmp_path: Path) -> None:
    head = "Caso,Fecha de alta,Hora de alta,Estado,Fecha de cierre,Hora de cierre"
    rows = [
        f"C{n},{day:%d/%m/%Y},{8 + n % 4:02}:15 a. m.,Cerrado,{day:%d/%m/%Y},{1 + n % 9:02}:45 p. m."
        if n % 5
        else f"C{n},{day:%d/%m/%Y},{8 + n % 4:02}:15 a. m.,Abierto,,"
        for n, day in enumerate(DAYS)
    ]
    found = inspected(tmp_path, head, *rows)
    by_id = {row["ticket_id"]: row for row in loaded(tmp_path, found, "tickets")}
    assert (by_id["C1"]["created_at"], by_id["C1"]["solved_at"]) == (
        datetime(2026, 1, 6, 9, 15),
        datetime(2026, 1, 6, 14, 45),
    )
    assert len(by_id) == 40 and by_id["C5"]["solved_at"] is None


@pytest.mark.parametrize(("says", "seconds"), [(" (mm:ss)", 345), ("", 345), (" (hh:mm)", 345 * 60)])
def test_a_clock_of_two_parts_is_what_its_heading_says(tmp_path: Path, says: str, seconds: int) -> None:
    head = f"Date,Time,Queue,Calls offered,Calls answered,Calls abandoned,Average talk time{says}"
    rows = [f"{day:%Y-%m-%d},{clock:02}:00,A,10,9,1,05:45" for day in DAYS[:10] for clock in range(8, 18)]
    found = inspected(tmp_path, head, *rows)
    assert {row["talk_seconds"] for row in loaded(tmp_path, found, "interval_stats")} == {seconds * 9}


def test_years_of_the_republic_are_those_of_our_era(tmp_path: Path) -> None:
    rows = [f"E{n},王小明{n},客服部,{105 + n % 9}/0{1 + n % 9}/1{n % 10}," for n in range(40)]
    found = inspected(tmp_path, "員工編號,姓名,部門,到職日,離職日", *rows)
    told = mapped(found)
    assert found.kind == "agents" and (told["員工編號"], told["到職日"]) == ("agent_id", "hired_on")
    first = next(row for row in loaded(tmp_path, found, "agents") if row["agent_id"] == "E3")
    assert first["hired_on"] == date(2019, 4, 13)


@pytest.mark.parametrize(
    ("title", "heading", "times"),
    [
        ("", "金額（萬元）", 10_000),
        ("費用月報（單位：千元）", "金額", 1_000),
        ("", "金額", 1),
    ],
)
def test_amounts_are_counted_in_what_the_report_says(tmp_path: Path, title: str, heading: str, times: int) -> None:
    rows = [f"2025年{month}月,{kind},{month}.5" for month in range(1, 13) for kind in ("人事費用", "租金")]
    head = f"月份,費用項目,{heading}"
    found = inspected(tmp_path, *([f"{title},,"] if title else []), head, *rows)
    booked = loaded(tmp_path, found, "costs")
    assert found.kind == "costs" and {row["category"] for row in booked} == {"labour", "premises"}
    assert sum(float(row["amount"]) for row in booked) == pytest.approx(2 * (78 + 6) * times)


def test_months_in_thousands_are_what_their_heading_says(tmp_path: Path) -> None:
    head = "Kostensoort (x € 1.000);jan-26;feb-26;mrt-26;apr-26"
    found = inspected(tmp_path, head, "Personeelskosten;61,3;55,4;55,3;57,9", "Huur;5,6;5,7;5,2;5,4")
    booked = loaded(tmp_path, found, "costs")
    assert sum(float(row["amount"]) for row in booked) == pytest.approx(251_800)
    assert {row["category"] for row in booked} == {"labour", "premises"}


def test_calls_are_read_in_dutch(tmp_path: Path) -> None:
    head = "Gespreksnummer;Datum;Tijd;Richting;Wachtrij;Medewerker;Resultaat;Wachttijd (sec);Gesprekstijd (sec)"
    rows = [
        f"{7000 + n};{day:%d-%m-%Y};{8 + n % 9:02}:30:00;Inkomend;Storingen;{'Jan' if n % 4 else ''};"
        f"{'Beantwoord' if n % 4 else 'Afgehaakt'};{5 + n % 40};{100 + n if n % 4 else 0}"
        for n, day in enumerate(DAYS)
    ]
    found = inspected(tmp_path, head, *rows)
    calls = loaded(tmp_path, found, "contacts")
    assert [sum(row["outcome"] == one for row in calls) for one in ("answered", "abandoned")] == [30, 10]
    assert calls[0]["arrived_at"].hour >= 7 and {row["direction"] for row in calls} == {"inbound"}


def test_requests_are_read_in_polish(tmp_path: Path) -> None:
    head = "Numer zgłoszenia;Data utworzenia;Data rozwiązania;Dział;Kanał;Priorytet;Status;Liczba odpowiedzi"
    rows = [
        f"ABC-{n};{day:%d.%m.%Y} 08:40;{f'{day:%d.%m.%Y} 11:10' if n % 4 else ''};Obsługa;Telefon;"
        f"{'Wysoki' if n % 2 else 'Normalny'};{'Rozwiązane' if n % 4 else 'Oczekujące'};{n % 3}"
        for n, day in enumerate(DAYS)
    ]
    found = inspected(tmp_path, head, *rows)
    tickets = loaded(tmp_path, found, "tickets")
    assert [sum(row["status"] == one for row in tickets) for one in ("solved", "pending")] == [30, 10]
    solved = [row for row in tickets if row["solved_at"]]
    assert len(solved) == 30 and all(row["solved_at"] - row["created_at"] == timedelta(minutes=150) for row in solved)
    assert {row["priority"] for row in tickets} == {"high", "normal"} and sum(
        r["public_replies"] for r in tickets
    ) == 39


def test_intervals_are_read_in_italian_with_a_point_in_the_time(tmp_path: Path) -> None:
    head = "Data;Intervallo;Coda;Chiamate offerte;Chiamate risposte;Chiamate abbandonate;Attesa media (s)"
    rows = [
        f"{day:%d/%m/%Y};{clock:02}.{half};Linea verde;10;9;1;38,50"
        for day in DAYS[:10]
        for clock in range(8, 18)
        for half in ("00", "30")
    ]
    found = inspected(tmp_path, head, *rows)
    read = loaded(tmp_path, found, "interval_stats")
    assert len({row["interval_start_at"] for row in read}) == 200
    assert {(row["offered"], row["answered"], row["abandoned"], row["wait_seconds"]) for row in read} == {
        (10, 9, 1, 38.5 * 9)
    }


@pytest.mark.parametrize(("says", "minutes"), [("", 90), (" (business hours)", None)])
def test_a_time_to_the_first_reply_is_counted_from_the_start_in_its_zone(
    tmp_path: Path, says: str, minutes: int | None
) -> None:
    head = f"Ticket #,Created (UTC),Status,Priority,First Response Time (hours){says}"
    rows = [f"{1700 + n},{day:%Y-%m-%d} 13:46,Solved,P3,1.5" for n, day in enumerate(DAYS)]
    found = inspected(tmp_path, head, *rows)
    tickets = loaded(tmp_path, found, "tickets", time_zone="America/Chicago")
    waited = {row["first_replied_at"] and row["first_replied_at"] - row["created_at"] for row in tickets}
    assert waited == {timedelta(minutes=minutes) if minutes else None}
    assert {row["created_at"].hour for row in tickets} == {13}
