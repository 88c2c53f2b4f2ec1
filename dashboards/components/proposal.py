"""The form that adopts an objective: owner, goal, due date and actions, prefilled with what is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.marks import icon
from dashboards.components.markup import Html
from dashboards.figures.swot_names import role_name
from dashboards.language import _, current
from dashboards.queries.objectives import to_shown

_HALF_A_YEAR = timedelta(days=182)


def proposal(name: str, told: Mapping[str, Any], unit: str, currency: str, as_of: date, *, label: str = "") -> Html:
    """A button that opens the form of what is proposed; `name` is unique on the page. Sent by the page's own script."""
    button = html.Summary(
        [icon("target"), label or _("Adopt")],
        className="control solid" if label else "control small",
        **{"data-focus": f"propose {name}"},
    )
    return html.Details([button, _form(name, told, unit, currency, as_of)], className="propose")


def _form(name: str, told: Mapping[str, Any], unit: str, currency: str, as_of: date) -> Html:
    due = str(told["due"])[:10] if told.get("due") else (as_of + _HALF_A_YEAR).isoformat()
    first = (as_of + timedelta(days=1)).isoformat()
    fields = [
        _field(
            name, "owner", _("Owner"), type="text", value=role_name(told.get("owner_role")), required=True,
            maxlength=200,
        ),
        _field(
            name, "to", _goal_label(unit, currency), type="number", step="any",
            value=to_shown(told["goal_to"], unit), required=True,
        ),
        _field(name, "due", _("Due"), type="date", value=due, min=first, required=True),
        _field(name, "actions", _("What will be done"), type="text", value="", maxlength=500),
    ]  # fmt: skip
    hidden = {"pair": told["pair"]} if told.get("pair") else _by_hand(told)
    kept = [html.Input(type="hidden", name=key, value=value) for key, value in hidden.items()]
    end = html.Div(
        [
            html.Button(_("Adopt objective"), type="submit", className="control solid small"),
            html.Span(_("Recorded with your name and the time."), className="caption"),
        ],
        className="propose-end",
    )
    said = html.P("", className="propose-said", role="alert")
    address = "/objectives" + (f"?lang={current()}" if current() != "en" else "")
    failed = _("The server did not answer; nothing was written.")
    return html.Form([*kept, *fields, end, said], **{"data-adopt": address, "data-failed": failed})


def _by_hand(told: Mapping[str, Any]) -> dict[str, str]:
    return {
        "metric": str(told["metric"]),
        "dimension": str(told["entity_dimension"]),
        "entity": str(told["entity"] or ""),
    }


def _field(form: str, name: str, label: str, **attributes: Any) -> Html:
    place = f"{form}-{name}"
    return html.Div(
        [html.Label(label, htmlFor=place), html.Input(id=place, name=name, className="field", **attributes)],
        className=f"propose-field {name}",
    )


def _goal_label(unit: str, currency: str) -> str:
    written = {
        "ratio": "%",
        "seconds": formats.unit_word("seconds"),
        "minutes": formats.unit_word("minutes"),
        "hours": formats.unit_word("hours"),
        "days": formats.unit_word("days"),
        "currency": currency,
    }.get(unit)
    return _("Goal, {unit}", unit=written) if written else _("Goal")
