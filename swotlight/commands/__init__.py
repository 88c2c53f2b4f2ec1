"""One command per file. Importing one costs nothing: what it needs is imported when it runs."""
