"""People who change their team: a few of the last weeks, from the telephone to the written channels of their site."""

from __future__ import annotations

import numpy as np

from demo.company_parts import Company
from demo.people import NEVER
from demo.story import TEAMS

EVERY, MOST = 9, 3
SINCE_DAYS, APART_DAYS = 20, 6
TENURE_DAYS = 400


def internal_moves(company: Company, known: np.ndarray, risen: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(who, day from the first day, new team). Late, so that next to all they ever did stays with the old team."""
    staff, clock = company.staff, company.clock
    none = np.zeros(0, int)
    if company.story.calm:
        return none, none, none
    kinds, sites = [team[2] for team in TEAMS], [team[1] for team in TEAMS]
    written = {site: code for code, (kind, site) in enumerate(zip(kinds, sites, strict=True)) if kind == "care"}
    here = known[(staff.left[known] == NEVER) & (clock.days - staff.hired[known] > TENURE_DAYS)]
    here = np.setdiff1d(here[staff.kind[here] == 0], risen)
    who = here[::EVERY][:MOST]
    day = clock.days - SINCE_DAYS + APART_DAYS * np.arange(len(who))
    return who, day, np.array([written[int(site)] for site in staff.site[who]], int)
