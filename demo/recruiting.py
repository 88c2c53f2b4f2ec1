"""The recruiting system's export, as Greenhouse and the usual connectors write it, around the people who joined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demo.company_parts import Company
from demo.exports import Columns, choose, days_text, seconds_text, whole
from demo.people import AGENT_ID
from demo.requisitions import (
    APPLICATION_ID,
    DEPARTMENT_ID,
    JOB_ID,
    OFFICE_ID,
    STAGE_ID,
    STAGES,
    application_of,
    job_files,
)
from demo.story import REGIONS, SITES

CANDIDATE_ID, OFFER_ID, SOURCE_ID, REASON_ID = 22_454_000_000, 6_100_000_000, 4_000_110, 4_000_200
SOURCES = ["Job board", "Company site", "Referral", "Agency", "University"]
SOURCE_SHARES = [0.46, 0.24, 0.13, 0.11, 0.06]
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
    return {**job_files(company), **_application_files(company, pool), **_small_files()}


STATUSES = ["active", "hired", "rejected", "withdrawn"]


def _application_files(company: Company, pool: Pool) -> dict[str, Columns]:
    rng, n = company.plan.rng("applications"), len(pool.kind)
    number = np.where(pool.kind == HIRED, application_of(pool.agent), APPLICATION_ID + np.arange(n))
    over = pool.decided < company.clock.end
    withdrawn = (pool.kind == DECLINED) | (pool.kind == ORDINARY) & (rng.random(n) < 0.08)
    status = np.where(~over, 0, np.where(pool.kind == HIRED, 1, np.where(withdrawn, 3, 2)))
    # One person in seven applies more than once.
    again = np.where(rng.random(n) < 0.15, np.maximum(np.arange(n) - rng.integers(1, 60, n), 0), np.arange(n))
    people = CANDIDATE_ID + np.where(pool.kind == HIRED, np.arange(n), again)
    entered = (pool.stamps < company.clock.end) & (np.arange(4) <= pool.reached[:, None])
    return {
        "application.csv": {
            **_applications(rng, pool, number, people, status, entered),
            "custom_employee_id": whole(_employee(company, pool, status)),
        },
        "job_application.csv": {"application_id": number, "job_id": JOB_ID + pool.requisition},
        "application_history.csv": _history(pool, number, status, entered),
        "candidate.csv": _candidates(company, np.unique(people)),
        "offer.csv": _offers(company, pool, number, over),
    }


def _employee(company: Company, pool: Pool, status: np.ndarray) -> np.ndarray:
    """The number under which somebody works here who has begun; -1 for everybody else."""
    started = company.staff.hired[np.maximum(pool.agent, 0)] < company.clock.days
    return np.where((status == 1) & (pool.agent >= 0) & started, AGENT_ID + pool.agent, -1)


def _applications(
    rng: np.random.Generator,
    pool: Pool,
    number: np.ndarray,
    people: np.ndarray,
    status: np.ndarray,
    entered: np.ndarray,
) -> Columns:
    n, over = len(number), status > 0
    stage = entered.sum(axis=1) - 1
    never = choose(["false"], np.zeros(n, int))
    last = np.where(over, pool.decided, pool.stamps[np.arange(n), stage])
    return {
        "id": number,
        "_fivetran_deleted": never,
        "applied_at": seconds_text(pool.stamps[:, 0], False),
        "candidate_id": people,
        "current_stage_id": whole(np.where(over, -1, STAGE_ID + pool.requisition * len(STAGES) + stage)),
        "is_deleted": never,
        "last_activity_at": seconds_text(last, False),
        "prospect": never,
        "rejected_at": seconds_text(np.where(status == 2, pool.decided, 0), False),
        "rejected_reason_id": whole(np.where(status == 2, REASON_ID + rng.integers(0, 3, n), -1)),
        "source_id": SOURCE_ID + rng.choice(5, n, p=SOURCE_SHARES),
        "status": choose(STATUSES, status),
    }


def _history(pool: Pool, number: np.ndarray, status: np.ndarray, entered: np.ndarray) -> Columns:
    row, place = np.nonzero(entered)
    closing = np.flatnonzero(status > 0)
    stage = STAGE_ID + pool.requisition[row] * len(STAGES) + place
    return {
        "application_id": np.concatenate([number[row], number[closing]]),
        "updated_at": seconds_text(np.concatenate([pool.stamps[row, place], pool.decided[closing]]), False),
        "new_stage_id": whole(np.concatenate([stage, np.full(len(closing), -1)])),
        "new_status": choose(STATUSES, np.concatenate([np.zeros(len(row), int), status[closing]])),
    }


def _candidates(company: Company, people: np.ndarray) -> Columns:
    rng, n = company.plan.rng("candidates"), len(people)
    known = seconds_text(np.full(n, company.clock.base[0]), False)
    return {
        "id": people,
        "_fivetran_deleted": choose(["false"], np.zeros(n, int)),
        "created_at": known,
        "first_name": choose(["Alex", "Bao", "Chris", "Dana", "Emre", "Fernanda"], rng.integers(0, 6, n)),
        "is_private": choose(["false"], np.zeros(n, int)),
        "last_name": choose(["Moura", "Schulz", "Ngo", "Keller", "Reis", "Ly"], rng.integers(0, 6, n)),
        "recruiter_id": np.full(n, 4_177_842_003),
        "updated_at": known,
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
        "id": [SOURCE_ID + k for k in range(5)],
        "_fivetran_deleted": ["false"] * 5,
        "name": SOURCES,
        "source_type_id": [4_000_003] * 5,
        "source_type_name": ["Other"] * 5,
    }
    office = {
        "id": [OFFICE_ID + k for k in range(3)],
        "_fivetran_deleted": ["false"] * 3,
        "external_id": [None] * 3,
        "location_name": SITES,
        "name": REGIONS,
        "parent_id": [None] * 3,
        "primary_contact_user_id": [None] * 3,
    }
    names = ["Voice", "Digital", "Customer Care"]
    department = {
        "id": [DEPARTMENT_ID + k for k in range(3)],
        "_fivetran_deleted": ["false"] * 3,
        "external_id": [None] * 3,
        "name": names,
        "parent_id": [None] * 3,
    }
    reason = {
        "id": [REASON_ID + k for k in range(3)],
        "name": ["Language level", "Experience", "Better candidate"],
        "type_id": [1] * 3,
        "type_name": ["We rejected them"] * 3,
    }
    return {"source.csv": source, "office.csv": office, "department.csv": department, "rejection_reason.csv": reason}
