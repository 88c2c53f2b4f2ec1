"""Times in words of other languages, states that a total shows to be missing, and who gave up soon or later."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import day, inspected, loaded, mapped


@pytest.mark.parametrize(
    ("wait", "talk", "seconds"),
    [
        ("{}秒", "2分{}秒", 120),
        ("{}秒", "1小时2分{}秒", 3720),
        ("{} giây", "2 phút {} giây", 120),
        ("{} Sek.", "2 Min. {} Sek.", 120),
        ("{}s", "1h 02m {}s", 3720),
    ],
)
def test_times_in_words_are_times(tmp_path: Path, wait: str, talk: str, seconds: int) -> None:
    rows = [f"c{n:04},{day(n)},A{n % 4},已接听,{wait.format(1 + n % 50)},{talk.format(1 + n % 59)}" for n in range(60)]
    found = inspected(tmp_path, "通话ID,呼叫时间,坐席,通话结果,排队时长,通话时长", *rows)
    assert (mapped(found)["排队时长"], mapped(found)["通话时长"]) == ("wait_seconds", "talk_seconds")
    made = loaded(tmp_path, found, "contacts")
    assert sum(row["wait_seconds"] for row in made) == sum(1 + n % 50 for n in range(60))
    assert sum(row["talk_seconds"] for row in made) == sum(seconds + 1 + n % 59 for n in range(60))


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}:00"


@pytest.mark.parametrize(("name", "is_known"), [("On Queue - Interacting", True), ("On Queue - Zorble", False)])
def test_the_part_of_a_day_that_is_missing_is_read_or_told(tmp_path: Path, name: str, is_known: bool) -> None:
    rows = [
        f"A. {('Long', 'Short', 'Ray', 'Oh')[n % 4]},2026-08-{1 + n // 4:02},{_clock(420 + n)},{_clock(200 + n)},"
        "2:00:00,0:30:00,0:30:00,0:40:00"
        for n in range(56)
    ]
    head = f"Agent Name,Date,Logged In,{name},On Queue - Idle,After Call Work,Meal,Break"
    found = inspected(tmp_path, head, *rows)
    made = loaded(tmp_path, found, "agent_time")
    handled = sum(row["seconds"] for row in made if row["state"] == "handling")
    assert handled == 60 * sum(30 + (200 + n if is_known else 0) for n in range(56))
    told = [
        one for one in found.problems if one.startswith(f"{name} is left out: with it the states add up to Logged In")
    ]
    assert bool(told) is not is_known


@pytest.mark.parametrize(("beside", "abandoned"), [(True, 5), (False, 4)])
def test_the_rows_tell_whether_who_gave_up_soon_is_among_who_gave_up(
    tmp_path: Path, beside: bool, abandoned: int
) -> None:
    rows = [f"2026-08-{1 + n:02},{30 + n + 4 + beside},{30 + n},4,1,{20 + n}" for n in range(28)]
    found = inspected(tmp_path, "Date,Inbound,Answered,Abandoned,Short Abandoned,Answered within SL", *rows)
    made = loaded(tmp_path, found, "interval_stats")
    assert {row["abandoned"] for row in made} == {abandoned} and {row["abandoned_short"] for row in made} == {1}


def test_a_time_of_the_morning_beside_a_day_is_when_it_was_however_few_rows_tell_it(tmp_path: Path) -> None:
    rows = [
        "1;02/03/2026;09:00:10;612345671;Pedidos;Atendida;0:12;2:10;lucia",
        "2;02/03/2026;09:05:10;612345672;Pedidos;Abandonada;0:40;0:00;",
        "3;03/03/2026;11:10:10;612345673;Pedidos;Atendida;0:05;3:10;pablo",
    ]
    head = "N.º;Fecha;Hora;Teléfono;Cola;Resultado;T. espera;T. conversación;Agente"
    made = loaded(tmp_path, inspected(tmp_path, head, *rows), "contacts")
    assert sorted(f"{row['arrived_at']:%d %H:%M:%S}" for row in made) == ["02 09:00:10", "02 09:05:10", "03 11:10:10"]
    assert sorted(row["talk_seconds"] or 0 for row in made) == [0, 130, 190]


def test_a_short_time_beside_a_day_is_how_long_it_was(tmp_path: Path) -> None:
    rows = [f"c{n},{day(n, '%Y-%m-%d')},0:0{n % 9}:30,Help,A{n % 3},Answered" for n in range(9)]
    found = inspected(tmp_path, "Call ID,Date,Time,Queue,Agent,Outcome", *rows)
    assert mapped(found)["Time"] == "talk_seconds"
