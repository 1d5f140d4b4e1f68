"""The questionnaire: which question comes next, and the conversation around it."""
