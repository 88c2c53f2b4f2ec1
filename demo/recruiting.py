"""The recruiting system's export, as Greenhouse and the usual connectors write it, around the people who joined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demo.company_parts import Company
from demo.exports import Columns, choose, days_text, seconds_text, take, whole
from demo.story import KINDS, REGIONS, SITES, TEAM_NAMES, TEAMS

JOB_ID, POST_ID, OPENING_ID, APPLICATION_ID = 4_198_000_000, 4_307_000_000, 4_275_000_000, 25_181_000_000
CANDIDATE_ID, STAGE_ID, OFFER_ID = 22_454_000_000, 5_417_000_000, 6_100_000_000
STAGES = ["Application Review", "Phone Screen", "Interview", "Offer"]
SOURCES = ["Job board", "Company site", "Referral", "Agency", "University"]
SOURCE_SHARES = [0.46, 0.24, 0.13, 0.11, 0.06]
TITLES = {
    "voice": "Customer Service Agent, Voice",
    "chat": "Customer Service Agent, Chat",
    "care": "Customer Care Specialist",
}
PAY = np.array([[31_000, 37_000], [19_500, 24_000], [9_000, 12_500]])
APPLICANTS = 26
ORDINARY, DECLINED, HIRED = 0, 1, 2


@dataclass
class Pool:
    """Applications with the instants of their stages (0 where a stage was not reached)."""

    requisition: np.ndarray
    kind: np.ndarray
    reached: np.ndarray
    stamps: np.ndarray
    decided: np.ndarray
    agent: np.ndarray


def applications(company: Company) -> Pool:
    """Everybody who applied: those who were hired, those who declined, and many who were turned down."""
    rng, staff, clock = company.plan.rng("recruiting"), company.staff, company.clock
    opened = np.array(company.requisitions.opened, np.int64)
    wanted = np.array(company.requisitions.openings, np.int64)
    hired = np.flatnonzero(staff.requisition >= 0)
    last = np.zeros(len(opened), np.int64)
    np.maximum.at(last, staff.requisition[hired], staff.accepted[hired])
    declined = np.repeat(np.arange(len(opened)), rng.binomial(wanted, 0.24) if len(wanted) else wanted)
    ordinary = np.repeat(np.arange(len(opened)), rng.poisson(APPLICANTS * wanted))
    requisition = np.concatenate([staff.requisition[hired], declined, ordinary])
    kind = np.repeat([HIRED, DECLINED, ORDINARY], [len(hired), len(declined), len(ordinary)])
    n = len(kind)
    span = np.maximum(last[requisition] - opened[requisition], 8)
    decided = opened[requisition] + 8 + (span - 8) * rng.random(n)
    decided[: len(hired)] = staff.accepted[hired]
    reached = np.where(kind == ORDINARY, np.searchsorted([0.55, 0.86], rng.random(n)), 3)
    room = np.maximum(decided - opened[requisition], 4)
    marks = np.stack([decided - room * share for share in (0.85, 0.62, 0.36, 0.10)], axis=1)
    marks = marks * 86_400 + rng.integers(8 * 3_600, 17 * 3_600, (n, 1))
    stamps = (marks + clock.base[0]).astype(np.int64)
    moment = ((np.floor(decided) * 86_400) + 15 * 3_600 + clock.base[0]).astype(np.int64)
    stopped = stamps[np.arange(n), reached] + rng.integers(1, 6, n) * 86_400
    decided_at = np.where(
        kind == ORDINARY, np.maximum(np.minimum(stopped, moment), stamps[np.arange(n), reached] + 3_600), moment
    )
    agent = np.concatenate([hired, np.full(n - len(hired), -1)])
    order = np.argsort(stamps[:, 0], kind="stable")
    return Pool(requisition[order], kind[order], reached[order], stamps[order], decided_at[order], agent[order])


def recruiting_files(company: Company) -> dict[str, Columns]:
    """All files of the export by name."""
    pool = applications(company)
    known = np.flatnonzero(pool.stamps[:, 0] < company.clock.end)
    pool = Pool(
        *(getattr(pool, name)[known] for name in ("requisition", "kind", "reached", "stamps", "decided", "agent"))
    )
    return {**_job_files(company), **_application_files(company, pool), **_small_files()}


def _job_files(company: Company) -> dict[str, Columns]:
    clock, staff, end = company.clock, company.staff, company.clock.end
    team, opened = np.array(company.requisitions.team, int), np.array(company.requisitions.opened, int)
    wanted = np.array(company.requisitions.openings, int)
    jobs, zeros = np.arange(len(team)), np.zeros(len(team), int)
    site, kind = np.array([t[1] for t in TEAMS])[team], np.array([KINDS.index(t[2]) for t in TEAMS])[team]
    opened_at = clock.base[0] + opened * 86_400 + 9 * 3_600
    members = np.flatnonzero(staff.requisition >= 0)
    members = members[np.lexsort((staff.accepted[members], staff.requisition[members]))]
    owner = np.repeat(jobs, wanted)
    filled_at = clock.base[0] + staff.accepted[members] * 86_400 + 15 * 3_600
    is_filled = filled_at < end
    complete = np.bincount(owner, is_filled, minlength=len(jobs)) >= wanted
    closed_at = np.zeros(len(jobs), np.int64)
    np.maximum.at(closed_at, owner, filled_at)
    closed_at = np.where(complete, closed_at, 0)
    titles = [TITLES[name] for name in KINDS]
    posted = np.minimum(opened_at + 2 * 86_400, end - 1)
    job = {
        "id": JOB_ID + jobs,
        "_fivetran_deleted": choose(["FALSE"], zeros),
        "closed_at": seconds_text(closed_at, False),
        "confidential": choose(["FALSE"], zeros),
        "created_at": seconds_text(opened_at, False),
        "custom_employment_type": choose(["Full-time", "Part-time"], zeros + (staff.post < 0.75)),
        "name": choose(titles, kind),
        "requisition_id": 1000 + jobs,
        "status": choose(["open", "closed"], complete.astype(int)),
        "updated_at": seconds_text(np.maximum(posted, closed_at), False),
        "custom_team": choose(TEAM_NAMES, team),
        "custom_role_type": choose(["inbound_service"], zeros),
        "custom_level": choose(["agent"], zeros),
        "custom_tier": choose(["skill"], zeros),
        "custom_salary_min": PAY[site, 0],
        "custom_salary_max": PAY[site, 1],
        "custom_salary_period": choose(["year"], zeros),
        "custom_salary_currency": choose(["EUR"], zeros),
    }
    post = {
        "id": POST_ID + jobs,
        "_fivetran_deleted": choose(["FALSE"], zeros),
        "content": choose(
            [
                "Two years with customers; " + words
                for words in ("German, English", "Portuguese, Spanish", "Vietnamese, Chinese")
            ],
            site,
        ),
        "created_at": seconds_text(posted, False),
        "external": choose(["TRUE"], zeros),
        "internal": choose(["FALSE"], zeros),
        "job_id": JOB_ID + jobs,
        "live": choose(["TRUE", "FALSE"], complete.astype(int)),
        "location_name": choose(SITES, site),
        "title": choose(titles, kind),
        "updated_at": seconds_text(np.maximum(posted, closed_at), False),
        "custom_platform": choose(["Indeed", "LinkedIn", "Own site"], jobs % 3),
    }
    opening = {
        "id": OPENING_ID + np.arange(len(owner)),
        "job_id": JOB_ID + owner,
        "application_id": whole(np.where(is_filled, _application_of(company, members), -1)),
        "close_reason_id": whole(np.where(is_filled, 4_010_317_003, -1)),
        "closed_at": seconds_text(np.where(is_filled, filled_at, 0), False),
        "opened_at": seconds_text(opened_at[owner], False),
        "opening_id": np.arange(len(owner)),
        "status": choose(["open", "closed"], is_filled.astype(int)),
    }
    links = {
        "job_office.csv": {"job_id": JOB_ID + jobs, "office_id": 4_020_740 + site},
        "job_department.csv": {"department_id": 1_023_490 + kind, "job_id": JOB_ID + jobs},
    }
    stage = {
        "id": STAGE_ID + np.arange(4 * len(jobs)),
        "_fivetran_deleted": choose(["false"], np.zeros(4 * len(jobs), int)),
        "created_at": seconds_text(np.repeat(opened_at, 4), False),
        "job_id": JOB_ID + np.repeat(jobs, 4),
        "name": choose(STAGES, np.tile(np.arange(4), len(jobs))),
        "updated_at": seconds_text(np.repeat(opened_at, 4), False),
    }
    return {"job.csv": job, "job_post.csv": post, "job_opening.csv": opening, "job_stage.csv": stage, **links}


def _application_of(company: Company, agents: np.ndarray) -> np.ndarray:
    """Application numbers carry the agent's number, so that an opening can name the application that filled it."""
    return APPLICATION_ID + 900_000_000 + agents


def _application_files(company: Company, pool: Pool) -> dict[str, Columns]:
    clock, n = company.clock, len(pool.kind)
    end, rng = clock.end, company.plan.rng("applications")
    hired = pool.kind == HIRED
    number = np.where(hired, _application_of(company, pool.agent), APPLICATION_ID + np.arange(n))
    over = pool.decided < end
    entered = (pool.stamps < end) & (np.arange(4) <= pool.reached[:, None])
    stage = entered.sum(axis=1) - 1
    withdrawn = (pool.kind == ORDINARY) & (rng.random(n) < 0.08)
    status = np.where(~over, 0, np.where(hired, 1, np.where(withdrawn | (pool.kind == DECLINED), 3, 2)))
    last = np.where(over, pool.decided, pool.stamps[np.arange(n), stage])
    people = CANDIDATE_ID + np.where(
        rng.random(n) < 0.15, np.maximum(np.arange(n) - rng.integers(1, 60, n), 0), np.arange(n)
    )
    people = np.where(hired, CANDIDATE_ID + np.arange(n), people)
    origin = 4_000_110 + rng.choice(5, n, p=SOURCE_SHARES)
    zeros = np.zeros(n, int)
    application = {
        "id": number,
        "_fivetran_deleted": choose(["false"], zeros),
        "applied_at": seconds_text(pool.stamps[:, 0], False),
        "candidate_id": people,
        "current_stage_id": whole(np.where(over, -1, STAGE_ID + pool.requisition * 4 + stage)),
        "is_deleted": choose(["false"], zeros),
        "last_activity_at": seconds_text(last, False),
        "prospect": choose(["false"], zeros),
        "rejected_at": seconds_text(np.where(status == 2, pool.decided, 0), False),
        "rejected_reason_id": whole(np.where(status == 2, 4_000_200 + rng.integers(0, 3, n), -1)),
        "source_id": origin,
        "status": choose(["active", "hired", "rejected", "withdrawn"], status),
    }
    row, place = np.nonzero(entered)
    closing = np.flatnonzero(over)
    history = {
        "application_id": np.concatenate([number[row], number[closing]]),
        "updated_at": seconds_text(np.concatenate([pool.stamps[row, place], pool.decided[closing]]), False),
        "new_stage_id": whole(
            np.concatenate([STAGE_ID + pool.requisition[row] * 4 + place, np.full(len(closing), -1)])
        ),
        "new_status": choose(
            ["active", "hired", "rejected", "withdrawn"], np.concatenate([np.full(len(row), 0), status[closing]])
        ),
    }
    unique = np.unique(people)
    names = company.plan.rng("candidates")
    candidate = {
        "id": unique,
        "_fivetran_deleted": choose(["false"], np.zeros(len(unique), int)),
        "created_at": seconds_text(np.full(len(unique), clock.base[0]), False),
        "first_name": choose(["Alex", "Bao", "Chris", "Dana", "Emre", "Fernanda"], names.integers(0, 6, len(unique))),
        "is_private": choose(["false"], np.zeros(len(unique), int)),
        "last_name": choose(["Moura", "Schulz", "Ngo", "Keller", "Reis", "Ly"], names.integers(0, 6, len(unique))),
        "recruiter_id": np.full(len(unique), 4_177_842_003),
        "updated_at": seconds_text(np.full(len(unique), clock.base[0]), False),
    }
    return {
        "application.csv": application,
        "job_application.csv": {"application_id": number, "job_id": JOB_ID + pool.requisition},
        "application_history.csv": history,
        "candidate.csv": candidate,
        "offer.csv": _offers(company, pool, number, over),
    }


def _offers(company: Company, pool: Pool, number: np.ndarray, over: np.ndarray) -> Columns:
    clock = company.clock
    rows = np.flatnonzero((pool.kind != ORDINARY) & (pool.stamps[:, 3] < clock.end))
    accepted, decided = pool.kind[rows] == HIRED, over[rows]
    start = clock.midnight[0] // 86_400 + np.where(accepted, company.staff.hired[np.maximum(pool.agent[rows], 0)], 0)
    sent, resolved = pool.stamps[rows, 3], pool.decided[rows]
    return {
        "id": OFFER_ID + np.arange(len(rows)),
        "application_id": number[rows],
        "version": np.ones(len(rows), int),
        "status": choose(["unresolved", "accepted", "rejected"], np.where(decided, np.where(accepted, 1, 2), 0)),
        "created_at": seconds_text(sent, False),
        "sent_at": days_text(sent // 86_400),
        "resolved_at": days_text(np.where(decided, resolved // 86_400, -1)),
        "starts_at": days_text(np.where(decided & accepted, start, -1)),
        "updated_at": seconds_text(np.where(decided, resolved, sent), False),
    }


def _small_files() -> dict[str, Columns]:
    source = {
        "id": [4_000_110 + k for k in range(5)],
        "_fivetran_deleted": ["false"] * 5,
        "name": SOURCES,
        "source_type_id": [4_000_003] * 5,
        "source_type_name": ["Other"] * 5,
    }
    office = {
        "id": [4_020_740 + k for k in range(3)],
        "_fivetran_deleted": ["false"] * 3,
        "external_id": [None] * 3,
        "location_name": SITES,
        "name": REGIONS,
        "parent_id": [None] * 3,
        "primary_contact_user_id": [None] * 3,
    }
    names = ["Voice", "Digital", "Customer Care"]
    department = {
        "id": [1_023_490 + k for k in range(3)],
        "_fivetran_deleted": ["false"] * 3,
        "external_id": [None] * 3,
        "name": names,
        "parent_id": [None] * 3,
    }
    reason = {
        "id": [4_000_200 + k for k in range(3)],
        "name": ["Language level", "Experience", "Better candidate"],
        "type_id": [1] * 3,
        "type_name": ["We rejected them"] * 3,
    }
    return {"source.csv": source, "office.csv": office, "department.csv": department, "rejection_reason.csv": reason}


__all__ = ["applications", "recruiting_files", "take"]
