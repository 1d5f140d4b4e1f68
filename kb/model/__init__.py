"""The shapes of everything the knowledge base holds: frozen models, no input or output, no clock.

These models are the only source of the JSON Schemas, the templates of `kb new` and the checks of
the loader.
"""
