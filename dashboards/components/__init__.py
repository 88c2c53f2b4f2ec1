"""What pages are built of: marks, frames of figures, tables, the shell. No question is asked and no number made here."""
