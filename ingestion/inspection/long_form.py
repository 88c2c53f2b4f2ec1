"""Proposed maps whose rows become several: wide surveys, a rating beside other things, tables of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingestion.contracts import load_contracts
from ingestion.inspection.figures import Figures
from ingestion.inspection.month_columns import TOTALS, headings_and_month
from ingestion.inspection.rated_at import RATED_AT, at_field, invitations
from ingestion.inspection.state_columns import kind_tables, state_tables
from ingestion.inspection.surveys import Item
from warehouse.store import quote_text

if TYPE_CHECKING:
    from ingestion.inspection.proposal import Proposal

FIRST_MONTH, SPENT_ON = "first_month", "spent_on"
_NUMBER = (
    "try_cast(replace(rtrim(regexp_replace(item.answer, '[ $€£]', '', 'g'), '%'), ',', '') as double)"
    " / case when item.answer like '%\\%' escape '\\' then 100 else 1 end"
)


def long_form(proposal: Proposal, name: str) -> dict[str, Any]:
    """The map of a proposal with questions, a rating or figures."""
    fields = {line.column: line.given for line in proposal.lines}
    fields |= {one.field: one.given for one in proposal.states}
    fields |= {name: line.given for name, line in at_field(proposal.rated_at).items()}
    if proposal.guess.figures and proposal.guess.figures.form == "months":
        # A later file of the same months takes the place of an earlier one; that of another year stands beside it.
        fields[SPENT_ON] = fields.pop("item")
        fields[FIRST_MONTH] = {"from": proposal.guess.figures.columns[0], "type": "text"}
    shape: dict[str, Any] = {"recognise": proposal.recognise}
    key = _key(proposal, fields)
    if key:
        shape["key"] = key
    if proposal.version:
        shape["version"] = proposal.version
    shape["fields"] = fields
    return {
        "adapter": name,
        "title": f"{name.replace('_', ' ')}, as proposed by inspect",
        "shapes": {"row": shape},
        "tables": _tables(proposal, fields),
    }


def _key(proposal: Proposal, fields: dict[str, Any]) -> list[str]:
    table = proposal.guess.table
    contract = load_contracts()[table]
    if proposal.states:
        return [column for column in contract.key if column in fields]
    if proposal.guess.figures and proposal.guess.figures.form == "months":
        return [name for name in (SPENT_ON, FIRST_MONTH) if name in fields]
    if proposal.guess.figures:
        wanted = ["response_id"] if table == "survey_responses" else ["segment", "indicator", "region", "period_on"]
        return [column for column in wanted if column in fields and "value" not in fields[column]]
    key = [column for column in contract.key if column in fields and column not in ("item_id", "role")]
    return key if table == "survey_responses" or len(key) == len(contract.key) else []


def _tables(proposal: Proposal, fields: dict[str, Any]) -> list[dict[str, Any]]:
    columns = {line.column: f"row.{line.column}" for line in proposal.lines} | proposal.emptied
    if proposal.states and proposal.guess.table == "costs":
        return kind_tables(proposal.states, columns)
    if proposal.states:
        return state_tables(proposal.states, columns)
    table: dict[str, Any] = {"table": proposal.guess.table, "from": "row"}
    if proposal.guess.figures:
        if proposal.guess.figures.form == "months":
            return [_month_table(proposal.guess.figures, proposal.amount, columns)]
        where = f"item.answer is not null and {proposal.where}" if proposal.where else "item.answer is not null"
        table |= {"where": where, "unpivot": _figure_items(proposal.guess.figures)}
        table["columns"] = {**columns, **_figure_columns(proposal.guess.figures, columns)}
        return [table]
    table |= {"where": proposal.where} if proposal.where else {}
    if proposal.rated_at and not proposal.rating:
        table["where"] = "row.responded_at is not null" + (" or item.answer is not null" if proposal.items else "")
        asked = [invitations(columns)]
    else:
        asked = [_rating_table(proposal, fields)] if proposal.rating else []
    if proposal.items:
        table |= {"unpivot": _unpivot(proposal.items), "columns": {**columns, **_item_columns()}}
    else:
        table["columns"] = columns
    return [table, *asked]


def _month_table(figures: Figures, amount: str, columns: dict[str, str]) -> dict[str, Any]:
    """Costs with a column a month; lines that sum others up are left out."""
    headings, month = headings_and_month(figures.columns)
    told = {name: sql for name, sql in columns.items() if name != FIRST_MONTH}
    is_sum = f"regexp_matches(lower(coalesce(row.{SPENT_ON}, '')), {quote_text(TOTALS)})"
    where = f"item.answer is not null and {amount} is not null and not {is_sum}"
    return {
        "table": "costs", "from": "row", "where": where, "unpivot": headings,
        "columns": {**told, "item": f"row.{SPENT_ON}", "month_on": month, "amount": amount},
    }  # fmt: skip


def _figure_items(figures: Figures) -> dict[str, Any]:
    if figures.form == "years":
        return {"matching": r"(?:FY ?)?(?:19|20)\d\d"}
    return {"columns": {name: {"text": name} for name in figures.columns}}


def _figure_columns(figures: Figures, have: dict[str, str]) -> dict[str, str]:
    if figures.form == "shares":
        return {
            "item_id": "item.item", "role": "'perception'", "item_text": "item.text", "value": _NUMBER,
            "instrument": "'employee'" if figures.is_employees else "'other'",
            "audience": "'employee'" if figures.is_employees else "'customer'",
            "scale_min": "0", "scale_max": "1",
        }  # fmt: skip
    told = {"subject": have.get("subject", "'market'"), "value": _NUMBER}
    if figures.form == "years":
        return {**told, "period_on": "make_date(cast(right(item.item, 4) as integer), 1, 1)"}
    return {**told, "indicator": "item.item"}


def _unpivot(items: list[Item]) -> dict[str, Any]:
    return {"columns": {item.name: _item(item) for item in items}}


def _item(item: Item) -> dict[str, Any]:
    given: dict[str, Any] = {
        "item": item.item,
        "instrument": item.instrument,
        "role": item.role,
        "text": item.name,
        "scale": [item.low, item.high],
    }
    if item.dimension:
        given["dimension"] = item.dimension
    if item.words:
        given["values"] = dict(item.words)
    elif item.no_answer:
        given["not_applicable"] = list(item.no_answer)
    if item.low == 1 and not item.words:
        given["nulls"] = ["0"]
    return given


def _item_columns() -> dict[str, str]:
    return {
        "item_id": "item.item", "role": "item.role", "instrument": "item.instrument", "dimension": "item.dimension",
        "item_text": "item.text",
        "value": "item.value", "no_answer": "item.no_answer",
        "scale_min": "item.scale_min", "scale_max": "item.scale_max",
    }  # fmt: skip


def _rating_table(proposal: Proposal, fields: dict[str, Any]) -> dict[str, Any]:
    """The score of a ticket or a contact as an answer of its own."""
    item = proposal.rating
    assert item is not None
    ours, main = load_contracts()["survey_responses"].columns, proposal.guess
    id_column = {"tickets": "ticket_id", "contacts": "contact_id"}.get(main.table)
    when = next(
        (f for f in ("responded_at", "ended_at", "solved_at", "closed_at", "arrived_at", "created_at") if f in fields),
        None,
    )
    identity = f"row.{id_column}" if id_column else next(f"row.{c}" for c in fields)
    columns = {"response_id": identity, "item_id": "item.item"}
    columns |= {
        c: f"row.{c}"
        for c in ("ticket_id", "contact_id", "customer_id", "agent_id", "channel", "team", "region", "topic")
        if c in fields and c in ours
    }
    days = [f"row.{name}" for name in (RATED_AT, when) if name in fields]
    if days:
        columns["responded_at"] = days[0] if len(days) == 1 else f"coalesce({', '.join(days)})"
    columns |= {key: value for key, value in _item_columns().items() if key not in ("item_id", "dimension")}
    return {
        "table": "survey_responses",
        "from": "row",
        "where": "item.value is not null",
        "unpivot": _unpivot([item]),
        "columns": columns,
    }
