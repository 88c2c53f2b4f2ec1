"""Staffing arithmetic: how many people a load needs. Pure functions over numbers; no table, no page."""
