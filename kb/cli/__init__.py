"""The command line: one thin module for each command. Data goes to stdout, messages to stderr."""
