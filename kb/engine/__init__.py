"""The exact checker: pure functions from plain data to results. No input or output, no clock.

Authoring objects are compiled once into decision diagrams (`compile`); everything after that
reads the compiled rule set, which is plain data, and walks.
"""
