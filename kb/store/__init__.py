"""Reading what is kept in files: strict YAML, the loader, the knowledge base and its bundle."""
