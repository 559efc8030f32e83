"""Write data/actuals.csv: the invented months of a company whose true values are known.

    python data/make_actuals.py    # the same bytes each time, for the same model and parameters

Generated, nobody's books. The truth is one simulated future of scenario SCENARIO: number DRAW of
DRAWS at seed SEED, which is not the seed of the study, so that what is forecast never knew it.
January to September 2026 are that future's reference months of the base year, October 2026 to March
2027 its simulated paths; money in prices of 2026.

What a simulation does not hold is drawn here, a person at a time: days to fill of each requisition
(log-normal, mean and spread of the stages' sum in that future, in the month of the simulation), each person's six months of
probation (PASSES, by the month), why who fails fails (WHY), and a score for each hire (mean
QUALITY, standard deviation 1, 0 being the hires of 2026). Who fails probation is one of the month's
leavers; where there are fewer leavers, the failure falls into a later month.

After a change of the model or of params/ run it again: the truth has moved.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.special import ndtri

from tandem import load_study, units
from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.model import hiring
from tandem.model.simulate import simulate
from tandem.model.types import Inputs, Trajectory
from tandem.study.actuals import COLUMNS, KINDS, REASONS, failed_for
from tandem.study.filling import days_to_fill
from tandem.study.probation import MONTHS as PROBATION

PROJECT = Path(__file__).resolve().parents[1]
SCENARIO, DRAWS, SEED, DRAW = "lower-tier-expansion", 64, 2027, 15
MONTHS = range(units.month_index("2026-01"), units.month_index("2027-04"))

PASSES = {"field_rep": 0.78}  # true share of hires who pass probation
OTHERS_PASS = 0.95
WHY = {
    "field_rep": (0.62, 0.14, 0.14, 0.10),  # in the order of REASONS
    "others": (0.25, 0.30, 0.25, 0.20),
}
QUALITY = {"field_rep@lower_tier": -0.2}  # standard deviations over the hires of 2026
OTHERS_QUALITY = 0.0

Fact = tuple[int, str, str, float]


def future() -> tuple[Inputs, Trajectory]:
    """The future that is true here, as the one column of its arrays."""
    study = load_study(SCENARIO, draws=DRAWS, seed=SEED, project=PROJECT)
    # two columns: numpy adds up in another order along an axis of one
    inputs = model_inputs(draw(study.assumptions, DRAWS, SEED, DRAW, 2), SEED)
    return inputs, simulate(inputs)


def markets(inputs: Inputs, run: Trajectory) -> Iterator[Fact]:
    """Sales, new and contestable customers, leads, awareness; a market not open has no past."""
    reference = run.anchor.reference
    for k, market in enumerate(inputs.structure.markets):
        for t in MONTHS:
            if t >= 0:
                past = {name: run.market[name][t, k, 0] for name in ("sales", "leads", "awareness")}
                for name in ("new_customers", "contestable_customers"):
                    past[name] = run.market[name][t, k, 0]
            elif inputs.structure.existing[k]:
                calendar = units.calendar_month(t)
                past = {
                    "sales": reference.sales[calendar, k, 0],
                    "leads": reference.leads[calendar, k, 0],
                    "new_customers": reference.new_customers[calendar, k, 0],
                    "awareness": reference.awareness[calendar, k, 0],
                    "contestable_customers": run.anchor.contestable[k, 0],
                }
            else:
                continue
            yield t, "sales", market, round(past["sales"], -3)
            yield t, "new_customers", market, round(past["new_customers"])
            yield t, "leads", market, round(past["leads"])
            yield t, "awareness", market, round(past["awareness"], 4)
            yield t, "contestable_customers", market, round(past["contestable_customers"], -2)


def company(inputs: Inputs, run: Trajectory) -> Iterator[Fact]:
    """Training cover, satisfaction by customers, engagement by heads; cash since the plan began."""
    usual = inputs.base.parameters.customer.satisfaction_2026[0]
    for t in MONTHS:
        happy, engaged, cover = usual, 0.0, 1.0
        if t >= 0:
            cover = run.company["training_cover"][t, 0]
            happy = _mean(run.market["satisfaction"][t], run.market["customers"][t])
            engaged = _mean(run.position["engagement"][t], run.position["heads"][t])
            yield t, "cash", "company", round(run.company["cash"][t, 0], -4)
        yield t, "training_cover", "company", round(cover, 4)
        yield t, "satisfaction", "company", round(happy, 4)
        yield t, "engagement", "company", round(engaged, 4)


def _mean(values: np.ndarray, weights: np.ndarray) -> float:
    return float((values[:, 0] * weights[:, 0]).sum() / weights[:, 0].sum())


def people(inputs: Inputs, run: Trajectory) -> Iterator[Fact]:
    """Heads, hires, leavers and requisitions of each position, and what each person brought."""
    loaded, spread = days_to_fill(inputs, run.company["recruiting_stretch"])
    usual, _ = days_to_fill(inputs, np.ones((1, 1)), first=-1)
    for k, position in enumerate(inputs.structure.positions):
        counts = _counts(inputs, run, k)
        luck = np.random.default_rng([SEED, DRAW, k])
        outcomes = probation(position, counts["hires"], counts["leavers"], luck)
        means = {t: (loaded[t - 1] if t > 0 else usual[0])[k, 0] for t in MONTHS}
        days = fill_days(counts, means, spread[0, k, 0] / loaded[0, k, 0], luck)
        for row, t in enumerate(MONTHS):
            for name, values in {**counts, **outcomes}.items():
                if values[row] or name in ("heads", "hires", "leavers"):
                    yield t, name, position, float(values[row])
            if t >= 0:
                required = run.position["required_heads"][t, k, 0]
                yield t, "required_heads", position, round(float(required), 1)
            hired = int(counts["hires"][row])
            if hired:
                yield t, "days_to_fill", position, round(float(np.mean(days[row])), 1)
                scores = luck.normal(QUALITY.get(position, OTHERS_QUALITY), 1.0, hired)
                yield t, "quality_of_hires", position, round(float(scores.mean()), 2)


def fill_days(
    counts: dict[str, np.ndarray], means: dict[int, float], cv: float, luck: np.random.Generator
) -> list[list[float]]:
    """Days of each requisition filled, by month of MONTHS, in agreement with the months.

    Who starts came from one of the requisitions open by then, in proportion to their numbers and to
    the odds that one of that age is filled now; its days are log-normal within that month. `means`
    is by month of opening. Requisitions of late 2025 are taken to be those of a usual month.
    """
    before = MONTHS.start
    held = {before - back: float(np.rint(counts["hires"][:9].mean())) for back in (2, 1)}
    found: list[list[float]] = []
    for row, t in enumerate(MONTHS):
        held[t] = float(counts["requisitions_opened"][row])
        found.append([])
        for _ in range(int(counts["hires"][row])):
            opened = sorted(held)
            age = t - np.array(opened)
            mean = np.array([means.get(m, means[before]) for m in opened])
            sd = cv * mean
            low = hiring.lognormal_cdf((age - 0.5) * units.DAYS_PER_MONTH, mean, sd)
            high = hiring.lognormal_cdf((age + 0.5) * units.DAYS_PER_MONTH, mean, sd)
            odds = (high - low) * np.array([held[m] for m in opened])
            if odds.sum() == 0:  # a rounded month of 2026 has more starters than requisitions
                odds = high - low
            chosen = luck.choice(len(opened), p=odds / odds.sum())
            held[opened[chosen]] = max(held[opened[chosen]] - 1.0, 0.0)
            u = low[chosen] + luck.random() * (high[chosen] - low[chosen])
            variance = np.log1p(cv**2)
            location = np.log(mean[chosen]) - 0.5 * variance
            found[-1].append(float(np.exp(location + np.sqrt(variance) * ndtri(u))))
    return found


def _counts(inputs: Inputs, run: Trajectory, k: int) -> dict[str, np.ndarray]:
    """Whole people by month of MONTHS; expected ones of 2026 are rounded so that they add up.

    In 2026 each starter was asked for a month before, and promotions are among starters and leavers.
    """
    reference = run.anchor.reference
    paths = run.position
    past = [int(units.calendar_month(t)) for t in MONTHS if t < 0]
    if not inputs.base.parameters.people.heads[k, 0] > 0:
        past_heads = past_hires = past_leavers = np.zeros(len(past))
    else:
        past_hires = np.diff(np.rint(np.cumsum([0.0, *reference.hires[past, k, 0]])))
        past_leavers = np.diff(np.rint(np.cumsum([0.0, *reference.leavers[past, k, 0]])))
        october = paths["heads"][0, k, 0] - sum(
            paths[name][0, k, 0] for name in ("hires", "promoted_in")
        )
        after = np.cumsum((past_hires - past_leavers)[::-1])[::-1]  # from the month to the end
        past_heads = october - after + past_hires
    now = slice(0, MONTHS.stop)
    asked = paths["requisitions"][now, k, 0]
    soon = int(units.calendar_month(1))  # opened in October, filled in November
    usual = np.rint(reference.hires[soon, k, 0]) if inputs.structure.home_position[k] == k else 0.0
    hires = np.concatenate([past_hires, paths["hires"][now, k, 0]])
    opened = np.concatenate([hires[1 : len(past) + 1], [usual], asked[:-1]])
    return {
        "heads": np.concatenate([past_heads, paths["heads"][now, k, 0]]),
        "hires": hires,
        "leavers": np.concatenate([past_leavers, paths["leavers"][now, k, 0]]),
        **{
            name: np.concatenate([np.zeros(len(past)), paths[name][now, k, 0]])
            for name in ("promoted_in", "promoted_out")
        },
        "requisitions_opened": opened,
        "requisitions_filled": hires,
    }


def probation(
    position: str, hires: np.ndarray, leavers: np.ndarray, luck: np.random.Generator
) -> dict[str, np.ndarray]:
    """Who is on probation, passes and fails, and why, by month: whole people.

    Each month a person fails with 1 - pass**(1/6). The first six months of the file know nothing of
    those hired before it, so they begin with those who would be on probation in a usual year.
    """
    role = position.partition("@")[0]
    passing = PASSES.get(role, OTHERS_PASS)
    hazard = 1.0 - passing ** (1.0 / PROBATION)
    length = int(PROBATION)
    ages = [round(float(hires[:9].mean()))] * (length - 1)  # those hired before, youngest first
    found = {name: np.zeros(len(hires)) for name in ("on_probation", "probation_passed")}
    found |= {failed_for(reason): np.zeros(len(hires)) for reason in REASONS}
    for row, joined in enumerate(hires):
        ages = [int(joined), *ages]
        found["on_probation"][row] = sum(ages)
        room = int(leavers[row])
        for age, number in enumerate(ages):
            failing = min(int(luck.binomial(number, hazard)), room)
            room -= failing
            ages[age] -= failing
            why = luck.multinomial(failing, WHY.get(role, WHY["others"]))
            for reason, count in zip(REASONS, why, strict=True):
                found[failed_for(reason)][row] += count
        found["probation_passed"][row] = ages.pop()
        assert len(ages) == length - 1
    return found


def actuals() -> str:
    """The file's text."""
    inputs, run = future()
    facts = [*markets(inputs, run), *people(inputs, run), *company(inputs, run)]
    order = {name: number for number, name in enumerate(KINDS)}
    facts.sort(key=lambda fact: (fact[0], order[fact[1]]))  # stable: scopes stay in their order
    out = io.StringIO()
    out.write("# Generated by data/make_actuals.py: invented. data/README.md says what is true.\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for t, measure, scope, value in facts:
        row = [units.month_label(t), measure, scope, f"{value + 0.0:.10g}", KINDS[measure].unit]
        writer.writerow(row)
    return out.getvalue()


if __name__ == "__main__":
    Path(__file__).with_name("actuals.csv").write_text(actuals(), "utf-8")
