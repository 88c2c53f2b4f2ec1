"""A rating of two words beside other things: ``good`` and ``bad``."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.inspection.profile import Profile
from ingestion.inspection.surveys import Item
from ingestion.inspection.words import lexicon, plain, words

_CALLED = {"rating", "satisfaction", "csat", "score", "rate"}
_UNRATED = {"unoffered", "offered"}
_PLACES = {"true": 1, "false": 0}
_PRAISE = {"good", "bad", "satisfied", "dissatisfied", "happy", "unhappy", "positive", "negative"}
_MIDDLE = {"neutral", "indifferent"}
_MORE = {"happy": 1, "positive": 1, "unhappy": 0, "negative": 0}


def good_or_bad(profiles: Sequence[Profile]) -> Item | None:
    """The first column called a rating whose every answer is one of two words of praise and blame."""
    return next((item for profile in profiles if (item := _item(profile)) is not None), None)


def _item(profile: Profile) -> Item | None:
    if not _CALLED & set(words(profile.name)) or {_bare(value) for value in profile.counts} - {"", *_PRAISE}:
        return None
    said = {value: _place(value) for value in profile.counts if _bare(value)}
    if set(said.values()) != {0, 1}:
        return None
    places = tuple((value, place) for value, place in said.items() if place is not None)
    unrated = tuple(value for value in profile.counts if not _bare(value))
    return Item(profile.name, "rating", "csat", None, "perception", 0.0, 1.0, places, unrated)


def _bare(value: str) -> str:
    """``rated_good`` is good, ``neutral or dissatisfied`` is not satisfied; ``not rated`` is no answer."""
    said = plain(value)
    told = [half for half in said.split(" or ") if half not in _MIDDLE] or [said]
    return "" if said in _UNRATED else " or ".join(told).removeprefix("rated ")


def _place(value: str) -> int | None:
    said = _bare(value)
    return _MORE.get(said, _PLACES.get(lexicon().truth.get(said, "")))
