"""A made-up company with known truths, written as exports in vendors' own shapes."""
