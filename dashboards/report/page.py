"""The report as one HTML file: styles, fonts and charts are inside it, nothing is fetched."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import Any

from dashboards.components.markup import typeset
from dashboards.components.tables import Column, cell_text
from dashboards.language import _
from dashboards.report.charts import line_svg, mark_svg
from dashboards.report.fonts import HAN, SANS, SERIF, font_file
from dashboards.report.model import Lines, Mark, Report

WORDS = "words"
"""The kind of a column whose numbers come written already."""
_TEMPLATE = "page.html.j2"


def write_page(report: Report, target: Path) -> None:
    """Write the report to `target`."""
    target.write_text(page(report), encoding="utf-8")


def page(report: Report) -> str:
    """The report as text."""
    from jinja2 import Environment, FileSystemLoader

    made = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, finalize=_set)
    filters: dict[str, Any] = {
        "rich": _rich,
        "kind": lambda block: type(block).__name__,
        "drawn": _drawn,
        "is_left": is_left,
    }
    made.filters |= filters
    made.globals |= {"cell": cell, "strip": _strip, "contents": _("Contents"), "closing": _("End of the report.")}
    template = made.get_template(_TEMPLATE)
    body = template.render(report=report, fonts=[])
    return template.render(report=report, fonts=_fonts(body))


def _kind(block: object) -> str:
    return type(block).__name__


def is_left(column: Column) -> bool:
    """Whether a column of a report's table starts at the left: words do, numbers do not."""
    return column.kind in ("text", "date", "instant") and not column.unit_key


def cell(row: Any, column: Column, currency: str) -> str:
    """A value of a report's table in words; words that are missing are left out. A date or number stays on one line."""
    value = row.get(column.key)
    if value is None and (column.unit_key or column.kind in (WORDS, "text")):
        return ""
    if column.kind in (WORDS, "text") and not column.unit_key:
        return typeset(str(value))
    written = cell_text(value, column, row, currency)
    return written if value is None else written.replace(" ", "\u00a0")


def _set(value: Any) -> Any:
    """Plain text as its language sets it; what is markup already stays."""
    return typeset(value) if type(value) is str else value


def _rich(text: str) -> Any:
    from markupsafe import Markup, escape

    return Markup(re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", str(escape(typeset(text)))))


def _drawn(block: Lines) -> Any:
    from markupsafe import Markup

    return Markup(_own_names(line_svg(block.chart), block.title))


def _strip(mark: Mark, quadrant: str) -> Any:
    from markupsafe import Markup

    svg = mark_svg(mark, helps=quadrant in ("strength", "opportunity"))
    return Markup(_own_names(svg, f"{quadrant}{mark}"))


def _own_names(svg: str, salt: str) -> str:
    """Names inside one drawing must not meet those of another in the same page."""
    own = format(abs(hash_of(salt)), "x")
    named = re.sub(r'\bid="([^"]+)"', rf'id="{own}-\1"', svg)
    return re.sub(r'(url\(|href=")#', rf"\1#{own}-", named)


def hash_of(text: str) -> int:
    """A number that is the same in every process."""
    import zlib

    return zlib.crc32(text.encode("utf-8"))


def _fonts(body: str) -> list[tuple[str, int, str, str]]:
    found = [
        (SANS, 400, _coded(font_file(SANS).read_bytes()), "ttf"),
        (SANS, 640, _coded(font_file(SANS, bold=True).read_bytes()), "ttf"),
        (SERIF, 560, _coded(font_file(SERIF).read_bytes()), "ttf"),
    ]
    han = {sign for sign in body if ord(sign) >= 0x2E80}
    return [*found, (HAN, 400, _coded(_cut(han)), "otf")] if han else found


def _coded(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _cut(signs: set[str]) -> bytes:
    """The Chinese font with the signs of this report only: the whole one has eight megabytes."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(font_file(HAN), lazy=True)
    subsetter = Subsetter(Options(layout_features=[], hinting=False))
    subsetter.populate(text="".join(sorted(signs)))
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
