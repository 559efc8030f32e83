"""Pay: what people cost, how much of it moves with results, and what it buys.

What it answers: fixed and variable pay by quarter, its distribution across futures, pay per unit of
sales, payout where attainment is low, middling and high, and all people costs by year; and the
page's answer in words.

What it leaves out: what a single component pays (the laws in `tandem.model.incentives`).

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tandem import units
from tandem.charts import bars, fans, numbers, source, spread
from tandem.charts.chart import Chart
from tandem.charts.components import Answer
from tandem.charts.source import PLAN_YEAR
from tandem.charts.tables import Column, Table, table
from tandem.language import translator

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["answer", "distribution", "payout", "people_cost", "per_sales", "split"]

#: Lines of the ledger that people cause, in the order in which they are shown.
PEOPLE_LINES = ("pay", "social", "hiring", "training", "severance")

#: Futures that count as low, middling and high: three tenths of them, by attainment.
_TENTHS = ((0.0, 0.1), (0.45, 0.55), (0.9, 1.0))


def answer(study: "Study") -> Answer:
    """Pay of the plan year in one sentence, and what it is in proportion to."""
    _, lang = translator(study.language), study.language
    fixed, variable = _pay(study)
    year = source.year_sum(fixed + variable, PLAN_YEAR)
    low, middle, high = (float(q) for q in np.quantile(year, (0.1, 0.5, 0.9)))
    sold = source.year_sum(source.total(study, "sales"), PLAN_YEAR)
    cost = source.year_sum(_people_cost(study), PLAN_YEAR)
    heads = source.total(study, "heads")[units.year_slice(PLAN_YEAR)].mean(axis=0)
    return Answer(
        headline=_(
            "Pay of {year} costs {pay} in the median future, {share} of it variable.",
            year=PLAN_YEAR,
            pay=numbers.amount("money", middle, lang),
            share=numbers.amount("share", _variable_share(study), lang),
        ),
        range=_(
            "In 80 of 100 simulated futures it is {range}.",
            range=numbers.amount_range("money", low, high, lang),
        ),
        facts=(
            (_("Pay in 100 CNY of sales"), _per_hundred(year, sold, lang)),
            (_("All people costs in 100 CNY of sales"), _per_hundred(cost, sold, lang)),
            (
                _("Pay a head and month"),
                numbers.amount("money", float(np.median(year / heads / _months())), lang),
            ),
        ),
    )


def split(study: "Study") -> Chart:
    """Fixed and variable pay by quarter; title: the variable share of the plan year."""
    _, lang = translator(study.language), study.language
    fixed, variable = _pay(study)
    names, fixed_by_quarter = source.quarters(fixed)
    variable_by_quarter = source.quarters(variable)[1]
    share = numbers.amount("share", _variable_share(study), lang)
    return bars.stacked(
        "pay-split",
        _("Variable pay is {share} of pay in {year}", share=share, year=PLAN_YEAR),
        _(
            "Fixed and variable pay by quarter, mean of the simulated futures. In {year} "
            "{share} of it is variable.",
            year=PLAN_YEAR,
            share=share,
        ),
        [numbers.quarter(year, quarter, lang) for year, quarter in names],
        {
            _("fixed"): [float(v) for v in fixed_by_quarter.mean(axis=-1)],
            _("variable"): [float(v) for v in variable_by_quarter.mean(axis=-1)],
        },
        kind="money",
        what=_("Pay a quarter, mean of the simulated futures"),
        language=lang,
        period=_("quarter"),
    )


def distribution(study: "Study") -> Chart:
    """Pay of the plan year across the simulated futures; title: where most of them lie."""
    _, lang = translator(study.language), study.language
    fixed, variable = _pay(study)
    year = source.year_sum(fixed + variable, PLAN_YEAR)
    low, middle, high = (float(q) for q in np.quantile(year, (0.1, 0.5, 0.9)))
    span = numbers.amount_range("money", low, high, lang)
    return spread.histogram(
        "pay-distribution",
        _("Pay of {year}: mostly {range}", year=PLAN_YEAR, range=span),
        _(
            "Pay of {year} across the simulated futures: {middle} in the median one, and "
            "{range} in 80 of 100.",
            year=PLAN_YEAR,
            middle=numbers.amount("money", middle, lang),
            range=span,
        ),
        year,
        kind="money",
        what=_("Pay of {year}", year=PLAN_YEAR),
        language=lang,
    )


def per_sales(study: "Study") -> Chart:
    """Pay over sales, month by month; title: the plan year against the last one."""
    _, lang = translator(study.language), study.language
    fixed, variable = _pay(study)
    paid, sold = fixed + variable, source.total(study, "sales")
    last = source.months(study)[-1].year
    first_share, last_share = (
        numbers.amount(
            "share",
            float(np.median(source.year_sum(paid, year) / source.year_sum(sold, year))),
            lang,
        )
        for year in (PLAN_YEAR, last)
    )
    return fans.fan(
        "pay-per-sales",
        _(
            "Pay takes {first} of sales in {year}, {last} in {end}",
            first=first_share,
            year=PLAN_YEAR,
            last=last_share,
            end=last,
        ),
        _(
            "Pay as a share of sales. It is {first} in {year} and {last} in {end} in the median "
            "future.",
            first=first_share,
            year=PLAN_YEAR,
            last=last_share,
            end=last,
        ),
        source.months(study),
        np.divide(paid, sold, out=np.zeros_like(paid), where=sold > 0),
        kind="share",
        what=_("Pay as a share of sales"),
        language=lang,
    )


def payout(study: "Study") -> Table:
    """Pay of the role with most variable pay where attainment is low, middling and high."""
    _, lang = translator(study.language), study.language
    variable = source.by_role(study, "pay_variable")
    role = max(variable, key=lambda name: float(source.year_sum(variable[name], PLAN_YEAR).mean()))
    year = units.year_slice(PLAN_YEAR)
    heads = source.by_role(study, "heads")[role][year].sum(axis=0)
    fixed = source.by_role(study, "pay_fixed")[role][year].sum(axis=0) / heads
    moving = variable[role][year].sum(axis=0) / heads
    attainment = source.mean_by_role(study, "attainment", "heads", role)[year].mean(axis=0)
    order = np.argsort(attainment, kind="stable")
    rows = []
    for name, (start, stop) in zip(
        (_("lowest tenth"), _("middle tenth"), _("highest tenth")), _TENTHS, strict=True
    ):
        count = len(order)
        group = order[int(start * count) : max(int(stop * count), int(start * count) + 1)]
        rows.append(
            {
                "futures": name,
                "attainment": float(attainment[group].mean()),
                "fixed": float(fixed[group].mean()),
                "variable": float(moving[group].mean()),
                "total": float((fixed + moving)[group].mean()),
            }
        )
    return table(
        "payout",
        _("{role}: pay a head and month in {year}, by attainment", role=role, year=PLAN_YEAR),
        pd.DataFrame(rows),
        [
            Column("futures", _("Futures by attainment")),
            Column("attainment", _("Attainment of quota"), "share"),
            Column("fixed", _("Fixed"), "money", group="pay"),
            Column("variable", _("Variable"), "money", group="pay"),
            Column("total", _("Together"), "money", group="pay"),
        ],
        lang,
    )


def people_cost(study: "Study") -> Table:
    """People costs by line of the ledger and year, means of the simulated futures."""
    _, lang = translator(study.language), study.language
    ledger = study.results["ledger"]
    years = sorted({m.year for m in source.months(study)} - {source.BASE_YEAR})
    lines = source.parts(study, "ledger", "line")
    names = {source.label(study, "line", line) for line in PEOPLE_LINES if line in ledger["line"]}
    frame = pd.DataFrame(
        [
            {
                "line": name,
                **{str(y): float(np.abs(source.year_sum(paths, y)).mean()) for y in years},
            }
            for name, paths in lines.items()
            if name in names
        ]
    )
    return table(
        "people-cost",
        _("People costs by year, mean of the simulated futures"),
        frame,
        [
            Column("line", _("Cost")),
            *(Column(str(y), str(y), "money", group="cost") for y in years),
        ],
        lang,
    )


def _pay(study: "Study") -> tuple[source.Paths, source.Paths]:
    return source.total(study, "pay_fixed"), source.total(study, "pay_variable")


def _people_cost(study: "Study") -> source.Paths:
    lines = study.results["ledger"].sel(line=list(PEOPLE_LINES)).transpose("month", "line", "draw")
    return np.abs(np.asarray(lines.values, dtype=float)).sum(axis=1)


def _variable_share(study: "Study") -> float:
    fixed, variable = (source.year_sum(paths, PLAN_YEAR).mean() for paths in _pay(study))
    return float(variable / (fixed + variable))


def _per_hundred(part: np.ndarray, whole: np.ndarray, language: str) -> str:
    """Part in 100 of the whole, median of the futures, as an amount."""
    return numbers.amount("money", 100 * float(np.median(part / whole)), language)


def _months() -> int:
    year = units.year_slice(PLAN_YEAR)
    return year.stop - year.start
