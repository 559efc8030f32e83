"""Information: which question is worth asking before the decision, in words, figures and tables.

What it answers: who leads whom and what would turn it; what knowing each assumption or subject is
worth; the studies that could be bought, net of price and delay, with the last day on which they are.

What it leaves out: computing any of it (`tandem.study.questions`).

Who may import it: batch, site, cli and notebooks.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from tandem import units
from tandem.assumptions.enquiries import Enquiry
from tandem.charts import bars, numbers
from tandem.charts.brief import Choice
from tandem.charts.chart import Chart
from tandem.charts.components import Answer, Note
from tandem.charts.sensitivity import name_of, subject_name
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study import deciding, questions
from tandem.study.contest import Contest, Input, contest
from tandem.study.questions import Question
from tandem.uncertainty.information import Worth

__all__ = ["Asked", "answer", "ask", "by_subject", "enquiries", "worth"]

SHOWN = 8
CLEAR = 2.0  # standard errors from nought: of many assumptions some seem to matter by chance


@dataclass(frozen=True)
class Asked:
    """What was asked of a choice: its contest, tornados, switch points, and values in money.

    own: the tornado of the chosen scenario itself; tornado: that of its lead over the next. What
    takes long or is not on every page is computed when it is first read.
    """

    contest: Contest
    own: deciding.Tornado
    tornado: deciding.Tornado
    offered: Mapping[str, Enquiry]
    today: datetime.date

    @property
    def rival(self) -> str | None:
        """Label of the scenario that comes next; None where there is one alone."""
        others = self.contest.studies[1:]
        return others[0].label if others else None

    @cached_property
    def switches(self) -> list[deciding.Switch]:
        """Where single assumptions turn the choice; none where there is nothing to turn to."""
        return [] if self.rival is None else deciding.switches(self.contest, self.tornado.ranking)

    @cached_property
    def shares(self) -> list[deciding.Share]:
        """Where the uncertainty of the lead comes from, by subject."""
        return [] if self.rival is None else deciding.shares(self.contest)

    @cached_property
    def everything(self) -> float:
        """What knowing the whole future would be worth, luck included."""
        return questions.everything(self.contest)

    @cached_property
    def worths(self) -> list[tuple[Input, Worth]]:
        """What knowing each assumption would be worth."""
        return questions.worths(self.contest)

    @cached_property
    def questions(self) -> list[Question]:
        """Studies that could be bought, net of price and delay, the best first."""
        wait = questions.waiting(self.contest.studies[0])
        return questions.questions(self.contest, self.offered, wait, self.today)

    @cached_property
    def best(self) -> Question | None:
        """The study that is worth most beyond its cost; None where none is on offer.

        Waiting is simulated only where a study would pay if its answer came at once.
        """
        at_once = questions.questions(self.contest, self.offered, questions.waits([]), self.today)
        found = self.questions if at_once and at_once[0].net > 0.0 else at_once
        return found[0] if found else None


def ask(choice: Choice) -> Asked:
    """What the pages ask about the scenarios within the cash limit, best first."""
    standings = choice.recommendation.standings
    names = [s.scenario for s in standings if s.within_cash] or [standings[0].scenario]
    found = contest([choice.studies[name] for name in names])
    own, lead = deciding.swings_of_both(found)
    deadline = choice.study.settings.deadline or f"{units.month_label(0)}-01"
    return Asked(
        contest=found,
        own=own,
        tornado=lead,
        offered=questions.offers(choice.chosen),
        today=datetime.date.fromisoformat(deadline),
    )


def answer(asked: Asked) -> Answer:
    """What would turn the choice, what knowing everything is worth, and what to ask first."""
    study = asked.contest.studies[0]
    _, lang = translator(study.language), study.language
    turning = [s for s in asked.switches if s.turns]
    best = asked.best if asked.best is not None and asked.best.net > 0.0 else None
    if asked.rival is None:
        headline = _("There is no other scenario to compare with, so nothing to find out first.")
    elif best is not None:
        headline = _(
            "Ask first: {study}. It is worth {net} more than it costs.",
            study=_.label(best.enquiry.label.model_dump()),
            net=numbers.amount("money", best.net, lang),
        )
    elif turning:
        headline = _(
            "No study on offer pays before the decision; watch “{assumption}”, which can turn it.",
            assumption=name_of(turning[0].input, _),
        )
    else:
        headline = _(
            "Nothing needs to be found out first: no assumption alone turns the choice, and no study "
            "on offer pays."
        )
    facts = [
        (
            _("Knowing the whole future, luck included, would be worth"),
            numbers.amount("money", asked.everything, lang),
        )
    ]
    if asked.rival is not None:
        lead = float(asked.contest.difference().mean())
        facts.append(
            (_("Lead over “{rival}”", rival=asked.rival), numbers.amount("money", lead, lang))
        )
    return Answer(headline, facts=tuple(facts))


def worth(asked: Asked) -> Chart | Note:
    """What knowing each assumption exactly would be worth, or why none has a value."""
    study = asked.contest.studies[0]
    _, lang = translator(study.language), study.language
    rows = {name_of(i, _): w.value for i, w in asked.worths[:SHOWN] if w.value > CLEAR * w.error}
    if not rows:
        return Note(
            _(
                "Knowing one assumption alone is worth nothing that these futures can tell from nought."
            )
        )
    name, value = next(iter(rows.items()))
    amount = numbers.amount("money", value, lang)
    return bars.ranked(
        "worth",
        _("What knowing one assumption would be worth"),
        _("Knowing “{name}” before choosing would be worth {amount}.", name=name, amount=amount),
        rows,
        kind="money",
        what=_("Value of perfect information on it"),
        language=lang,
        item=_("assumption"),
    )


def by_subject(asked: Asked) -> Table:
    """The same by subject, whose most telling assumptions are learnt together, with standard error."""
    study = asked.contest.studies[0]
    _, lang = translator(study.language), study.language
    rows = [
        {"name": subject_name(name, _), "value": w.value, "error": w.error}
        for name, w in questions.subject_worths(asked.contest)
    ]
    return table(
        "worth-by-subject",
        _("What knowing a whole subject would be worth"),
        pd.DataFrame(rows),
        [
            Column("name", _("Subject")),
            Column("value", _("Worth"), "money", group="money"),
            Column("error", _("Standard error"), "money", group="money"),
        ],
        lang,
    )


def enquiries(asked: Asked) -> Table | None:
    """Studies that could be bought, the best first; None where the study offers none."""
    return _enquiry_table(asked.contest, asked.questions) if asked.questions else None


def _enquiry_table(found: Contest, asked: Sequence[Question]) -> Table:
    study = found.studies[0]
    _, lang = translator(study.language), study.language
    rows = [
        {
            "name": _.label(q.enquiry.label.model_dump()),
            "worth": q.worth.value,
            "error": q.worth.error,
            "price": q.price,
            "delay": q.delay,
            "net": q.net,
            "until": numbers.day(q.until, lang) if q.until else _("not worth its price"),
        }
        for q in asked
    ]
    return table(
        "enquiries",
        _("Studies that could be bought before the decision"),
        pd.DataFrame(rows),
        [
            Column("name", _("Study")),
            Column("worth", _("Worth of its answer"), "money", group="money"),
            Column("error", _("Standard error"), "money", group="money"),
            Column("price", _("Price"), "money", group="money"),
            Column("delay", _("Cost of waiting for it"), "money", group="money"),
            Column("net", _("Net"), "money", group="money"),
            Column("until", _("Answer worth having until")),
        ],
        lang,
    )
