"""`params/enquiries.yaml`: the studies that the company could buy before it decides.

Answers: what each would ask about, how many observations it brings and how noisy one is, what it
costs and how long it takes, each number as an Estimate with its source. Leaves out what it is worth
(`tandem.study.questions`). Study and above may import it.

    schema: 1
    enquiries:
      test-market:
        label: {en: Test market in two cities, zh: 两座城市试销}
        informs: [markets.lower_tier.utility_shift]
        observations: {fixed: 2, unit: "1"}
        noise: {fixed: 0.8, unit: "1"}
        cost: {fixed: 1_500_000, unit: CNY}
        takes: {fixed: 13, unit: week}

No simulation depends on the file; a study without it asks no questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from tandem.assumptions.declared import declared_file
from tandem.assumptions.estimate import Estimate, Label, Section, choice, quantity
from tandem.assumptions.files import FOLDER
from tandem.assumptions.places import Document
from tandem.assumptions.refusals import Problem, Refusal, nearest

__all__ = ["ENQUIRIES", "EnquiriesFile", "Enquiry", "read_enquiries"]

ENQUIRIES = f"{FOLDER}/enquiries.yaml"


class Enquiry(Section):
    """One study that can be bought.

    `noise` is the spread of one observation over today's spread of belief about what it informs: an
    observation with a noise of 1 is worth as much as all that is known today.
    """

    label: Label
    informs: tuple[str, ...] = choice("Asks about", "研究内容", min_length=1, max_length=12)
    observations: Estimate = quantity("1", "Observations", "观测数", 1, 1e6)
    noise: Estimate = quantity("1", "Noise of one observation", "单次观测的噪声", 0.01, 1000)
    cost: Estimate = quantity("CNY", "Cost", "费用", 0, 1e9)
    takes: Estimate = quantity("week", "Takes", "所需时间", 0, 150)


class EnquiriesFile(Section):
    """The schema of `enquiries.yaml`."""

    version: Literal[1] = Field(alias="schema")
    enquiries: dict[str, Enquiry] = Field(max_length=30)
    defaults: dict[str, Any] | None = None


def read_enquiries(project: Path, estimates: Mapping[str, Estimate]) -> dict[str, Enquiry]:
    """The enquiries of a study by name; none where it has no such file.

    `estimates` are those of the base by path. Raises Refusal with every problem and its place:
    unknown keys, numbers without unit or source, a number that is a range, a path that is no
    estimate or is asked about twice.
    """
    if not (Path(project) / ENQUIRIES).exists():
        return {}
    found, document = declared_file(project, ENQUIRIES, EnquiriesFile)
    if problems := list(_contradictions(found, document, estimates)):
        raise Refusal(problems)
    return dict(found.enquiries)


def _contradictions(
    found: EnquiriesFile, document: Document, estimates: Mapping[str, Estimate]
) -> Iterable[Problem]:
    for name, enquiry in found.enquiries.items():
        at: tuple[str | int, ...] = ("enquiries", name)
        for number in ("observations", "noise", "cost", "takes"):
            estimate = getattr(enquiry, number)
            if estimate.uncertain:
                message = f"is an offer, not a belief: write fixed, not {estimate.shape}"
                path = ".".join(map(str, (*at, number)))
                yield Problem.at(document.place((*at, number)), path, message, code="not-fixed")
        for k, asked in enumerate(enquiry.informs):
            place, path = document.place((*at, "informs", k)), f"enquiries.{name}.informs.{k}"
            if asked not in estimates:
                near = nearest(asked, list(estimates)) or ""
                message = "is no estimate of the base"
                yield Problem.at(
                    place, path, message, code="unknown-path", found=asked, suggestion=near
                )
            elif asked in enquiry.informs[:k]:
                yield Problem.at(place, path, "stands there twice", code="twice", found=asked)
