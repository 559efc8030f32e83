"""People of the base year: the hazards and target offsets that keep 2026's heads and turnover.

Answers: the year of people that repeats itself under HR's policy, on expected heads. People come
first and alone, since in 2026 every difference that moves them is 0. Imported by ``anchor``.
"""

from dataclasses import dataclass, fields

import numpy as np

from tandem.model import people, policy, workforce
from tandem.model.events import Expected
from tandem.model.parameters import Parameters
from tandem.model.types import Array, Structure, Workforce
from tandem.units import MONTHS_PER_YEAR

START = 9  # October, in January-first numbers
SETTLE_YEARS = 25  # at most
SETTLE_TOLERANCE = 2e-5  # of heads


@dataclass(frozen=True, slots=True)
class SettledPeople:
    """1 October 2026 and the twelve months before it, with the constants that hold them."""

    opening: Workforce
    offset: Array
    hazard: Array
    months: dict[str, Array]


def settle_people(structure: Structure, base: Parameters, central: Parameters) -> SettledPeople:
    """Expected heads under HR's policy, until a year repeats itself at the observed heads.

    After each year the hazard is scaled to the observed turnover and the policy's target by the
    heads that were missing; both converge because each moves its own quantity about one to one.
    """
    observed = base.people.heads
    terms = [people.fill_terms(structure, base, c, 1.0, 1.0) for c in range(MONTHS_PER_YEAR)]
    known = [people.fill_terms(structure, central, c, 1.0, 1.0) for c in range(MONTHS_PER_YEAR)]
    norms = policy.staffing_norms(central, np.mean([t.months for t in known], axis=0))
    hazard = -np.log1p(-np.minimum(base.people.turnover / MONTHS_PER_YEAR, 0.5))
    offset = np.zeros_like(observed)
    state = _steady_guess(base, hazard, _failing(base), terms)
    done = np.zeros(observed.shape, dtype=bool)
    kept: SettledPeople | None = None
    for _ in range(SETTLE_YEARS):
        year, state = _year(structure, base, norms, terms, state, offset, hazard)
        mean = year.months["heads"].mean(axis=0)
        missing = observed - mean
        rate = np.divide(year.resigned, mean, out=np.zeros_like(mean), where=mean > 0)
        wrong = np.divide(base.people.turnover, rate, out=np.ones_like(rate), where=rate > 0)
        found = SettledPeople(year.opening, offset, hazard, year.months)
        kept = found if kept is None else _chosen(done, kept, found)
        off = np.maximum(np.abs(missing), np.abs(state.total - year.opening.total))
        size = SETTLE_TOLERANCE * observed.max(axis=0)
        done = done | ((off < size) & (np.abs(wrong - 1.0) < 1e-4))
        if done.all():
            break
        offset = offset + missing
        hazard = np.where(observed > 0, hazard * wrong, hazard)
    assert kept is not None
    by_calendar = {name: np.roll(values, START, axis=0) for name, values in kept.months.items()}
    home = structure.home_position
    return SettledPeople(kept.opening, kept.offset, borrowed(kept.hazard, home), by_calendar)


@dataclass(frozen=True, slots=True)
class _Year:
    opening: Workforce
    months: dict[str, Array]  # (12, p, d), October first
    resigned: Array  # (p, d)


def _year(
    structure: Structure,
    base: Parameters,
    norms: policy.StaffingNorms,
    terms: list[people.FillTerms],
    state: Workforce,
    offset: Array,
    hazard: Array,
) -> tuple[_Year, Workforce]:
    """Twelve months of people from October on, and how they stand after."""
    events, place = Expected(), people.codes(structure.positions, 1)
    failing = _failing(base)
    opening = state
    resigned = np.zeros_like(hazard)
    nobody = np.zeros_like(hazard)
    rows = []
    for step in range(MONTHS_PER_YEAR):
        calendar = (START + step) % MONTHS_PER_YEAR
        state, starters = people.arrive(state, np.zeros(1))
        total, learning = state.total, state.unramped
        ramped = workforce.ramped_heads(
            total, learning, base.workforce.mentor_share, base.workforce.course_share
        )
        want = policy.wanted(base.people.heads + offset, total, state.pipeline.sum(axis=0), norms)
        state = people.ask(state, terms[calendar], np.maximum(want, 0.0), events, step, place)
        pipeline = state.pipeline.sum(axis=0)
        season = np.exp(workforce.seasonal_leaving(calendar, base.workforce.spring_leaving))
        leaving = workforce.leaving_probability(
            hazard, base.workforce.band_hazard, np.broadcast_to(season, hazard.shape)
        )
        resigned = resigned + (state.heads * leaving).sum(axis=0)
        state, gone = people.depart(
            state,
            leaving,
            failing,
            nobody,
            np.zeros(1),
            base.people.ramp,
            nobody,
            events,
            step,
            place,
        )
        rows.append((total, learning, ramped, starters, gone.leavers, pipeline))
    names = ("heads", "unramped", "ramped", "hires", "leavers", "open_requisitions")
    months = {
        name: np.stack(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)
    }
    return _Year(opening, months, resigned), state


def _chosen(done: Array, old: SettledPeople, new: SettledPeople) -> SettledPeople:
    """The old year where a position of a draw had settled, the new one in the others.

    Each settles by itself, so that none depends on the draws and roles beside it.
    """

    def pick(before: Array, now: Array) -> Array:
        return np.where(done, before, now)

    opening = Workforce(
        *(
            pick(getattr(old.opening, f.name), getattr(new.opening, f.name))
            for f in fields(Workforce)
        )
    )
    return SettledPeople(
        opening,
        pick(old.offset, new.offset),
        pick(old.hazard, new.hazard),
        {name: pick(old.months[name], values) for name, values in new.months.items()},
    )


def _failing(base: Parameters) -> Array:
    """Probability of failing probation in a month, (d,)."""
    none = np.zeros_like(base.workforce.probation_pass)
    return workforce.probation_failure(base.workforce.probation_pass, none, none)


def _steady_guess(
    base: Parameters, hazard: Array, failing: Array, terms: list[people.FillTerms]
) -> Workforce:
    """Bands, pipeline and un-ramped heads of a steady state without seasons."""
    leaving = -np.expm1(-hazard * base.workforce.band_hazard[:, None])
    leaving[0] = 1.0 - (1.0 - leaving[0]) * (1.0 - failing)
    ageing = workforce.ageing_probability(people.BANDS)
    held = np.ones_like(leaving)
    for band in range(1, people.BANDS):
        moving = held[band - 1] * (1.0 - leaving[band - 1]) * ageing[band - 1]
        out = leaving[band] + (1.0 - leaving[band]) * ageing[band]
        held[band] = moving / np.maximum(out, 1e-9)
    heads = held / held.sum(axis=0) * base.people.heads
    leavers = (heads * leaving).sum(axis=0)
    later = np.cumsum(terms[START].shares[::-1], axis=0)[::-1]
    fade = np.exp(-1.0 / base.people.ramp)
    return Workforce(
        heads=heads,
        pipeline=leavers * later,
        unramped=leavers * fade / (1.0 - fade),
        quality=np.zeros_like(leavers),
        months_over=np.zeros_like(leavers),
    )


def borrowed(values: Array, home: tuple[int, ...]) -> Array:
    """Values of the home position or market where one has none of its own."""
    return values[list(home)]
