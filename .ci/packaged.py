"""Check a profile with the installed wheel and make sure it read the bundle shipped inside.

usage: python packaged.py PROFILE, in an environment that has the wheel and in a folder of its own.
"""

import io
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

opened: list[str] = []
sys.addaudithook(lambda event, about: opened.append(str(about[0])) if event == "open" else None)

import kb  # noqa: E402  (the hook must be there first)
from kb.cli.app import main  # noqa: E402

home = Path(kb.__file__).parent
sys.argv = ["kb", "check", sys.argv[1], "--format", "json"]
screen = io.StringIO()
try:
    with redirect_stdout(screen):
        code = main()
except SystemExit as end:
    code = end.code

data = home / "_data"
assert home.is_relative_to(sys.prefix), f"kb comes from {home}, not from the wheel"
assert code in (0, None), f"kb check ended with {code}"
assert json.loads(screen.getvalue())["decisions"], "the result has no decision"
assert any(path.startswith(str(data / "bundle")) for path in opened), "the bundle was not read"
assert "kb.store.loader" not in sys.modules, "rules were loaded from YAML although the bundle is there"
print(f"checked with {home}, from its bundle")
