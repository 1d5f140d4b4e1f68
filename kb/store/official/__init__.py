"""Official texts that someone keeps in a folder: read, cut into provisions, and compared letter by letter."""
