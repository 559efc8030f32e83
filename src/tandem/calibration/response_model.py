"""What the response model says of sales and of lift tests, with its slopes.

What it answers: media's part of weekly sales and the increment of each lift test at given logs of
the parameters, and how both move with them.

What it leaves out: how the parameters are found (`response`).

Who may import it: its siblings in `tandem.calibration`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from tandem.calibration.weekly import LiftTest, Weekly
from tandem.model.brand import hill
from tandem.units import WEEKS_PER_YEAR

__all__ = ["Layout", "Terms", "carried_over", "terms_of"]

Floats = NDArray[np.float64]

HARMONICS = 2  # of the yearly season
TINY = 1e-12  # spend over reference below which there is none


@dataclass(frozen=True, slots=True)
class Layout:
    """Which parameter is whose: `place` (touchpoint, kind), kinds as in `response.KINDS`.

    `shift` (parameter,) is added to the logs to bring effects from shares of mean sales to money.
    """

    place: NDArray[np.int64]
    shift: Floats

    @property
    def count(self) -> int:
        """Number of parameters."""
        return self.shift.size

    @classmethod
    def of(cls, size: int, shared: bool, level: float) -> "Layout":
        """One effect a touchpoint; the three shape parameters once for all, or once for each."""
        shape = np.tile(np.arange(3), (size, 1)) if shared else np.arange(3 * size).reshape(size, 3)
        place = np.column_stack([np.arange(size), size + shape])
        shift = np.zeros(int(place.max()) + 1)
        shift[:size] = np.log(level)
        return cls(place, shift)


def carried_over(spend: Floats, retention: float, before: float) -> tuple[Floats, Floats]:
    """Adstock x' = w x + (1 - w) s by week, (week,), and its slope in w; ``before`` is x at first."""
    stock = lfilter([1.0 - retention], [1.0, -retention], spend, zi=[retention * before])[0]
    lag = np.append(before, stock[:-1])
    return stock, lfilter([1.0], [1.0, -retention], lag - spend)


@dataclass(frozen=True, slots=True)
class Terms:
    """The model's parts, money over mean sales: `base` (week, term), spend over reference.

    `increments` and `errors` (test,) of the lift tests.
    """

    spend: Floats
    base: Floats
    layout: Layout
    tests: Sequence[LiftTest]
    tested: tuple[int, ...]
    paths: tuple[tuple[Floats, float], ...]
    increments: Floats
    errors: Floats

    def media(self, logs: Floats) -> tuple[Floats, Floats]:
        """Media's part of sales (week,) and its slopes (week, parameter)."""
        total, slopes = np.zeros(len(self.spend)), np.zeros((len(self.spend), logs.size))
        for j in range(self.spend.shape[1]):
            spend = self.spend[:, j]
            part, parts = self._part(j, logs, spend, float(spend.mean()))
            total += part
            slopes[:, self.layout.place[j]] += parts
        return total, slopes

    def lifts(self, logs: Floats) -> tuple[Floats, Floats]:
        """Increment of each test (test,) and its slopes (test, parameter)."""
        total, slopes = np.zeros(len(self.tested)), np.zeros((len(self.tested), logs.size))
        for number, (j, (spend, before)) in enumerate(zip(self.tested, self.paths, strict=True)):
            with_test, up = self._part(j, logs, spend, before)
            without, down = self._part(j, logs, np.full_like(spend, before), before)
            total[number] = (with_test - without).sum()
            slopes[number, self.layout.place[j]] += (up - down).sum(axis=0)
        return total, slopes

    def _part(self, j: int, logs: Floats, spend: Floats, before: float) -> tuple[Floats, Floats]:
        """What one touchpoint brings (week,) and its slopes in the logs of the KINDS (week, 4)."""
        effect, life, half, slope = np.exp(logs[self.layout.place[j]])
        retention = 0.5 ** (1.0 / life)
        stock, by_retention = carried_over(spend, retention, before)
        level = np.asarray(hill(stock, slope, half))
        rising = slope * level * (1.0 - level)
        some = np.maximum(stock, TINY)
        part = effect * level
        return part, np.column_stack(
            [
                part,
                effect * rising / some * by_retention * retention * np.log(2.0) / life,
                -effect * rising,
                effect * rising * np.log(some / half),
            ]
        )


def terms_of(weekly: Weekly, reference: Floats, layout: Layout, tests: Sequence[LiftTest]) -> Terms:
    """The parts for these records; ValueError for a reference that is not above 0."""
    if reference.shape != weekly.spend.shape[1:] or not (reference > 0).all():
        raise ValueError("a reference spend above 0 is needed for every touchpoint")
    level = float(weekly.sales.mean())
    week = np.arange(weekly.sales.size)
    angle = 2.0 * np.pi * week / WEEKS_PER_YEAR
    waves = [f(h * angle) for h in range(1, HARMONICS + 1) for f in (np.sin, np.cos)]
    trend = (week - week.mean()) / WEEKS_PER_YEAR
    controls = weekly.controls - weekly.controls.mean(axis=0)
    base = np.column_stack([np.ones(week.size), trend, *waves, controls])
    tested = tuple(weekly.touchpoints.index(test.touchpoint) for test in tests)
    paths = tuple(
        (np.full(test.weeks, (test.spend + test.change) / reference[j]), test.spend / reference[j])
        for j, test in zip(tested, tests, strict=True)
    )
    return Terms(
        spend=weekly.spend / reference,
        base=base,
        layout=layout,
        tests=tests,
        tested=tested,
        paths=paths,
        increments=np.array([test.increment for test in tests]) / level,
        errors=np.array([test.se for test in tests]) / level,
    )
