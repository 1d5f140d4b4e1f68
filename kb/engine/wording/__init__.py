"""Citations, conditions, facts and quantities in words, in English and Chinese."""
