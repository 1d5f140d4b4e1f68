"""Why a rule or decision comes out as it does, on a screen and as data."""
