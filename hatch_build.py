"""Build hook: put the rules, the templates and the compiled rule bundle into the wheel.

A check from an installed wheel must parse no YAML, so the bundle is made once, here, by the very
code that ships with it. Rules that do not compile stop the build with their diagnostics.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundleHook(BuildHookInterface):  # type: ignore[type-arg]  # the type of hatchling's own config
    """Adds `kb/_data/{rules,templates,bundle}` to a wheel; an editable install needs none."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the bundle and name what goes into the wheel."""
        if version == "editable":
            return
        root = Path(self.root)
        self.scratch = TemporaryDirectory(prefix="hegui-bundle-")
        bundle = Path(self.scratch.name)
        write_bundle(root, bundle)
        sources = {"rules": root / "rules", "templates": root / "templates", "bundle": bundle}
        build_data["force_include"].update(
            {str(source): f"kb/_data/{name}" for name, source in sources.items()}
        )

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the scratch folder once the wheel is written."""
        if version != "editable":
            self.scratch.cleanup()


def write_bundle(root: Path, target: Path) -> None:
    """Compile `root/rules` into `target` with the package being built, not an installed one."""
    sys.path.insert(0, str(root))
    try:
        from kb.rules import write_packaged

        write_packaged(root / "rules", target)
    finally:
        sys.path.remove(str(root))
