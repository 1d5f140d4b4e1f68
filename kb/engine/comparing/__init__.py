"""Two assessments side by side: what differs, because of which law or answer, and how far off lines are."""
