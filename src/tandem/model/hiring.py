"""From a requisition to a person who starts: time, candidates, offers, and HR's policy (H1, F1).

Answers: when people start, what hiring them takes, and how many requisitions HR opens. Leaves out
what they do afterwards (``workforce``) and how good they are (``selection``). Pure functions;
anybody may import it.
"""

import numpy as np
from scipy.special import expit, logit, ndtr, ndtri
from scipy.stats import binom

from tandem.model.recruiting import survival_integral
from tandem.model.types import STAGES, Array
from tandem.units import DAYS_PER_MONTH, MONTHS_PER_YEAR

LEAD_MONTHS = 12  # start months told apart; the last one takes in all later ones
FAST_STAGES = ("test", "interview", "check", "offer")  # those that a fast track shortens
FAST_STEEPNESS = 4.0
CAMPUS_OPENS = (8, 9, 10)  # September to November
CAMPUS_STARTS = 6  # July
SPRING = (0, 1)  # January and February


def acceptance(
    base: Array,
    pay: Array,
    tightness: Array,
    brand: Array,
    pay_effect: Array,
    brand_effect: Array,
) -> Array:
    """Probability that an offer is accepted, (p, d): a logit around that of 2026.

    ln odds = ln odds_0 + pay_effect ln(pay position over 2026's) - tightness + brand_effect x
    employer brand (a difference from 2026). After Chapman et al. (2005), Journal of Applied
    Psychology 90(5), on what moves acceptance; the sizes are assumptions.
    """
    return np.asarray(expit(logit(base) + pay_effect * pay - tightness + brand_effect * brand))


def sourcing_time(candidates: Array, value: Array, applicants_pay: Array) -> Array:
    """Sourcing time over that of 2026: candidates needed over how fast they apply, shapes as broadcast.

    ``candidates`` over those of 2026; ``value`` (p, d) log of pay value over the market's, a difference
    from 2026, brings exp(``applicants_pay`` x value) times the applicants.
    """
    return candidates * np.exp(-applicants_pay * value)


def candidates_per_hire(selection_ratio: Array, acceptance_share: Array) -> Array:
    """Candidates assessed for one hire: 1 / (selection ratio x acceptance)."""
    return 1.0 / (selection_ratio * acceptance_share)


def stage_moments(
    stage_days: Array, stretch: Array, sourcing: Array, factor: Array, cv: Array
) -> tuple[Array, Array]:
    """Mean and standard deviation of time to fill in days, shapes as broadcast.

    ``stage_days`` (7, d). All stages but notice are stretched by recruiters' load; the source
    stage also by ``sourcing`` (candidates needed, channel). Stages are independent log-normals with
    one coefficient of variation: variance = cv**2 x sum of squares.
    """
    mean: Array | float = 0.0
    square: Array | float = 0.0
    for number, name in enumerate(STAGES):
        days = stage_days[number] * factor
        if name != "notice":
            days = days * stretch
        if name == "source":
            days = days * sourcing
        mean = mean + days
        square = square + days * days
    return np.asarray(mean), cv * np.sqrt(square)


def fast_stage_days(stage_days: Array, saving: Array | float) -> Array:
    """Stage times in days, (7, p, d), less the share of test, interview, check and offer saved.

    ``stage_days`` (7, d), ``saving`` a share that broadcasts to (p, d).
    """
    quick = np.array([name in FAST_STAGES for name in STAGES], dtype=float)[:, None, None]
    return stage_days[:, None] * (1.0 - quick * saving)


def seasonal_time(calendar: int, spring: Array) -> Array:
    """Time over usual of all stages but notice in a calendar month (0..11), shape of ``spring``.

    exp(``spring``) in January and February, around the Spring Festival; 1 in the other months.
    """
    return np.exp(spring) if calendar in SPRING else np.ones_like(spring)


def fast_share(load: Array, capacity: Array) -> Array:
    """Share of those meant for the fast track who get it, 0..1, same shape.

    (1 + (load / capacity)**4)**(-1/4), a smooth minimum of 1 and capacity / load; ``load`` and
    ``capacity`` count open requisitions, of the fast track and those for which others can lend
    interviewers.
    """
    return np.power(1.0 + np.power(load / capacity, FAST_STEEPNESS), -1.0 / FAST_STEEPNESS)


def lognormal_cdf(x: Array | float, mean: Array, sd: Array) -> Array:
    """P(X <= x) of a log-normal by its mean and standard deviation."""
    variance = np.log1p((sd / mean) ** 2)
    location = np.log(mean) - 0.5 * variance
    with np.errstate(divide="ignore"):
        z = (np.log(np.maximum(x, 0.0)) - location) / np.sqrt(variance)
    return np.asarray(ndtr(z))


def start_month_shares(mean_days: Array, sd_days: Array, apart: int = 9) -> Array:
    """Share of requisitions whose person starts 1, 2, ... months after the review, (month, ...).

    A requisition set at the review of month t opens at the start of t + 1; its person starts in
    the month nearest to the day on which it is filled, t + 1 at the earliest. The sum of the
    stages is taken as log-normal by its two moments (Fenton 1960); ``apart`` months are told
    apart, the last of them takes the tail, the rest up to ``LEAD_MONTHS`` are 0.
    """
    bounds = [
        lognormal_cdf((k + 0.5) * DAYS_PER_MONTH, mean_days, sd_days) for k in range(apart - 1)
    ]
    late = [np.ones_like(mean_days)] * (LEAD_MONTHS - apart + 1)
    return np.diff(np.stack([np.zeros_like(mean_days), *bounds, *late]), axis=0)


def campus_shares(calendar: int) -> Array:
    """The same for campus hiring: everybody starts next July, (month,); calendar month 0..11."""
    shares = np.zeros(LEAD_MONTHS)
    shares[(CAMPUS_STARTS - calendar - 1) % MONTHS_PER_YEAR] = 1.0
    return shares


def in_campus_window(calendar: int) -> bool:
    """Whether a requisition set at the review of this month (0..11) can go to the campus."""
    return (calendar + 1) % MONTHS_PER_YEAR in CAMPUS_OPENS


def open_channels(sources: Array, campus: tuple[bool, ...], calendar: int) -> Array:
    """Channel mix of a month, (h, p, d): outside its window campus hiring goes to the others."""
    if in_campus_window(calendar):
        return sources
    mix = np.where(np.asarray(campus)[:, None, None], 0.0, sources)
    return mix / mix.sum(axis=0)


def requisitions_wanted(
    target: Array, heads: Array, expected_leavers: Array, pipeline: Array
) -> Array:
    """Requisitions that bring heads to target: target - heads + leavers until then - pipeline.

    ``expected_leavers`` over the time to fill and a month; over the whole lead time, heads would
    sit above target for ever. Order-up-to policy; not yet limited or rounded; may be negative.
    """
    return target - heads + expected_leavers - pipeline


def newsvendor_quantity(mean: Array | float, sd: Array | float, ratio: Array | float) -> Array:
    """Heads (or goods) to hold ahead of a normal need: mean + sd Phi**-1(ratio), unit of the need.

    ``ratio`` is the critical one: cost of one too few over cost of one too few plus one too many.
    Source: Arrow, Harris and Marschak (1951), Optimal inventory policy, Econometrica 19(3).
    """
    return np.asarray(mean + sd * ndtri(ratio))


def limited_requisitions(wanted: Array, heads: Array, share: Array, least: Array) -> Array:
    """Requisitions within the limits of an existing cell: share of heads a month, or a few."""
    return np.clip(wanted, 0.0, np.maximum(share * heads, least))


def open_requisitions(rate: float, mean: float, sd: float, time: float) -> float:
    """Mean number of open requisitions after ``time``, in days: an M/G/infinity queue from empty.

    rate x integral of (1 - F) from 0 to time, F log-normal by ``mean`` and ``sd``. Source: as
    ``recruiting.survival_integral``.
    """
    return rate * float(survival_integral(time, mean, sd))


def offers_needed(acceptance_share: float, hires: int, confidence: float) -> int:
    """Fewest offers that give at least ``hires`` acceptances with this probability.

    Raises ValueError where no number of offers would: nobody accepts, or certainty is asked for.
    """
    if not (0.0 < acceptance_share <= 1.0 and confidence < 1.0):
        raise ValueError("needs an acceptance above 0 and a confidence below 1")
    offers = hires
    while binom.sf(hires - 1, offers, acceptance_share) < confidence:
        offers += 1
    return offers
