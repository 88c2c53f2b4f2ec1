"""What happens when a step of a run fails, whoever started the run."""

import dagster as dg

from orchestration.alerting import tell_of_failure
from warehouse.settings import Settings


def alert_hook(settings: Settings) -> dg.HookDefinition:
    """Tells the people of ``alerts.to`` why a run stopped."""

    @dg.failure_hook(name="tell_of_failure")
    def hook(context: dg.HookContext) -> None:
        error = context.op_exception or RuntimeError("unknown")
        tell_of_failure(settings, context.run_id, error, context.step_key)

    return hook
