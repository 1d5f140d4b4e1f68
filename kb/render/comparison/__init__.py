"""Differences, changed answers and lines, in words: one page for the screen and for Markdown."""
