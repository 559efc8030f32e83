"""Keeps what a run did, month by month, and hands it on as a ``Trajectory``.

Answers: nothing; it collects. Imported by ``simulate``.
"""

import numpy as np

from tandem.model.types import LINES, Anchor, Array, Structure, Trajectory


class Recorder:
    """Arrays (month, ..., draw) by name, filled a month at a time."""

    def __init__(self, structure: Structure, months: int, draws: int) -> None:
        self._structure = structure
        self._months = months
        self._market: dict[str, Array] = {}
        self._position: dict[str, Array] = {}
        self._company: dict[str, Array] = {}
        self._ledger = np.zeros((months, len(LINES), draws))
        self._contribution = np.zeros((months, len(structure.markets), draws))
        sources = len(structure.touchpoints) + 1
        self._sources = np.zeros((months, len(structure.markets), sources, draws))

    def market(self, t: int, **values: Array) -> None:
        """Values of a month by market, (m, d)."""
        self._keep(self._market, t, values)

    def position(self, t: int, **values: Array) -> None:
        """Values of a month by position, (p, d)."""
        self._keep(self._position, t, values)

    def company(self, t: int, **values: Array) -> None:
        """Values of a month, (d,)."""
        self._keep(self._company, t, values)

    def money(self, t: int, ledger: Array, contribution: Array, sources: Array) -> None:
        """Ledger (line, d), contribution (m, d) and leads by source (m, j + 1, d) of a month."""
        self._ledger[t] = ledger
        self._contribution[t] = contribution
        self._sources[t] = sources

    def trajectory(self, anchor: Anchor, ledger_2026: Array, terminal_value: Array) -> Trajectory:
        """All of it."""
        return Trajectory(
            structure=self._structure,
            anchor=anchor,
            market=self._market,
            position=self._position,
            company=self._company,
            ledger=self._ledger,
            ledger_2026=ledger_2026,
            contribution=self._contribution,
            leads_by_source=self._sources,
            terminal_value=terminal_value,
        )

    def _keep(self, into: dict[str, Array], t: int, values: dict[str, Array]) -> None:
        for name, value in values.items():
            if name not in into:
                into[name] = np.zeros((self._months, *value.shape))
            into[name][t] = value
