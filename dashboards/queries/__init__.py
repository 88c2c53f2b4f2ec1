"""Questions: one module a page; each turns filters into frames by asking the metrics layer."""
