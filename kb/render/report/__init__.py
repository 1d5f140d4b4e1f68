"""The result of a check, on a screen and as a document."""
