"""Manifest: what a published site is, and whether it still stands whole.

What it answers: the pages with their origins, the SHA-256 of every file, which files are the
site's own and which are kept for readers of earlier ones, and the key of everything that the site
was made from, so that nothing is done where nothing has changed.

What it leaves out: renaming and deleting (`publish`).

Who may import it: the modules of `tandem.site`.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tandem.site.kept import MANIFEST
from tandem.site.model import Site

__all__ = ["carried", "key_of", "manifest_bytes", "stands"]

SCHEMA = 1

#: What of a run folder is published, its notebooks and `run.json` apart.
_PARTS = ("results.json", "register.json", "measures.json", "facts.json")

#: Facts of a job that say how a run went and not what it found.
_FLEETING = ("seconds", "reason")


def key_of(project: Path, run_folder: Path, publisher: str) -> str:
    """One hash over all that the site is made from; times and speed of the run are left out."""
    digest = hashlib.sha256(f"{SCHEMA} {publisher}\n".encode())
    sources = [
        *(("reports", path) for path in _files(project / "reports")),
        *(("package", path) for path in _files(Path(__file__).parents[1] / "site")),
        *(("words", path) for path in _files(Path(__file__).parents[1] / "locale")),
        ("quarto", project / "_quarto.yml"),
        *(("run", run_folder / name) for name in _PARTS),
        *(("run", path) for path in _files(run_folder / "pages")),
    ]
    for name, path in sources:
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{name} {path.name} {content}\n".encode())
    digest.update(_lasting(run_folder / "run.json"))
    return digest.hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    )


def _lasting(run: Path) -> bytes:
    """`run.json` without what differs between a run and the same run again."""
    raw = json.loads(run.read_text("utf-8"))
    raw.pop("created_utc", None)
    for job in raw.get("jobs", ()):
        for name in _FLEETING:
            job.pop(name, None)
        job["status"] = "failed" if job.get("status") == "failed" else "ok"
    return json.dumps(raw, sort_keys=True, ensure_ascii=False).encode("utf-8")


def manifest_bytes(site: Site, key: str, files: Mapping[str, bytes], kept: set[str]) -> bytes:
    """The manifest of a site of those `files`; `kept` are the ones that earlier sites own."""
    pages = [
        {
            "path": page.path,
            "language": page.language,
            "key": page.key,
            "kind": page.kind,
            "title": page.title,
            "lead": page.lead,
            "origin": {
                "run_id": page.origin.run_id,
                "created": page.origin.created,
                "rows": page.origin.rows,
            },
        }
        for page in site.pages
    ]
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "run_id": site.run_id,
        "publisher": site.publisher,
        "key": key,
        "pages": pages,
        "files": {path: hashlib.sha256(files[path]).hexdigest() for path in sorted(files)},
        "kept": sorted(kept),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")


def stands(folder: Path, key: str) -> bool:
    """Whether `folder` holds the site of that key, every file of it as it was written."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        if manifest["key"] != key:
            return False
        return all(
            hashlib.sha256((folder / path).read_bytes()).hexdigest() == digest
            for path, digest in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def carried(sites: list[Path], taken: Mapping[str, bytes]) -> dict[str, bytes]:
    """Assets and data that earlier `sites` own and the new one lacks, for pages still being read.

    Only what a site made itself is carried on, so that the number of files stays bounded.
    """
    found: dict[str, bytes] = {}
    for folder in sites:
        try:
            manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
            own = set(manifest["files"]) - set(manifest["kept"])
            for path in own:
                if path.startswith(("assets/", "data/")) and path not in taken:
                    found[path] = (folder / path).read_bytes()
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found
