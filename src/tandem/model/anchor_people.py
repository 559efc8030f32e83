"""People of the base year: the hazards and target offsets that keep 2026's heads and turnover.

Answers: the year of people that repeats itself under HR's policy, on expected heads. People come
first and alone, since in 2026 every difference that moves them is 0. Imported by ``anchor``.
"""

from dataclasses import dataclass, fields

import numpy as np

from tandem.model import advancement, ending, people, policy, succession, workforce
from tandem.model.events import Expected
from tandem.model.parameters import Parameters
from tandem.model.types import Array, Structure, Workforce
from tandem.units import MONTHS_PER_YEAR

START = 9  # October, in January-first numbers
SETTLE_YEARS = 25  # at most
SETTLE_TOLERANCE = 2e-5  # of heads
READY_ROUNDS = 20
LEAST_TURNOVER = 1e-4  # a year, where ends of terms are all that 2026's turnover has


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
    state = _steady_guess(structure, base, hazard, terms)
    done = np.zeros(observed.shape, dtype=bool)
    kept: SettledPeople | None = None
    for _ in range(SETTLE_YEARS):
        year, state = _year(structure, base, norms, terms, state, offset, hazard)
        mean = year.months["heads"].mean(axis=0)
        missing = observed - mean
        rate = np.divide(year.resigned, mean, out=np.zeros_like(mean), where=mean > 0)
        ended = np.divide(year.ended, mean, out=np.zeros_like(mean), where=mean > 0)
        wrong = np.divide(
            np.maximum(base.people.turnover - ended, LEAST_TURNOVER),
            np.maximum(rate - ended, LEAST_TURNOVER),
            out=np.ones_like(rate),
            where=rate > 0,
        )
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
    ended: Array  # (p, d) of these, those who went at the end of a term


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
    resigned, ended = np.zeros_like(hazard), np.zeros_like(hazard)
    nobody = np.zeros_like(hazard)
    terms_end = ending.ending(base, base, np.ones_like(hazard), np.zeros(hazard.shape, dtype=bool))
    mean = advancement.readiness(base.workforce, base.workforce)
    rows = []
    for step in range(MONTHS_PER_YEAR):
        calendar = (START + step) % MONTHS_PER_YEAR
        state, _ = advancement.arrive(structure, state, base.workforce.insider_ramp)
        state, starters = people.arrive(state, np.zeros(1))
        total, learning = state.total, state.unramped
        ramped = workforce.ramped_heads(
            total, learning, base.workforce.mentor_share, base.workforce.course_share
        )
        want = policy.wanted(base.people.heads + offset, total, state.pipeline.sum(axis=0), norms)
        want = np.maximum(want, 0.0)
        into = advancement.promotions(
            structure, base.people.promoted_share, state, want, events, step, place[0]
        )
        state = people.ask(state, terms[calendar], want - into, events, step, place)
        pipeline = state.pipeline.sum(axis=0)
        season = np.exp(workforce.seasonal_leaving(calendar, base.workforce.spring_leaving))
        leaving = workforce.leaving_probability(
            hazard, base.workforce.band_hazard, np.broadcast_to(season, hazard.shape)
        )
        state, _ = advancement.promote(structure, state, into)
        remaining = state.total
        resigned = resigned + (state.heads * leaving).sum(axis=0)
        state, gone = people.depart(
            state,
            leaving,
            terms_end,
            failing,
            nobody,
            (np.zeros(1), np.zeros(1)),
            base.people.ramp,
            nobody,
            events,
            step,
            place,
        )
        state = advancement.come_ready(state, remaining, base.workforce.successors, mean)
        ended = ended + gone.withheld.sum(axis=0) + gone.refused
        rows.append((total, learning, ramped, starters, gone.leavers, gone.withheld, pipeline))
    names = (
        "heads",
        "unramped",
        "ramped",
        "hires",
        "leavers",
        "withheld",
        "open_requisitions",
    )
    months = {
        name: np.stack(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)
    }
    return _Year(opening, months, resigned + ended, ended), state


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
    structure: Structure, base: Parameters, hazard: Array, terms: list[people.FillTerms]
) -> Workforce:
    """Bands, pipeline and un-ramped heads of a steady state without seasons."""
    leaving = -np.expm1(-hazard * base.workforce.band_hazard[:, None])
    leaving[0] = 1.0 - (1.0 - leaving[0]) * (1.0 - _failing(base))
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
        ready=_ready_guess(structure, base, heads, leavers),
        promoted=np.zeros_like(heads),
    )


def _ready_guess(structure: Structure, base: Parameters, heads: Array, leavers: Array) -> Array:
    """People ready to be promoted in a steady state, (p, d): what comes ready goes or is promoted."""
    w = base.workforce
    prepared = w.successors * heads[advancement.SETTLED :].sum(axis=0)
    comes = succession.ready_exponential(1.0, w.readiness)
    total = heads.sum(axis=0)
    goes = np.divide(leavers, total, out=np.zeros_like(total), where=total > 0)
    ready = prepared * comes / (comes + goes)
    for _ in range(READY_ROUNDS):
        taken = np.zeros_like(ready)
        for k, below in advancement.fed(structure):
            chance = succession.promotion_chance(base.people.promoted_share[k], ready[below], 1.0)
            taken[below] += leavers[k] * chance
        ready = np.maximum(prepared * comes - taken, 0.0) / (comes + goes)
    return np.asarray(ready)


def borrowed(values: Array, home: tuple[int, ...]) -> Array:
    """Values of the home position or market where one has none of its own."""
    return values[list(home)]
