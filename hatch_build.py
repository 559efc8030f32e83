"""Puts the worked example into a wheel, where `tandem init` finds it.

What it answers: which parts of the repository go into `tandem/example`. What it leaves out: an
editable install, which has the example at the top of the repository. Who may import it: hatchling.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PARTS = ("params", "notebooks", "reports", "data", "_quarto.yml")


class ExampleHook(BuildHookInterface):
    """Adds the example to what is packed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name each part that is there, unless the build is of an editable install."""
        if version == "editable":
            return
        for part in PARTS:
            source = Path(self.root) / part
            if source.exists():
                build_data["force_include"][str(source)] = f"tandem/example/{part}"
