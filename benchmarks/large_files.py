"""Large files of no origin, and how long `swotlight inspect` takes for each: a wide table, a survey and a workbook.

Their columns are of every kind that exports have: numbers, amounts, instants, days, durations, shares, words and texts.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.processes import COMMAND, run_watched
from benchmarks.table import Line

INSPECT_SECONDS = 2.0
_RUNS = 3
_BEGIN = datetime(2026, 1, 1)
_KINDS: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("amount", lambda i: str(i * 7919 % 10_000)),
    ("rate", lambda i: f"{i * 31 % 9_973 / 100:.2f}"),
    ("created", lambda i: f"{_BEGIN + timedelta(minutes=7 * i):%Y-%m-%d %H:%M:%S}"),
    ("date", lambda i: f"{_BEGIN + timedelta(days=i % 365):%d/%m/%Y}"),
    ("duration", lambda i: f"{i % 3}:{i * 7 % 60:02}:{i * 13 % 60:02}"),
    ("share", lambda i: f"{i * 17 % 100}%"),
    ("topic", lambda i: ("billing", "delivery", "refund", "login", "other")[i * 11 % 5]),
    ("comment", lambda i: f"some words that somebody wrote about order {i}"),
    ("flag", lambda i: ("yes", "no", "")[i * 5 % 3]),
    ("state", lambda i: ("open", "solved", "pending")[i * 3 % 3 - i % 2]),
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def rows(columns: int, count: int) -> Iterator[list[str]]:
    """A header and so many rows: the number, the instant and the state of a request, and columns of every kind."""
    others = [(f"{name} {place}", place, make) for place in range(columns - 3) for name, make in [_KINDS[place % 10]]]
    yield ["Ticket ID", "Created At", "Status", *(name for name, _, _ in others)]
    for i in range(count):
        created = f"{_BEGIN + timedelta(minutes=i):%Y-%m-%d %H:%M}"
        yield [str(i), created, ("open", "solved")[i % 2], *(make(i + 3 * place) for _, place, make in others)]


def write_table(path: Path, columns: int, count: int) -> Path:
    """A CSV of columns of every kind."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows(columns, count))
    return path


def write_survey(path: Path, items: int, count: int) -> Path:
    """A CSV of many questions on one scale."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(
            ["Respondent ID", "Date", *(f"Q{n} How satisfied are you with part {n}?" for n in range(items))]
        )
        for i in range(count):
            day = f"{_BEGIN + timedelta(days=i % 90):%Y-%m-%d}"
            writer.writerow([i, day, *(1 + (i * 7 + n * n) % 5 for n in range(items))])
    return path


def write_workbook(path: Path, sheets: int, columns: int, count: int) -> Path:
    """An XLSX whose sheets are alike."""
    named = [f"Part {place}" for place in range(1, sheets + 1)]
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(named, 1))
    part = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    kinds = (
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    relations = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, sheets + 1)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        override = f'<Override PartName="/xl/workbook.xml" ContentType="{part}"/>'
        book.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{kinds}{override}</Types>')
        book.writestr("_rels/.rels", _relations([("r1", "officeDocument", "xl/workbook.xml")]))
        book.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
        )
        book.writestr("xl/_rels/workbook.xml.rels", _relations(relations))
        for number in range(1, sheets + 1):
            book.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(rows(columns, count)))
    return path


def _relations(told: list[tuple[str, str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for i, kind, to in told)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _sheet(told: Iterator[list[str]]) -> str:
    body = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in told)
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'


def _cell(text: str) -> str:
    if text.replace(".", "", 1).isdigit():
        return f"<c><v>{text}</v></c>"
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def large_lines() -> list[Line]:
    """How long the whole command takes for each, the quickest of a few runs."""
    with tempfile.TemporaryDirectory(prefix="swotlight-bench-") as folder:
        files = [
            ("400 columns, 20,000 rows", write_table(Path(folder) / "wide.csv", 400, 20_000)),
            ("a survey of 200 questions, 20,000 rows", write_survey(Path(folder) / "survey.csv", 200, 20_000)),
            ("a workbook of 3 sheets, 50,000 rows each", write_workbook(Path(folder) / "book.xlsx", 3, 10, 50_000)),
        ]
        return [_line(said, path) for said, path in files]


def _line(said: str, path: Path) -> Line:
    ran = [run_watched([*COMMAND, "inspect", "--json", str(path)]) for _ in range(_RUNS)]
    if any(one.code for one in ran):
        print(ran[-1].err, file=sys.stderr)
    seconds = min(one.seconds for one in ran)
    return Line.limited(f"inspect of {said}", seconds, INSPECT_SECONDS, "{:.2f} s")
