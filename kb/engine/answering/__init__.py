"""From a profile to what is possible: answers, items, constraints."""
