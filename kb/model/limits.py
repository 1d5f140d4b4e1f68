"""How large a number and how far off a day may be before it is a slip of the pen; importing costs nothing."""

from datetime import date

MOST = 10**15
"""Counts above this are typing errors, not companies."""
EARLIEST, LATEST = date(1800, 1, 1), date(2199, 12, 31)
"""Days outside are typing errors; within, every due date can be computed."""
