"""Dates and numbers that the law prescribes, as pure functions of days: no files, no clock, no rule set."""
