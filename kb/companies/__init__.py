"""Many companies at once: rows of a table or files of a folder in, one line of a matrix each out."""
