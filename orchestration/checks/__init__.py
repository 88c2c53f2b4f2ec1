"""What must hold, as Dagster shows it."""
