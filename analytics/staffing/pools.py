"""Who shares work with whom: teams that answer the same live channels form a pool."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analytics.staffing.inputs import Inputs

# A channel that takes less of a team's live time than this is a favour, not a skill.
SMALLEST_SHARE = 0.05
SHARED_FROM = 0.5


@dataclass(frozen=True)
class Pool:
    """Teams and the live channels they share. ``shared`` = share of agent-days spent on more than one channel."""

    name: str
    teams: tuple[str, ...]
    channels: tuple[str, ...]
    shared: float
    is_staffed: bool

    @property
    def is_pooled(self) -> bool:
        """Whether people switch between the channels, so that one queue's slack serves the other."""
        return len(self.channels) == 1 or self.shared >= SHARED_FROM


def find_pools(inputs: Inputs) -> list[Pool]:
    """Pools of staffed teams, then queues whose people are not in the data (a partner's line), in a fixed order."""
    live = set(inputs.channels.loc[inputs.channels.is_live.astype(bool), "channel"])
    links = _links(inputs, live)
    pools = [_pool(inputs, teams, channels) for teams, channels in _components(links)]
    staffed = {(team, channel) for pool in pools for team in pool.teams for channel in pool.channels}
    served = {channel for _, channel in staffed}
    for team in sorted(set(inputs.arrivals.team) - {team for team, _ in staffed}):
        queues = sorted(set(inputs.arrivals.loc[inputs.arrivals.team == team, "channel"]) & live)
        lost = [channel for channel in queues if team != "unknown" or channel not in served]
        if lost:
            pools.append(Pool(team, (team,), tuple(lost), 0.0, is_staffed=False))
    return pools


def _links(inputs: Inputs, live: set[str]) -> dict[str, set[str]]:
    """Live channels of each team by time handled; of the contacts where nobody's time is known."""
    time = inputs.time[inputs.time.channel.isin(live) & (inputs.time.handling > 0) & (inputs.time.team != "unknown")]
    links: dict[str, set[str]] = {}
    for team, rows in time.groupby("team"):
        share = rows.groupby("channel").handling.sum() / rows.handling.sum()
        links[str(team)] = {str(channel) for channel in share.index[share >= SMALLEST_SHARE]}
    return links


def _components(links: dict[str, set[str]]) -> Iterable[tuple[list[str], list[str]]]:
    left = dict(sorted(links.items()))
    while left:
        team, channels = next(iter(left.items()))
        teams, channels = [team], set(channels)
        del left[team]
        grown = True
        while grown:
            more = [other for other, theirs in left.items() if theirs & channels]
            grown = bool(more)
            for other in more:
                teams.append(other)
                channels |= left.pop(other)
        yield sorted(teams), sorted(channels)


def _pool(inputs: Inputs, teams: list[str], channels: list[str]) -> Pool:
    rows = inputs.shared[inputs.shared.team.isin(teams)]
    days = float(rows.agent_days.sum())
    shared = float((rows.share * rows.agent_days).sum()) / days if days else 0.0
    busiest = inputs.arrivals[inputs.arrivals.channel.isin(channels)].groupby("channel").offered.sum()
    name = str(busiest.idxmax()) if len(busiest) else channels[0]
    return Pool(name, tuple(teams), tuple(channels), shared, is_staffed=True)
