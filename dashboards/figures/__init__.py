"""Figures: one module a page; pure functions from frames to plain Plotly dictionaries and finding sentences."""
