"""The assumptions of one scenario after layering.

Answers: what is assumed, what differs from the base, who says so in which file and line, and one
fingerprint of it all. Leaves out: reading (loading.py) and drawing (drawing.py). Every layer above
the assumptions may import it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tandem.assumptions.base import Places
from tandem.assumptions.estimate import Estimate, Label, Section
from tandem.assumptions.layers import Layer, Patch
from tandem.assumptions.refusals import Place
from tandem.assumptions.scenarios import Scenario
from tandem.assumptions.tree import Leaf, leaves


@dataclass(frozen=True)
class Assumptions:
    """The frozen tree of one scenario.

    `base` is the root section before any patch; `patches` are in the order in which they apply
    (outlooks, levers, overrides); `layers` are the files they come from, with their labels;
    `files` are name and SHA-256 of the files that they come from.
    """

    base: Section
    scenario: Scenario
    scenarios: Mapping[str, Scenario] = field(repr=False)
    layers: tuple[Layer, ...] = field(repr=False)
    patches: tuple[Patch, ...]
    files: tuple[tuple[str, str], ...] = field(repr=False)
    places: Places = field(repr=False)

    @cached_property
    def leaves(self) -> Mapping[str, Leaf]:
        """Every value of the base by path, with its label and the labels of where it stands."""
        return {leaf.path: leaf for leaf in leaves(self.base)}

    @cached_property
    def estimates(self) -> Mapping[str, Estimate]:
        """Every estimate of the base by path, in the order of the schema."""
        return {
            p: leaf.value for p, leaf in self.leaves.items() if isinstance(leaf.value, Estimate)
        }

    def patches_of(self, path: str) -> tuple[Patch, ...]:
        """The patches of one path in their order."""
        return self._by_path.get(path, ())

    @cached_property
    def _by_path(self) -> dict[str, tuple[Patch, ...]]:
        found: dict[str, tuple[Patch, ...]] = {}
        for patch in self.patches:
            found[patch.path] = (*found.get(patch.path, ()), patch)
        return found

    def place(self, path: str) -> Place:
        """File, line and column that set a path last: the last patch's, else the base's."""
        patches = self.patches_of(path)
        return patches[-1].place if patches else self.places.of(path)

    def difference(self) -> list[dict[str, Any]]:
        """What the patches change, for reports: one dict a patch, in their order.

        Keys: path, label and where ({en, zh}; where names the section, and may be empty), unit
        (None for a plain field), base and set (median or plain value), base_text and set_text
        (shape and parameters), from ("YYYY-MM"), layer and layer_label, file, line.
        """
        labels = {layer.key: _words(layer.label) for layer in self.layers}
        rows = []
        for patch in self.patches:
            leaf = self.leaves[patch.path]
            rows.append(
                {
                    "path": patch.path, "label": _words(leaf.label), "where": _where(leaf),
                    "unit": leaf.value.unit if isinstance(leaf.value, Estimate) else None,
                    "base": _number(leaf.value), "set": _number(patch.value),
                    "base_text": _text(leaf.value), "set_text": _text(patch.value),
                    "from": patch.from_month,
                    "layer": patch.layer, "layer_label": labels[patch.layer],
                    "file": patch.file, "line": patch.line,
                }
            )  # fmt: skip
        return rows

    def register(self) -> list[dict[str, Any]]:
        """Every estimate of the base and of the patches, for the register of assumptions.

        Keys: path, label, where, unit, shape (as one would write it), uncertain, p10, p50, p90,
        mean, low and high (plausible range), source, evidence, owner, as_of, layer ("base", or
        the patch's), layer_label (None for the base), from (likewise), file, line.
        """
        labels = {layer.key: _words(layer.label) for layer in self.layers}
        rows = [_entry(leaf, leaf.value, "base", None, None) for leaf in self.leaves.values()
                if isinstance(leaf.value, Estimate)]  # fmt: skip
        rows += [_entry(self.leaves[p.path], p.value, p.layer, p.from_month, labels[p.layer])
                 for p in self.patches if isinstance(p.value, Estimate)]  # fmt: skip
        return rows

    def fingerprint(self) -> str:
        """SHA-256 of all that the simulated numbers depend on.

        It changes with a value, a unit, a shape or a patch, and with nothing else: neither with
        labels, sources and owners, nor with how the rows are spread over files.
        """
        content = {
            "base": sorted((path, _identity(leaf.value)) for path, leaf in self.leaves.items()),
            "patches": sorted(
                (path, [(p.month, _identity(p.value)) for p in patches])
                for path, patches in self._by_path.items()
            ),
        }
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def _identity(value: Any) -> Any:
    if isinstance(value, Estimate):
        return ["estimate", *value.identity]
    if isinstance(value, float):
        return value.hex()
    if isinstance(value, list | tuple):
        return [_identity(part) for part in value]
    return value


def _number(value: Any) -> Any:
    if isinstance(value, Estimate):
        return value.median
    if isinstance(value, datetime.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _text(value: Any) -> str:
    if isinstance(value, Estimate):
        return value.text
    if isinstance(value, list | tuple):
        return ", ".join(_text(part) for part in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _words(label: Label) -> dict[str, str]:
    return {"en": label.en, "zh": label.zh}


def _where(leaf: Leaf) -> dict[str, str]:
    return {
        "en": ", ".join(label.en for label in leaf.where),
        "zh": "、".join(label.zh for label in leaf.where),
    }


def _entry(
    leaf: Leaf, estimate: Estimate, layer: str, month: str | None, label: dict[str, str] | None
) -> dict[str, Any]:
    p10, p50, p90 = (float(v) for v in estimate.quantile([0.1, 0.5, 0.9]))
    return {
        "path": leaf.path, "label": _words(leaf.label), "where": _where(leaf),
        "unit": estimate.unit, "shape": estimate.text, "uncertain": estimate.uncertain,
        "p10": p10, "p50": p50, "p90": p90, "mean": estimate.mean,
        "low": estimate.low, "high": estimate.high,
        "source": estimate.source, "evidence": estimate.evidence, "owner": estimate.owner,
        "as_of": estimate.as_of.isoformat(), "layer": layer, "layer_label": label,
        "from": month,
        "file": estimate.file, "line": estimate.line,
    }  # fmt: skip
