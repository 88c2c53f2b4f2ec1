"""Figures of the whole chain, from raw rows to metrics, against an oracle in plain Python that shares no code."""
