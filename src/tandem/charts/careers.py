"""Careers and contracts: who comes after whom, and what ends of contracts cost.

What it answers: openings filled from within and from outside; the succession table; heads by grade
as a Markov chain has them beside the simulation; contracts by kind, terms that end, severance; what
the law allows.

What it leaves out: leaving by itself (`tandem.charts.stay`, `workforce`).

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tandem import units
from tandem.charts import bars, numbers, source
from tandem.charts.chart import Chart
from tandem.charts.components import Answer
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.model import contracts
from tandem.study import careers

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = [
    "answer",
    "by_role",
    "contract_kinds",
    "ends",
    "grades",
    "limits",
    "openings",
    "succession",
]

YEARS = (2027, 2028, 2029)


def answer(study: "Study") -> Answer:
    """Openings filled from within in the plan year, and what ends of terms cost beside them."""
    _, lang = translator(study.language), study.language
    year = source.PLAN_YEAR
    within, hired = _filled(study)
    inside, outside = (float(source.year_sum(paths, year).mean()) for paths in (within, hired))
    ended, withheld = (_in_year(study, name, year) for name in ("terms_ended", "not_renewed"))
    line = study.results["ledger"].sel(line="severance").transpose("month", "draw").values
    paid = float(np.mean(source.year_sum(np.asarray(line, dtype=np.float64), year)))
    return Answer(
        headline=_(
            "In {year} {inside} of {all} openings in roles with one below are filled from within; "
            "{ended} fixed terms end, of which {withheld} are not renewed.",
            year=year,
            inside=numbers.decimal(inside, 1),
            all=numbers.decimal(inside + outside, 1),
            ended=numbers.decimal(ended, 1),
            withheld=numbers.decimal(withheld, 1),
        ),
        range=_(
            "Severance and disputes of {year} cost {money}, the mean of all futures.",
            year=year,
            money=numbers.amount("money", paid, lang),
        ),
        facts=(
            (
                _("Openings filled from within, {year}", year=year),
                numbers.amount("share", inside / max(inside + outside, 1e-9), lang),
            ),
            (
                _("Disputes to be expected, {year}", year=year),
                numbers.decimal(careers.disputes(study, year), 1),
            ),
            (
                _("Redundancies, {year}", year=year),
                numbers.decimal(_in_year(study, "redundancies", year), 1),
            ),
        ),
    )


def openings(study: "Study") -> Chart:
    """Openings of the fed roles by quarter: promoted into and hired; title: those of the plan year."""
    _ = translator(study.language)
    within, hired = _filled(study)
    inside, outside = (
        float(source.year_sum(paths, source.PLAN_YEAR).mean()) for paths in (within, hired)
    )
    words = {
        "year": source.PLAN_YEAR,
        "inside": numbers.decimal(inside, 1),
        "outside": numbers.decimal(outside, 1),
    }
    return bars.stacked(
        "openings-from-within",
        _("{year}: {inside} promoted into the roles above, {outside} hired", **words),
        _(
            "People who start in roles that are fed by another, by quarter: promoted from within "
            "and hired, the mean of all futures. In {year} {inside} are promoted and {outside} hired.",
            **words,
        ),
        _quarters(within, study.language),
        {
            _("promoted"): _by_quarter(within),
            _("hired"): _by_quarter(hired),
        },
        kind="number",
        what=_("Starters in roles fed by another, a quarter"),
        language=study.language,
        period=_("quarter"),
    )


def by_role(study: "Study") -> Table:
    """Promoted and hired by role and year, means over futures."""
    _, lang = translator(study.language), study.language
    within, hired = (source.by_role(study, name) for name in ("promoted_in", "hires"))
    rows = []
    for role in _fed_roles(study):
        for year in YEARS:
            inside, outside = (
                float(source.year_sum(paths[role], year).mean()) for paths in (within, hired)
            )
            share = inside / max(inside + outside, 1e-9)
            rows.append(
                {"role": role, "year": str(year), "in": inside, "out": outside, "share": share}
            )
    return table(
        "promoted-by-role",
        _("Promoted and hired by role, mean of all futures"),
        pd.DataFrame(rows),
        [
            Column("role", _("Role")),
            Column("year", _("Calendar year")),
            Column("in", _("Promoted"), "number"),
            Column("out", _("Hired"), "number"),
            Column("share", _("From within"), "share"),
        ],
        lang,
    )


def succession(study: "Study") -> Table:
    """Key posts at the end of the plan year: successors, months empty, cost, what they are worth."""
    _, lang = translator(study.language), study.language
    rows = [
        {
            "post": _(
                "{role}, {place}",
                role=source.label(study, "role", post.role),
                place=source.label(study, "place", post.place),
            ),
            "feeder": source.label(study, "role", post.feeder),
            "prepared": float(post.prepared),
            "ready": post.ready,
            "months": post.months,
            "vacancy": post.vacancy,
            "without": post.without,
            "value": post.value,
        }
        for post in careers.posts(study, source.PLAN_YEAR)
    ]
    return table(
        "succession",
        _("Successors at the end of {year}, and the next vacancy", year=source.PLAN_YEAR),
        pd.DataFrame(rows),
        [
            Column("post", _("Post")),
            Column("feeder", _("Promoted from")),
            Column("prepared", _("Prepared"), "count"),
            Column("ready", _("One stands ready"), "share"),
            Column("months", _("Months empty"), "number"),
            Column("vacancy", _("Cost of a vacancy"), "money", group="vacancy"),
            Column("without", _("The same without successors"), "money", group="vacancy"),
            Column("value", _("Worth of successors, a year"), "money"),
        ],
        lang,
    )


def grades(study: "Study") -> Table:
    """Heads by grade at each year's end: a Markov chain of the mean rates beside the simulation."""
    _, lang = translator(study.language), study.language
    roles, chain, simulated = careers.grades(study)
    rows = []
    for column, role in enumerate(roles):
        row: dict[str, object] = {"role": source.label(study, "role", role)}
        for year in YEARS:
            end = units.year_slice(year).stop - 1
            row[f"chain{year}"] = float(chain[end, column])
            row[f"simulated{year}"] = float(simulated[end, column])
        rows.append(row)
    columns = [Column("role", _("Role"))]
    for year in YEARS:
        columns += [
            Column(f"chain{year}", _("{year}, Markov chain", year=year), "number"),
            Column(f"simulated{year}", _("{year}, simulated", year=year), "number"),
        ]
    return table(
        "grades", _("Heads by grade at the end of the year"), pd.DataFrame(rows), columns, lang
    )


def contract_kinds(study: "Study") -> Table:
    """Contracts of 2026 by role, and what letting a term run out costs beside a redundancy."""
    _, lang = translator(study.language), study.language
    rows = [
        {
            "role": source.label(study, "role", found.role),
            "first": found.shares[0],
            "second": found.shares[1],
            "open": found.shares[2],
            "part": found.part,
            "expected": found.expected,
            "withheld": found.not_renewed,
            "redundant": found.redundant,
        }
        for found in careers.term_ends(study)
    ]
    return table(
        "contracts",
        _("Contracts of 2026, and severance after the first term"),
        pd.DataFrame(rows),
        [
            Column("role", _("Role")),
            Column("first", _("First term"), "share"),
            Column("second", _("Second term"), "share"),
            Column("open", _("Open contract"), "share"),
            Column("part", _("Of turnover, at the end of a term"), "share"),
            Column("expected", _("Expected, a term that ends"), "money", group="owed"),
            Column("withheld", _("Not renewed"), "money", group="owed"),
            Column("redundant", _("Redundant instead"), "money", group="owed"),
        ],
        lang,
    )


def ends(study: "Study") -> Chart:
    """Fixed terms that end by quarter: renewed, not offered, not taken; title: those of the plan year."""
    _ = translator(study.language)
    ended, withheld, refused = (
        source.total(study, name) for name in ("terms_ended", "not_renewed", "terms_refused")
    )
    year = source.PLAN_YEAR
    words = {
        "year": year,
        "ended": numbers.decimal(float(source.year_sum(ended, year).mean()), 1),
        "withheld": numbers.decimal(float(source.year_sum(withheld, year).mean()), 1),
        "refused": numbers.decimal(float(source.year_sum(refused, year).mean()), 1),
    }
    return bars.stacked(
        "terms-ending",
        _("{year}: {ended} fixed terms end, {withheld} not offered another", **words),
        _(
            "Fixed terms that end by quarter, the mean of all futures. In {year} {ended} end: "
            "{withheld} people are not offered another term, {refused} do not take it.",
            **words,
        ),
        _quarters(ended, study.language),
        {
            _("renewed"): _by_quarter(ended - withheld - refused),
            _("not taken"): _by_quarter(refused),
            _("not offered"): _by_quarter(withheld),
        },
        kind="number",
        what=_("Fixed terms that end, a quarter"),
        language=study.language,
        period=_("quarter"),
    )


def limits(study: "Study") -> Table:
    """What the law allows: probation by term, notice by who ends the contract, and the articles."""
    _ = translator(study.language)
    rows = [
        {
            "rule": _("Probation, contract of {months} months or more", months=f"{rule.term:g}"),
            "limit": _("month(s): {months}", months=f"{rule.limit:g}"),
            "article": rule.article,
        }
        for rule in contracts.PROBATION
    ]
    who = {
        (False, False): _("Notice by the employer"),
        (False, True): _("Notice by the employer, on probation"),
        (True, False): _("Notice by the employee"),
        (True, True): _("Notice by the employee, on probation"),
    }
    rows += [
        {
            "rule": who[rule.by_employee, rule.on_probation],
            "limit": _("day(s): {days}", days=rule.days),
            "article": rule.article,
        }
        for rule in contracts.NOTICE
    ]
    return table(
        "statutory-limits",
        _("What the law allows"),
        pd.DataFrame(rows),
        [Column("rule", _("Rule")), Column("limit", _("Limit")), Column("article", _("Article"))],
        study.language,
    )


def _fed_roles(study: "Study") -> list[str]:
    """Labels of the roles that another one feeds, in the study's order."""
    roles = study.assumptions.base.roles  # type: ignore[attr-defined]  # the schema's root has roles
    return [source.label(study, "role", name) for name, role in roles.items() if role.fed_by]


def _filled(study: "Study") -> tuple[np.ndarray, np.ndarray]:
    """People promoted into the fed roles, and hired for them: (month, draw) each."""
    names = _fed_roles(study)
    within, hired = (source.by_role(study, name) for name in ("promoted_in", "hires"))
    none = np.zeros_like(source.total(study, "hires"))
    return sum((within[n] for n in names), none), sum((hired[n] for n in names), none)


def _in_year(study: "Study", variable: str, year: int) -> float:
    return float(source.year_sum(source.total(study, variable), year).mean())


def _quarters(paths: np.ndarray, language: str) -> list[str]:
    return [numbers.quarter(year, q, language) for year, q in source.quarters(paths)[0]]


def _by_quarter(paths: np.ndarray) -> list[float]:
    return [float(value) for value in source.quarters(paths)[1].mean(axis=-1)]
