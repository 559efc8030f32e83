"""Command: whether Quarto is on this machine, and which.

What it answers: the `quarto` on the path and its version.

What it leaves out: rendering (`quarto`).

Who may import it: the modules of `tandem.site`.
"""

import shutil
import subprocess

from tandem.site.problems import PublishFailed

__all__ = ["find_quarto", "version_of"]

#: Seconds that Quarto may take to say its version; its first start on a machine is slow.
_PATIENCE = 60


def find_quarto() -> str | None:
    """The `quarto` on the path, or None."""
    return shutil.which("quarto")


def version_of(command: str) -> str:
    """How the footer calls this publisher, such as "Quarto 1.7.34"; raises PublishFailed."""
    try:
        done = subprocess.run(
            [command, "--version"], capture_output=True, text=True, timeout=_PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise PublishFailed(f"quarto does not say its version: {error}") from error
    return f"Quarto {done.stdout.strip()[:20]}"
