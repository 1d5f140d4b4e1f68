"""Findings as people and other programs read them: text, JSON, SARIF, JUnit, annotations of GitHub."""
