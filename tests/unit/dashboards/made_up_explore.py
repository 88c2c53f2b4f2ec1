"""Questions of the Explore page; its metrics are those of the other pages."""

from __future__ import annotations

ADDRESSES = [
    ("/explore", ""),
    ("/explore", "?metric=service_level&by=channel"),
    ("/explore", "?metric=csat&grain=month"),
    ("/explore", "?metric=backlog&by=team&grain=week"),
    ("/explore", "?metric=no_such_metric&by=nothing&grain=month"),
]
