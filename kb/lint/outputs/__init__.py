"""Findings in the forms that other programs read: SARIF, JUnit, annotations of GitHub."""
