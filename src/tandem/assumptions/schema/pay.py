"""The schema of pay plans, made of the terms that the pay components declare of themselves.

Answers: which components there are, and which keys, units, labels and plausible ranges a plan's file
has for each; terms of a plan that do not go together. Leaves out what components pay. Imported by
the schema's root and by ``inputs``.

A component is found by its file: a module of ``tandem.model.incentives`` with a public dataclass that
is a ``Component``. The module's name is its key in the files.
"""

import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import create_model

from tandem.assumptions.base import Places
from tandem.assumptions.estimate import Estimate, Label, Section, quantity
from tandem.assumptions.refusals import Problem
from tandem.model import incentives
from tandem.model.incentives.component import Component, Term

TOLERANCE = 1e-6


@cache
def pay_components() -> MappingProxyType[str, type[Component]]:
    """Every kind of pay component by its name in the files, in the order of the alphabet.

    Raises TypeError where a module has two, or one without terms.
    """
    found: dict[str, type[Component]] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(incentives.__path__)):
        module = import_module(f"{incentives.__name__}.{name}")
        kinds = [
            kind
            for _, kind in inspect.getmembers(module, inspect.isclass)
            if issubclass(kind, Component)
            and kind is not Component
            and kind.__module__ == module.__name__
        ]
        if len(kinds) > 1 or (kinds and not kinds[0].terms()):
            raise TypeError(f"{module.__name__} must have one pay component, with terms")
        if kinds:
            found[name] = kinds[0]
    return MappingProxyType(found)


def _field(about: Term) -> tuple[Any, Any]:
    """A term as a field of the schema."""
    if about.optional:
        info = quantity(about.unit, about.en, about.zh, about.low, about.high, default=None)
        return Estimate | None, info
    return Estimate, quantity(about.unit, about.en, about.zh, about.low, about.high)


def component_section(kind: type[Component]) -> type[Section]:
    """The section of one component: a field for each of its terms."""
    fields: dict[str, Any] = {name: _field(about) for name, about in kind.terms().items()}
    return create_model(kind.__name__, __base__=Section, __doc__=inspect.getdoc(kind), **fields)


if TYPE_CHECKING:

    class Components(Section):
        """The components of a plan, by name."""

else:
    Components = create_model(
        "Components",
        __base__=Section,
        __doc__="The components of a plan, by name.",
        **{name: (component_section(kind) | None, None) for name, kind in pay_components().items()},
    )


class PayPlan(Section):
    """One pay plan: its components; shares are of target pay."""

    label: Label
    components: Components

    def terms(self, component: str) -> dict[str, Estimate] | None:
        """The terms of a component that the plan's file gives, or None where it has none such."""
        section = getattr(self.components, component)
        if section is None:
            return None
        given = {name: getattr(section, name) for name in type(section).model_fields}
        return {name: value for name, value in given.items() if value is not None}


def median_component(plan: PayPlan, component: str) -> Component | None:
    """A component of a plan with every term at its median, (1, 1), or None where it has none such."""
    given = plan.terms(component)
    if given is None:
        return None
    return pay_components()[component].of(
        **{name: np.full((1, 1), estimate.median) for name, estimate in given.items()}
    )


def corners(plan: PayPlan, component: str) -> Component | None:
    """A component of a plan with its terms at every combination of their ranges' ends, (1, corner)."""
    given = plan.terms(component)
    if given is None:
        return None
    ends = [np.unique(np.clip(e.span, *e.plausible)) for e in given.values()]
    every = np.stack([axis.ravel() for axis in np.meshgrid(*ends)])
    values = {name: value[None] for name, value in zip(given, every, strict=True)}
    return pay_components()[component].of(**values)


def _faults(plan: PayPlan, key: str) -> Iterator[tuple[str, str, object]]:
    """Terms that do not go together: the term, why, and what was found, at the medians or the ends."""
    given, told = plan.terms(key) or {}, set()
    for component in (median_component(plan, key), corners(plan, key)):
        for field, message in component.faults() if component is not None else ():
            if field not in told:
                uncertain = field in given and given[field].uncertain
                yield field, message, given[field].text if uncertain else _at(component, field)
            told.add(field)
    together = pay_components()[key].together
    if missing := [name for name in together if name not in given]:
        for name in together:
            if name in given:
                yield name, f"goes together with {', '.join(missing)}, which is missing", ""
    needed = pay_components()[key].needs
    if needed and plan.terms(needed) is None:
        yield "", f"has no effect without {needed}, which this plan does not have", ""


def _at(component: Component | None, field: str) -> float:
    return float(getattr(component, field)[0, 0])


def plan_problems(plans: dict[str, PayPlan], places: Places) -> list[Problem]:
    """Terms that do not go together, component by component, and shares that do not add up.

    Ranges are looked at to their ends: no draw may hold what the files may not say.
    """
    found = []
    for name, plan in plans.items():
        path = f"incentives.{name}.components"
        shares: dict[str, float] = {}
        for key, kind in pay_components().items():
            given = plan.terms(key)
            if given is None:
                continue
            for field, message, value in _faults(plan, key):
                at = f"{path}.{key}.{field}".rstrip(".")
                found.append(places.problem(at, message, code="terms", found=value))
            if kind.of_target:
                shares[key] = given["share"].median
        if abs(sum(shares.values()) - 1.0) > TOLERANCE:
            where = f"{path}.{next(iter(shares))}.share" if shares else path
            message = "the shares of target pay must add up to 1"
            total = f"{sum(shares.values()):.6g} ({', '.join(shares)})"
            found.append(places.problem(where, message, code="sum", found=total))
    return found
