"""Risks: what may go wrong in each scenario, what it takes, and when that is back.

What it answers: range of net present value, mean of the worst futures, chances of a loss, of a
payroll that cannot be met and of keeping within the cash limit; extra cash against the reference
and the month by which it is paid back.

What it leaves out: which scenario to choose (`tandem.charts.brief`, `comparing`).

Who may import it: batch, site, cli and notebooks.
"""

import pandas as pd

from tandem.charts import numbers, source
from tandem.charts.brief import Choice
from tandem.charts.source import BASE_YEAR
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study.risk import TAIL, Investment, investment, risk

__all__ = ["investments", "risks"]

_FLOW = "free_cash_flow"


def risks(choice: Choice) -> Table:
    """Range, worst futures and failures of every scenario, best first."""
    _, lang = translator(choice.language), choice.language
    rows = []
    for standing in choice.recommendation.standings:
        study = choice.studies[standing.scenario]
        found = risk(*(study.draws_of(name) for name in (source.NPV, "ruined", source.CASH_KEPT)))
        rows.append(
            {
                "scenario": choice.label(standing.scenario),
                "p10": found.npv_p10,
                "p50": found.npv_p50,
                "p90": found.npv_p90,
                "worst": found.npv_cvar,
                "loss": found.p_loss,
                "ruin": found.p_ruin,
                "cash": found.p_cash,
            }
        )
    return table(
        "risks",
        _("Risk: net present value, real, prices of {year}, and futures of 100", year=BASE_YEAR),
        pd.DataFrame(rows),
        [
            Column("scenario", _("Scenario")),
            Column("p10", _("P10"), "money", group="npv"),
            Column("p50", _("median"), "money", group="npv"),
            Column("p90", _("P90"), "money", group="npv"),
            Column("worst", _("Mean of the worst {count}", count=numbers.of_100(TAIL, lang)),
                   "money", group="npv"),
            Column("loss", _("Below nought"), "futures"),
            Column("ruin", _("Payroll unmet"), "futures"),
            Column("cash", _("Cash limit kept"), "futures"),
        ],
        lang,
    )  # fmt: skip


def investments(choice: Choice) -> Table | None:
    """Extra cash against the reference and when it is back; None with nothing to compare."""
    _, lang = translator(choice.language), choice.language
    others = [s.scenario for s in choice.recommendation.standings if s.scenario != choice.reference]
    if choice.reference is None or not others:
        return None
    base = source.total(choice.studies[choice.reference], _FLOW)
    rows = []
    for name in others:
        found = investment(source.total(choice.studies[name], _FLOW), base)
        rows.append(
            {
                "scenario": choice.label(name),
                "p50": found.need_p50,
                "p90": found.need_p90,
                "month": _month(choice, found),
                "back": found.p_payback,
            }
        )
    return table(
        "investments",
        _("Extra cash put in, against “{reference}”, and when it is back",
          reference=choice.label(choice.reference)),
        pd.DataFrame(rows),
        [
            Column("scenario", _("Scenario")),
            Column("p50", _("Most at a time, median"), "money", group="cash"),
            Column("p90", _("P90"), "money", group="cash"),
            Column("month", _("Back in half of the futures by")),
            Column("back", _("Back by the end of the plan"), "futures"),
        ],
        lang,
    )  # fmt: skip


def _month(choice: Choice, found: Investment) -> str:
    """The month of payback in words; the horizon may end before it."""
    _, lang = translator(choice.language), choice.language
    if found.payback is None:
        return _("later")
    if found.payback == 0:
        return _("nothing put in")
    return numbers.month(source.months(choice.chosen)[found.payback - 1], lang, short=True)
