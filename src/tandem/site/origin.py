"""Origin: what a page's footer says about where its numbers come from.

What it answers: run, time, commit and whether it was clean, hashes of parameters, lock, data and
code, seed, number of simulated futures, versions and publisher, in words.

What it leaves out: computing any of it; the batch wrote it into the run folder.

Who may import it: the modules of `tandem.site`.
"""

from datetime import UTC, datetime

from babel.dates import format_datetime

from tandem.language import Translator
from tandem.site.model import Origin
from tandem.site.run import Run

__all__ = ["age", "moment", "origin_of"]

#: Letters of a hash that are shown; the whole stands in run.json of the run folder.
SHOWN = 12

#: How each language writes a time, and the locale of its names of months.
_TIMES = {"en": ("d MMMM y, HH:mm", "en_GB"), "zh": ("y年M月d日 HH:mm", "zh_Hans_CN")}


def origin_of(run: Run, publisher: str, _: Translator) -> Origin:
    """The origin of every page that `run` made.

    `publisher` is the name and version of a program that renders, empty where tandem does it. The
    rows that matter most come first.
    """
    made = run.provenance
    commit = str(made.get("commit") or "")
    state = ""
    if made.get("clean") is not None:
        dirty = _("with changes that are not committed")
        state = _("nothing changed since") if made["clean"] else dirty
    versions = made.get("versions") or {}
    rows = [
        (_("Run"), run.id),
        (_("Computed"), moment(run.created, _)),
        (_("Simulated futures"), _whole(made.get("draws"))),
        (_("Commit"), f"{commit[:SHOWN]} ({state})" if state and commit else commit[:SHOWN]),
        (_("Parameters"), _short(made.get("params_hash"))),
        (_("Locked packages"), _short(made.get("lock_hash"))),
        (_("Data"), _short(made.get("data_hash"))),
        (_("Code"), _short(made.get("source_hash"))),
        (_("Seed"), _plain(made.get("seed"))),
        (_("Kernel"), _plain(made.get("kernel"))),
        (_("Versions"), ", ".join(f"{name} {version}" for name, version in versions.items())),
        (_("Published by"), publisher or _("tandem itself, without Quarto")),
    ]
    missing = _("not known")
    return Origin(run.id, run.created, tuple((name, value or missing) for name, value in rows))


def moment(utc: str, _: Translator) -> str:
    """A time as `run.json` has it (ISO 8601) in words, in UTC."""
    pattern, locale = _TIMES.get(_.language, _TIMES["en"])
    return f"{format_datetime(_read(utc), pattern, locale=locale)} UTC"


def age(earlier: str, later: str, _: Translator) -> str:
    """How much older one run is than another, in whole days or hours."""
    hours = (_read(later) - _read(earlier)).total_seconds() / 3600
    if hours < 1:
        return _("less than an hour")
    if hours < 48:
        return _("{count} hours", count=round(hours))
    return _("{count} days", count=round(hours / 24))


def _read(utc: str) -> datetime:
    time = datetime.fromisoformat(utc)
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


def _short(value: object) -> str:
    return str(value or "")[:SHOWN]


def _whole(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else _plain(value)


def _plain(value: object) -> str:
    return "" if value is None else str(value)
