"""`python -m kb` is the command `kb`."""

import sys

from kb.cli.app import main

sys.exit(main())
