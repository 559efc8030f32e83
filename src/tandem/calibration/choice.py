"""Preference from choices: the conditional logit, with standard errors and willingness to pay.

What it answers: what each attribute of an offer is worth to those who choose (part-worths), how sure
the survey is of it, and what they would pay for it.

What it leaves out: the records' form (`choice_survey`), shares of given offers and what to build
next (`preference`), and tastes that differ from person to person other than through the errors.

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.stats import norm

from tandem.calibration.choice_survey import ChoiceSurvey
from tandem.calibration.newton import maximise
from tandem.calibration.refused import suggestion
from tandem.calibration.rows import lognormal_row, normal_row

__all__ = ["ChoiceFit", "WillingnessToPay", "choice_rows", "fit_choice", "willingness_to_pay"]

Floats = NDArray[np.float64]

SEPARATED = 1e-7  # utility by which the offers chosen may beat the others in all tasks together


@dataclass(frozen=True, slots=True)
class ChoiceFit:
    """Part-worths by attribute, in utility a unit of it, with their covariance.

    `effects` (attribute,) in the order of `names`, `covariance` (attribute, attribute), clustered by
    respondent where `clustered`. `log_likelihood` at the estimates and `at_random` with all offers
    alike; `tasks` and `respondents` that they rest on.
    """

    names: tuple[str, ...]
    effects: Floats
    covariance: Floats
    log_likelihood: float
    at_random: float
    tasks: int
    respondents: int
    clustered: bool

    @property
    def se(self) -> Floats:
        """Standard errors, (attribute,)."""
        return np.sqrt(np.diag(self.covariance))

    @property
    def pseudo_r2(self) -> float:
        """McFadden's: 1 - log-likelihood over that of choices at random."""
        return 1.0 - self.log_likelihood / self.at_random

    def intervals(self, confidence: float = 0.95) -> Floats:
        """Lower and upper ends by attribute, (attribute, 2)."""
        wide = norm.ppf(0.5 + confidence / 2.0) * self.se
        return np.column_stack([self.effects - wide, self.effects + wide])

    def place(self, name: str) -> int:
        """Place of an attribute; raises ValueError for one that the survey does not have."""
        if name not in self.names:
            raise ValueError(f"no attribute {name!r}{suggestion(name, self.names)}")
        return self.names.index(name)


def fit_choice(survey: ChoiceSurvey, clustered: bool = True) -> ChoiceFit:
    """Conditional logit by maximum likelihood: P(i) = exp(x_i b) / sum over the task of exp(x b).

    Newton's method; the log-likelihood is concave, so there is one top. Standard errors are from the
    observed information, or, ``clustered``, from the sandwich over respondents with the factor
    R / (R - 1): the answers of one person are not independent. Sources: McFadden (1974), Conditional
    logit analysis of qualitative choice behavior; White (1982), Econometrica 50(1). Raises
    ValueError where an attribute, or several together, separate the offers taken from the others, so
    that the likelihood has no top, where two attributes are one, and for a single respondent where
    clustered errors are asked for.
    """
    people = int(survey.respondent.max()) + 1
    if clustered and people < 2:
        raise ValueError("clustered standard errors need two respondents or more")
    _refuse_separated(survey)
    sizes = np.diff(np.append(survey.starts, len(survey.chosen)))
    taken = survey.values[survey.chosen]

    def parts(effects: Floats) -> tuple[float, Floats, Floats, Floats]:
        utility = survey.values @ effects
        utility = utility - np.repeat(np.maximum.reduceat(utility, survey.starts), sizes)
        weight = np.exp(utility)
        whole = np.add.reduceat(weight, survey.starts)
        share = weight / np.repeat(whole, sizes)
        means = np.add.reduceat(share[:, None] * survey.values, survey.starts)
        value = float((utility[survey.chosen] - np.log(whole)).sum())
        return value, share, means, taken - means

    def evaluate(effects: Floats) -> tuple[float, Floats, Floats]:
        value, share, means, scores = parts(effects)
        information = (survey.values.T * share) @ survey.values - means.T @ means
        return value, scores.sum(axis=0), information

    start = np.zeros(len(survey.names))
    effects, value, covariance = maximise(evaluate, start, survey.names)
    if clustered:
        scores = np.zeros((people, len(survey.names)))
        np.add.at(scores, survey.respondent, parts(effects)[3])
        covariance = covariance @ (scores.T @ scores) @ covariance * people / (people - 1)
    return ChoiceFit(
        names=survey.names,
        effects=effects,
        covariance=covariance,
        log_likelihood=value,
        at_random=float(-np.log(sizes).sum()),
        tasks=len(sizes),
        respondents=people,
        clustered=clustered,
    )


@dataclass(frozen=True, slots=True)
class WillingnessToPay:
    """What a unit of each attribute but price is worth in the unit of price, with its interval.

    All (attribute,), in the order of `names`.
    """

    names: tuple[str, ...]
    value: Floats
    se: Floats
    low: Floats
    high: Floats


def willingness_to_pay(fit: ChoiceFit, price: str, confidence: float = 0.95) -> WillingnessToPay:
    """-effect / price effect, with the delta method's standard error; in the unit of ``price``.

    The interval is a normal one around the ratio and so a good one only where the price effect is
    many standard errors from 0. Source: Hole, A. R. (2007), A comparison of approaches to estimating
    confidence intervals for willingness to pay measures, Health Economics 16(8). Raises ValueError
    for an unknown attribute and where offers do not lose by a higher price.
    """
    at = fit.place(price)
    slope = float(fit.effects[at])
    if slope >= 0:
        raise ValueError(
            f"{price}: its effect is {slope:.3g}, not below 0: dearer offers were not chosen less, so "
            "nothing can be said in money; is it a price, and does it vary enough?"
        )
    others = [k for k in range(len(fit.names)) if k != at]
    value = -fit.effects[others] / slope
    slopes = np.zeros((len(others), len(fit.names)))
    slopes[np.arange(len(others)), others] = -1.0 / slope
    slopes[:, at] = -value / slope
    se = np.sqrt(np.einsum("ik,kl,il->i", slopes, fit.covariance, slopes))
    wide = norm.ppf(0.5 + confidence / 2.0) * se
    names = tuple(fit.names[k] for k in others)
    return WillingnessToPay(names, value, se, value - wide, value + wide)


def choice_rows(
    fit: ChoiceFit, price: str, source: str, others: Sequence[tuple[str, str]] = ()
) -> dict[str, dict[str, object]]:
    """Rows of the parameter files by path; ``price`` is the log of price over reference.

    `demand.price_logit` is minus its effect, log-normal; ``others`` are pairs of attribute and path
    of a parameter in utility, each normal. Evidence "measured". Raises ValueError as
    `willingness_to_pay` does.
    """
    at = fit.place(price)
    willingness_to_pay(fit, price)
    rows = {
        "demand.price_logit": lognormal_row(
            -float(fit.effects[at]), float(-fit.se[at] / fit.effects[at]), "utility", source
        )
    }
    for name, path in others:
        k = fit.place(name)
        rows[path] = normal_row(float(fit.effects[k]), float(fit.se[k]), "utility", source)
    return rows


def _refuse_separated(survey: ChoiceSurvey) -> None:
    """ValueError where some weights of the attributes never rank an offer above the one taken.

    Such weights b, x_taken b >= x_other b everywhere and > somewhere, are a direction in which the
    likelihood rises for ever; a linear programme finds one. Source: Albert, A. and Anderson, J. A.
    (1984), Biometrika 71(1).
    """
    sizes = np.diff(np.append(survey.starts, len(survey.chosen)))
    ahead = np.repeat(survey.values[survey.chosen], sizes, axis=0) - survey.values
    ahead = ahead[~survey.chosen]
    scale = np.abs(ahead).max(axis=0)
    distinct, weight = np.unique(ahead / scale, axis=0, return_counts=True)
    found = linprog(
        -(weight @ distinct), A_ub=-distinct, b_ub=np.zeros(len(distinct)), bounds=(-1, 1)
    )
    if (
        found.status == 0
        and found.fun is not None
        and found.x is not None
        and -found.fun > SEPARATED
    ):
        parts = [n for n, b in zip(survey.names, found.x, strict=True) if abs(b) > SEPARATED]
        clear = int(weight[distinct @ found.x > SEPARATED].sum())
        raise ValueError(
            f"choice survey: {', '.join(parts)} separates what was chosen: in {clear} comparisons the "
            "offer taken is ahead in it, and in none behind, so no finite part-worth fits; show more "
            "tasks in which it is traded against something people want, pool its levels, or leave it "
            "out"
        )
