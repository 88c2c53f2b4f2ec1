"""Requisitions, their posts and openings, in the recruiting system's shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from demo.company_parts import Company
from demo.exports import Columns, as_array, choose, seconds_text, take, whole
from demo.story import KINDS, SITES, TEAM_NAMES, TEAMS

JOB_ID, POST_ID, OPENING_ID, STAGE_ID = 4_198_000_000, 4_307_000_000, 4_275_000_000, 5_417_000_000
APPLICATION_ID = 25_181_000_000
OFFICE_ID, DEPARTMENT_ID = 4_020_740, 1_023_490
STAGES = ["Application Review", "Phone Screen", "Interview", "Offer"]
TITLES = {
    "voice": "Customer Service Agent, Voice",
    "chat": "Customer Service Agent, Chat",
    "care": "Customer Care Specialist",
}
LANGUAGES_ASKED = ["German, English", "Portuguese, Spanish", "Vietnamese, Chinese"]
SKILLS_ASKED = ["telephony, CRM", "chat, CRM", "writing, complaints"]
PLATFORMS = ["Indeed", "LinkedIn", "Own site"]
# Every third vacancy is posted on a second platform too: postings are more than requisitions.
SECOND_POST = 3
PAY = np.array([[31_000, 37_000], [19_500, 24_000], [9_000, 12_500]])


@dataclass
class Jobs:
    """One row per requisition; openings apart, each with the person who filled it."""

    team: np.ndarray
    opened_at: np.ndarray
    posted_at: np.ndarray
    closed_at: np.ndarray
    owner: np.ndarray
    filled_by: np.ndarray
    filled_at: np.ndarray

    @property
    def site(self) -> np.ndarray:
        return np.array([team[1] for team in TEAMS])[self.team]

    @property
    def kind(self) -> np.ndarray:
        return np.array([KINDS.index(team[2]) for team in TEAMS])[self.team]

    @property
    def rows(self) -> np.ndarray:
        return np.arange(len(self.team))

    def always(self, text: str) -> object:
        """A column that says the same in every row."""
        return choose([text], np.zeros(len(self.team), int))


def make_jobs(company: Company) -> Jobs:
    """Requisitions as they stand at the end of the period."""
    clock, staff = company.clock, company.staff
    wanted = np.array(company.requisitions.openings, int)
    opened_at = clock.base[0] + np.array(company.requisitions.opened, int) * 86_400 + 9 * 3_600
    members = np.flatnonzero(staff.requisition >= 0)
    members = members[np.lexsort((staff.accepted[members], staff.requisition[members]))]
    owner = np.repeat(np.arange(len(wanted)), wanted)
    filled_at = clock.base[0] + staff.accepted[members] * 86_400 + 15 * 3_600
    filled_at = np.where(filled_at < clock.end, filled_at, 0)
    complete = np.bincount(owner, filled_at > 0, minlength=len(wanted)) >= wanted
    closed_at = np.zeros(len(wanted), np.int64)
    np.maximum.at(closed_at, owner, filled_at)
    posted_at = np.minimum(opened_at + 2 * 86_400, clock.end - 1)
    team = np.array(company.requisitions.team, int)
    return Jobs(team, opened_at, posted_at, np.where(complete, closed_at, 0), owner, members, filled_at)


def application_of(agents: np.ndarray) -> np.ndarray:
    """Numbers of the applications of people who were hired, so that an opening can name the one that filled it."""
    return APPLICATION_ID + 900_000_000 + agents


def job_files(company: Company) -> dict[str, Columns]:
    """The files about requisitions."""
    jobs = make_jobs(company)
    return {
        "job.csv": _jobs(jobs, company.staff.post),
        "job_post.csv": _posts(jobs),
        "job_opening.csv": _openings(jobs),
        "job_stage.csv": _stages(jobs),
        "job_office.csv": {"job_id": JOB_ID + jobs.rows, "office_id": OFFICE_ID + jobs.site},
        "job_department.csv": {"department_id": DEPARTMENT_ID + jobs.kind, "job_id": JOB_ID + jobs.rows},
    }


def _jobs(jobs: Jobs, post: float) -> Columns:
    return {
        "id": JOB_ID + jobs.rows,
        "_fivetran_deleted": jobs.always("FALSE"),
        "closed_at": seconds_text(jobs.closed_at, False),
        "confidential": jobs.always("FALSE"),
        "created_at": seconds_text(jobs.opened_at, False),
        "custom_employment_type": jobs.always("Part-time" if post < 0.75 else "Full-time"),
        "name": choose([TITLES[name] for name in KINDS], jobs.kind),
        "requisition_id": 1000 + jobs.rows,
        "status": choose(["open", "closed"], (jobs.closed_at > 0).astype(int)),
        "updated_at": seconds_text(np.maximum(jobs.posted_at, jobs.closed_at), False),
        "custom_team": choose(TEAM_NAMES, jobs.team),
        "custom_role_type": jobs.always("inbound_service"),
        "custom_level": jobs.always("agent"),
        "custom_tier": choose(["skill", "technical"], (jobs.team == TEAM_NAMES.index("Hanoi Technical")).astype(int)),
        "custom_salary_min": PAY[jobs.site, 0],
        "custom_salary_max": PAY[jobs.site, 1],
        "custom_salary_period": jobs.always("year"),
        "custom_salary_currency": jobs.always("EUR"),
    }


def _posts(jobs: Jobs) -> Columns:
    again = jobs.rows[jobs.rows % SECOND_POST == 0]
    first = _first_posts(jobs)
    second = take(first, again) | {
        "id": POST_ID + 500_000 + again,
        "custom_platform": choose(PLATFORMS, (again + 1) % 3),
    }
    return {name: pa.concat_arrays([as_array(first[name]), as_array(second[name])]) for name in first}


def _first_posts(jobs: Jobs) -> Columns:
    return {
        "id": POST_ID + jobs.rows,
        "_fivetran_deleted": jobs.always("FALSE"),
        "content": choose(["Two years with customers; " + words for words in LANGUAGES_ASKED], jobs.site),
        "created_at": seconds_text(jobs.posted_at, False),
        "external": jobs.always("TRUE"),
        "internal": jobs.always("FALSE"),
        "job_id": JOB_ID + jobs.rows,
        "live": choose(["TRUE", "FALSE"], (jobs.closed_at > 0).astype(int)),
        "location_name": choose(SITES, jobs.site),
        "title": choose([TITLES[name] for name in KINDS], jobs.kind),
        "updated_at": seconds_text(np.maximum(jobs.posted_at, jobs.closed_at), False),
        "custom_platform": choose(PLATFORMS, jobs.rows % 3),
        "custom_education": choose(["none", "vocational"], (jobs.kind == 2).astype(int)),
        "custom_experience_years": np.array([1, 1, 2])[jobs.kind],
        "custom_languages": choose(LANGUAGES_ASKED, jobs.site),
        "custom_skills": choose(SKILLS_ASKED, jobs.kind),
        "custom_remote": choose(["false", "true"], (jobs.kind == 1).astype(int)),
    }


def _openings(jobs: Jobs) -> Columns:
    filled = jobs.filled_at > 0
    number = np.arange(len(jobs.owner))
    return {
        "id": OPENING_ID + number,
        "job_id": JOB_ID + jobs.owner,
        "application_id": whole(np.where(filled, application_of(jobs.filled_by), -1)),
        "close_reason_id": whole(np.where(filled, 4_010_317_003, -1)),
        "closed_at": seconds_text(jobs.filled_at, False),
        "opened_at": seconds_text(jobs.opened_at[jobs.owner], False),
        "opening_id": number,
        "status": choose(["open", "closed"], filled.astype(int)),
    }


def _stages(jobs: Jobs) -> Columns:
    count = len(STAGES) * len(jobs.team)
    made = seconds_text(np.repeat(jobs.opened_at, len(STAGES)), False)
    return {
        "id": STAGE_ID + np.arange(count),
        "_fivetran_deleted": choose(["false"], np.zeros(count, int)),
        "created_at": made,
        "job_id": JOB_ID + np.repeat(jobs.rows, len(STAGES)),
        "name": choose(STAGES, np.tile(np.arange(len(STAGES)), len(jobs.team))),
        "updated_at": made,
    }
