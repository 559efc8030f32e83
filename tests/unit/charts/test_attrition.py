"""Attrition of the base year, as pages set it beside that of the plan."""

from types import SimpleNamespace

import pytest
from tests.fixtures.simulations import assumptions

from tandem.charts.workforce import attrition_2026


def test_attrition_of_2026_is_turnover_weighted_by_heads() -> None:
    """Two months of probation and all bands included, it is near what the roles' files say."""
    found = assumptions("do-nothing")
    values = {path: estimate.median for path, estimate in found.estimates.items()}
    places = [path.rsplit(".", 1)[0] for path in values if path.endswith(".heads")]
    heads = [values[f"{place}.heads"] for place in places]
    said = [values[f"{place.split('.places.')[0]}.turnover"] for place in places]
    mean = sum(h * t for h, t in zip(heads, said, strict=True)) / sum(heads)
    study = SimpleNamespace(assumptions=found, seed=1)
    assert attrition_2026(study) == pytest.approx(mean, rel=0.1)
