"""Findings of Market in words, and the names of indicators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboards import formats
from dashboards.components.words import capital
from dashboards.filters import Filters, shown_value
from dashboards.language import _, plural
from dashboards.queries.market import Line, Standing


def indicator_name(indicator: str) -> str:
    """An indicator in words; one that nobody named here keeps its own words."""
    known = {
        "own_contacts": _("Our contacts"),
        "own_headcount": _("Our headcount"),
        "own_openings": _("Our openings"),
        "own_cost_per_contact": _("Our cost per contact"),
        "job_postings_index": _("Job postings, index"),
        "new_job_postings_index": _("New job postings, index"),
        "market_postings_seen": _("Postings seen on job boards"),
        "job_openings": _("Job openings"),
        "employment": _("Employment"),
        "unemployed": _("Unemployed"),
        "unemployment_rate": _("Unemployment"),
        "labour_tightness": _("Vacancies per unemployed"),
        "wage_growth": _("Wage growth"),
        "posted_wage_growth": _("Posted wage growth"),
        "posted_wage_growth_3_months": _("Posted wage growth, 3 months"),
        "annual_wage_median": _("Median pay a year"),
        "hourly_wage_median": _("Median pay an hour"),
        "hourly_wage_mean": _("Mean pay an hour"),
        "consumer_price_index": _("Consumer prices, index"),
        "market_size_meur": _("Market size"),
        "remote_share": _("Work from home, share"),
        "support_programmes": _("Support programmes"),
        "competitors_in_market": _("Competitors in the market"),
        "skill_shortage_index": _("Skill shortage, index"),
        "price": _("Price"),
    }
    return known.get(indicator) or capital(indicator.replace("_", " ").replace("/", " "))


def line_name(line: Line) -> str:
    """A series in the chart, short."""
    short = {
        "job_postings_index": _("Postings"),
        "job_openings": _("Job openings"),
        "consumer_price_index": _("Prices"),
        "market_postings_seen": _("Postings seen"),
        "own_contacts": _("Our contacts"),
        "own_headcount": _("Our headcount"),
    }
    return short.get(line.indicator) or indicator_name(line.indicator)


def attribute_name(attribute: str) -> str:
    """An attribute that customers rate."""
    known = {"service": _("Service"), "price": _("Price"), "reliability": _("Reliability"), "delivery": _("Delivery")}
    return known.get(attribute) or capital(attribute.replace("_", " ").replace("-", " "))


def written(value: float | None, unit: str | None, currency: str = "EUR") -> str:
    """A figure with its published unit."""
    if value is None:
        return _("no data")
    match unit:
        case "ratio":
            return formats.percent(value)
        case "index":
            return formats.number(value, 1)
        case "score" | "score 1-5":
            return formats.number(value, 2)
        case "currency":
            return str(formats.money(value, currency))
        case "million EUR":
            return str(formats.money(value * 1e6, "EUR"))
        case "jobs" | "persons" | "count" | "postings" | "contacts" | "openings":
            return formats.count(value)
    if unit and len(unit) == 3 and unit.isupper():
        return str(formats.money(value, unit))
    return formats.number(value, 0 if abs(value) >= 100 else 2)


def growth_words(row: dict[str, Any]) -> str:
    """Growth over a year, or why there is none."""
    if row["growth_year"] is not None:
        if row["unit"] == "ratio":
            return formats.points(row["value"] - row["value_year_before"])
        return formats.signed_percent(row["growth_year"])
    return {
        "base is zero": _("base is zero"),
        "base is negative": _("base is negative"),
        "no value a year before": _("no year before"),
    }.get(row["growth_state"], _("no data"))


def conclusion(lines: Sequence[Line]) -> str:
    """Where the market for our people and our own work went from the common month."""
    own = next((one for one in lines if one.indicator == "own_contacts"), None)
    market = next((one for one in lines if not one.is_own), None)
    if own and market:
        slots = {
            "own": _moved(own.last),
            "market": _moved(market.last),
            "month": formats.month_long(own.base_on),
        }
        if market.indicator == "job_postings_index":
            return _("Since {month} postings moved {market}, our contacts {own}.", **slots)
        return _("Since {month} the market moved {market}, our contacts {own}.", **slots)
    if market:
        return _(
            "{name} moved {market} from {month} to {last}.",
            name=line_name(market),
            market=_moved(market.last),
            month=formats.month_long(market.base_on),
            last=formats.month_long(market.points[-1][0]),
        )
    return _("Nothing is known of the market yet; add a source of market indicators.")


def _moved(index: float) -> str:
    return formats.signed_percent((index - 100) / 100)


def lede(standings: Sequence[Standing], events: Sequence[dict[str, Any]]) -> str:
    """Where competitors are ahead, and the next rule."""
    said = []
    behind = sorted({attribute_name(s.attribute).lower() for s in standings if s.verdict == "behind"})
    ahead = sorted({attribute_name(s.attribute).lower() for s in standings if s.verdict == "ahead"})
    if behind:
        said.append(_("A competitor is **ahead of us** on {names}.", names=formats.say_list(behind)))
    if ahead:
        said.append(_("We lead one on {names}.", names=formats.say_list(ahead)))
    coming = [e for e in events if e["state"] == "announced"]
    if coming:
        first = min(coming, key=lambda e: e["holds_from"])
        said.append(
            _(
                "From {day}: **{event}**.",
                day=formats.date_long(first["holds_from"]),
                event=first["event"],
            )
        )
    if not said and not standings:
        return _("No competitor was rated.")
    return " ".join(said) or _("No competitor’s score differs from ours beyond chance.")


def elsewhere(until: date, filters: Filters) -> str:
    """Why the page speaks of another month than the period at its top."""
    slots = {"period": filters.period.label, "month": formats.month_long(until)}
    if filters.given:
        return _("Nothing of the market is known for {period}: shown are figures up to **{month}**.", **slots)
    return _("Our own data end in {period}: shown are the market’s figures up to **{month}**.", **slots)


def index_title(lines: Sequence[Line]) -> str:
    """Our contacts against the market on one axis."""
    own = next((one for one in lines if one.indicator == "own_contacts"), None)
    others = [one for one in lines if not one.is_own]
    if own and others:
        market = others[0]
        return _(
            "Our contacts moved **{own}**, {name} {market}",
            own=_moved(own.last),
            name=line_name(market).lower(),
            market=_moved(market.last),
        )
    if others:
        month, moved = formats.month_long(others[0].base_on), _moved(others[0].last)
        return _("{name} moved **{market}** since {month}", name=line_name(others[0]), market=moved, month=month)
    return _("Series with a common month at 100")


def standing_title(standings: Sequence[Standing]) -> str:
    """How many comparisons we win and lose."""
    judged = [s for s in standings if s.verdict != "insufficient"]
    if not judged:
        return _("No competitor’s score says how many were asked")
    ahead = sum(s.verdict == "ahead" for s in judged)
    behind = sum(s.verdict == "behind" for s in judged)
    return _(
        "Ahead in **{ahead}** of {all} comparisons, behind in **{behind}**", ahead=ahead, behind=behind, all=len(judged)
    )


def labour_title(rows: Sequence[dict[str, Any]]) -> str:
    """How hard people are to find, where vacancies and unemployed are known."""
    tight = next((r for r in rows if r["indicator"] == "labour_tightness"), None)
    if tight:
        return _("**{value}** vacancies stood against each person out of work", value=formats.number(tight["value"], 2))
    return _("The labour market in its last published figures")


def price_title(rows: Sequence[dict[str, Any]]) -> str:
    """Our price between the others'."""
    first = rows[0]["segment"]
    mine = [r for r in rows if r["segment"] == first]
    ours = next((r for r in mine if r["subject"] == "us"), None)
    if ours is None or len(mine) < 2:
        return _("List prices of competitors")
    cheaper = sum(r["value"] < ours["value"] for r in mine if r is not ours)
    return plural(
        "{n} of {all} competitors is cheaper than our **{price}**",
        "{n} of {all} competitors are cheaper than our **{price}**",
        cheaper,
        n=formats.count(cheaper),
        all=len(mine) - 1,
        price=written(ours["value"], ours["unit"]),
    )


def shift_title(rows: Sequence[dict[str, Any]]) -> str:
    """The channel that moved most."""
    sure = [r for r in rows if r["dimension"] == "channel" and r["is_sure"]]
    if not sure:
        return _("No channel’s share moved beyond chance")
    first = sure[0]
    name = shown_value("channel", first["entity"])
    slots = {
        "name": name,
        "change": formats.points(first["change"], sign=False),
        "share": formats.percent(first["share"]),
    }
    if first["change"] > 0:
        return _("{name} gained **{change}** of our contacts, to {share}", **slots)
    return _("{name} lost **{change}** of our contacts, to {share}", **slots)


def event_kind(kind: str) -> str:
    """The kind of a dated event."""
    return {
        "rule": _("Rule"),
        "standard": _("Standard"),
        "support_programme": _("Support programme"),
        "entrant": _("Newcomer"),
    }.get(kind, capital(kind.replace("_", " ")))


def event_state(state: str) -> str:
    """Whether it holds on the as-of day."""
    return {"announced": _("announced"), "in force": _("in force"), "over": _("over")}.get(state, state)


def events_title(rows: Sequence[dict[str, Any]]) -> str:
    """How many hold, how many come."""
    coming = sum(r["state"] == "announced" for r in rows)
    holding = sum(r["state"] == "in force" for r in rows)
    return _(
        "**{holding}** rules, programmes and newcomers are here, **{coming}** announced", holding=holding, coming=coming
    )
