"""The calculations by the id under which the rule files describe them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kb.calculations.case import Case, Result
from kb.calculations.pta_case import pta
from kb.calculations.pte_case import pte

CALCULATIONS: Mapping[str, Callable[[Case], Result]] = {"pta": pta, "pte": pte}
