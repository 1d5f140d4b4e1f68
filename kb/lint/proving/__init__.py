"""Proofs over the decision diagrams of a rule set; what is refuted is shown on a profile."""
