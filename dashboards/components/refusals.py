"""Why rows are in quarantine, in the reader's language. The keys are those of the load's rules."""

from __future__ import annotations

from dashboards.language import _


def reason_word(reason: str) -> str:
    """A reason alone: ``end before start``. A rule of somebody's own map is said as it is called."""
    return {
        "null_key": _("the key is blank"),
        "missing_value": _("a value it needs is missing"),
        "unknown_value": _("an unknown category"),
        "not_parseable": _("not readable as what it should be"),
        "malformed_line": _("more or fewer cells than the header"),
        "repeated_header": _("the header again"),
        "end_before_start": _("end before start"),
        "later_than_as_of": _("later than the export"),
        "negative_duration": _("a negative duration"),
        "negative_count": _("a negative count"),
        "longer_than_a_day": _("longer than a day"),
        "share_above_one": _("a share above 100 %"),
        "outside_scale": _("an answer outside its scale"),
    }.get(reason.replace(" ", "_"), reason.replace("_", " "))


def reason_words(reason: str, field: str) -> str:
    """``end before start, in ended at``: the reason and the column it was found in."""
    said = reason_word(reason)
    return _("{reason}, in {field}", reason=said, field=field.replace("_", " ")) if field else said
