"""The dates of a company: as a page in order of date, and as a calendar file."""
