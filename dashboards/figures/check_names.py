"""What a release's checks are called: families of them by their table, the rest by a sentence of their own."""

from __future__ import annotations

import re
from collections.abc import Callable

from dashboards.language import _

_FAMILIES: tuple[tuple[str, Callable[[str], str]], ...] = (
    (r"raw_(\w+)_contract", lambda table: _("The files fill what {table} requires", table=table_name(table))),
    (r"raw_(\w+)_categories", lambda table: _("Categories of {table} are known", table=table_name(table))),
    (r"(?:fct_)?(\w+)_key", lambda table: _("No row of {table} is there twice", table=table_name(table))),
    (r"fct_(\w+)_required", lambda table: _("Nothing required is empty in {table}", table=table_name(table))),
    (r"(\w+)_reconciles?", lambda table: _("{table}: every row read is accounted for", table=table_name(table))),
    (r"(\w+)_rollup_equals_the_facts", lambda table: _("Sums equal the rows: {table}", table=table_name(table))),
)


def check_name(name: str) -> str:
    """A check in words; one of the user's own goes by its id in words."""
    for pattern, words in _FAMILIES:
        found = re.fullmatch(pattern, name)
        if found:
            said = words(found[1])
            return said[:1].upper() + said[1:]
    return _NAMED[name]() if name in _NAMED else name.replace("_", " ").replace(".", ": ").capitalize()


def table_name(table: str) -> str:
    """A table of the data in words, inside a sentence."""
    known = _TABLES.get(table)
    return known() if known else table.replace("_", " ")


_TABLES: dict[str, Callable[[], str]] = {
    "agent_days": lambda: _("agents’ days"),
    "agent_time": lambda: _("agents’ time"),
    "agents": lambda: _("agents"),
    "application_stages": lambda: _("stages of applications"),
    "applications": lambda: _("applications"),
    "contacts": lambda: _("contacts"),
    "costs": lambda: _("costs"),
    "created": lambda: _("tickets created"),
    "customers": lambda: _("customers"),
    "interval_stats": lambda: _("queue intervals"),
    "job_postings": lambda: _("job postings"),
    "market_indicators": lambda: _("market figures"),
    "postings": lambda: _("job postings"),
    "promises": lambda: _("promises"),
    "quality_checks": lambda: _("quality checks"),
    "queue_intervals": lambda: _("queue intervals"),
    "solved": lambda: _("tickets solved"),
    "staffing_weeks": lambda: _("weeks of staffing"),
    "statements": lambda: _("statements"),
    "survey_answers": lambda: _("survey answers"),
    "survey_invitations": lambda: _("survey invitations"),
    "survey_responses": lambda: _("survey answers"),
    "surveys": lambda: _("survey answers"),
    "ticket_events": lambda: _("changes of tickets"),
    "ticket_promises": lambda: _("promises"),
    "tickets": lambda: _("tickets"),
    "training": lambda: _("training"),
}

_NAMED: dict[str, Callable[[], str]] = {
    "a_question_has_one_scale": lambda: _("A question has one scale"),
    "accepted_offers_were_decided": lambda: _("Accepted offers were decided"),
    "adherence_stays_inside_the_schedule": lambda: _("Adherence stays inside the schedule"),
    "agent_time_is_not_negative": lambda: _("Agents’ time is not negative"),
    "agents_time_is_of_known_kinds": lambda: _("Agents’ time is of known kinds"),
    "an_agents_day_has_24_hours": lambda: _("An agent’s day has 24 hours"),
    "answers_lie_inside_their_scale": lambda: _("Answers lie inside their scale"),
    "available_time_is_told": lambda: _("Time waited for contacts is told"),
    "backlog_carries_over": lambda: _("The backlog carries over from day to day"),
    "backlog_ends_with_the_open_tickets": lambda: _("The backlog ends with the open tickets"),
    "backlog_flow_identity": lambda: _("Backlog: yesterday + created + reopened − solved − deleted = today"),
    "backlog_is_not_negative": lambda: _("The backlog is not negative"),
    "business_minutes_fit_into_calendar_minutes": lambda: _("Business time fits into calendar time"),
    "ces_answers_have_a_scale": lambda: _("Answers on effort have a scale"),
    "competitor_scores_say_their_n": lambda: _("Competitors’ scores say their n"),
    "columns_of_the_swot_are_not_personal": lambda: _("Columns of the SWOT are not personal"),
    "contact_durations_are_not_negative": lambda: _("Durations of contacts are not negative"),
    "contact_handling_times_are_plausible": lambda: _("Handling times of contacts are plausible"),
    "contact_parts_stay_inside_their_whole": lambda: _("Parts of contacts stay inside their whole"),
    "contact_waits_are_plausible": lambda: _("Waits of contacts are plausible"),
    "contacts_end_after_they_arrive": lambda: _("Contacts end after they arrive"),
    "contacts_month_equals_the_days": lambda: _("A month of contacts equals its days"),
    "costs_are_in_one_currency": lambda: _("Costs are in one currency"),
    "csat_answers_have_a_scale": lambda: _("Answers on satisfaction have a scale"),
    "customers_of_solved_tickets_are_known": lambda: _("Customers of solved tickets are known"),
    "decided_offers_say_when": lambda: _("Decided offers say when"),
    "employees_answers_only_in_groups": lambda: _("Employees’ answers are only in groups"),
    "every_row_read_is_accounted_for": lambda: _("Every row read is accounted for"),
    "factors_speak_of_metrics": lambda: _("Factors speak of metrics that exist"),
    "few_answers_lie_outside_their_scale": lambda: _("Few answers lie outside their scale"),
    "few_rows_are_quarantined": lambda: _("Few rows are quarantined"),
    "filled_postings_say_when": lambda: _("Filled postings say when"),
    "forecast_interval_holds": lambda: _("The forecasts’ interval holds what it promises"),
    "handling_times_are_complete": lambda: _("Handling times are complete"),
    "headcount_flow_identity": lambda: _("Headcount: last month + hired − left = this month"),
    "hires_come_after_their_opening": lambda: _("Hires come after their opening"),
    "invitations_cover_their_answers": lambda: _("Invitations cover their answers"),
    "little_of_offered_is_unexplained": lambda: _("Little of what was offered is unexplained"),
    "market_figures_have_a_vintage": lambda: _("Market figures say when they were published"),
    "market_series_go_on": lambda: _("Market series go on"),
    "nps_answers_are_0_to_10": lambda: _("Answers on recommendation are 0 to 10"),
    "offered_is_the_sum_of_its_parts": lambda: _("Offered is the sum of its parts"),
    "other_questions_have_one_scale": lambda: _("Other questions have one scale"),
    "our_verdict_on_promises_is_the_sources_own": lambda: _("Our verdict on promises is the source’s own"),
    "paid_time_covers_its_parts": lambda: _("Paid time covers its parts"),
    "pay_says_its_period": lambda: _("Pay says its period"),
    "promises_cover_the_tickets": lambda: _("Promises cover the tickets"),
    "quarantine_holds_every_row_it_counts": lambda: _("The quarantine holds every row it counts"),
    "quarantine_is_within_its_limit": lambda: _("The quarantine is within its limit"),
    "recruiting_durations_are_not_negative": lambda: _("Durations of recruiting are not negative"),
    "released_columns_are_not_personal": lambda: _("Released columns are not personal"),
    "released_texts_hold_no_addresses_or_numbers": lambda: _("Released texts hold no addresses or numbers"),
    "requisitions_say_when_they_were_opened": lambda: _("Openings say when they were opened"),
    "tickets_stand_in_one_source": lambda: _("Tickets stand in one source"),
    "solved_tickets_say_when": lambda: _("Solved tickets say when"),
    "sources_add_up_to_their_files": lambda: _("Sources add up to their files"),
    "sources_are_fresh": lambda: _("Sources are fresh"),
    "survey_parts_stay_inside_their_whole": lambda: _("Parts of surveys stay inside their whole"),
    "targets_speak_of_metrics": lambda: _("Targets speak of metrics that exist"),
    "texts_of_the_swot_hold_no_addresses_or_numbers": lambda: _("Texts of the SWOT hold no addresses or numbers"),
    "ticket_durations_are_not_negative": lambda: _("Durations of tickets are not negative"),
    "ticket_parts_stay_inside_their_whole": lambda: _("Parts of tickets stay inside their whole"),
    "tickets_end_after_they_begin": lambda: _("Tickets end after they begin"),
    "topics_of_solved_tickets_are_known": lambda: _("Topics of solved tickets are known"),
    "waits_histogram_equals_the_facts": lambda: _("The waits by length add up to the contacts"),
}
