"""Heads and the markets they are asked for in: nobody works where the company is not.

Answers: what is refused where a scenario adds heads to a market that is not open. Leaves out how heads
are asked for (`headcount`, levers, overrides). Only the assumptions may import it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tandem import units
from tandem.assumptions.base import Base
from tandem.assumptions.layers import Patch
from tandem.assumptions.refusals import Problem

COMPANY_WIDE = "company"
ADDED = "added_heads"


def launch_problems(patches: Sequence[Patch], base: Base) -> list[Problem]:
    """Heads added to a market while it is not open, whichever layer or override adds them.

    ``patches`` are those of one scenario; each is judged in the month from which it holds, and again
    in each month in which the market closes. A problem stands where the heads are asked for.
    """
    problems = []
    for path in dict.fromkeys(p.path for p in patches if p.path.endswith(f".{ADDED}")):
        place = path.split(".")[-2]
        raw = base.raw.get("markets", {}).get(place)
        if place == COMPANY_WIDE or not isinstance(raw, Mapping):
            continue
        market = f"markets.{place}.open"
        opens = [p for p in patches if p.path == market]
        own = [p for p in patches if p.path == path]
        for month in sorted({p.month for p in own} | {p.month for p in opens if p.value is False}):
            asked = _in_force(own, month)
            stands = _in_force(opens, month)
            is_open = bool(raw.get("open")) if stands is None else stands.value is True
            if asked is None or asked.value.median <= 0 or is_open:
                continue
            message = _not_open(place, month, opens)
            problem = Problem.at(asked.place, path, message, code="inconsistent")
            if problem not in problems:
                problems.append(problem)
    return problems


def _in_force(patches: Sequence[Patch], month: int) -> Patch | None:
    """The patch of one path that holds in a month: the latest, of two at once the one set last."""
    held = [patch for patch in patches if patch.month <= month]
    return sorted(held, key=lambda patch: patch.month)[-1] if held else None


def _not_open(place: str, month: int, opens: Sequence[Patch]) -> str:
    """Why nobody can be asked for in a market in this month, and what would help."""
    firsts = [patch.month for patch in opens if patch.value is True]
    if not firsts:
        return (
            f"{place} does not open in a scenario that adds heads there; open it by "
            f"markets.{place}.open, or add none"
        )
    label = units.month_label(month)
    if min(firsts) > month:
        first = units.month_label(min(firsts))
        return (
            f"{place} opens in {first}: nobody is needed there in {label}; HR hires "
            "ahead, so that people are productive in the month given"
        )
    return f"{place} is closed in {label}: set its heads back to 0 from that month on"
