"""How records are refused: rows as in a spreadsheet, all at once, long lists cut short.

What it answers: the text of a refusal, and what a misspelt name may have meant.

What it leaves out: what is wrong with which records (`choice_survey`, `weekly`, `interviews` and others).

Who may import it: its siblings in `tandem.calibration`, and `tandem.charts.records`.
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

__all__ = ["FIRST_ROW", "message", "refuse_missing", "suggestion"]

FIRST_ROW = 2  # of a sheet whose first row holds the names of columns
SHOWN = 20  # refusals in one message


def message(what: str, refusals: Iterable[tuple[int, str]]) -> str:
    """Refusals (row from 0, reason) by row under the name of the records, the first ones in full."""
    lines = [f"row {row + FIRST_ROW}: {text}" for row, text in sorted(refusals)]
    more = [f"... and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return "\n".join([f"{what}:", *lines[:SHOWN], *more])


def suggestion(name: str, known: Sequence[str]) -> str:
    """What a name may have meant, or what there is."""
    near = get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; there is {', '.join(known) or 'none'}"


def refuse_missing(what: str, needed: Iterable[str], found: Sequence[str]) -> None:
    """Raise ValueError that names every column of ``needed`` not among those found, under ``what``."""
    missing = [name for name in needed if name not in found]
    if missing:
        lines = [f"no column {name!r}{suggestion(name, found)}" for name in missing]
        raise ValueError(f"{what}: " + "; ".join(lines))
