"""What every pay component has in common: its terms, its curve, when it is paid, what it is worth.

Answers: the protocol that a plan, the schema and the assessment read a component by. A component is
one frozen dataclass in a file of its own in this package; its fields are ``term``s, from which the
parameter files get their keys, units, labels and plausible ranges. Leaves out what the components
pay. Imported by the components and by ``plan``; the assumptions read the terms.

Amounts are shares of target pay over the pay period: a prize of .1 that is paid by the year is a
tenth of a year's target pay, and costs a tenth of every month's.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

import numpy as np

from tandem.model.incentives.curve import PayCurve
from tandem.model.types import KPIS, Array

Paid = Literal["now", "next_month", "quarter", "year", "later", "equity"]
LATEST = 61  # months ahead, this one included, that what is owed or vests is kept by


@dataclass(frozen=True, slots=True)
class Term:
    """A field of a component as the parameter files state it.

    ``low`` to ``high`` is the plausible range in ``unit``; ``nothing`` is the value at which the field
    has no effect, which plans without the component have. An ``optional`` field may be left out.
    """

    unit: str
    en: str
    zh: str
    low: float
    high: float
    nothing: float
    optional: bool


def term(
    unit: str, en: str, zh: str, low: float, high: float, nothing: float, *, optional: bool = False
) -> Any:
    """Declare a field of a component; see ``Term``."""
    return dataclasses.field(metadata={"term": Term(unit, en, zh, low, high, nothing, optional)})


class Component:
    """A pay component without effect: what a file of its own overrides, it overrides here.

    ``paid`` says when: ``now`` with the month, ``next_month``, at the end of the ``quarter`` or the
    ``year``, ``later`` by ``schedule``, or never in cash (``equity``). ``months`` is the period over
    which results are averaged, ``kpi`` whose they are; ``ranked`` ones count over the mean of all.
    A ``voluntary`` one people decline where it makes their pay worth less to them.
    ``personal`` results are one's own, nothing while one ramps up, where they are sales.
    Terms ``together`` are given all or none; without the component it ``needs`` one has no effect.
    ``of_target`` marks a ``share`` of target pay: the shares of a plan add
    up to one. ``in_minimum`` marks pay that counts towards the minimum wage.
    """

    __slots__ = ()

    label: ClassVar[tuple[str, str]] = ("", "")
    paid: ClassVar[Paid] = "quarter"
    months: ClassVar[float] = 3.0
    kpi: ClassVar[str] = "sales"
    of_target: ClassVar[bool] = False
    in_minimum: ClassVar[bool] = False
    ranked: ClassVar[bool] = False
    personal: ClassVar[bool] = True
    voluntary: ClassVar[bool] = False
    together: ClassVar[tuple[str, ...]] = ()
    needs: ClassVar[str] = ""

    @classmethod
    def terms(cls) -> dict[str, Term]:
        """The fields as parameter files state them, by name."""
        found = dataclasses.fields(cls)  # type: ignore[arg-type]  # every component is a dataclass
        return {f.name: f.metadata["term"] for f in found}

    @classmethod
    def of(cls, **values: Array) -> Self:
        """The component with these terms, (p, d); optional ones that are left out have no effect.

        Raises TypeError where a term that is needed is missing.
        """
        like = next(iter(values.values()))
        left_out = {
            name: np.full_like(like, about.nothing)
            for name, about in cls.terms().items()
            if about.optional and name not in values
        }
        return cls(**values, **left_out)

    @property
    def _like(self) -> Array:
        value: Array = getattr(self, next(iter(self.terms())))
        return value

    def curve(self) -> PayCurve:
        """Pay over target pay as a function of attainment, (p, d); by default nothing."""
        return PayCurve.flat(np.zeros_like(self._like))

    def among(self, mean: Array, sigma: Array) -> PayCurve:
        """The curve among people of this mean attainment and log spread, (p, d).

        Differs from ``curve`` where pay depends on what others achieve or on what one foresees. For a
        ``ranked`` component attainment is over the mean of all, and ``mean`` is one.
        """
        return self.curve()

    def weights(self) -> Array:
        """Weight of each KPI in it, (kpi, p, d) in the order of ``KPIS``: by default all on ``kpi``."""
        weight = np.zeros((len(KPIS), *self._like.shape))
        weight[list(KPIS).index(self.kpi)] = 1.0
        return weight

    def team(self) -> Array | None:
        """People whose results count together, (p, d); none where each stands alone."""
        return None

    def adjusted(self, earned: PayCurve) -> PayCurve:
        """Monthly pay after it: what takes back or tops up what other components earn."""
        return earned

    def guaranteed(self) -> Array | None:
        """Share of target pay below which nobody who ramps up is paid, (p, d); none without."""
        return None

    def worth(self) -> Array | None:
        """What people would give for it over what it costs, (p, d); none where that is one."""
        return None

    def recognition(self) -> Array | None:
        """What it adds to the log of recognition, (p, d); none where it is money alone."""
        return None

    def schedule(self) -> Array | None:
        """Shares of what a month earns by month from then on, (LATEST, p, d), of ``later`` pay.

        Of equity: when its fair value is expensed.
        """
        return None

    def fair_value(self) -> Array | None:
        """Fair value of the equity that a month grants over target pay, (p, d)."""
        return None

    def payoff(self, price: Array) -> Array | None:
        """What that equity pays over target pay at a share price over that of the grant, (p, d)."""
        return None

    def holder_value(self, aversion: Array) -> Array | None:
        """What that equity is worth to one who cannot sell it; ``aversion`` is relative, (d,)."""
        return None

    def faults(self) -> Iterator[tuple[str, str]]:
        """Terms that do not go together: the name of one of them, and why."""
        yield from ()
