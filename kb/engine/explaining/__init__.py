"""Why, and why not: proofs, the fewest answers that would change an outcome, headroom."""
