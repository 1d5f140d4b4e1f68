"""One object of the knowledge base on a card, for `kb show`."""
