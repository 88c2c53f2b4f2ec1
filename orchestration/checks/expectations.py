"""The checks of the catalogue as Dagster's asset checks; they report what `quality/checks` found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import dagster as dg

from expectations.catalogue import Check, checks
from orchestration import auditing
from orchestration.assets import audit
from warehouse.settings import Settings

_SEVERITY = {"block": dg.AssetCheckSeverity.ERROR}


def expectation_checks(settings: Settings, known: set[dg.AssetKey]) -> list[dg.AssetChecksDefinition]:
    """One asset check per check of the catalogue whose table is an asset, grouped by when they are run."""
    before = [check for check in checks() if check.stage != "release"]
    after = [check for check in checks() if check.stage == "release"]
    groups = {"checks": (before, audit.KEY), "release_checks": (after, audit.RELEASE_KEY)}
    return [_reports(settings, name, group, key, known) for name, (group, key) in groups.items() if group]


def _asset_of(check: Check, known: set[dg.AssetKey], audit_key: dg.AssetKey) -> dg.AssetKey:
    key = dg.AssetKey(check.table.split(".", 1))
    return key if key in known else audit_key


def _reports(
    settings: Settings, name: str, group: Sequence[Check], key: dg.AssetKey, known: set[dg.AssetKey]
) -> dg.AssetChecksDefinition:
    assets = {check.name: _asset_of(check, known, key) for check in group}
    specs = [
        dg.AssetCheckSpec(
            check.name,
            asset=assets[check.name],
            description=check.about,
            additional_deps=[] if assets[check.name] == key else [key],
        )
        for check in group
    ]

    @dg.multi_asset_check(name=f"report_{name}", specs=specs)
    def report() -> Iterator[dg.AssetCheckResult]:
        """Tell Dagster what came of each check."""
        for row in auditing.check_rows(settings):
            if row["name"] in assets:
                yield dg.AssetCheckResult(
                    check_name=row["name"],
                    asset_key=assets[row["name"]],
                    passed=bool(row["passed"]),
                    severity=_SEVERITY.get(row["severity"], dg.AssetCheckSeverity.WARN),
                    description=row["detail"],
                )

    return report
