"""What must hold before people see a number: the catalogue of checks, and running it with Great Expectations.

What belongs here: what is checked, how severe a failure is, which metrics rest on it, and the results. What does not:
who is told (alerts) and what is then released (warehouse, orchestration).
"""
