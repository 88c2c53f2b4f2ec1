"""Building the company: made month by month and written as it comes, so that memory stays bounded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from demo import (
    accounts,
    dirt,
    jobboard,
    market,
    questionnaires,
    recruiting,
    telephony,
    voices,
    workforce,
)
from demo.company_parts import Company, make_company
from demo.customers import customer_rows
from demo.exports import Exports
from demo.months import Months
from demo.plan import Plan, split
from demo.room import refuse_small_disk
from demo.workspace import config_text, own_targets, workforce_map
from warehouse.errors import UsageError
from warehouse.workspace import init_workspace

TRUTH = "truth.json"
AS_OF = "2026-11-01T00:00:00Z"
Progress = Callable[[float, str], None]


def _refuse_own_data(home: Path) -> None:
    """A made-up company is not mixed into a workspace that holds something else."""
    landing = home / "landing"
    if (home / TRUTH).exists() or not landing.is_dir() or not any(one.is_file() for one in landing.rglob("*")):
        return
    raise UsageError(
        f"{home} holds exports of your own; a made-up company would be mixed with them. Name an empty folder.",
        code="own_data",
        file=str(home),
    )


def _clear_earlier(home: Path) -> None:
    """Take away the files of a company that was made here before; what somebody laid beside them stays."""
    truth = home / TRUTH
    if not truth.exists():
        return
    for name in json.loads(truth.read_text("utf-8")).get("files", ()):
        (home / "landing" / name).unlink(missing_ok=True)


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
    plan = Plan(tickets, months, seed)
    _refuse_own_data(Path(workspace).expanduser().resolve())
    refuse_small_disk(Path(workspace).expanduser().resolve(), tickets)
    company = make_company(plan, effects)
    home = init_workspace(Path(workspace), config_text=config_text(company.clock, company.story))
    _clear_earlier(home)
    (home / "maps").mkdir(exist_ok=True)
    (home / "maps" / "workforce.yml").write_text(workforce_map(), "utf-8")
    exports = Exports(home / "landing")
    tell = progress or (lambda share, what: None)
    _write_months(company, exports, tell)
    tell(0.95, "people, recruiting, market")
    _write_registers(company, exports)
    exports.close()
    if company.story.calm:
        (home / "reference" / "targets.csv").write_text(own_targets(company.waits), "utf-8")
    else:
        (home / "reference" / "fixes.csv").write_text(voices.FIXES, "utf-8")
    accounting = dirt.plant(exports, home / "landing")
    truth = _truth(company, exports, accounting)
    (home / TRUTH).write_text(json.dumps(truth, indent=2, ensure_ascii=False) + "\n", "utf-8")
    tell(1.0, "done")
    return truth


def _write_months(company: Company, exports: Exports, tell: Progress) -> None:
    plan, months = company.plan, Months(company, exports)
    contacts = split(plan.contacts, company.story.volume)
    tickets = split(plan.tickets, company.story.volume)
    for month, day in enumerate(plan.calendar):
        tell(0.02 + 0.9 * month / plan.months, f"{day:%B %Y}")
        months.write(month, int(contacts[month]), int(tickets[month]))


def _write_registers(company: Company, exports: Exports) -> None:
    """What is not made month by month."""
    for columns in customer_rows(company.plan, company.clock, company.customers):
        exports.write("customers", "customers.csv", columns)
    exports.write("acd", "night_line.csv", telephony.night_line_rows(company))
    exports.write("workforce", "agents.csv", workforce.agent_rows(company))
    exports.write("zendesk", "users.csv", accounts.user_rows(company))
    exports.write("zendesk", "groups.csv", accounts.group_rows())
    exports.write("zendesk", "sla_policy_metric_history.csv", accounts.policy_metric_rows(company))
    questions, options = questionnaires.question_rows()
    exports.write("qualtrics", "question.csv", questions)
    exports.write("qualtrics", "question_option.csv", options)
    for name, columns in recruiting.recruiting_files(company).items():
        exports.write("greenhouse", name, columns)
    exports.write("jobboard", "job_postings.csv", jobboard.posting_rows(company))
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
        "effects": company.effects.truth(plan.tickets, plan.agents),
        "customers_say": voices.truth(company),
        "expected_accounting": expected,
        "files": sorted(exports.files),
    }
