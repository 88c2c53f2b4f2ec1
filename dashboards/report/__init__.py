"""The board report: one description of what it says, written as HTML, PDF or PPTX.

What belongs here: ``sections`` say it (from the pages' own queries and sentences), ``model`` is its shape, and one
writer a format lays it out. No SQL and no arithmetic on metrics.
"""
