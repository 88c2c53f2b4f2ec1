"""Days, local hours, business hours and holidays of the company, as arrays; instants are seconds since 1970 in UTC."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

ZONE = "Europe/Berlin"
HOLIDAYS = (
    (1, 1, "New Year"),
    (5, 1, "Labour Day"),
    (10, 3, "German Unity Day"),
    (12, 25, "Christmas Day"),
    (12, 26, "Second Day of Christmas"),
)
EASTER = {
    2014: (4, 20),
    2015: (4, 5),
    2016: (3, 27),
    2017: (4, 16),
    2018: (4, 1),
    2019: (4, 21),
    2020: (4, 12),
    2021: (4, 4),
    2022: (4, 17),
    2023: (4, 9),
    2024: (3, 31),
    2025: (4, 20),
    2026: (4, 5),
    2027: (3, 28),
}
# Minutes of the local day in which tickets are worked on, Monday to Sunday; None is closed.
BUSINESS = [(480, 1200)] * 5 + [(540, 1020), None]
MARGIN = 150


def holidays(year: int) -> dict[date, str]:
    """Public holidays on which the company is closed, with their names."""
    easter = date(year, *EASTER[year])
    movable = {
        easter - timedelta(2): "Good Friday",
        easter + timedelta(1): "Easter Monday",
        easter + timedelta(39): "Ascension Day",
        easter + timedelta(50): "Whit Monday",
    }
    return {date(year, month, day): name for month, day, name in HOLIDAYS} | movable


class Clock:
    """The company's calendar from its first month to some months after its last (for work still to come)."""

    def __init__(self, months: list[date]) -> None:
        self.months = months
        end = (months[-1].replace(day=28) + timedelta(7)).replace(day=1)
        self.first_day, self.last_day = months[0], end - timedelta(1)
        self.days = (end - self.first_day).days
        self.dates = [self.first_day + timedelta(n) for n in range(self.days + MARGIN)]
        self.midnight = np.array([(d - date(1970, 1, 1)).days * 86_400 for d in self.dates])
        self.weekday = np.array([d.weekday() for d in self.dates])
        self.base = self.midnight - offsets(self.dates, ZONE)
        named = {day: name for year in range(self.first_day.year, end.year + 2) for day, name in holidays(year).items()}
        self.holiday = np.array([d in named for d in self.dates])
        self.holiday_names = {d: named[d] for d in self.dates[: self.days] if d in named}
        self.end = int(self.base[self.days])
        self.month_of = np.array(
            [(d.year - self.first_day.year) * 12 + d.month - self.first_day.month for d in self.dates]
        )
        self._open_business()

    def _open_business(self) -> None:
        spans = [
            (-1, -1) if BUSINESS[w] is None or closed else BUSINESS[w]
            for w, closed in zip(self.weekday, self.holiday, strict=True)
        ]
        usable = np.array([span[0] >= 0 for span in spans])
        minutes = np.array(spans)[usable]
        self.opens = self.base[usable] + minutes[:, 0] * 60
        self.closes = self.base[usable] + minutes[:, 1] * 60
        worked = np.concatenate([[0], np.cumsum(self.closes - self.opens)])
        # Knots of the piecewise linear function from instants to business seconds, and back.
        self._knots = np.stack([self.opens, self.closes], axis=1).ravel().astype(float)
        self._worked = np.stack([worked[:-1], worked[1:]], axis=1).ravel().astype(float)
        self._back = self._worked + np.arange(len(self._worked)) * 1e-4

    def business(self, instants: np.ndarray) -> np.ndarray:
        """Business seconds elapsed at each instant."""
        return np.interp(instants, self._knots, self._worked)

    def after_business(self, instants: np.ndarray, seconds: np.ndarray) -> np.ndarray:
        """The instants at which so many business seconds have passed; always inside business hours."""
        target = self.business(instants) + np.maximum(seconds, 1.0)
        return np.interp(target, self._back, self._knots)

    def day_of(self, instants: np.ndarray) -> np.ndarray:
        """Index of the local day of each instant."""
        return np.clip(np.searchsorted(self.base, instants, side="right") - 1, 0, len(self.base) - 1)

    def month_days(self, month: int) -> np.ndarray:
        """Indices of the days of a month."""
        return np.flatnonzero(self.month_of[: self.days] == month)


def offsets(dates: list[date], zone: str) -> np.ndarray:
    """Seconds that a zone's wall clock is ahead of UTC at noon of each day."""
    place = ZoneInfo(zone)
    shifts = (datetime(d.year, d.month, d.day, 12, tzinfo=place).utcoffset() for d in dates)
    return np.array([int(shift.total_seconds()) for shift in shifts if shift is not None])
