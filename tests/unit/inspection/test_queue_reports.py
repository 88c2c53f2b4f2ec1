"""Queue reports in the words of many tools: what was counted, waited and handled comes out whatever it is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import inspected, loaded, mapped

Row = dict[str, int]
Cell = Callable[[Row], object]
QUEUES = ("Sales", "Service")


def _row(number: int) -> Row:
    answered, abandoned = 40 + number % 23, 3 + number % 5
    return {
        "offered": answered + abandoned,
        "answered": answered,
        "abandoned": abandoned,
        "in_time": answered - 6 - number % 11,
        "wait": 17 + number % 13,
        "talk": 200 + number % 40,
        "hold": 12 + number % 9,
        "wrap": 30 + number % 7,
    }


ROWS = [_row(number) for number in range(60)]


def clock(seconds: int) -> str:
    return f"{seconds // 60:02}:{seconds % 60:02}"


def column(name: str) -> Cell:
    return lambda row: row[name]


def short(name: str) -> Cell:
    return lambda row: clock(row[name])


def share(row: Row) -> str:
    return f"{100 * row['in_time'] / row['offered']:.3f}%"


def handling(row: Row) -> str:
    return clock(row["talk"] + row["hold"] + row["wrap"])


def totals(tmp_path: Path, first: str, columns: Sequence[tuple[str, Cell]]) -> dict[str, float]:
    """What the proposed map sums up over all rows; nought where it reads nothing."""
    lines = [
        "\t".join([f"2026-03-{1 + n // 2:02}", QUEUES[n % 2], *(str(cell(row)) for _, cell in columns)])
        for n, row in enumerate(ROWS)
    ]
    found = inspected(tmp_path, "\t".join(["Date", first, *(name for name, _ in columns)]), *lines, name="queues.tsv")
    assert found.kind == "interval_stats"
    rows = loaded(tmp_path, found, "interval_stats")
    assert len({row["queue"] for row in rows}) == len(QUEUES)
    assert len(rows) == len(ROWS)
    numbers = [name for name, value in rows[0].items() if isinstance(value, int | float)]
    return {name: float(sum(row[name] or 0 for row in rows)) for name in numbers}


def wanted(*names: str) -> float:
    """The summed seconds of means of the answered."""
    return float(sum(row["answered"] * sum(row[name] for name in names) for row in ROWS))


@pytest.mark.parametrize(
    ("offered", "answered", "abandoned", "speed"),
    [
        (
            "Calls received",
            "Calls handled by adviser",
            "Calls abandoned in queue",
            "Average speed of answering a call (mm:ss)",
        ),
        ("Appels présentés", "Appels répondus", "Appels perdus", "Délai moyen de réponse (mm:ss)"),
        ("Llamadas entrantes", "Llamadas contestadas", "Llamadas abandonadas", "Tiempo promedio de respuesta (mm:ss)"),
        ("Chiamate entranti", "Chiamate risposte", "Chiamate abbandonate", "Tempo medio di attesa (mm:ss)"),
    ],
)
def test_longer_wordings_of_the_usual_measures_are_read(
    tmp_path: Path, offered: str, answered: str, abandoned: str, speed: str
) -> None:
    columns = [(offered, column("offered")), (answered, column("answered")), (abandoned, column("abandoned"))]
    found = totals(tmp_path, "Queue", [*columns, (speed, short("wait"))])
    told = (found["offered"], found["answered"], found["abandoned"])
    assert told == tuple(float(sum(row[name] for row in ROWS)) for name in ("offered", "answered", "abandoned"))
    assert found["wait_seconds"] == pytest.approx(wanted("wait"), rel=0.01)


def test_counts_with_commas_for_thousands_add_up_as_others_do(tmp_path: Path) -> None:
    rows = [
        f'2026-{1 + n % 9:02}-01,L{n // 9},"{5200 + 13 * n:,}","{4000 + 9 * n:,}","{1200 + 4 * n:,}"' for n in range(27)
    ]
    head = "Month,Line,Calls received,Calls dealt with by a person,Calls ended early"
    told = mapped(inspected(tmp_path, head, *rows))
    assert (told["Calls dealt with by a person"], told["Calls ended early"]) == ("answered", "abandoned")


PLAIN = [
    ("Calls offered", column("offered")),
    ("Calls taken", column("answered")),
    ("Calls lost", column("abandoned")),
]


@pytest.mark.parametrize(
    "heading",
    ["20초내응대호", "20秒以内応答数", "Trả lời trong 20 giây", "Calls answered in SLA (20 s)"],
)  # fmt: skip
def test_a_count_within_seconds_tells_its_threshold_in_any_language(tmp_path: Path, heading: str) -> None:
    found = totals(tmp_path, "Queue", [*PLAIN, (heading, column("in_time"))])
    assert found["answered_in_threshold"] == sum(row["in_time"] for row in ROWS)
    assert found["threshold_seconds"] == 20 * len(ROWS)


@pytest.mark.parametrize("heading", ["In SLA", "Interactions Answered in SLA"])
def test_a_number_in_time_is_told_from_a_share(tmp_path: Path, heading: str) -> None:
    found = totals(tmp_path, "Queue", [*PLAIN, (heading, column("in_time"))])
    assert found["answered_in_threshold"] == sum(row["in_time"] for row in ROWS)


@pytest.mark.parametrize(
    "heading",
    ["Service level 20 seconds", "サービスレベル（20秒）", "Servicelevel 80/20 in %", "% SLA (20 s)", "20秒接起率"],
)  # fmt: skip
def test_a_share_within_seconds_becomes_a_count_in_any_language(tmp_path: Path, heading: str) -> None:
    found = totals(tmp_path, "Queue", [*PLAIN, (heading, share)])
    assert found["answered_in_threshold"] == pytest.approx(sum(row["in_time"] for row in ROWS), rel=0.005)
    assert found["threshold_seconds"] == 20 * len(ROWS)


def test_a_target_of_the_service_level_is_not_the_service_level(tmp_path: Path) -> None:
    level = [
        ("Service Level %", lambda row: f"{100 * row['in_time'] / row['offered']:.1f}"),
        ("Service Level Target %", lambda _: 80),
    ]
    found = totals(tmp_path, "Queue", [*PLAIN, *level])
    assert found["answered_in_threshold"] == pytest.approx(sum(row["in_time"] for row in ROWS), rel=0.005)


def test_a_hold_is_not_counted_beside_the_handling_that_holds_it(tmp_path: Path) -> None:
    times = [("Avg. Handle Time", handling), ("Avg. Hold Time", short("hold"))]
    found = totals(tmp_path, "Queue", [*PLAIN, *times])
    assert found["talk_seconds"] == pytest.approx(wanted("talk", "hold", "wrap"), rel=0.01)
    assert "hold_seconds" not in found


@pytest.mark.parametrize("heading", ["Team", "Area", "Groupe"])
def test_teams_that_tell_the_rows_apart_are_the_queues(tmp_path: Path, heading: str) -> None:
    assert totals(tmp_path, heading, PLAIN)["offered"] == sum(row["offered"] for row in ROWS)


def test_of_which_soon_belongs_to_those_who_gave_up_before_it(tmp_path: Path) -> None:
    soon = ("davon < 5 Sek.", lambda row: row["abandoned"] // 2)
    found = totals(tmp_path, "Warteschlange", [*PLAIN, soon])
    assert found["abandoned_short"] == sum(row["abandoned"] // 2 for row in ROWS)


def test_the_third_part_of_a_handling_time_is_the_work_afterwards(tmp_path: Path) -> None:
    times = [("DMC", short("talk")), ("Mise en attente", short("hold")), ("DMX", short("wrap")), ("DMT", handling)]
    found = totals(tmp_path, "File d'attente", [*PLAIN, *times])
    assert found["wrap_seconds"] == pytest.approx(wanted("wrap"), rel=0.01)
