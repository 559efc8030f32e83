"""Example: the worked example as the start of a study of one's own.

What it answers: where the example's files are, and a copy of them in a new folder. In a source tree
they stand at its top; in an installed package under `tandem/example`.

What it leaves out: what stands in them.

Who may import it: the modules of `tandem.cli`.
"""

import shutil
from pathlib import Path

import tandem
from tandem.cli.exits import Exit, Failure

__all__ = ["copy_example", "example_folder"]

#: What a study consists of; the example's data folder is there only if it has data.
PARTS = ("params", "notebooks", "reports", "data", "_quarto.yml")

_IGNORED = shutil.ignore_patterns(".*", "__pycache__", "*.pyc", "build")


def example_folder() -> Path:
    """The folder that holds the example; raises Failure where this installation has none."""
    package = Path(tandem.__file__).resolve().parent
    for folder in (package / "example", package.parents[1]):
        if (folder / "params" / "study.yaml").is_file():
            return folder
    raise Failure(Exit.INTERNAL, "this installation of tandem holds no example study")


def copy_example(target: Path) -> list[str]:
    """Copy the example into `target`, which is missing or empty, and name its parts.

    Raises Failure where something is there already: nothing of a user's is written over.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Failure(Exit.REFUSED, f"{target} is not empty; name a new folder")
    source = example_folder()
    target.mkdir(parents=True, exist_ok=True)
    copied = []
    for part in PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, target / part, ignore=_IGNORED)
        elif (source / part).is_file():
            shutil.copyfile(source / part, target / part)
        else:
            continue
        copied.append(part)
    return copied
