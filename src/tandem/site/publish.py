"""Publish: a run becomes the site that readers see, whole or not at all.

What it answers: stage, render, gates, manifest, flush, one rename of the folder and one of the link
`build/site/current`. Whatever fails on the way, the link still leads to the site before; the last
five sites are kept, and nothing is done where the same site stands already.

What it leaves out: computing (`tandem.batch`), the lock that lets one run publish at a time, and
exit codes (the cli).

Who may import it: cli.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tandem.site.command import find_quarto, version_of
from tandem.site.kept import MANIFEST, previous_site
from tandem.site.manifest import carried, key_of, manifest_bytes, stands
from tandem.site.problems import PublishFailed
from tandem.site.run import Run, read_run

if TYPE_CHECKING:
    from tandem.site.model import Site

__all__ = ["PUBLISHERS", "PublishResult", "publish"]

#: What a study's settings may name.
PUBLISHERS = ("auto", "quarto", "embedded")

#: Sites that stay, the current one among them.
KEEP = 5


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What stands published.

    `path` is the link that readers use, `folder` what it leads to, `publisher` who rendered it,
    `pages` their number, `headline` the brief's in English, `changed` whether anything was done,
    and `kept` the pages that show an earlier run because theirs failed.
    """

    path: Path
    folder: Path
    publisher: str
    pages: int
    headline: str
    changed: bool
    kept: tuple[str, ...]


def publish(project: Path, run_folder: Path, publisher: str = "auto") -> PublishResult:
    """Publish `run_folder` as `project/build/site/current`.

    `publisher` is one of PUBLISHERS; auto takes Quarto where it is on the path. Raises SiteRefused
    where a gate found problems, PublishFailed where the site could not be made or written; the
    site before stands in both cases.
    """
    if publisher not in PUBLISHERS:
        raise PublishFailed(f"publisher {publisher!r} is unknown; known: {', '.join(PUBLISHERS)}")
    run = read_run(run_folder)
    command = find_quarto() if publisher in {"auto", "quarto"} else None
    if publisher == "quarto" and command is None:
        raise PublishFailed("publisher quarto is asked for, and no `quarto` is on the path")
    name = version_of(command) if command else ""
    try:
        return _publish(project, run, command, name)
    except OSError as error:
        raise PublishFailed(f"the site could not be written: {error}") from error


def _publish(project: Path, run: Run, command: str | None, name: str) -> PublishResult:
    sites = project / "build" / "site"
    current = sites / "current"
    sites.mkdir(parents=True, exist_ok=True)
    _sweep(sites)
    kind = "quarto" if command else "embedded"
    key = key_of(project, run.folder, name)
    previous = previous_site(current)
    if previous.folder is not None and stands(previous.folder, key):
        pages = previous.manifest["pages"]
        kept = tuple(page["path"] for page in pages if page["origin"]["run_id"] != run.id)
        return _result(current, previous.folder, kind, len(pages), run, changed=False, kept=kept)

    # Nothing above needs Jinja, nbconvert or figures: a run without changes ends there.
    from tandem.site.making import make_site

    stage = Path(tempfile.mkdtemp(prefix=f".staging-{os.getpid()}-", dir=sites))
    try:
        site, files = make_site(project, run, previous, name, stage, command)
        folder = _write(sites, stage, site, key, files)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    _switch(current, folder)
    _retire(sites, folder)
    return _result(current, folder, kind, len(site.pages), run, changed=True, kept=site.kept)


def _result(
    current: Path,
    folder: Path,
    kind: str,
    pages: int,
    run: Run,
    *,
    changed: bool,
    kept: tuple[str, ...],
) -> PublishResult:
    headline = run.headline.get("en", "").partition("\n")[0]
    return PublishResult(current, folder, kind, pages, headline, changed, kept)


def _write(sites: Path, stage: Path, site: "Site", key: str, files: Mapping[str, bytes]) -> Path:
    """Write the site into the stage, flush it, and rename it to its own name under `sites`."""
    older = carried(_published(sites)[:KEEP], files)
    every = {**older, **files}
    content = stage / "site"
    for path, data in every.items():
        target = content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        _flushed(target, data)
    _flushed(content / MANIFEST, manifest_bytes(site, key, every, set(older)))
    for folder in {path.parent for path in content.rglob("*")} | {content}:
        _flush_folder(folder)
    final = sites / f"{site.run_id}-{_next_number(sites, site.run_id)}"
    content.rename(final)
    _flush_folder(sites)
    return final


def _next_number(sites: Path, run_id: str) -> int:
    """One more than the highest number of a site of that run."""
    ends = (path.name.removeprefix(f"{run_id}-") for path in sites.glob(f"{run_id}-*"))
    return max((int(end) for end in ends if end.isdigit()), default=0) + 1


def _switch(current: Path, folder: Path) -> None:
    """Let `current` lead to `folder`, by one rename."""
    link = current.with_name(f".current-{os.getpid()}")
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name, target_is_directory=True)
    os.replace(link, current)
    _flush_folder(current.parent)


def _published(sites: Path) -> list[Path]:
    """Sites that stand whole, the newest first."""
    found = [path for path in sites.iterdir() if not path.is_symlink() and _is_site(path)]
    return sorted(found, key=lambda path: (path / MANIFEST).stat().st_mtime_ns, reverse=True)


def _is_site(path: Path) -> bool:
    return not path.name.startswith(".") and (path / MANIFEST).is_file()


def _retire(sites: Path, current: Path) -> None:
    """Delete sites beyond the last KEEP; what cannot be deleted today is tried again next time."""
    for folder in _published(sites)[KEEP:]:
        if folder != current:
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(sites: Path) -> None:
    """Remove what publishers that were killed have left."""
    for path in (*sites.glob(".staging-*"), *sites.glob(".current-*")):
        process = path.name.split("-")[1]
        if process.isdigit() and _runs(int(process)):
            continue
        if path.is_symlink():
            path.unlink(missing_ok=True)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != os.getpid()


def _flushed(path: Path, data: bytes) -> None:
    with path.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
