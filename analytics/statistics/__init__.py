"""Small pure functions, one a formula, each with its source. Nothing here knows a metric, a table or a page."""
