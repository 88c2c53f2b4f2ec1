"""Who is told what, once: incidents that are open, notices that are due, and sending them.

What belongs here: turning what went wrong into plain sentences and handing them to apprise. What does not: deciding
that something is wrong (expectations, orchestration).
"""
