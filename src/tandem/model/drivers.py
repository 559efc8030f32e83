"""Driver trees: what a total is made of, and which driver changed it by how much (section 9).

Answers: the value of a tree of sums and products, the exact share of every leaf in a change of the
whole (log-mean Divisia), and the value that one leaf needs for the whole to reach a goal. Leaves
out which tree a company has (``objectives``). Pure functions; anybody may import it.

    tree = Product("sales", (Sum("orders", (Leaf("first"), Leaf("repeat"))), Leaf("basket")))

Every leaf stands in a tree once, so that the whole is a straight line in each of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tandem.model.types import Array

__all__ = [
    "Leaf", "Node", "Product", "Sum", "contributions", "factors", "leaves", "log_mean", "needed",
    "value",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leaf:
    """A number that is observed: never negative."""

    name: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A node that is the sum of its parts."""

    name: str
    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Product:
    """A node that is the product of its parts."""

    name: str
    parts: "tuple[Node, ...]"


Node = Leaf | Sum | Product
Values = Mapping[str, Array]


def leaves(tree: Node) -> Iterator[str]:
    """Names of the leaves, from left to right."""
    if isinstance(tree, Leaf):
        yield tree.name
        return
    for part in tree.parts:
        yield from leaves(part)


def value(tree: Node, at: Values) -> Array:
    """The whole from its leaves; leaves broadcast against each other. Raises KeyError for a leaf
    that ``at`` lacks.
    """
    if isinstance(tree, Leaf):
        return np.asarray(at[tree.name], dtype=float)
    parts = [value(part, at) for part in tree.parts]
    found = parts[0]
    for part in parts[1:]:
        found = found + part if isinstance(tree, Sum) else found * part
    return found


def log_mean(a: Array, b: Array) -> Array:
    """(a - b) / ln(a / b), the logarithmic mean: a where both are equal, 0 where one is 0.

    It lies between the geometric and the arithmetic mean. Computed as l x / ln(1 + x) with l the
    smaller and x = (larger - l) / l, which loses no digits where both are nearly equal. Arguments
    are not negative and broadcast. Source: Stolarsky, K. B. (1975), Mathematics Magazine 48(2).
    """
    low, high = np.minimum(a, b), np.maximum(a, b)
    here = low > 0
    x = np.divide(high - low, low, out=np.zeros(np.shape(low)), where=here)
    ratio = np.divide(x, np.log1p(x), out=np.ones_like(x), where=x > 0)
    return np.asarray(np.where(here, low * ratio, 0.0))


def contributions(tree: Node, before: Values, after: Values) -> dict[str, Array]:
    """Change of the whole from ``before`` to ``after``, taken apart by leaf; the parts add up to it.

    At a product P of factors x_k the change is L(P', P) sum ln(x_k' / x_k), with L the logarithmic
    mean (additive LMDI-I); at a sum, changes of the parts add. Below a factor that is itself a sum,
    its part goes to its own parts in proportion to their changes. So the part of a leaf does not
    depend on an order, and nothing is left over. Where P goes from or to 0, the change belongs to
    the factors that are 0 there, in equal parts: the limit in which all of them come from the same
    small number.

    Sources: Ang, B. W. (2004), Energy Policy 32(9), 1131-1139; Ang, B. W. (2015), Energy Policy 86,
    233-238; zeros: Ang, B. W. and Liu, N. (2007), Energy Policy 35(1), 238-246. Raises ValueError
    for a leaf that is negative.
    """
    for name in leaves(tree):
        if min(np.min(before[name]), np.min(after[name])) < 0:
            raise ValueError(f"{name} is negative: a driver tree knows no logarithm of it")
    found: dict[str, Array] = {}
    one = np.ones_like(value(tree, before) + value(tree, after))
    _spread(tree, before, after, one, found)
    return found


def factors(tree: Node, before: Values, after: Values) -> dict[str, Array]:
    """The same for the ratio after / before: factors by leaf whose product is the ratio.

    exp(part of the leaf / L(whole after, whole before)), multiplicative LMDI-I (Ang 2015). Raises
    ValueError where the whole is 0 before or after, for a ratio needs both.
    """
    then, now = value(tree, before), value(tree, after)
    if not (np.all(then > 0) and np.all(now > 0)):
        raise ValueError(f"{tree.name} is 0 before or after: it has no growth factor")
    mean = log_mean(now, then)
    parts = contributions(tree, before, after)
    return {name: np.asarray(np.exp(part / mean)) for name, part in parts.items()}


def needed(tree: Node, at: Values, leaf: str, goal: Array) -> Array:
    """Value of one leaf with which the whole is ``goal``, all other leaves staying as they are.

    (goal - W(0)) / W', W being a straight line in the leaf; infinite where the leaf moves
    nothing. May be negative: then the others alone make more than the goal. Raises KeyError for a
    leaf that the tree does not have.
    """
    if leaf not in set(leaves(tree)):
        raise KeyError(leaf)
    none = value(tree, {**at, leaf: np.zeros_like(at[leaf], dtype=float)})
    slope = _slope(tree, at, leaf)
    missing = np.asarray(goal - none, dtype=float)
    return np.divide(missing, slope, out=np.full(np.shape(missing), np.inf), where=slope > 0)


def _slope(node: Node, at: Values, leaf: str) -> Array:
    """Change of ``node`` for one more of a leaf: the product of what multiplies it on its way up."""
    if isinstance(node, Leaf):
        return np.full(np.shape(at[node.name]), float(node.name == leaf))
    slopes = [_slope(part, at, leaf) for part in node.parts]
    if isinstance(node, Product):
        values = [value(part, at) for part in node.parts]
        for k in range(len(slopes)):
            for other in (*values[:k], *values[k + 1 :]):
                slopes[k] = slopes[k] * other
    return np.asarray(sum(slopes))


def _spread(
    node: Node, before: Values, after: Values, weight: Array, found: dict[str, Array]
) -> None:
    """Hand down what a change of one of ``node`` means for the whole: ``weight``."""
    if isinstance(node, Leaf):
        change = np.asarray(after[node.name], dtype=float) - before[node.name]
        found[node.name] = weight * change
        return
    if isinstance(node, Sum):
        for part in node.parts:
            _spread(part, before, after, weight, found)
        return
    ends = [(value(part, before), value(part, after)) for part in node.parts]
    mean = log_mean(value(node, after), value(node, before))
    gone = [_zeros(node, ends, end) for end in (0, 1)]
    for part, (then, now) in zip(node.parts, ends, strict=True):
        own = log_mean(now, then)
        share = np.divide(mean, own, out=np.zeros(np.shape(mean + own)), where=own > 0)
        for end, (count, whole) in enumerate(gone):
            # from 0, or to 0: the whole of it over the factors that are 0 there
            mine = ((then, now)[end] == 0) & (count > 0) & (whole > 0)
            step = np.divide(whole, count * (now + then), out=np.zeros_like(share), where=mine)
            share = np.where(mine, step, share)
        _spread(part, before, after, weight * share, found)


def _zeros(node: Product, ends: list[tuple[Array, Array]], end: int) -> tuple[Array, Array]:
    """How many factors are 0 at one end, and the product at the other end."""
    count = np.sum(np.broadcast_arrays(*[(pair[end] == 0).astype(float) for pair in ends]), axis=0)
    other = ends[0][1 - end]
    for pair in ends[1:]:
        other = other * pair[1 - end]
    return count, other
