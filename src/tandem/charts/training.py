"""Training and ramp-up: how fast new people become productive, and what courses take and give.

What it answers: productive heads beside heads in the roles that grow; the ramp of a hire; courses
with their hours, cost and effect; what a course programme is worth where a scenario varies it.

What it leaves out: hiring itself (`tandem.charts.hiring`).

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tandem import units
from tandem.assumptions.arrays import structure_of
from tandem.charts import fans, numbers, source
from tandem.charts.chart import Chart
from tandem.charts.components import Answer
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.model.workforce import productive_months_of
from tandem.study.staying import expected_survival

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["answer", "courses", "cover", "productive", "productive_time"]

_PANELS = 6
SHARES = (0.5, 0.8)  # of full output
LIFETIME = 480  # months after which next to nobody is left


def answer(study: "Study") -> Answer:
    """Share of heads that is productive at its lowest, and how long a new field person takes."""
    _, lang = translator(study.language), study.language
    share = _productive_share(study)
    lowest = int(np.argmin(share))
    at = study.assumptions.estimates
    role, ramp = _slowest(study)
    months = -ramp * np.log(1.0 - SHARES[1])
    end = units.year_slice(source.PLAN_YEAR).stop - 1
    return Answer(
        headline=_(
            "In {month} {share} of all heads are productive; a new {role} takes {months} months to "
            "four fifths of full output.",
            month=numbers.month(units.month_label(lowest), lang),
            share=numbers.amount("share", float(share[lowest]), lang),
            role=role,
            months=numbers.decimal(months, 1),
        ),
        range=_(
            "By the end of {year} it is {share}: people in ramp-up, their mentors' time and courses "
            "make the difference.",
            year=source.PLAN_YEAR,
            share=numbers.amount("share", float(share[end]), lang),
        ),
        facts=(
            (
                _("Mentor's time a learner"),
                numbers.amount("share", at["training.mentor_share"].median, lang),
            ),
            (
                _("Ramp-up saved by mentors"),
                numbers.amount("share", at["training.mentor_effect"].median, lang),
            ),
            (
                _("Training cost of {year}", year=source.PLAN_YEAR),
                numbers.amount("money", _training_cost(study), lang),
            ),
        ),
    )


def productive(study: "Study") -> Chart:
    """Productive heads beside heads of the roles that change most; title: the largest gap."""
    _, lang = translator(study.language), study.language
    heads, able = source.by_role(study, "heads"), source.by_role(study, "ramped_heads")
    gap = {role: np.median(heads[role] - able[role], axis=-1) for role in heads}
    largest = sorted(gap, key=lambda role: -float(gap[role].max()))[:_PANELS]
    role = largest[0]
    month = int(np.argmax(gap[role]))
    words = {
        "role": role,
        "count": numbers.amount("count", float(gap[role][month]), lang),
        "month": numbers.month(units.month_label(month), lang),
    }
    return fans.panels(
        "productive-heads",
        _("{role}: {count} heads not productive in {month}", **words),
        _(
            "Productive heads of the roles with the largest gap beside all their heads. The gap is "
            "largest for {role} in {month}: {count}.",
            **words,
        ),
        source.months(study),
        {name: able[name] for name in largest},
        kind="count",
        what=_("Productive heads"),
        language=lang,
        beside={name: np.median(heads[name], axis=-1) for name in largest},
        beside_label=_("all heads"),
        shared=False,
    )


def productive_time(study: "Study") -> Table:
    """Months to half and four fifths of output, and productive months of a hire, by role."""
    _, lang = translator(study.language), study.language
    at = study.assumptions.estimates
    rows = []
    for role in dict.fromkeys(structure_of(study.assumptions.base).roles):  # type: ignore[arg-type]  # the schema's root
        ramp = at[f"roles.{role}.ramp"].median
        stays = expected_survival(study.assumptions, role, LIFETIME)
        year = stays[: units.MONTHS_PER_YEAR + 1]
        rows.append(
            {
                "role": source.label(study, "role", role),
                "half": -ramp * np.log(1.0 - SHARES[0]),
                "most": -ramp * np.log(1.0 - SHARES[1]),
                "year": productive_months_of(ramp, year),
                "life": productive_months_of(ramp, stays),
            }
        )
    return table(
        "productive-time",
        _("How long a hire takes, and how long it pays back, central assumptions"),
        pd.DataFrame(rows).sort_values("most", ascending=False, kind="stable"),
        [
            Column("role", _("Role")),
            Column("half", _("Months to half output"), "number"),
            Column("most", _("Months to four fifths"), "number"),
            Column("year", _("Productive months in a year"), "number"),
            Column("life", _("Productive months until leaving"), "number"),
        ],
        lang,
    )


def courses(study: "Study") -> Table:
    """Courses at the end of the plan year: coverage, hours, money and effect, and who takes them."""
    _, lang = translator(study.language), study.language
    company = study.assumptions.base
    end = units.year_slice(source.PLAN_YEAR).stop - 1
    heads = {name: float(np.median(v[end])) for name, v in source.by_role(study, "heads").items()}
    year = units.year_slice(source.PLAN_YEAR)
    joined = {
        name: float(np.median(v[year].sum(axis=0)))
        for name, v in source.by_role(study, "hires").items()
    }
    rows = []
    for name, course in company.courses.items():  # type: ignore[attr-defined]  # the schema's root has courses
        taken_by = [source.label(study, "role", role) for role in course.roles]
        again = {} if course.kind == "onboarding" else heads
        people = sum(joined[role] + again.get(role, 0.0) for role in (taken_by or heads))

        def value(field: str, path: str = f"courses.{name}") -> float:
            return source.median_in(study, f"{path}.{field}", end)

        rows.append(
            {
                "course": str(getattr(course.label, study.language)),
                "roles": ", ".join(taken_by) or _("all roles"),
                "coverage": value("coverage"),
                "hours": value("coverage") * value("hours") * people,
                "cost": value("coverage") * value("cost") * people,
                "experts": value("experts"),
                "output": float(np.expm1(value("output"))) if course.output else 0.0,
            }
        )
    return table(
        "courses",
        _("Courses at the end of {year}, median future", year=source.PLAN_YEAR),
        pd.DataFrame(rows),
        [
            Column("course", _("Course")),
            Column("roles", _("For")),
            Column("coverage", _("Coverage"), "share"),
            Column("hours", _("Hours a year"), "count"),
            Column("cost", _("Cost a year"), "money"),
            Column("experts", _("By outside experts"), "share"),
            Column("output", _("Output gained"), "share"),
        ],
        lang,
    )


def cover(study: "Study") -> Chart:
    """Seats that trainers can give over those of 2026, month by month; title: the lowest."""
    _, lang = translator(study.language), study.language
    paths = source.total(study, "training_cover")
    lowest = int(np.argmin(np.median(paths, axis=-1)))
    words = {
        "share": numbers.amount("share", float(np.median(paths[lowest])), lang),
        "month": numbers.month(units.month_label(lowest), lang),
    }
    return fans.fan(
        "training-cover",
        _("Trainers can seat {share} of what 2026 had in {month}", **words),
        _(
            "Training cover over that of 2026 by month: seats that trainers give to learners. It is "
            "lowest in {month}: {share}.",
            **words,
        ),
        source.months(study),
        paths,
        kind="share",
        what=_("Training cover over 2026"),
        language=lang,
    )


def _productive_share(study: "Study") -> np.ndarray:
    heads, able = (np.median(source.total(study, n), axis=-1) for n in ("heads", "ramped_heads"))
    return np.asarray(able / np.maximum(heads, 1.0))


def _slowest(study: "Study") -> tuple[str, float]:
    """The largest role that grows (or the largest one), and its ramp-up time in months."""
    heads = {k: np.median(v, axis=-1) for k, v in source.by_role(study, "heads").items()}
    grown = max(heads, key=lambda role: float(heads[role].max() - heads[role][0]))
    keys = [str(key) for key in study.results["role"].values]
    labels = {source.label(study, "role", key): key for key in keys}
    return grown, study.assumptions.estimates[f"roles.{labels[grown]}.ramp"].median


def _training_cost(study: "Study") -> float:
    year = units.year_slice(source.PLAN_YEAR)
    line = study.results["ledger"].sel(line="training")
    paths = np.asarray(line.transpose("month", "draw").values, dtype=np.float64)
    return float(np.median(paths[year].sum(axis=0)))
