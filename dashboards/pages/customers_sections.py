"""The lower half of Customers and needs: segments, loyalty, complaints, who answers, comments, Kano, waves."""

from __future__ import annotations

from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.figure import Foot, empty, figure_section
from dashboards.components.markup import Html
from dashboards.components.tables import Table, table_view
from dashboards.components.words import plain
from dashboards.figures import customers_said as speech
from dashboards.figures import customers_sentences as sentences
from dashboards.figures import customers_tables as tabled
from dashboards.figures.customers_words import cut_name
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.pages.parts import cut_links, data_link, definition_of, rows_link
from dashboards.pages.withheld import rests_on
from dashboards.queries import customers as queries
from dashboards.reading import Reading

PATH = "/customers"
CUT_OF_TAB = {
    "segment": "segment", "region": "region", "age": "age_band", "gender": "gender", "spend": "spend_band",
    "tenure": "tenure_band", "industry": "industry", "size": "company_size",
}  # fmt: skip
SHOWN = 8
LANGUAGES_TOLD = ("en", "zh", "vi")


def few(table: Table, *keys: str) -> Table:
    """The columns a narrow section has room for; the file has all."""
    return Table(tuple(c for c in table.columns if c.key in keys), table.rows, table.currency)


def segments_section(reading: Reading, filters: Filters) -> Html:
    """Customers by the chosen cut, with value, contacts, satisfaction and the chance of leaving."""
    known = queries.cuts(reading)
    if not known:
        words = empty(_("No register of customers is in the release."), _("A source of customers would fill this."))
        return figure_section("segments", _("Who our customers are"), "", words)
    cut = CUT_OF_TAB.get(filters.extra("tab") or "", "segment")
    cut = cut if cut in known else known[0]
    rows = queries.segments(reading, cut)
    title = sentences.segments_title(rows, cut)
    tabs = [(cut_name(name), {"tab": tab}, name == cut) for tab, name in CUT_OF_TAB.items() if name in known]
    table = tabled.segments_table(rows, cut, reading.currency)
    foot = Foot(
        note=_("Chance of leaving: leavers per customer-year of the last twelve months, 95\u202f% interval"),
        data=data_link(PATH, "segments", filters),
        has_table=False,
    )
    sub = _("Groups, never persons; a group under five customers is hidden, and what would give it away")
    return figure_section(
        "segments", title, sub, table_view(table, label=plain(title)), foot, extra=cut_links(PATH, filters, tabs)
    )


def loyalty_section(reading: Reading, filters: Filters) -> Html:
    """Who stays and who buys again, by satisfaction class."""
    rows = queries.loyalty(reading)
    if not rows:
        words = empty(
            _("No customer’s answer is 180 days old yet."),
            _("Answers and a register of customers would show the link."),
        )
        return figure_section("loyalty", _("Satisfaction and loyalty"), "", words)
    title = sentences.loyalty_title(rows)
    link = next((r for r in rows if r["kind"] == "retention" and r["difference"] is not None), None)
    note = ""
    if link:
        note = _(
            "Difference {difference}, 95\u202f% interval {interval} points, p {p}",
            difference=formats.points(link["difference"]),
            interval=formats.interval(link["difference_low"], link["difference_high"], "ratio"),
            p=formats.p_value(link["p"]),
        )
    foot = Foot(
        note=note,
        definition=definition_of(reading, "retention_rate"),
        data=data_link(PATH, "loyalty", filters),
        has_table=False,
    )
    sub = _("An association: nobody was made satisfied by lot")
    table = few(tabled.loyalty_table(rows), "kind", "satisfaction_class", "rate", "customers")
    return figure_section("loyalty", title, sub, table_view(table, label=plain(title)), foot)


@rests_on("complaints", lambda: _("Complaints by topic"), "complaint_rate")
def complaints_section(reading: Reading, filters: Filters) -> Html:
    """Complaints by topic, and what dated fixes did."""
    fixes, topics = queries.fixes(reading), queries.complaint_topics(reading, filters)
    title = sentences.complaints_title(fixes, topics)
    if not fixes and not topics:
        words = empty(_("No complaints were counted."), _("Tickets marked as complaints would fill this table."))
        return figure_section("complaints", title, "", words)
    parts: list[Any] = []
    if fixes:
        brief = few(tabled.fixes_table(fixes), "topic", "fixed_on", "before", "step", "low", "high", "verdict")
        parts.append(table_view(brief, label=_("Fixes and what became of the complaints")))
    if topics:
        parts.append(table_view(tabled.topics_table(topics[:SHOWN]), label=_("Complaints by topic")))
    foot = Foot(
        note=_("Fixes: weekly series, Newey–West errors; the week of the fix counts on neither side"),
        definition=definition_of(reading, "repeat_complaint_rate"),
        data=data_link(PATH, "complaints", filters),
        rows=rows_link("fct_tickets", filters),
        has_table=False,
    )
    sub = _("{period} by topic; fixes over 26 weeks before and after", period=filters.period.label)
    return figure_section("complaints", title, sub, html.Div(parts, className="stacked"), foot)


def answering_section(reading: Reading, filters: Filters) -> Html:
    """Who answers against who contacted us."""
    rows = queries.bias(reading)
    if not rows:
        words = empty(_("No answers beside contacts."), _("Surveys with a channel, region or topic would fill this."))
        return figure_section("answering", _("Who answers"), "", words)
    title = sentences.bias_title(rows)
    out = sorted(rows, key=lambda r: (r["verdict"] == "in line", -abs(r["answer_share"] - r["contact_share"])))
    table = tabled.bias_table(out[: SHOWN + 2])
    foot = Foot(
        note=_("In line: the interval of the answers’ share holds the requests’ share"),
        definition=definition_of(reading, "response_rate"),
        data=data_link(PATH, "answering", filters),
        has_table=False,
    )
    sub = _("Shares of requests and of answers, last twelve months; the furthest out of line first")
    return figure_section("answering", title, sub, table_view(table, label=plain(title)), foot)


def comments_section(reading: Reading, filters: Filters) -> Html:
    """Comments, from groups of ten."""
    said = queries.examples(reading)
    title = sentences.comments_title(queries.needs(reading))
    if not said:
        sentence = empty(_("Fewer than ten customers spoke of the same need."), _("Comments are shown from ten on."))
        return figure_section("comments", title, "", sentence)
    parts = [table_view(speech.comments_table(said[: SHOWN + 4]), label=_("Comments"))]
    foot = Foot(
        note=_("No mood is scored: its accuracy could not be shown"),
        data=data_link(PATH, "comments", filters),
        has_table=False,
    )
    sub = _("Names, addresses and numbers taken out; shown where ten customers or more spoke of the same need")
    return figure_section("comments", title, sub, html.Div(parts, className="stacked"), foot)


def words_section(reading: Reading, filters: Filters) -> Html:
    """Topics that were found in comments, and their words."""
    topics, words = queries.found(reading), queries.terms(reading)
    if not topics and not words:
        sentence = empty(_("No word was said by ten customers."), _("Comments of customers would fill this table."))
        return figure_section("words", _("What comments are about"), "", sentence)
    title = sentences.words_title(topics, words)
    parts: list[Any] = []
    if topics:
        shown = [row for code in LANGUAGES_TOLD for row in [r for r in topics if r["language"] == code][:4]]
        table = few(speech.found_table(shown), "language", "terms", "customers", "dissatisfied")
        parts.append(table_view(table, label=_("Topics of comments")))
    if words:
        first = [row for code in LANGUAGES_TOLD for row in [r for r in words if r["language"] == code][:2]]
        parts.append(table_view(speech.words_table(first), label=_("Words")))
    foot = Foot(
        note=_("Found by TF-IDF and non-negative factors; words and topics of ten customers or more"),
        data=data_link(PATH, "topics", filters),
        has_table=False,
    )
    sub = _("Last twelve months, by language; the language is told by script, small words and py3langid")
    return figure_section("words", title, sub, html.Div(parts, className="stacked"), foot)


def kano_section(reading: Reading, filters: Filters) -> Html:
    """Kano's classes of features asked about in pairs."""
    rows = queries.kano(reading)
    if not rows:
        words = empty(_("No features were asked about in pairs."), _("Paired questions (with it, without it) would."))
        return figure_section("kano", _("What features mean to customers"), "", words)
    title = sentences.kano_title(rows)
    foot = Foot(data=data_link(PATH, "kano", filters), has_table=False)
    sub = _("Kano’s classes from paired questions; beyond chance: the class leads the next one (Fong, 90\u202f%)")
    return figure_section("kano", title, sub, table_view(tabled.kano_table(rows), label=plain(title)), foot)


@rests_on("response", lambda: _("Who was asked and who answered"), "response_rate")
def response_section(reading: Reading, filters: Filters) -> Html:
    """Who was asked, who answered and how far, wave by wave."""
    rows = queries.last_waves(reading)
    if not rows:
        words = empty(_("No survey is in the release."), _("A source of surveys would fill this table."))
        return figure_section("response", _("Who was asked and who answered"), "", words)
    title = sentences.response_title(rows)
    foot = Foot(
        note=_(
            "Answered: of those invited at least 14 days ago. Completed: every closed question; not applicable counts."
        ),
        definition=definition_of(reading, "response_rate"),
        data=data_link(PATH, "response", filters),
        has_table=False,
    )
    sub = _("Every survey by wave, a quarter where it has none; 95\u202f% interval; small waves are told as they are")
    return figure_section("response", title, sub, table_view(tabled.response_table(rows), label=plain(title)), foot)


def waves_section(reading: Reading, filters: Filters) -> Html:
    """Every question's last waves."""
    rows = queries.results(reading)
    if not rows:
        words = empty(_("No survey is in the release."), _("A source of surveys would fill this table."))
        return figure_section("waves", _("Surveys by wave"), "", words)
    newest: dict[tuple[str, str], int] = {}
    shown = []
    for row in rows:
        key = (row["survey"], row["item"])
        newest[key] = newest.get(key, 0) + 1
        if newest[key] == 1:
            shown.append(row)
    title = sentences.waves_title(rows)
    foot = Foot(data=data_link(PATH, "waves", filters), has_table=False)
    sub = _("Each question’s last wave against the one before; the file holds eight waves")
    return figure_section(
        "waves", title, sub, table_view(tabled.waves_table(shown, queries.waves(reading)), label=plain(title)), foot
    )
