"""Who is here and what they can do: leaving, ageing, ramp-up, quality (H1, H4).

Answers: how the stock of people moves in a month and how many of them are productive. Leaves out
why they leave (``culture`` and ``incentives`` give pay value and engagement). Works on expected
heads or on whole people alike: events come in as functions of (number, probability). Anybody may
import it.
"""

import numpy as np

from tandem.model.types import Array

BAND_MONTHS = (6.0, 18.0, 36.0)  # widths of the tenure bands; the last one is open
BAND_YEARS = (0.25, 1.25, 3.5, 8.0)  # mean years of service in each, for severance
MULTIPLIER_BOUND = 3.0


def leaving_multiplier(
    pay_value: Array, engagement: Array, pay_effect: Array, engagement_effect: Array
) -> Array:
    """Hazard of leaving over that of 2026, (p, d), kept in [1/3, 3].

    exp(-pay_effect ln(pay value over market, over 2026's) - engagement_effect x engagement); both
    are differences from 2026. Source of the form: proportional hazards (Cox 1972).
    """
    bound = np.log(MULTIPLIER_BOUND)
    return np.exp(np.clip(-pay_effect * pay_value - engagement_effect * engagement, -bound, bound))


def leaving_probability(hazard: Array, band_hazard: Array, multiplier: Array) -> Array:
    """Probability of leaving in a month by tenure band, (b, p, d): 1 - exp(-h)."""
    return -np.expm1(-hazard * band_hazard[:, None] * multiplier)


def probation_failure(passing: Array, quality: Array, effect: Array) -> Array:
    """Probability of failing probation in a month, (p, d) or (d,): 1 - passing**(1/6 exp(-e q)).

    ``passing`` is the share that passes the six months at 2026's quality; ``quality`` of those hired,
    standard deviations over 2026, scales the hazard by exp(-``effect`` x quality).
    """
    return 1.0 - np.power(passing, np.exp(-effect * quality) / BAND_MONTHS[0])


def ageing_probability(bands: int) -> Array:
    """Probability of moving to the next band in a month: 1 / width, 0 for the last, (b, 1, 1)."""
    share = np.zeros(bands)
    share[: bands - 1] = 1.0 / np.asarray(BAND_MONTHS[: bands - 1])
    return share[:, None, None]


def seasonal_leaving(calendar: int, spring: Array) -> Array:
    """Log of the season of leaving: up for three months after the bonus, evened out after.

    ``spring`` in February to April (calendar 1..3), -spring / 3 in the other nine: the mean of the
    log over the year is 0.
    """
    return spring if calendar in (1, 2, 3) else -spring / 3.0


def unramped_next(unramped: Array, heads: Array, leavers: Array, ramp: Array) -> Array:
    """Heads not yet productive at the month's end: U (1 - leavers / N) exp(-1 / tau), (p, d).

    A co-flow of headcount N (Sterman 2000, Business Dynamics, chapter 12); those who start are
    added when they join.
    """
    left = np.divide(leavers, heads, out=np.zeros_like(unramped), where=heads > 0)
    return unramped * (1.0 - left) * np.exp(-1.0 / ramp)


def ramped_heads(heads: Array, unramped: Array, mentor_share: Array, course_share: Array) -> Array:
    """Productive heads, (p, d): the ramped ones less mentors' and courses' time.

    max(0, (N - U) - m min(U, 2 (N - U))) x (1 - courses): a mentor looks after two at most.
    """
    able = np.maximum(heads - unramped, 0.0)
    return np.maximum(able - mentor_share * np.minimum(unramped, 2.0 * able), 0.0) * (
        1.0 - course_share
    )


def quality_joined(quality: Array, heads: Array, hires: Array, hired: Array) -> Array:
    """Mean quality when ``hires`` of quality ``hired`` join, standard deviations over 2026, (p, d)."""
    after = heads + hires
    total = quality * heads + hired * hires
    return np.divide(total, after, out=np.zeros_like(quality), where=after > 0)


def quality_left(quality: Array, heads: Array, leavers: Array, sorting: Array) -> Array:
    """Mean quality when ``leavers`` go whose own mean is ``sorting`` below it, (p, d).

    A plan with a steep top loses the weaker first (``sorting`` positive), a flat one the best.
    Source of the idea: Lazear (2000), Performance pay and productivity, American Economic Review
    90(5). Unchanged where nobody stays.
    """
    stay = np.maximum(heads - leavers, 0.0)
    return quality + np.divide(sorting * leavers, stay, out=np.zeros_like(quality), where=stay > 0)


def productive_months(ramp: float, hazard: float, months: float | None = None) -> float:
    """Expected productive months of a hire, over ``months`` or a lifetime.

    Productivity 1 - exp(-t / tau), staying exp(-h t):
    (1 - exp(-h T)) / h - (1 - exp(-(h + 1 / tau) T)) / (h + 1 / tau), the first term T where nobody
    leaves. ``ramp`` tau in months, ``hazard`` a month. A lifetime without leaving is infinite.
    """
    both = hazard + 1.0 / ramp
    if months is None:
        return 1.0 / hazard - 1.0 / both if hazard > 0 else np.inf
    here = -np.expm1(-hazard * months) / hazard if hazard > 0 else months
    return float(here + np.expm1(-both * months) / both)


def productive_months_of(ramp: float, survival: Array) -> float:
    """The same where staying is given month by month: ``survival`` (t + 1,) after 0, 1, .. t months.

    Integral of survival x (1 - exp(-t / ``ramp``)) by the trapezoidal rule, ``ramp`` in months.
    """
    tenure = np.arange(len(survival), dtype=float)
    return float(np.trapezoid(survival * -np.expm1(-tenure / ramp), tenure))


def grades_in_the_end(moves: Array, hires: Array) -> Array:
    """Heads by grade that a Markov chain with these hires a period tends to: r (I - Q)**-1.

    ``moves`` (g, g) from row to column, rows sum below 1; ``hires`` (g,). n' = n Q + R.
    Source: Bartholomew, Forbes and McClean (1991), Statistical techniques for manpower planning.
    """
    return np.asarray(np.linalg.solve((np.eye(len(hires)) - moves).T, hires), dtype=float)
