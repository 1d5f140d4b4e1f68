"""From a knowledge base to the compiled rule set: levels, conditions, periods, proofs."""
