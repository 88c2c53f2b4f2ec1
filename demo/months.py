"""Month by month: what happened is made, summed up where later parts need it, and written at once."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from demo import accounts, helpdesk, panels, satisfaction, spending, surveys, telephony, workforce
from demo.company_parts import Company
from demo.contacts import Contacts, contacts_of
from demo.exports import Exports
from demo.plan import split
from demo.questionnaires import Wave
from demo.repeats import NOBODY, Pending
from demo.ticket_rows import Tickets
from demo.tickets import tickets_of

# Above this many tickets the big files are cut by month rather than by year.
MONTHLY_FILES = 3_000_000
# Tickets made at a time; a larger month is made in slices, each with its own share of the agents.
SLICE = 120_000


@dataclass
class Months:
    """Writes the months of a company in order, counting the numbers that rows carry."""

    company: Company
    exports: Exports
    contacts: int = 0
    tickets: int = 0
    training: int = 0
    checks: int = 0
    due: dict[int, Pending] = field(default_factory=dict)
    taught: list[np.ndarray] = field(default_factory=list)

    def write(self, month: int, contacts: int, tickets: int) -> None:
        """Make a month, in as many slices as its size asks for, and write it."""
        day, parts = self.company.clock.months[month], -(-tickets // SLICE)
        name = f"_{day:%Y-%m}.csv" if self.company.plan.tickets > MONTHLY_FILES else f"_{day:%Y}.csv"
        self.company.parts = parts
        even = np.ones(parts)
        sizes = zip(split(contacts, even), split(tickets, even), strict=True)
        for part, (calls, cases) in enumerate(sizes):
            self.company.part = part
            self._write_slice(month, name, int(calls), int(cases))
        self.company.part, self.company.parts = 0, 1
        self._write_staff(month, name)
        for wave in (panels.relation_survey(self.company, month), panels.staff_survey(self.company, month)):
            self._write_wave(wave, name)

    def _write_slice(self, month: int, name: str, contacts: int, tickets: int) -> None:
        company, part = self.company, self.company.part
        arrived = contacts_of(company, month, self.contacts, contacts)
        opened, self.due[part] = tickets_of(company, month, arrived, self.tickets, tickets, self.due.get(part, NOBODY))
        self.contacts, self.tickets = self.contacts + contacts, self.tickets + tickets
        self.exports.write("contacts", "contacts" + name, telephony.contact_rows(company, arrived, opened))
        self._write_tickets(month, name, opened, arrived)
        workforce.add_handling(company, month, arrived)
        checks = workforce.check_rows(company, month, arrived, opened, self.checks, self._trained())
        self.checks += self.exports.write("workforce", "quality_checks.csv", checks)
        self._write_wave(surveys.contact_survey(company, month, arrived), name)

    def _write_tickets(self, month: int, name: str, opened: Tickets, arrived: Contacts) -> None:
        company = self.company
        said = helpdesk.messages_of(company, month, opened)
        for stem, columns in (
            ("tickets", helpdesk.ticket_rows(company, opened)),
            ("ticket_field_history", helpdesk.history_rows(company, opened)),
            ("ticket_comments", helpdesk.comment_rows(opened, said)),
            ("ticket_audits", helpdesk.audit_rows(opened, said)),
            ("satisfaction_ratings", satisfaction.rating_rows(company, month, opened, arrived)),
            ("ticket_sla_policies", accounts.policy_rows(opened)),
        ):
            self.exports.write("zendesk", stem + name, columns)

    def _trained(self) -> np.ndarray:
        """Per agent how far the hours of courses of the last three months are from the usual: ± a half on average."""
        late = np.sum(self.taught[-3:], axis=0) if len(self.taught) > 3 else np.zeros(self.company.staff.n)
        known = (late > 0) & (np.sum(self.taught[:-3], axis=0) > 0) if late.any() else late > 0
        if not known.any():
            return np.zeros(self.company.staff.n)
        apart = np.where(known, late - late[known].mean(), 0.0)
        return np.clip(apart / max(2 * np.abs(apart[known]).mean(), 1e-9), -1.5, 1.5)

    def _write_staff(self, month: int, name: str) -> None:
        training, hours = workforce.training_rows(self.company, month, self.training)
        self.training += self.exports.write("workforce", "training.csv", training)
        self.taught.append(hours.sum(axis=0))
        self.exports.write("workforce", "agent_time" + name, workforce.time_rows(self.company, month, hours))
        self.exports.write("workforce", "costs.csv", spending.cost_rows(self.company, month))

    def _write_wave(self, wave: Wave | None, name: str) -> None:
        if wave is None:
            return
        self.exports.write("qualtrics", "survey_response" + name, wave.responses)
        for columns in wave.answers:
            self.exports.write("qualtrics", "question_response" + name, columns)
        for columns in wave.embedded:
            self.exports.write("qualtrics", "survey_embedded_data" + name, columns)
        self.exports.write("invitations", "survey_invitations" + name, wave.invitations)
