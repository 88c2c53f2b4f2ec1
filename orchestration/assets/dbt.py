"""Rows become marts: dbt's models and seeds as assets with their lineage, built by dbt inside this process."""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, build_dbt_asset_specs

from expectations.catalogue import checks
from orchestration import dbt_runner
from orchestration.auditing import EarlyAudit
from orchestration.progress import Progress
from orchestration.runs import open_build
from warehouse.drafting import Draft
from warehouse.settings import Settings


class SchemaTranslator(DagsterDbtTranslator):
    """Keys are ``schema/table``, as an analyst writes them; groups are the layers."""

    def __init__(self) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_asset_checks=False))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """``marts/fct_tickets``; a source of schema ``raw``, ``ingest`` or ``config`` likewise."""
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The layer."""
        return str(dbt_resource_props["schema"])

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The description of the yml, without the SQL."""
        return str(dbt_resource_props.get("description") or "")


def dbt_assets(settings: Settings, progress: Progress, early: EarlyAudit, draft: Draft) -> dg.AssetsDefinition:
    """Every seed and model of the project; raw rows are checked beside, and the release is drafted from then on."""
    manifest = dbt_runner.read_manifest(settings)
    translator = SchemaTranslator()
    specs = build_dbt_asset_specs(manifest=manifest, dagster_dbt_translator=translator)
    keys = {
        unique_id: translator.get_asset_key(node)
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] in ("model", "seed")
    }

    @dg.multi_asset(name="dbt", specs=specs, required_resource_keys={"workspace"})
    def dbt(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult]:
        """Build seeds and models and run their tests."""
        progress("build")
        with early.beside("dbt", checks("raw")):
            results = dbt_runner.build(settings, progress)
        draft.begin(open_build(settings), [(key.path[0], key.path[-1]) for key in keys.values()])
        for result in results:
            if result.unique_id in keys:
                yield dg.MaterializeResult(keys[result.unique_id], metadata={"seconds": result.seconds})

    return dbt


def built_keys(assets: dg.AssetsDefinition, *schemas: str) -> list[dg.AssetKey]:
    """The assets of some schemas, for those that come after them."""
    return sorted((key for key in assets.keys if key.path[0] in schemas), key=str)
