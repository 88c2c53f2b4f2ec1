"""What customers say and do: surveys, segments, needs, drivers, complaints. Formulas are pure; ``build`` writes tables.

No module of this room knows Dagster, Dash or DuckDB; single answers come in, tables of groups go out.
"""
