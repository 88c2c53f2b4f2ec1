"""What pages are built of: marks, frames of figures, tables, the shell. Nothing is asked or reckoned here."""
