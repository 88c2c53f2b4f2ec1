"""What the report says, part by part: a module asks the pages' queries and returns a section, or None without data."""
