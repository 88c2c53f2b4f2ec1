"""Building the company: made month by month and written as it comes, so that memory stays bounded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from demo import (
    accounts,
    dirt,
    helpdesk,
    market,
    panels,
    questionnaires,
    recruiting,
    satisfaction,
    surveys,
    telephony,
    workforce,
)
from demo.company_parts import Company, make_company
from demo.contacts import contacts_of
from demo.customers import customer_rows
from demo.exports import Exports
from demo.plan import Plan, split
from demo.repeats import NOBODY, Pending
from demo.tickets import tickets_of
from demo.workspace import config_text, workforce_map
from warehouse.workspace import init_workspace

AS_OF = "2026-11-01T00:00:00Z"
Progress = Callable[[float, str], None]
# Above this many tickets the big files are cut by month rather than by year.
MONTHLY_FILES = 3_000_000


def build_company(
    workspace: Path,
    *,
    tickets: int = 300_000,
    months: int = 30,
    seed: int = 7,
    effects: Path | str | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Make a workspace with a made-up company's exports and return what was planted (also in ``truth.json``).

    ``effects`` is None for the default story, ``'none'`` for a company at target, or a file with a list of effects.
    ``progress`` is called with the share done and what is being made.
    """
    company = make_company(Plan(tickets, months, seed), effects)
    home = init_workspace(Path(workspace), config_text=config_text(company.clock))
    (home / "maps").mkdir(exist_ok=True)
    (home / "maps" / "workforce.yml").write_text(workforce_map(), "utf-8")
    exports = Exports(home / "landing")
    tell = progress or (lambda share, what: None)
    _write_months(company, exports, tell)
    tell(0.95, "people, recruiting, market")
    _write_registers(company, exports)
    exports.close()
    accounting = dirt.plant(exports, home / "landing")
    truth = _truth(company, exports, accounting)
    (home / "truth.json").write_text(json.dumps(truth, indent=2, ensure_ascii=False) + "\n", "utf-8")
    tell(1.0, "done")
    return truth


def _write_months(company: Company, exports: Exports, tell: Progress) -> None:
    plan = company.plan
    contacts = split(plan.contacts, company.story.volume)
    tickets = split(plan.tickets, company.story.volume)
    first = {"contact": 0, "ticket": 0, "training": 0, "check": 0}
    due = NOBODY
    for month, day in enumerate(plan.calendar):
        tell(0.02 + 0.9 * month / plan.months, f"{day:%B %Y}")
        name = f"_{day:%Y-%m}.csv" if plan.tickets > MONTHLY_FILES else f"_{day:%Y}.csv"
        due = _write_month(company, exports, month, name, first, int(contacts[month]), int(tickets[month]), due)


def _write_month(
    company: Company,
    exports: Exports,
    month: int,
    name: str,
    first: dict[str, int],
    contacts: int,
    tickets: int,
    due: Pending,
) -> Pending:
    arrived = contacts_of(company, month, first["contact"], contacts)
    opened, due = tickets_of(company, month, arrived, first["ticket"], tickets, due)
    exports.write("contacts", "contacts" + name, telephony.contact_rows(company, arrived, opened))
    exports.write("zendesk", "tickets" + name, helpdesk.ticket_rows(company, opened))
    exports.write("zendesk", "ticket_field_history" + name, helpdesk.history_rows(company, opened))
    exports.write("zendesk", "ticket_comments" + name, helpdesk.comment_rows(company, month, opened))
    exports.write("zendesk", "satisfaction_ratings" + name, satisfaction.rating_rows(company, month, opened, arrived))
    exports.write("zendesk", "ticket_sla_policies" + name, accounts.policy_rows(opened))
    workforce.add_handling(company, month, arrived)
    training, hours = workforce.training_rows(company, month, first["training"])
    exports.write("workforce", "training.csv", training)
    exports.write("workforce", "agent_time" + name, workforce.time_rows(company, month, hours))
    checks = workforce.check_rows(company, month, arrived, opened, first["check"])
    exports.write("workforce", "quality_checks.csv", checks)
    exports.write("workforce", "costs.csv", workforce.cost_rows(company, month))
    for wave in (
        surveys.contact_survey(company, month, arrived),
        panels.relation_survey(company, month),
        panels.staff_survey(company, month),
    ):
        if wave is not None:
            _write_wave(exports, wave, name)
    first["contact"] += contacts
    first["ticket"] += tickets
    first["training"] += len(training["hours"])
    first["check"] += len(checks["check_id"])
    return due


def _write_wave(exports: Exports, wave: questionnaires.Wave, name: str) -> None:
    exports.write("qualtrics", "survey_response" + name, wave.responses)
    for columns in wave.answers:
        exports.write("qualtrics", "question_response" + name, columns)
    for columns in wave.embedded:
        exports.write("qualtrics", "survey_embedded_data" + name, columns)
    exports.write("invitations", "survey_invitations" + name, wave.invitations)


def _write_registers(company: Company, exports: Exports) -> None:
    """What is not made month by month."""
    for columns in customer_rows(company.plan, company.clock, company.customers):
        exports.write("customers", "customers.csv", columns)
    exports.write("acd", "night_line.csv", telephony.night_line_rows(company))
    exports.write("workforce", "agents.csv", workforce.agent_rows(company))
    exports.write("zendesk", "users.csv", accounts.user_rows(company))
    exports.write("zendesk", "groups.csv", accounts.group_rows())
    exports.write("zendesk", "sla_policy_metric_history.csv", accounts.policy_metric_rows())
    questions, options = questionnaires.question_rows()
    exports.write("qualtrics", "question.csv", questions)
    exports.write("qualtrics", "question_option.csv", options)
    for name, columns in recruiting.recruiting_files(company).items():
        exports.write("greenhouse", name, columns)
    exports.write("indeed", "job_postings_by_sector_DE.csv", market.posting_rows(company))
    exports.write("market", "market_indicators.csv", market.indicator_rows(company))
    exports.write("statements", "statements.csv", market.statement_rows(company))


def _truth(company: Company, exports: Exports, accounting: dirt.Accounting) -> dict[str, Any]:
    plan, effects = company.plan, company.effects
    story = ("none", "listed")[bool(effects.items)] if effects.is_calm else "default"
    expected = {
        source: {
            "rows_read": rows,
            **accounting.rows.get(source, {"rows_quarantined": 0, "rows_duplicate": 0, "rows_updated": 0}),
        }
        for source, rows in sorted(exports.rows.items())
    }
    return {
        "seed": plan.seed,
        "tickets": plan.tickets,
        "contacts": plan.contacts,
        "months": plan.months,
        "agents": plan.agents,
        "customers": plan.customers,
        "from": f"{company.clock.first_day}",
        "to": f"{company.clock.last_day}",
        "as_of": AS_OF,
        "story": story,
        "effects": company.effects.truth(),
        "expected_accounting": expected,
    }
