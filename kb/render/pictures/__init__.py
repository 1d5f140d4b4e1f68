"""Pictures of rules, decisions, dates and terminals as SVG text, without script or outside parts."""
