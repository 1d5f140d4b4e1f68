"""The name of plain data as JSON holds it: what a compiled rule set is made of and a check returns."""

from collections.abc import Mapping
from typing import Any

Plain = Mapping[str, Any]
"""Keys that are texts, with texts, numbers, truth values, null, and lists and mappings of these."""
