"""hegui: an exact, cited knowledge base of PRC compliance rules. The command is `kb`."""

__version__ = "0.1.0"
