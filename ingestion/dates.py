"""How the dates of one column of one file are written, decided from its rows and never row by row.

Values are grouped by shape (digits count, letters stay). A shape either says its order itself (ISO, month names) or
must be told by its numbers: a 13…31 in first place is a day. What no row tells apart is refused and asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ingestion.date_readings import DATES, TIME, WEEKDAYS, ZONE, DateReading, Shape
from ingestion.date_words import in_order, respelled

_ONE_IN = 1000
# By chance half of ten days lie above 12 in none of a thousand columns.
_TRACES = 10
_LONGEST = 60


@dataclass
class _Family:
    """Shapes whose order of day, month and year is decided together."""

    kind: str
    separator: str
    year: str
    shapes: list[tuple[Shape, str, str]] = field(default_factory=list)

    def total(self, name: str) -> int:
        return sum(getattr(shape, name) for shape, _, _ in self.shapes)

    @property
    def example(self) -> str:
        return self.shapes[0][0].example


def decide(shapes: Iterable[Shape], *, is_date: bool = False, order: str | None = None) -> DateReading:
    """One reading for the whole column, or a question. ``order`` is that of what no row tells, where it is known."""
    iso, offsets = False, False
    formats: dict[str, list[str]] = {"local": [], "utc": [], "offset": []}
    unread: list[Shape] = []
    epoch: set[int] = set()
    families: dict[tuple[str, ...], _Family] = {}
    rewritten: list[tuple[str, str]] = []
    total = 0
    for shape in shapes:
        total += shape.count
        parsed = _parse(shape, is_date=is_date)
        if parsed is None:
            parsed, used = _parse_respelled(shape, is_date=is_date)
            rewritten += used
        if parsed is None:
            digits = re.fullmatch(r"(9{10}|9{13})(?:\.9+)?", shape.pattern)
            if digits and not is_date:
                epoch.add(len(digits[1]))
            else:
                unread.append(shape)
            continue
        kind, separator, year, date_format, rest, zone = parsed
        if date_format is not None:
            formats[zone].append(date_format + rest)
            continue
        fine = (kind, separator, year, re.sub(r"\d", "", rest), zone)
        families.setdefault(fine, _Family(kind, separator, year)).shapes.append((shape, rest, zone))
    orders = {key: _order(family) for key, family in families.items()}
    _borrow(families, orders)
    if order is not None:
        orders = {key: order if found == "open" and key[0] == "num" else found for key, found in orders.items()}
    # A cast takes either separator; beside another order of day and month it would read that one's dates too.
    may_cast = "Y-d-m" not in orders.values()
    question: str | None = None
    suggestions: tuple[str, ...] = ()
    plain: list[str] = []
    for key, family in families.items():
        settled = orders[key]
        if settled in ("mixed", "open") and family.total("count") * _ONE_IN <= total:
            unread += [shape for shape, _, _ in family.shapes]
            continue
        if settled in ("mixed", "open"):
            question, suggestions = _question(family, settled), _suggestions(family)
            continue
        for _shape, rest, zone in family.shapes:
            if may_cast and settled == "Y-m-d" and _is_castable(family, rest):
                iso, offsets = True, offsets or zone != "local"
                plain.append(_date_format(family, settled) + rest)
            else:
                formats[zone].append(_date_format(family, settled) + rest)
    unique = {zone: tuple(dict.fromkeys(found)) for zone, found in formats.items()}
    if iso and not offsets and set(plain) == {"%Y-%m-%d %H:%M:%S"} and not any(unique.values()):
        # The usual export: parsed strictly by one format, which is faster than a cast that must look for offsets.
        iso, unique["local"] = False, tuple(plain)
    return DateReading(
        iso, offsets, unique["local"], unique["utc"], unique["offset"], tuple(sorted(epoch)),
        unread=tuple(unread), question=question, suggestions=suggestions, doubt=_half_converted(families.values()),
        respelling=in_order(rewritten),
    )  # fmt: skip


_Parsed = tuple[str, str, str, str | None, str, str]


def _parse_respelled(shape: Shape, *, is_date: bool) -> tuple[_Parsed | None, tuple[tuple[str, str], ...]]:
    """A shape that is none of ours as it stands, tried with its words and its order changed into ours."""
    if len(shape.pattern) > _LONGEST:
        return None, ()
    pattern, used = respelled(shape.pattern)
    if not used:
        return None, ()
    # An offset that a zone's letters became has digits of its own.
    pattern = re.sub(r"\d", "9", pattern)
    changed = replace(shape, pattern=pattern, example=respelled(shape.example)[0])
    parsed = _parse(changed, is_date=is_date)
    return parsed, used if parsed else ()


def _parse(shape: Shape, *, is_date: bool) -> _Parsed | None:
    """Kind, separator, year width, a settled date format or ``None``, the format of the rest, and its zone."""
    pattern, example = shape.pattern, shape.example
    lead = re.match(WEEKDAYS, pattern)
    prefix = ""
    if lead:
        word = lead[0].rstrip(" ,")
        prefix = ("%a" if len(word) == 3 else "%A") + lead[0][len(word) :]
        pattern, example = pattern[lead.end() :], example[lead.end() :]
    for kind, form in DATES:
        match = form.match(pattern)
        if not match or (kind in ("ym", "my", "yb", "by", "y") and match.end() != len(pattern)):
            continue
        if kind == "y" and not is_date:
            continue
        rest = _rest(pattern[match.end() :], example[match.end() :])
        if rest is None:
            continue
        settled = _settled(kind, match)
        groups = match.groupdict()
        order = prefix + settled if settled is not None else None
        if prefix and order is None:
            continue
        return kind, groups.get("s") or "", groups.get("y") or "9999", order, rest[0], rest[1]
    return None


def _settled(kind: str, match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    first, second = groups.get("s") or "", groups.get("s2") or ""
    year = "%y" if groups.get("y") == "99" else "%Y"
    month = "%B" if len(groups.get("m") or "") > 3 else "%b"
    return {
        "compact": "%Y%m%d",
        "stamp": "%Y%m%d%H%M%S",
        "dby": f"%d{first}{month}{second}{year}",
        "bdy": f"{month}{first}%d{second}{year}",
        "ybd": f"%Y{first}{month}{second}%d",
        "by": f"{month}{first}{year}",
        "yb": f"%Y{first}{month}",
        "ym": f"%Y{first}%m",
        "my": f"%m{first}%Y",
        "y": "%Y",
    }.get(kind)


def _rest(pattern: str, example: str) -> tuple[str, str] | None:
    """The format of what follows the date, and whether its instants are local, UTC or carry an offset."""
    written = ""
    compact = re.match(r"^t9999(99)?", pattern)
    if compact:
        written = example[0] + "%H%M" + ("%S" if compact[1] else "")
        pattern, example = pattern[compact.end() :], example[compact.end() :]
    time = TIME.match(pattern)
    if time:
        half = time["half"] or ""
        clock = ("%I" if half else "%H") + ":%M" + (":%S" if time["second"] else "")
        fraction = time["fraction"] or ""
        if fraction:
            clock += fraction[0] + ("%f" if len(fraction) <= 7 else "%n")
        written = example[: len(time["gap"])] + clock + half[: len(half) - 2] + ("%p" if half else "")
        pattern, example = pattern[time.end() :], example[time.end() :]
    if not pattern:
        return written, "local"
    zone = ZONE.match(pattern)
    if not zone or not (time or compact):
        return None
    if zone["zone"] in ("z", "utc", "gmt"):
        return written + example, "utc"
    return written + zone["blank"] + "%z", "offset"


def _order(family: _Family) -> str:
    first, second, third = (family.total(name) for name in ("days_first", "days_second", "days_third"))
    if family.kind == "ymd":
        return _judge({"Y-m-d": third, "Y-d-m": second}) or "Y-m-d"
    if family.year == "99" and family.separator == "-" and family.total("over_31_first"):
        return "y-m-d" if not family.total("over_31_third") else "mixed"
    decided = _judge({"d-m-Y": first, "m-d-Y": second})
    if decided:
        return decided
    return "open" if family.total("different") else "m-d-Y"


def _judge(evidence: dict[str, int]) -> str | None:
    """The order that the rows speak for; a rare stray (one in a thousand) is a bad row, not a second format."""
    (winner, most), (_, least) = sorted(evidence.items(), key=lambda item: -item[1])
    if not most:
        return None
    return winner if least * _ONE_IN <= most else "mixed"


def _half_converted(families: Iterable[_Family]) -> str | None:
    """A spreadsheet of another country takes 03/04 for a date, swapped, and leaves 13/04 a text.

    Its traces: among real dates no day is above 12, and among texts every one is.
    """
    found = list(families)
    real = [family for family in found if family.kind == "ymd"]
    texts = [family for family in found if family.kind == "num"]
    n_real, n_texts = (sum(family.total("count") for family in some) for some in (real, texts))
    swapped = not any(family.total("days_third") or family.total("days_second") for family in real)
    left = all(family.total("days_first") + family.total("days_second") == family.total("count") for family in texts)
    if not (swapped and left and min(n_real, n_texts) >= _TRACES):
        return None
    return (
        f"day and month of some dates may be swapped: no day is above 12 where it is written like "
        f"{real[0].example!r}, and every one is where it is written like {texts[0].example!r}"
    )


def _borrow(families: dict[tuple[str, ...], _Family], orders: dict[tuple[str, ...], str]) -> None:
    """A shape without evidence follows its sisters that differ only in the time of day, when they all agree; or those
    that differ in more and hold no other day than above 12: a spreadsheet took the rest of the same texts for dates.
    """
    for key, family in [(key, family) for key, family in families.items() if orders[key] == "open"]:
        likes = {other: sister for other, sister in families.items() if other != key and sister.kind == family.kind}
        alike = {
            orders[other]
            for other, sister in likes.items()
            if (sister.separator, sister.year) == (family.separator, family.year)
        }
        left = {orders[other] for other, sister in likes.items() if _is_left_over(sister)}
        found = alike - {"open"} or left
        if len(found) == 1:
            orders[key] = found.pop()


def _is_left_over(family: _Family) -> bool:
    """Whether every row has a day above 12, and they are too many for chance."""
    decided = family.total("days_first") + family.total("days_second")
    return decided == family.total("count") >= _TRACES


def _is_castable(family: _Family, rest: str) -> bool:
    plain = re.fullmatch(r"(?:[tT ]%H:%M(?::%S(?:\.%[fn])?)?)?(?:Z|z| ?UTC|%z)?", rest)
    return family.separator in "-/" and bool(plain) and " %z" not in rest


def _date_format(family: _Family, order: str) -> str:
    year = "%y" if family.year == "99" else "%Y"
    return family.separator.join({"Y": year, "y": "%y", "m": "%m", "d": "%d"}[part] for part in order.split("-"))


def _question(family: _Family, order: str) -> str:
    if order == "mixed":
        return f"some rows have the day where others have the month (such as {family.example!r})"
    return f"no row tells day from month (such as {family.example!r})"


def _suggestions(family: _Family) -> tuple[str, ...]:
    orders = ("Y-m-d", "Y-d-m") if family.kind == "ymd" else ("d-m-Y", "m-d-Y")
    return tuple(_date_format(family, order) + family.shapes[0][1] for order in orders)
