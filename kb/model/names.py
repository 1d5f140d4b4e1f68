"""Words that stand in objects and profiles alike; importing them costs nothing."""

COMPANY = "company"
"""What a fact is about when it is not about an item."""
