"""What people do about a pay plan: effort over tasks (H3, C3, C4).

Source of the form: Holmstrom, B. and Milgrom, P. (1991), Multitask principal-agent analyses,
Journal of Law, Economics and Organization 7: effort on one task rises with its own reward and
falls with that of the others.
"""

import numpy as np
from scipy.special import ndtr

from tandem.model.types import Array

EFFORT_LEAST, EFFORT_MOST = 0.7, 1.3


def effort(
    gain: Array,
    gain_2026: Array,
    response: Array,
    cross: Array,
    values: Array | float = 0.0,
    crowding: Array | float = 0.0,
) -> Array:
    """Effort on each task over that of 2026, (task, p, d), kept in [.7, 1.3].

    exp(eta (g_k - g0_k) - chi sum of the others' differences + values - crowding): people on fixed pay
    work, and a weight that rises on one task draws effort from the others. ``values`` (task, d) is what
    culture adds without pay, logs over 2026. ``crowding`` (d,) times what incentives are stronger by, all
    tasks together, is what people's own drive loses (Deci, Koestner and Ryan 1999, Psychological
    Bulletin 125(6)); weaker incentives win nothing back.
    """
    change = gain - gain_2026
    total = change.sum(axis=0)
    added = np.asarray(values) if np.ndim(values) == 0 else np.asarray(values)[:, None]
    own = added - crowding * np.maximum(total, 0.0)
    logs = response * change - cross * (total - change) + own
    return np.clip(np.exp(logs), EFFORT_LEAST, EFFORT_MOST)


def linear_contract(
    productivity: float, cost: float, variance: float, aversion: float
) -> tuple[float, float, float]:
    """Best slope of pay in output, the effort it brings and the surplus, of one task.

    Output = productivity x effort + noise; cost of effort c e**2 / 2; constant absolute risk
    aversion r: slope = p**2 / (p**2 + r c variance), effort = slope p / c,
    surplus = slope p**2 / (2 c). Source: Holmstrom and Milgrom (1987), Econometrica 55(2).
    """
    slope = productivity**2 / (productivity**2 + aversion * cost * variance)
    return slope, slope * productivity / cost, slope * productivity**2 / (2.0 * cost)


def accelerated_pay(mean: float, sd: float, quota: float = 1.0, accelerator: float = 2.0) -> float:
    """Mean pay of 1x to quota and ``accelerator`` x above, attainment normal, no floor.

    mean + (accelerator - 1) E[(a - quota)+], E[(a - q)+] = (mean - q) Phi(z) + sd phi(z) with
    z = (mean - q) / sd.
    """
    z = (mean - quota) / sd
    density = float(np.exp(-0.5 * z * z) / np.sqrt(2.0 * np.pi))
    return mean + (accelerator - 1.0) * ((mean - quota) * float(ndtr(z)) + sd * density)
