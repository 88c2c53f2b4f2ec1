"""Headings that look like numbers of something: parts of a date, numbered answers, one score, a transfer’s moment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.unit.inspection.test_rules import START, day, inspected, loaded, mapped


def test_parts_of_a_date_are_no_numbers_of_a_survey(tmp_path: Path) -> None:
    head = "Response ID,Date,Survey Day,Survey Month,Quarter,Overall satisfaction (1-5),Would you recommend us? (0-10)"
    rows = [
        f"R{n:04},{day(n % 80, '%Y-%m-%d')},{1 + n % 28},{1 + n % 12},{1 + n % 4},{1 + n % 5},{n % 11}"
        for n in range(120)
    ]
    told = mapped(inspected(tmp_path, head, *rows))
    assert [told[name] for name in ("Survey Day", "Survey Month", "Quarter")] == [None, None, None]


def test_one_of_many_numbered_answers_counts_no_answers(tmp_path: Path) -> None:
    head = ",".join(["Response ID", "Date", "Score", *(f"answer{n}" for n in range(1, 7))])
    rows = [f"R{n:04},{day(n % 80, '%Y-%m-%d')},{n % 11},{','.join(str(20 + n + k) for k in range(6))}"
            for n in range(60)]  # fmt: skip
    assert "n" not in mapped(inspected(tmp_path, head, *rows)).values()


def _scores(tmp_path: Path, top: int) -> tuple[set[str | None], list[str]]:
    rows = [f"{700000 + n},p{n}@example.com,{n % (top + 1)},,{day(n % 80)}" for n in range(120)]
    found = inspected(tmp_path, "Response ID,Email,Answer,Comment,Responded at", *rows)
    return {row["instrument"] for row in loaded(tmp_path, found, "survey_responses")}, found.problems


def test_the_one_score_of_nought_to_ten_is_taken_for_a_recommendation_and_said(tmp_path: Path) -> None:
    kinds, said = _scores(tmp_path, 10)
    assert kinds == {"nps"} and any("taken for the recommendation" in one for one in said)


def test_one_score_of_another_scale_is_no_recommendation(tmp_path: Path) -> None:
    kinds, said = _scores(tmp_path, 5)
    assert "nps" not in kinds and not any("recommendation" in one for one in said)


def test_the_moment_of_a_transfer_is_one_transfer(tmp_path: Path) -> None:
    rows = []
    for n in range(90):
        at = START + timedelta(minutes=9 * n)
        passed = f"{at + timedelta(minutes=3):%Y-%m-%dT%H:%M:%SZ}" if n % 9 == 0 else ""
        rows.append(f"c{n:05}x,voice,{at:%Y-%m-%dT%H:%M:%SZ},Orders,{n % 50},A{n % 7},{120 + n},{passed}")
    head = "ContactId,Channel,InitiationTimestamp,Queue_Name,Queue_Duration,Agent_Username,Talk seconds,"
    found = inspected(tmp_path, head + "TransferCompletedTimestamp", *rows)
    made = loaded(tmp_path, found, "contacts")
    assert (sum(row["transfers"] for row in made), len(made)) == (10, 90)


def test_a_register_of_complaints_holds_complaints(tmp_path: Path) -> None:
    rows = [f"CP-{n:04},{day(n)},{day(n + 1)},Billing,Closed" for n in range(60)]
    told = []
    for number in ("Complaint No", "Ticket No"):
        found = inspected(tmp_path, f"{number},Date Received,Date Resolved,Category,Status", *rows)
        told.append("is_complaint: {value" in str(found.proposed_map))
    assert told == [True, False]


def test_reasons_that_say_who_ended_it_are_both(tmp_path: Path) -> None:
    why = ("Renuncia", "Despido", "")
    rows = [
        f"{1000 + n},Ana Lo{chr(97 + n % 20)},{day(n % 60, '%Y-%m-%d')},{day(80 + n, '%Y-%m-%d') if n % 3 < 2 else ''},"
        f"{why[n % 3]}"
        for n in range(60)
    ]
    found = inspected(tmp_path, "Legajo,Apellido y nombre,Fecha de ingreso,Fecha de egreso,Motivo de egreso", *rows)
    assert mapped(found)["Motivo de egreso"] == "leaving_reason"
    told = {(row["leaving_reason"], row["leaving_kind"]) for row in loaded(tmp_path, found, "agents")}
    assert told == {("Renuncia", "voluntary"), ("Despido", "involuntary"), (None, None)}


def test_satisfaction_in_spanish_words_and_a_return_are_read(tmp_path: Path) -> None:
    liked = ("Muy insatisfecho", "Insatisfecho", "Ni satisfecho ni insatisfecho", "Satisfecho", "Muy satisfecho")
    rows = [f"{day(n % 80)},{liked[n % 5]},{n % 11}" for n in range(60)]
    head = "Marca temporal,¿Qué tan satisfecho quedó con la atención recibida?,¿Nos recomendaría? (0 a 10)"
    made = loaded(tmp_path, inspected(tmp_path, head, *rows), "survey_responses")
    assert sum(row["value"] for row in made if row["instrument"] == "csat") == 12 * 15
