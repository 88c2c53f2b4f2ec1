"""What the numbers mean: metrics over the semantic layer, statistics, staffing arithmetic and the SWOT."""
