"""Publishing: a run folder becomes the site, unless the site of that very run stands already.

What it answers: the published site of a run, and whether it was made anew. A site is taken as it
stands where the run, the pages written by hand, the code and the publisher are those that made it
and none of its files has changed since.

What it leaves out: making the site (`tandem.site`).

Who may import it: the modules of `tandem.cli`.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tandem.results.provenance import code_hashes, hash_of, tree_hashes
from tandem.results.shelf import digest, file_digest, read_sealed, replace_file, seal

__all__ = ["Published", "publish"]


@dataclass(frozen=True)
class Published:
    """The site: its first page, who made it, and whether it was made now."""

    page: Path
    publisher: str
    anew: bool


def publish(project: Path, folder: Path, publisher: str, *, always: bool) -> Published:
    """Publish the run in `folder`; raises SiteRefused or PublishFailed, and the old site stands.

    `always` makes the site in any case.
    """
    note = project / "build" / "cache" / "published.json"
    key = _key(project, folder, publisher)
    last = read_sealed(note)
    if not always and last is not None and last.get("key") == key and _stands(project, last):
        return Published(_page(project), str(last["publisher"]), anew=False)

    from tandem import site

    result = site.publish(project, folder, publisher)
    current = _current(project)
    made = {"key": key, "publisher": str(result.publisher), "folder": current.resolve().name}
    replace_file(note, seal({**made, "files": hash_of(tree_hashes(current.resolve()))}))
    return Published(_page(project), str(result.publisher), anew=True)


def _current(project: Path) -> Path:
    return project / "build" / "site" / "current"


def _page(project: Path) -> Path:
    return _current(project) / "index.html"


def _stands(project: Path, last: dict[str, Any]) -> bool:
    """Whether the site that was noted is the current one, every file as it was."""
    current = _current(project)
    if not current.is_dir() or current.resolve().name != last.get("folder"):
        return False
    return hash_of(tree_hashes(current.resolve())) == last.get("files")


def _key(project: Path, folder: Path, publisher: str) -> str:
    """Hash of all that a site is made of."""
    quarto = shutil.which("quarto")
    stat = Path(quarto).stat() if quarto else None
    configuration = project / "_quarto.yml"
    return digest(
        {
            "run": file_digest(folder / "manifest.json"),
            "code": code_hashes(),
            "reports": tree_hashes(project / "reports"),
            "configuration": file_digest(configuration) if configuration.is_file() else None,
            "data": tree_hashes(project / "data"),
            "publisher": publisher,
            "quarto": [quarto, stat.st_size, stat.st_mtime_ns] if stat else None,
        }
    )
