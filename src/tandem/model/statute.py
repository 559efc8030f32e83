"""What Chinese law makes an employer pay on top of pay: insurance, severance (H4).

Answers: contribution bases, severance, minimum pay. The rates and local wages are assumptions by
city; the rules are law and stand here with their source. Pure functions; anybody may import it.
"""

import numpy as np

from tandem.model.types import Array

SEVERANCE_YEARS_CAP = 12.0  # Labour Contract Law of the PRC (2012), article 47
SEVERANCE_WAGE_CAP = 3.0  # times the local average wage, the same article


def contribution_base(pay_m: Array, local_wage: Array, floor: Array, cap: Array) -> Array:
    """Base of social insurance, CNY a month: pay of last year within floor and cap.

    Floor and cap are multiples of the local average wage (60 % and 300 %).
    Source: Social Insurance Law of the PRC (2018), article 12, and its local rules.
    """
    return np.clip(pay_m, floor * local_wage, cap * local_wage)


def housing_fund_base(pay_m: Array, minimum_wage: Array, local_wage: Array, cap: Array) -> Array:
    """Base of the housing fund, CNY a month: at least the minimum wage.

    Source: Regulations on the administration of housing provident fund (2019), article 16 to 18.
    """
    return np.clip(pay_m, minimum_wage, cap * local_wage)


def years_counted(years: Array | float) -> Array:
    """Years of service that count: a rest below six months is a half year, a longer one a whole.

    Source: Labour Contract Law of the PRC (2012), article 47.
    """
    served = np.asarray(years, dtype=float)
    whole = np.floor(served + 1e-9)
    rest = served - whole
    return whole + np.where(rest < 1e-9, 0.0, np.where(rest < 0.5 - 1e-9, 0.5, 1.0))


def severance(
    pay_m: Array | float,
    years: Array | float,
    local_wage: Array | float,
    notice_pay: bool = True,
    unlawful: bool = False,
) -> Array:
    """Severance of one person, money: N months' pay, N + 1 with pay in lieu, 2N if unlawful.

    N: years of service as ``years_counted``. Where pay
    is above three times the local average wage, the base is held to that and only then the years
    to twelve. The month in lieu of notice is the last month's pay, uncapped. A resignation costs
    none. Source: Labour Contract Law of the PRC (2012), articles 40, 47 and 87.
    """
    pay = np.asarray(pay_m, dtype=float)
    counted = years_counted(years)
    high = pay > SEVERANCE_WAGE_CAP * np.asarray(local_wage)
    base = np.where(high, SEVERANCE_WAGE_CAP * np.asarray(local_wage), pay)
    counted = np.where(high, np.minimum(counted, SEVERANCE_YEARS_CAP), counted)
    if unlawful:
        return 2.0 * counted * base
    return counted * base + (pay if notice_pay else 0.0)
