"""How hard property tests look: HYPOTHESIS_PROFILE=thorough looks twenty times as hard."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hypothesis import settings

# The oracle and its inventions are shared by several test folders, which are not packages; so are tables.
for folder in ("property", "law"):
    sys.path.insert(0, str(Path(__file__).parent / folder))

settings.register_profile("default", deadline=None, max_examples=100)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
