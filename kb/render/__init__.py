"""Turning results and objects into words: terminal screens now, reports and pages later."""
