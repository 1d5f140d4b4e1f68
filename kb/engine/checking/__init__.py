"""The assessment: exact outcomes, open facts, readings, due dates."""
