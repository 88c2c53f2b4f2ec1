"""What is made, one file per step; each asset calls one function that knows nothing of Dagster."""
