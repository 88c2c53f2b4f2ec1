"""When things run, and in which order: Dagster's words around functions of the lower floors."""
