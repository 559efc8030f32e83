"""Keeps what a run did, month by month, and hands it on as a ``Trajectory``.

Answers: nothing; it collects. Imported by ``simulate``.
"""

from dataclasses import fields

import numpy as np

from tandem.model.qualifying import Stages
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
        self._sources: dict[str, Array] = {}

    def market(self, t: int, **values: Array) -> None:
        """Values of a month by market, (m, d)."""
        self._keep(self._market, t, values)

    def position(self, t: int, **values: Array) -> None:
        """Values of a month by position, (p, d)."""
        self._keep(self._position, t, values)

    def company(self, t: int, **values: Array) -> None:
        """Values of a month, (d,)."""
        self._keep(self._company, t, values)

    def funnel(self, t: int, stages: Stages) -> None:
        """People by stage of the funnel and source, (m, j + 1, d)."""
        names = (field.name for field in fields(stages))
        self._keep(self._sources, t, {name: getattr(stages, name) for name in names})

    def money(self, t: int, ledger: Array, contribution: Array) -> None:
        """Ledger (line, d) and contribution (m, d) of a month."""
        self._ledger[t] = ledger
        self._contribution[t] = contribution

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
            **{f"{name}_by_source": values for name, values in self._sources.items()},
            terminal_value=terminal_value,
        )

    def _keep(self, into: dict[str, Array], t: int, values: dict[str, Array]) -> None:
        for name, value in values.items():
            if name not in into:
                into[name] = np.zeros((self._months, *value.shape))
            into[name][t] = value
