"""Capability: what posts need, how candidates are told apart, and what doing it better is worth.

What it answers: the job profiles, the assessments in use, and the worth of a joint profile with a
simulated sale; and the page's answer in words.

What it leaves out: who takes which post (`tandem.charts.candidates`); matching and valuing
(`tandem.study.capability`).

Who may import it: batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tandem.assumptions.schema import Company
from tandem.charts import comparison, numbers
from tandem.charts.chart import Chart
from tandem.charts.comparison import Interval
from tandem.charts.components import Answer
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study import capability

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["Examined", "answer", "assessments", "examine", "profiles", "worth"]


@dataclass(frozen=True)
class Examined:
    """What the page rests on: the matching, what general skills alone choose, selection, worth."""

    study: "Study"
    company: Company
    matching: capability.Matching
    alone: list[capability.Alone]
    selection: capability.Selection
    worth: capability.Worth | None

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.study.language

    def profile(self, name: str) -> str:
        """What a reader calls a profile."""
        return str(getattr(self.matching.profiles[name].label, self.language))

    def assessment(self, name: str) -> str:
        """What a reader calls an assessment."""
        return str(getattr(self.company.assessments[name].label, self.language))


def examine(study: "Study") -> Examined:
    """Match, select and value once for all figures; raises Refusal for what is wrong with the data."""
    company = study.assumptions.base
    assert isinstance(company, Company)
    return Examined(
        study=study,
        company=company,
        matching=capability.match(study),
        alone=capability.alone(study),
        selection=capability.selection(study),
        worth=capability.worth(study),
    )


def answer(found: Examined) -> Answer:
    """Posts filled and the worth of a joint profile in one sentence; how well people are chosen."""
    _, lang = translator(found.language), found.language
    posts = {"filled": found.matching.filled, "posts": len(found.matching.posts)}
    chosen = found.selection
    facts = [
        (_("Validity of the assessments in use"), numbers.significant(chosen.validity)),
        (_("Hires better than the middle applicant"), numbers.of_100(chosen.success, lang)),
        (_("Candidates assessed for one hire"), numbers.significant(chosen.candidates)),
        (_("Cost of a candidate"), numbers.amount("money", chosen.cost, lang)),
    ]
    if found.worth is None:
        return Answer(
            headline=_("{filled} of {posts} posts find somebody who fits.", **posts),
            facts=tuple(facts),
        )
    npv = found.worth.npv
    return Answer(
        headline=_(
            "{filled} of {posts} posts find somebody who fits; a joint profile with a simulated sale "
            "is worth {money}.",
            money=numbers.amount("money", npv.mean, lang),
            **posts,
        ),
        range=_(
            "95 % interval of that mean: {range}. It pays {futures}.",
            range=numbers.amount_range("money", npv.low, npv.high, lang),
            futures=numbers.futures(npv.p_ahead, lang),
        ),
        facts=tuple(facts),
    )


def profiles(found: Examined) -> Table:
    """Every skill of every profile: who asks for it, weight, minimum, and how it is assessed."""
    _, lang = translator(found.language), found.language
    owners = {"marketing": _("Marketing"), "hr": _("Human resources")}
    used = found.selection.weights
    rows = []
    for name, profile in found.matching.profiles.items():
        applied = found.matching.candidates.applied[name]
        scores = found.matching.candidates.scores[name][applied]
        for place, skill in enumerate(profile.skills.values()):
            by = found.assessment(skill.assessed_by)
            reach = scores[:, place] >= skill.minimum
            rows.append(
                (
                    found.profile(name),
                    str(getattr(skill.label, lang)),
                    owners[skill.owner],
                    skill.weight,
                    skill.minimum,
                    float(reach.mean()) if reach.size else np.nan,
                    by if skill.assessed_by in used else _("{assessment} (not in use)", assessment=by),
                )
            )  # fmt: skip
    return table(
        "capability-profiles",
        _("The job profiles: weights and minima are choices of marketing and HR"),
        pd.DataFrame(rows, columns=["post", "skill", "owner", "weight", "minimum", "reach", "by"]),
        [
            Column("skill", _("Skill")),
            Column("post", _("Profile")),
            Column("owner", _("Asked for by")),
            Column("weight", _("Weight"), "share"),
            Column("minimum", _("Minimum"), "number"),
            Column("reach", _("Applicants who reach it"), "share"),
            Column("by", _("Assessed by")),
        ],
        lang,
    )


def assessments(found: Examined) -> Table:
    """Every assessment with what it says and costs, and its weight where it is in use."""
    _, lang = translator(found.language), found.language
    estimates, weights = found.study.assumptions.estimates, found.selection.weights
    rows = []
    for name in found.company.assessments:
        values = {
            key: estimates[f"assessments.{name}.{key}"].median
            for key in ("validity", "cost", "days")
        }
        row = {"name": found.assessment(name), **values, "weight": weights.get(name, np.nan)}
        rows.append({**row, "used": _("yes") if name in weights else _("no")})
    frame = pd.DataFrame(rows).sort_values("validity", ascending=False, ignore_index=True)
    return table(
        "capability-assessments",
        _("Assessments, medians of what is assumed"),
        frame,
        [
            Column("name", _("Assessment")),
            Column("used", _("In use")),
            Column("validity", _("Validity"), "number"),
            Column("weight", _("Weight in the combined score"), "number"),
            Column("cost", _("Cost a candidate"), "money"),
            Column("days", _("Days"), "number"),
        ],
        lang,
    )


def worth(found: Examined) -> Chart | None:
    """The joint profile's worth, simulated and by the formula; None where it is not simulated."""
    if found.worth is None:
        return None
    _, lang = translator(found.language), found.language
    npv, formula = found.worth.npv, found.worth.utility
    low, middle, high = (float(q) for q in np.quantile(formula, (0.1, 0.5, 0.9)))
    money = numbers.amount("money", npv.mean, lang)
    return comparison.intervals(
        "capability-worth",
        _("A joint profile is worth {money} more", money=money),
        _(
            "“{scenario}” less “{against}”, future by future. Simulated, the mean is {money}; by the "
            "utility formula the same hires are worth {formula} more in the median future.",
            scenario=found.study.of(found.worth.scenario).label,
            against=found.study.of(found.worth.against).label,
            money=money,
            formula=numbers.amount("money", middle, lang),
        ),
        [
            Interval(_("Simulated"), npv.p10, npv.p50, npv.p90, chosen=True),
            Interval(_("Utility formula"), low, middle, high),
        ],
        kind="money",
        what=_("Net present value, and utility of all hires"),
        language=lang,
        item=_("method"),
    )


Mark = tuple[str, str, float, int]
