"""Turns an official page or document into a text that citations are checked against."""
