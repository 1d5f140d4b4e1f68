"""Lines for a terminal of any width: wrapping, columns, colours, Chinese widths."""
