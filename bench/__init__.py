"""Measures the checker against its peers, in ratios within one run: `python -m bench`."""
