"""Decision diagrams: the one structure rules are compiled to, and the walks over it."""
