"""Pages: one module a page; layout only."""
