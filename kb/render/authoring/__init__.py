"""For those who write: published schemas, templates of new objects."""
