"""The pages of objects that the tests build."""

from __future__ import annotations

SAMPLE = (
    "authority/provincial-cac",
    "calculation/pte",
    "calendar/calendar-2026",
    "decision/export-route",
    "fact/persons-exported-sensitive",
    "instrument/export-facilitation",
    "instrument/pipl",
    "item/transfer",
    "reading/duties-export-while-pending",
    "rule/algorithms/deregister",
    "rule/data-export/apply-for-security-assessment",
    "term/data-handler",
    "threshold/assessment-sensitive",
    "topic/data-export",
)
"""A page of each kind of object, by address below `law`; the lists of all kinds are built too."""
