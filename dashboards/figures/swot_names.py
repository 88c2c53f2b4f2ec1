"""What the SWOT's codes are called: themes, owners' roles, comparators in menus, tests. Names only, no sentences."""

from __future__ import annotations

from analytics.metrics import parse_where
from dashboards import formats
from dashboards.language import _
from dashboards.names import dimension_label, shown_value


def theme_name(theme: str | None) -> str:
    """A theme of the factor catalogue; one of the user's own goes by its id in words."""
    names = {
        "customer_value": _("Customer value"),
        "service_quality": _("Service quality"),
        "technology": _("Technology"),
        "people": _("People"),
        "cost": _("Cost"),
        "process": _("Process"),
        "demand": _("Demand"),
        "labour_market": _("Labour market"),
        "competition": _("Competition"),
        "rules_and_support": _("Rules and support"),
    }
    return names.get(theme or "") or (theme or "").replace("_", " ").capitalize()


def role_name(role: str | None) -> str:
    """The owner of a factor: the shipped roles in the page's language, others as the user wrote them."""
    names = {
        "Customer care manager": _("Customer care manager"),
        "Head of finance": _("Head of finance"),
        "Head of operations": _("Head of operations"),
        "Head of technology": _("Head of technology"),
        "Market analyst": _("Market analyst"),
        "People manager": _("People manager"),
        "Quality manager": _("Quality manager"),
        "Recruiting manager": _("Recruiting manager"),
        "Workforce planner": _("Workforce planner"),
    }
    return names.get(role or "") or role or ""


def against_name(comparator: str) -> str:
    """A comparator as the filter names it."""
    return {
        "target": _("Target"),
        "peer": _("Peers"),
        "previous": _("A year before"),
        "trend": _("Trend"),
        "expectation": _("Expectation"),
        "importance": _("What matters most"),
        "rival": _("Rivals"),
    }.get(comparator, comparator.capitalize())


def slice_words(text: str) -> str:
    """The part of a metric that a factor looks at: ``Only: indicator Job postings, segment Customer Service``."""
    parts = [f"{dimension_label(name).lower()} {shown_value(name, value)}" for name, value in parse_where(text)]
    return _("Only: {parts}.", parts=formats.say_list(parts))


def test_name(test: str) -> str:
    """A test as the drawer names it; one it does not know keeps its English name."""
    names = {
        "score test, clustered by day, agent and customer": _("score test, clustered by day, agent and customer"),
        "seasonal Mann–Kendall, Hamed–Rao; slope of Theil and Sen": _(
            "seasonal Mann–Kendall, Hamed–Rao; slope of Theil and Sen"
        ),
        "t over weeks, perception against expectation": _("t over weeks, perception against expectation"),
        "t over pairs of months": _("t over pairs of months"),
        "t over months, against the target": _("t over months, against the target"),
        "t over days, against the target": _("t over days, against the target"),
        "t over months, beside the others": _("t over months, beside the others"),
        "difference of log quantiles, clustered by day, agent and customer": _(
            "difference of log quantiles, clustered by day, agent and customer"
        ),
        "z of two scores with their standard errors": _("z of two scores with their standard errors"),
        "quasi-Poisson by month": _("quasi-Poisson by month"),
        "Welch, clustered by day, agent and customer": _("Welch, clustered by day, agent and customer"),
        "Welch, clustered by week, agent and customer": _("Welch, clustered by week, agent and customer"),
        "Welch on differences by day, clustered by it, agent and customer": _(
            "Welch on differences by day, clustered by it, agent and customer"
        ),
        "Welch on differences by week, clustered by it, agent and customer": _(
            "Welch on differences by week, clustered by it, agent and customer"
        ),
    }
    return names.get(test, test.replace("_", " "))
