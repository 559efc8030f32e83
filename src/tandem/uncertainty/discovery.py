"""Discovery: the corner of the inputs in which an event happens far more often than elsewhere.

What it answers: a box of a few inputs by peeling and pasting, with its coverage (share of all events
that lie in it) and density (share of its draws in which the event happens).

What it leaves out: what an input is called and its own unit: inputs are uniforms.

Who may import it: `tandem.study`, charts and above.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Box", "Side", "box"]

Floats = NDArray[np.float64]

#: Share of the draws in the box that one peel takes away.
PEEL = 0.1
#: The least share of all draws, and the least number of them, that a box holds.
LEAST_MASS, LEAST_DRAWS = 0.1, 10
#: Inputs that a reader can keep in mind.
MOST_SIDES = 3
#: Standard errors by which a side must raise the density, about one in a thousand by chance.
CLEAR = 3.0


@dataclass(frozen=True, slots=True)
class Side:
    """An input of the box and between which uniforms it lies, 0 and 1 where it has no bound there."""

    input: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Box:
    """The box: its sides, strongest first; none where no corner is clearly different.

    coverage: share of the events in it; density: share of its draws with the event; base: that share
    of all draws; mass: share of all draws in it. All 0..1; coverage is 0 where nothing ever happens.
    """

    sides: tuple[Side, ...]
    coverage: float
    density: float
    base: float
    mass: float


def box(uniforms: Floats, event: Floats) -> Box:
    """The box of uniforms (input, draw) in which `event` (draw,), 0 or 1, is most frequent.

    Peels one end of one input at a time, the one that leaves the highest density; keeps at most
    MOST_SIDES inputs, each of which must raise the density by CLEAR standard errors; then pastes back
    what does not lower it. Only inputs whose correlation with the event is beyond chance are looked
    at, since among hundreds some always seem to matter. An event that always or never happens, or one without a pattern, has no
    sides. Source: Friedman, J. H. and Fisher, N. I. (1999), Bump hunting in high-dimensional data,
    Statistics and Computing 9; measures by Bryant and Lempert (2010), Thinking inside the box,
    Technological Forecasting and Social Change 77. Raises ValueError where the draws differ.
    """
    happened = np.asarray(event, dtype=float)
    if uniforms.shape[1:] != happened.shape or not happened.size:
        raise ValueError(f"{uniforms.shape} inputs and {happened.shape} events do not match")
    bounds = np.tile([0.0, 1.0], (len(uniforms), 1))
    related = _related(uniforms, happened)
    while (better := _peeled(uniforms, happened, bounds, related)) is not None:
        bounds = better
    bounds = _clear(uniforms, happened, _pasted(uniforms, happened, bounds))
    inside = _inside(uniforms, bounds)
    order = sorted(_restricted(bounds), key=lambda k: bounds[k, 1] - bounds[k, 0])
    events = float(happened.sum())
    return Box(
        sides=tuple(Side(k, float(bounds[k, 0]), float(bounds[k, 1])) for k in order),
        coverage=float(happened[inside].sum()) / events if events else 0.0,
        density=float(happened[inside].mean()),
        base=float(happened.mean()),
        mass=float(inside.mean()),
    )


def _related(uniforms: Floats, happened: Floats) -> list[int]:
    """Inputs whose correlation with the event is at least CLEAR standard errors from nought."""
    away = happened - happened.mean()
    moved = uniforms - uniforms.mean(axis=1, keepdims=True)
    size = np.sqrt((moved**2).sum(axis=1) * (away @ away))
    linked = np.divide(moved @ away, size, out=np.zeros(len(size)), where=size > 0.0)
    return [int(k) for k in np.flatnonzero(np.abs(linked) * np.sqrt(happened.size) >= CLEAR)]


def _peeled(
    uniforms: Floats, happened: Floats, bounds: Floats, related: list[int]
) -> Floats | None:
    """The box after the best peel, None where none raises the density or too little would be left."""
    inside = _inside(uniforms, bounds)
    least = max(LEAST_MASS * happened.size, LEAST_DRAWS)
    restricted = _restricted(bounds)
    inputs = restricted if len(restricted) >= MOST_SIDES else related
    best, found = float(happened[inside].mean()), None
    for k in inputs:
        values = uniforms[k, inside]
        low, high = np.quantile(values, (PEEL, 1.0 - PEEL))
        for end, cut, kept in ((0, low, values >= low), (1, high, values <= high)):
            if kept.sum() < least:
                continue
            density = float(happened[inside][kept].mean())
            if density > best + 1e-12:
                best, found = density, bounds.copy()
                found[k, end] = cut
    return found


def _pasted(uniforms: Floats, happened: Floats, bounds: Floats) -> Floats:
    """The box with each bound pushed out as far as the density does not fall."""
    for k in _restricted(bounds):
        for end in (0, 1):
            for wider in _wider(bounds, k, end):
                now, then = (float(happened[_inside(uniforms, b)].mean()) for b in (bounds, wider))
                if then < now - 1e-12:
                    break
                bounds = wider
    return bounds


def _wider(bounds: Floats, k: int, end: int) -> Iterator[Floats]:
    """The same box, one bound a tenth of its room further out at a time."""
    for level in np.linspace(bounds[k, end], float(end), 11)[1:]:
        wider = bounds.copy()
        wider[k, end] = level
        yield wider


def _clear(uniforms: Floats, happened: Floats, bounds: Floats) -> Floats:
    """The box without the sides that chance explains, the weakest first."""
    while restricted := _restricted(bounds):
        gains = {k: _gain(uniforms, happened, bounds, k) for k in restricted}
        weakest = min(gains, key=gains.__getitem__)
        if gains[weakest] >= CLEAR:
            break
        bounds = bounds.copy()
        bounds[weakest] = (0.0, 1.0)
    return bounds


def _gain(uniforms: Floats, happened: Floats, bounds: Floats, k: int) -> float:
    """Standard errors by which the side raises the density over that without it."""
    without = bounds.copy()
    without[k] = (0.0, 1.0)
    inside = _inside(uniforms, bounds)
    share = float(happened[_inside(uniforms, without)].mean())
    spread = float(np.sqrt(share * (1.0 - share) / inside.sum()))
    return (float(happened[inside].mean()) - share) / spread if spread > 0.0 else 0.0


def _inside(uniforms: Floats, bounds: Floats) -> NDArray[np.bool_]:
    held = _restricted(bounds)
    if not held:
        return np.ones(uniforms.shape[1], dtype=bool)
    low, high = bounds[held, 0][:, None], bounds[held, 1][:, None]
    return np.asarray(((uniforms[held] >= low) & (uniforms[held] <= high)).all(axis=0))


def _restricted(bounds: Floats) -> list[int]:
    return [int(k) for k in np.flatnonzero((bounds[:, 0] > 0.0) | (bounds[:, 1] < 1.0))]
