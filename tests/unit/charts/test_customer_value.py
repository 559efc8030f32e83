"""The page of customer value: the simulation beside the records, and what a user without records sees."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.fixtures.tiny_study import tiny_study

from tandem import load_study
from tandem.charts import buyers, customer_value, loyalty
from tandem.model.customers import sbg_survival, value_by_age
from tandem.study import Study
from tandem.study.customer_worth import worth


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The launch in lower-tier cities, with the example's records."""
    project: Path = tiny_study(tmp_path_factory.mktemp("customers"))
    (project / "data").mkdir(exist_ok=True)
    for name in ("transactions.csv", "renewals.csv"):
        source = Path(__file__).resolve().parents[3] / "data" / name
        (project / "data" / name).write_bytes(source.read_bytes())
    return load_study("lower-tier-expansion", project=project, draws=32)


@pytest.fixture(scope="module")
def customers(study: Study) -> customer_value.Customers:
    """What the page rests on."""
    return customer_value.examine(study)


@pytest.fixture(scope="module")
def shop(customers: customer_value.Customers) -> buyers.Buyers:
    """The shop's customers."""
    found = buyers.examine(customers)
    assert found is not None
    return found


def test_customers_leave_as_the_law_says_where_nothing_changes(study: Study) -> None:
    """In a market whose price is that of 2026 the share kept is near the law's at central churn."""
    first = worth(study)[0]
    assert (first.kept[0] == 1.0).all() and (np.diff(first.kept, axis=0) < 0).all()
    at = study.assumptions.estimates
    alpha, beta = (at[f"customers.churn_{name}"].median for name in ("alpha", "beta"))
    law = sbg_survival(np.arange(24.0), alpha, beta)
    assert np.median(first.kept[:24], axis=-1) == pytest.approx(law, abs=0.04)


def test_closed_form_and_simulation_agree_while_the_future_is_like_the_start(study: Study) -> None:
    """The simulated value lies near the closed one; a customer of the cheaper market is worth less."""
    found = worth(study)
    assert [one.market for one in found] == ["core", "short_video"]  # others have no customers yet
    for one in found:
        assert np.median(one.value) == pytest.approx(one.closed, rel=0.15)
        assert 0.0 < one.margin_share < 1.0
    assert found[0].closed > found[1].closed


def test_the_value_by_age_of_a_constant_customer_is_the_margin_multiple() -> None:
    """At constant churn the value by age is margin / (1 - stay / (1 + i)) at every age."""
    churn = np.full((1, 5, 1), 0.1)
    value = value_by_age(churn, np.array([[10.0]]), np.array([0.01]))
    assert value == pytest.approx(np.full((1, 5, 1), 10.0 / (1.0 - 0.9 / 1.01)))


def test_the_answer_says_what_a_customer_is_worth_and_who_stays(
    customers: customer_value.Customers,
) -> None:
    """Money, a month, a share kept, and the club's own share beside it."""
    said = str(customer_value.answer(customers))
    assert "a customer won in January 2027 is worth" in said
    assert "Club members still there after a year" in said
    chart = customer_value.retention(customers)
    assert "in the club" in chart.title
    seen = chart.data["club's records"].to_numpy(dtype=float)
    fitted = chart.data["fit of the club's records"].to_numpy(dtype=float)
    there = np.isfinite(seen)
    assert there.sum() == 24 and seen[there] == pytest.approx(fitted[there], abs=0.04)
    assert len(customer_value.values(customers).rows) == 2


def test_segments_hold_every_customer_and_all_money(shop: buyers.Buyers) -> None:
    """The best segment buys most and is worth most; nobody is lost, nor any money."""
    data = buyers.segments(shop).data
    counts, money = data.iloc[:, 1], data.iloc[:, 2]
    assert counts.sum() == 3000 and money.sum() == pytest.approx(1.0)
    coming, value = data.iloc[:, 4].astype(float), data.iloc[:, 5].astype(float)
    assert coming.is_monotonic_decreasing and value.is_monotonic_decreasing
    cells = buyers.rfm(shop).data
    fifths = [name for name in cells.columns if name.startswith("Frequency")]
    assert cells[fifths].to_numpy().sum() == 3000


def test_estimates_stand_with_their_intervals(
    shop: buyers.Buyers, customers: customer_value.Customers
) -> None:
    """Nine parameters, each within its interval."""
    data = buyers.estimates(shop, customers).data
    assert len(data) == 9
    value, low, high = (data.iloc[:, k].astype(float) for k in (2, 4, 5))
    assert ((low < value) & (value < high)).all()


def test_without_records_the_page_shows_the_simulation_alone(tmp_path: Path) -> None:
    """A study without transactions and renewals has the value and the curve, and no segments."""
    project = tiny_study(tmp_path)
    for name in ("transactions.csv", "renewals.csv"):
        (project / "data" / name).unlink(missing_ok=True)
    alone = customer_value.examine(
        load_study("do-nothing", project=project, draws=4, language="zh")
    )
    assert alone.fit is None and buyers.examine(alone) is None
    chart = customer_value.retention(alone)
    assert isinstance(chart.data, pd.DataFrame) and chart.data.shape[1] == 4
    assert len(customer_value.answer(alone).facts) == 2


def test_tiers_lie_around_the_mean_customer(study: Study) -> None:
    """A club member is worth more than a customer outside it, and the mean lies between the two."""
    first = worth(study)[0]
    member, other = first.tiers
    assert (member.name, other.name) == ("member", "no_member")
    assert np.median(other.value) < np.median(first.value) < np.median(member.value)
    assert other.closed < first.closed < member.closed
    assert len(loyalty.tiers(customer_value.examine(study)).rows) == 2


def test_the_chance_of_a_launch_rises_with_research_and_effort(study: Study) -> None:
    """Each cause has the central chance between its lower and its higher value."""
    data = loyalty.launch_chance(study).data
    low, middle, high = (data.iloc[:, k].astype(float) for k in (1, 2, 3))
    assert (low < middle).all() and (middle < high).all()
