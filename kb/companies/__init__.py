"""Many companies at once: rows of a table or files of a folder in, one line of a matrix each out."""

FORMATS = ("csv", "jsonl", "xlsx")
"""What a matrix can be written as."""
TABLES = (".csv", ".tsv", ".jsonl", ".xlsx")
"""What a file of many companies ends in."""
PROFILES = (".yaml", ".yml")
"""What the profiles in a folder end in."""
