"""How a published number is asserted: to its last digit."""

from decimal import Decimal

import pytest


def published(text: str):
    """What equals the printed number within half a unit of its last digit."""
    unit = Decimal(1).scaleb(int(Decimal(text).as_tuple().exponent))
    return pytest.approx(float(text), rel=0, abs=float(unit) * 0.5 * (1 + 1e-9))
