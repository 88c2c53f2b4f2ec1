"""Answers as public lists have them: rated on a day of their own, in two words beside many scales."""

from __future__ import annotations

from pathlib import Path

from tests.unit.inspection.test_rules import day, inspected, loaded, mapped


def test_a_rating_is_of_the_day_on_which_it_was_given(tmp_path: Path) -> None:
    head = "Ticket ID,Issue reported at,Status,Survey_response_Date,CSAT Score"
    rows = [
        f"T{n:04},{day(n)},Closed,{day(n + 35, '%d-%b-%y') if n % 4 else ''},{1 + n % 5 if n % 4 else ''}"
        for n in range(40)
    ]
    answers = loaded(tmp_path, inspected(tmp_path, head, *rows), "survey_responses")
    assert len(answers) == 30
    assert all(f"{row['responded_at']:%d-%b-%y}" == day(int(row["ticket_id"][1:]) + 35, "%d-%b-%y") for row in answers)


def test_the_day_on_which_a_survey_was_sent_is_not_that_of_its_answer(tmp_path: Path) -> None:
    rows = [f"T{n:04},{day(n)},Closed,{day(n + 35, '%d-%b-%y')},{1 + n % 5}" for n in range(40)]
    found = inspected(tmp_path, "Ticket ID,Issue reported at,Status,Survey sent date,CSAT Score", *rows)
    answers = loaded(tmp_path, found, "survey_responses")
    assert all(f"{row['responded_at']:%F}" == day(int(row["ticket_id"][1:]), "%F") for row in answers)


def test_satisfied_or_not_is_the_satisfaction_beside_the_ratings_of_the_parts(tmp_path: Path) -> None:
    head = "id,Survey date,Online booking,Seat comfort,Food and drink,Cleanliness,satisfaction"
    rows = [
        f"{7000 + 13 * n},{day(n)},{n % 6},{(n + 1) % 6},{(n + 2) % 6},{(n + 3) % 6},"
        f"{'satisfied' if n % 3 else 'neutral or dissatisfied'}"
        for n in range(60)
    ]
    found = inspected(tmp_path, head, *rows)
    assert mapped(found)["satisfaction"] == "value"
    answers = [row for row in loaded(tmp_path, found, "survey_responses") if row["instrument"] == "csat"]
    assert (len(answers), sum(row["value"] for row in answers)) == (60, 40)


def test_few_and_many_openings_are_no_numbers_and_the_others_are(tmp_path: Path) -> None:
    head = "jobNumber,positionTitle,employerCode,employerName,supervisoryStatus,totalOpenings,openDate,openingStatus"
    states = ("Candidate selected", "Job closed", "Job canceled", "Accepting applications")
    firms = (("VA", "Veterans Health"), ("NV", "Fleet Supply"), ("AG", "Forest Service"))
    rows = [
        f"{690000 + 11 * n},Agent,{','.join(firms[n % 3])},{('Yes', 'No')[n % 2]},"
        f"{'many' if n % 8 == 0 else 1 + n % 3},{day(n, '%F')},{states[n % 4]}"
        for n in range(40)
    ]
    found = inspected(tmp_path, head, *rows)
    assert any("'many' are no numbers" in one for one in found.problems)
    made = loaded(tmp_path, found, "job_postings")
    assert sum(row["openings"] or 0 for row in made) == sum(1 + n % 3 for n in range(40) if n % 8)
    assert sorted({(row["employer"], row["status"]) for row in made}) == sorted(
        {(firms[n % 3][1], ("filled", "closed", "closed", "open")[n % 4]) for n in range(40)}
    )


def test_a_time_of_coming_back_says_that_a_request_came_back(tmp_path: Path) -> None:
    head = "Incident_ID,Open_Time,Status,Reopen_Time,Close_Time,Related_Interaction,Category"
    rows = [
        f"IM{n:07},{day(n)},Closed,{day(n + 2) if n % 10 == 0 else ''},{day(n + 3)},SD{n:07},incident"
        for n in range(60)
    ]
    found = inspected(tmp_path, head, *rows)
    assert any("Reopen_Time says when a request came back" in one for one in found.problems)
    made = loaded(tmp_path, found, "tickets")
    assert (len(made), sum(row["reopens"] for row in made)) == (60, 6)
    assert {row["customer_id"] for row in made} == {None}


def test_days_of_a_course_are_hours_of_work(tmp_path: Path) -> None:
    head = "Employee ID,Training Date,Training Program Name,Training Duration(Days),Trainer"
    rows = [f"{3400 + n},{day(n, '%d-%b-%y')},Customer Service,{1 + n % 5},Ann Lee" for n in range(60)]
    found = inspected(tmp_path, head, *rows)
    assert any("days are taken for 8 hours each" in one for one in found.problems)
    made = loaded(tmp_path, found, "training")
    assert sum(row["hours"] for row in made) == 8 * sum(1 + n % 5 for n in range(60))
