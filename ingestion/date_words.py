"""Dates as people write them in other languages and orders, respelled so that they can be parsed.

What belongs here: rewritings of text, each a regular expression that Python and the engine read alike. Which of them
a column needs is found by `respelled`, from the shapes of its values; columns of plain dates need none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

# Months as they are written, in the order of the year; any number of spellings parted by a stroke.
_MONTHS = (
    # Spanish, Portuguese, French, German, Italian, Dutch, Polish
    "enero|ene|janeiro|janvier|janv|jänner|jaenner|januar|gennaio|gen|januari|styczeń|stycznia|sty",
    "febrero|fevereiro|fev|février|fevrier|févr|fevr|fév|februar|febbraio|februari|luty|lutego|lut",
    "marzo|março|marco|mars|märz|maerz|mrz|mär|maart|mrt|marzec|marca",
    "abril|abr|avril|avr|aprile|april|kwiecień|kwietnia|kwi",
    "mayo|maio|mai|maggio|mag|mei|maja|maj",
    "junio|junho|juin|juni|giugno|giu|czerwiec|czerwca|cze",
    "julio|julho|juillet|juil|juli|luglio|lug|lipiec|lipca|lip",
    "agosto|ago|août|aout|augustus|august|sierpień|sierpnia|sie",
    "septiembre|setiembre|setembro|septembre|settembre|sept|set|wrzesień|września|wrz",
    "octubre|outubro|out|octobre|oktober|okt|ottobre|ott|październik|października|paź",
    "noviembre|novembro|novembre|november|listopad|listopada|lis",
    "diciembre|dic|dezembro|dez|décembre|decembre|déc|dezember|dicembre|december|grudzień|grudnia|gru",
)
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = (
    "mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|"
    "lunes|martes|miércoles|jueves|viernes|sábado|domingo|lun|mié|jue|vie|sáb|dom|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|mer|jeu|ven|sam|dim|"
    "segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|seg|ter|qua|qui|sex|"
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|mo|di|mi|do|fr|sa|so"
)
# In this order. What stands before and after the date is kept.
_RESPELLINGS: tuple[tuple[str, str], ...] = (
    (r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]", r"\1-\2-\3"),
    (r"^(\d{4}) ?[年년] ?(\d{1,2}) ?[月월]$", r"\1-\2"),
    (r"^(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\.?( |$)", r"\1-\2-\3\4"),
    # A point in the time, as in Italy and Denmark: ``03/05/2026 14.05``.
    (r"^(\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}) (\d{1,2})\.(\d{2})(?:\.(\d{2}))?$", r"\1 \2:\3"),
    # Halves of the day: with blanks inside, in front of the time, of other languages.
    ("[\u00a0\u202f]", " "),
    (r"(?i)\b([ap])\. ?m\.?", r"\1m"),
    (r"(?:上午|午前|오전|凌晨|清晨|早上) ?(\d{1,2}:\d{2}(?::\d{2})?)", r"\1 am"),
    (r"(?:下午|午後|오후|中午|晚上) ?(\d{1,2}:\d{2}(?::\d{2})?)", r"\1 pm"),
    (r"(?i)(:\d{2}) ?sa$", r"\1 am"),
    (r"(?i)(:\d{2}) ?ch$", r"\1 pm"),
    (r"(?i)^ngày ", ""),
    (r"(?i)(\d{1,2}) tháng (\d{1,2})(?:, ?| năm | )(\d{4})", r"\3-\2-\1"),
    (r"(?i)^tháng (\d{1,2})(?:[/, ]+| năm )(\d{4})$", r"\2-\1"),
    # The time first: ``10:30:00 05/03/2024``, ``10:30:00 UTC 2024-03-05``.
    (r"(?i)^(\d{1,2}:\d{2}(?::\d{2})?) (utc|gmt|[ecmp][ds]t|cest|cet) (\d.*\d)$", r"\3 \1 \2"),
    (r"(?i)^(\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?),? (.*\d)$", r"\2 \1"),
    (r"(?i)([a-zûé])\.", r"\1"),
    (rf"(?i)^(?:{_WEEKDAYS}),? ", ""),
    # As programs print it: ``Mon Sep 07 2026 09:14:22 GMT+0000 (UTC)``, ``Mon Sep  7 09:14:22 +0000 2026``.
    (r"(?i) ?(?:gmt|utc)([+-]\d{2}:?\d{2})", r" \1"),
    (r"([+-]\d{2}:?\d{2}) ?\([^()]*\)$", r"\1"),
    (r"(?i)^([a-z]{3,9}) +(\d{1,2}) (\d{2}:\d{2}:\d{2}) ([+-]\d{4}|utc|gmt) (\d{4})$", r"\1 \2 \5 \3 \4"),
    (r"(?i)^([a-z]{3,9}) +(\d{1,2}) (\d{2}:\d{2}:\d{2}) (\d{4})$", r"\1 \2 \4 \3"),
    (r"(\d)\. ?([^\d\s])", r"\1 \2"),
    (r"(?i)(\d)(?:st|nd|rd|th|er|º|ª)([ ,])", r"\1\2"),
    (r"(?i) de[l]? ", " "),
    # Abbreviations that mean one offset wherever they are written after a time; CST, IST and BST do not.
    *(
        (rf"(?i)(:\d{{2}}) ?{zone}$", rf"\1 {offset}")
        for zone, offset in (
            ("edt", "-0400"),
            ("est", "-0500"),
            ("cdt", "-0500"),
            ("mdt", "-0600"),
            ("mst", "-0700"),
            ("pdt", "-0700"),
            ("pst", "-0800"),
            ("cest", "+0200"),
            ("cet", "+0100"),
        )
    ),
)


_LETTERS = re.compile(r"[^\W\d_]+")


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern, _ in _RESPELLINGS)


@cache
def _months() -> tuple[tuple[str, str], ...]:
    """Every spelling and its English one, the longest first, so that none is found inside another."""
    known = {
        spelling: english
        for english, spellings in zip(_ENGLISH, _MONTHS, strict=True)
        for spelling in spellings.split("|")
    }
    return tuple(sorted(known.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def respelled(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A text (or the shape of one) that can be parsed, and what was rewritten to get it."""
    used: list[tuple[str, str]] = []
    for form, (pattern, replacement) in zip(_forms(), _RESPELLINGS, strict=True):
        changed = form.sub(replacement, text)
        if changed != text:
            used.append((pattern, replacement))
            text = changed
    spelt = set(_LETTERS.findall(text.lower()))
    month = next(((spelling, english) for spelling, english in _months() if spelling in spelt), None)
    if month is not None:
        pattern, english = rf"(?i){month[0]}", month[1]
        used.append((pattern, english))
        text = re.sub(pattern, english, text)
    return text, tuple(used)


def in_order(used: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Rewritings of many shapes, each once, in the order in which they must be made."""
    every = [*_RESPELLINGS, *((rf"(?i){spelling}", english) for spelling, english in _months())]
    wanted = set(used)
    return tuple(one for one in every if one in wanted)


def is_reordering(one: tuple[str, str]) -> bool:
    """Whether a rewriting puts the parts of a date in another order, so that a given format would no longer fit."""
    return one[1].count("\\") > 1
