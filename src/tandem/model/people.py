"""The month of the people: who starts, who is asked for, who leaves (steps 0 and 9 to 11).

Answers: how the stock of people and the pipeline of requisitions move. The same functions settle
the base year on expected heads (``anchor``) and move whole people in the simulation; ``Events``
says which. Leaves out the laws themselves (``hiring``, ``workforce``) and what HR wants
(``policy``). Imported by ``anchor`` and ``simulate``.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit, logit

from tandem.model import hiring, selection, workforce
from tandem.model.ending import Ending
from tandem.model.events import Codes, Events
from tandem.model.parameters import Parameters
from tandem.model.types import Array, Structure, Workforce
from tandem.randomness import key
from tandem.units import DAYS_PER_MONTH

BANDS = len(workforce.BAND_YEARS)


def codes(names: tuple[str, ...], rows: int) -> Codes:
    """Stable numbers for (row, name): (rows, names).

    Names, not places in a list, so that a role or a market added moves nobody else's chance.
    """
    numbers = np.array([key(name) >> 8 for name in names], dtype=np.int64)
    return numbers[None, :] + np.arange(rows, dtype=np.int64)[:, None]


@dataclass(frozen=True, slots=True)
class FillTerms:
    """How requisitions set this month will be filled: ``shares`` (month ahead, p, d)."""

    shares: Array
    months: Array  # mean time to fill, (p, d)


def fill_terms(
    structure: Structure,
    params: Parameters,
    calendar: int,
    stretch: Array | float,
    sourcing: Array | float,
    fast: Array | float = 0.0,
) -> FillTerms:
    """Start months of requisitions set at the review of a calendar month (0..11).

    ``stretch`` (recruiters' load) multiplies stage times, broadcast to (p, d), ``sourcing``
    (candidates needed over 2026, (h, p, d) or one number) that of the source stage; ``fast`` (p, d)
    is the share on the fast track. The mix of channels is taken as one log-normal by its two
    moments; campus hiring in its window is kept apart.
    """
    hire, people = params.hiring, params.people
    stages = hiring.fast_stage_days(hire.stage_days, hire.fast_track_saving * fast)
    by_channel = np.broadcast_to(sourcing, (len(structure.channels), *people.heads.shape))
    mix = hiring.open_channels(people.sources, structure.campus, calendar)
    slow = np.asarray(stretch) * hiring.seasonal_time(calendar, hire.spring_hiring)
    mean: Array | float = 0.0
    square: Array | float = 0.0
    share: Array | float = 0.0
    campus_share: Array | float = 0.0
    for number, campus in enumerate(structure.campus):
        if campus:
            campus_share = campus_share + mix[number]
            continue
        days, deviation = hiring.stage_moments(
            stages,
            slow,
            hire.source_ratio[number] * by_channel[number],
            people.fill_factor,
            hire.fill_cv,
        )
        mean = mean + mix[number] * days
        square = square + mix[number] * (deviation**2 + days**2)
        share = share + mix[number]
    mean_days = np.asarray(mean / share)
    deviation = np.sqrt(square / share - mean_days**2)
    shares = share * hiring.start_month_shares(mean_days, deviation)
    if hiring.in_campus_window(calendar):
        shares = shares + campus_share * hiring.campus_shares(calendar)[:, None, None]
    return FillTerms(shares, mean_days / DAYS_PER_MONTH)


def arrive(people: Workforce, hired_quality: Array) -> tuple[Workforce, Array]:
    """Starters of the month join band 0, un-ramped (step 0); returns them too, (p, d)."""
    starters = people.pipeline[0]
    total = people.total
    heads = people.heads.copy()
    heads[0] += starters
    pipeline = np.concatenate([people.pipeline[1:], np.zeros_like(people.pipeline[:1])])
    joined = replace(
        people,
        heads=heads,
        pipeline=pipeline,
        unramped=people.unramped + starters,
        quality=workforce.quality_joined(people.quality, total, starters, hired_quality),
    )
    return joined, starters


def ask(
    people: Workforce,
    terms: FillTerms,
    requisitions: Array,
    events: Events,
    month: int,
    place: Codes,
) -> Workforce:
    """Requisitions of this review enter the pipeline by their start month (step 10)."""
    starts = events.split("start", month, place[: hiring.LEAD_MONTHS], requisitions, terms.shares)
    return replace(people, pipeline=people.pipeline + starts)


@dataclass(frozen=True, slots=True)
class Departures:
    """Who left in a month, (p, d), and what they are owed by statute, CNY."""

    leavers: Array  # resignations, failed probations, and those who go at a term's end
    failed: Array  # of these, failed probations
    terms: Array  # fixed terms that ended
    withheld: Array  # (b, p, d) of the leavers, those not offered another term
    refused: Array  # of the leavers, those who did not take it
    redundancies: Array
    severance: Array


def depart(
    people: Workforce,
    leaving: Array,
    ending: Ending,
    probation_fail: Array,
    redundant: Array,
    owed: tuple[Array, Array],
    ramp: Array,
    sorting: Array,
    events: Events,
    month: int,
    place: Codes,
) -> tuple[Workforce, Departures]:
    """Leavers, ends of terms, failed probations, redundancies, ageing and the co-flows (step 11).

    ``leaving`` (b, p, d) probabilities; ``probation_fail`` a month, for band 0; ``redundant``
    (p, d) heads, taken from the shortest service first; ``owed`` CNY (b, p, d) to one made
    redundant, and to one not offered another term.
    """
    opening = people.total
    left = events.some("leave", month, place[:BANDS], people.heads, leaving)
    heads = people.heads - left
    terms = events.some("term", month, place[:BANDS], heads, ending.chance)
    withheld = events.some("offer", month, place[:BANDS], terms, ending.withheld)
    refused = events.some("accept", month, place[:BANDS], terms - withheld, ending.refused)
    heads = heads - withheld - refused
    failed = events.some("probation", month, place[0], heads[0], probation_fail)
    heads[0] -= failed
    cut = np.zeros_like(heads)
    still = redundant
    for band in range(BANDS):
        cut[band] = np.minimum(heads[band], still)
        still = still - cut[band]
    heads = heads - cut
    older = events.some("age", month, place[:BANDS], heads, workforce.ageing_probability(BANDS))
    heads = heads - older
    heads[1:] += older[:-1]
    gone = (left + withheld + refused).sum(axis=0) + failed
    made_redundant = cut.sum(axis=0)
    after = replace(
        people,
        heads=heads,
        unramped=workforce.unramped_next(people.unramped, opening, gone + made_redundant, ramp),
        quality=workforce.quality_left(people.quality, opening, gone, sorting),
    )
    severance = (cut * owed[0] + withheld * owed[1]).sum(axis=0)
    return after, Departures(
        gone,
        failed,
        terms.sum(axis=0),
        withheld,
        refused.sum(axis=0),
        made_redundant,
        severance,
    )


def selection_ratio(params: Parameters) -> Array:
    """Share of candidates who pass test, interview and background check, (d,)."""
    return params.hiring.test_pass * params.hiring.interview_pass * params.hiring.check_pass


def candidates(params: Parameters, accepted: Array) -> Array:
    """Candidates assessed for one hire by channel, (h, p, d).

    ``accepted`` (p, d) or (d,) is the common probability of acceptance. The bar is common: a channel
    whose candidates pass more often needs fewer of them, and its hires are as good as others'.
    """
    h = params.hiring
    passing = np.minimum(selection_ratio(params) * h.pass_ratio, 1.0)[:, None]
    odds = logit(accepted) + h.acceptance_shift[:, None]
    return hiring.candidates_per_hire(passing, np.asarray(expit(odds)))


def hired_quality(params: Parameters, base: Parameters, fast: Array | float = 0.0) -> Array:
    """Quality of those hired as a difference from 2026, standard deviations, (d,) or (p, d).

    ``fast`` (p, d) is the share hired on the fast track, whose assessment is worth less.
    """
    h = params.hiring
    validity = h.validity * (1.0 - h.fast_track_validity * fast)
    return selection.hire_quality(validity, selection_ratio(params)) - (
        selection.hire_quality(base.hiring.validity, selection_ratio(base))
    )
