"""Speed and memory of the main job, as a printed table: `make bench`, or `python -m benchmarks --tickets 3000` to try.

What belongs here: measuring the product from outside (its commands, its server, a real browser). No shortcuts into it.
"""
