"""Models of buying: what they recover, what they do with odd records, when they refuse."""

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.special import betaln, gammaln
from tests.conftest import ROOT
from tests.fixtures.buyers import histories
from tests.fixtures.invented_customers import renewals, script, transactions

from tandem.calibration.bgbb import BgBb, fit_bgbb
from tandem.calibration.bgnbd import BgNbd, fit_bgnbd
from tandem.calibration.gamma_gamma import GammaGamma, fit_gamma_gamma, link
from tandem.calibration.lifetime_value import lifetime_value, new_customer_value
from tandem.calibration.retention import fit_renewals, renewals_table, survivors
from tandem.calibration.rfm import fifths, rfm_cells, rfm_scores
from tandem.calibration.transactions import summary
from tandem.model.customers import churn_by_age, sbg_log_likelihood

PUBLISHED = BgNbd(0.24259, 4.41353, 0.79289, 2.42575)


def test_the_records_are_what_the_script_writes(tmp_path):
    """Whoever runs the script again gets the same records, byte by byte, in less than a megabyte."""
    script().write(tmp_path)
    for name in ("transactions.csv", "renewals.csv"):
        assert (tmp_path / name).read_bytes() == (ROOT / "data" / name).read_bytes()
        assert (tmp_path / name).stat().st_size < 1_000_000


def test_ninety_of_a_hundred_companies_show_their_true_customers():
    """A 95 % interval holds how customers buy, spend and leave nineteen times in twenty."""
    made = script()
    truth = np.array(
        [
            *(made.R, made.ALPHA, made.A, made.B),
            *(made.P, made.Q, made.GAMMA),
            *(made.CHURN_ALPHA, made.CHURN_BETA),
        ]
    )
    held = []
    for seed in range(1, 101):
        customers = summary(transactions(seed), made.END.isoformat())
        fits = (
            fit_bgnbd(customers).estimates,
            fit_gamma_gamma(customers.frequency, customers.spend).estimates,
            fit_renewals(renewals_table(renewals(seed))),
        )
        low, high = (np.concatenate([getattr(f, end) for f in fits]) for end in ("low", "high"))
        held.append((low <= truth) & (truth <= high))
    counts = np.sum(held, axis=0)
    assert counts.min() >= 90
    assert 93.0 <= counts.mean() <= 97.0


def test_the_example_teaches_no_accident():
    """In the data that are shipped, every interval holds the truth."""
    made = script()
    customers = summary(pd.read_csv(ROOT / "data" / "transactions.csv"), made.END.isoformat())
    for fit, truth in (
        (fit_bgnbd(customers).estimates, (made.R, made.ALPHA, made.A, made.B)),
        (fit_gamma_gamma(customers.frequency, customers.spend).estimates,
         (made.P, made.Q, made.GAMMA)),
        (fit_renewals(renewals_table(pd.read_csv(ROOT / "data" / "renewals.csv"))),
         (made.CHURN_ALPHA, made.CHURN_BETA)),
    ):  # fmt: skip
        assert (fit.low <= truth).all() and (truth <= fit.high).all()


def test_purchases_to_come_are_what_a_million_such_customers_do():
    """The closed form is the mean of simulated customers, new ones and those with a history."""
    random = np.random.default_rng(3)
    r, alpha, a, b = 0.8, 12.0, 0.8, 2.8
    rate, stop = random.gamma(r, 1.0 / alpha, 400_000), random.beta(a, b, 400_000)
    time, count, early = np.zeros(rate.size), np.zeros(rate.size), np.zeros(rate.size)
    last, active = np.zeros(rate.size), np.arange(rate.size)
    while active.size:
        time[active] += random.exponential(1.0 / rate[active])
        active = active[time[active] < 80.0]
        count[active] += 1
        within = active[time[active] < 40.0]
        early[within] += 1
        last[within] = time[within]
        active = active[random.random(active.size) >= stop[active]]
    model = BgNbd(r, alpha, a, b)
    assert model.expected([40.0, 80.0]) == pytest.approx([early.mean(), count.mean()], rel=0.01)
    coming = model.expected_of(early, last, np.full(rate.size, 40.0), 40.0)
    for x in range(4):
        of = early == x
        assert coming[of].mean() == pytest.approx((count - early)[of].mean(), rel=0.04)


def test_heavy_buyers_do_not_overflow():
    """A customer with two thousand purchases goes on at the same pace, less the chance of stopping."""
    coming = PUBLISHED.expected_of(2000, 100.0, 100.0, 10.0)[0]
    pace = 10.0 * (2000 + PUBLISHED.r) / (100.0 + PUBLISHED.alpha)
    stop = PUBLISHED.a / (PUBLISHED.a + PUBLISHED.b + 1999)
    assert pace * (1.0 - pace * stop) < coming < pace


@pytest.mark.parametrize(
    ("a", "b", "r", "x", "horizon"),
    [(0.8, 2.8, 0.8, 0, 50.0), (2.0, 1.0, 1.0, 99, 1000.0), (0.1, 20.0, 5.0, 3, 500.0),
     (25.0, 0.3, 12.0, 7, 1000.0), (0.06, 0.06, 0.06, 300, 100.0)],
)  # fmt: skip
def test_purchases_to_come_are_the_integral_over_stopping_chances(a, b, r, x, horizon):
    """The closed form is the mean over p of (1 - ((alpha+T)/(alpha+T+pt))**(r+x))/p, to a millionth."""
    model = BgNbd(r, 4.0, a, b)
    logits = np.linspace(-60.0 / a - 20.0, 60.0 / (b + x) + 20.0, 400_001)
    p = 1.0 / (1.0 + np.exp(-np.maximum(logits, -700.0)))
    weight = -a * np.logaddexp(0, -logits) - (b + x) * np.logaddexp(0, logits) - betaln(a, b + x)
    purchases = -np.expm1(-(r + x) * np.log1p(p * horizon / (4.0 + 30.0))) / p
    mean = np.trapezoid(np.exp(weight) * purchases, logits)
    last = 20.0 if x else 0.0
    alive = model.alive(x, last, 30.0)[0]
    assert model.expected_of(x, last, 30.0, horizon)[0] == pytest.approx(mean * alive, rel=1e-6)


def test_stopping_chances_around_one_make_no_gap():
    """Where a is 1 the formula is a limit: nothing jumps."""
    near = [BgNbd(0.8, 12.0, a, 2.8).expected_of(3, 20.0, 40.0, 30.0)[0] for a in (0.999, 1, 1.001)]
    assert near[0] > near[1] > near[2]
    assert near[1] == pytest.approx((near[0] + near[2]) / 2.0, rel=1e-4)


def test_occasions_to_come_add_up_over_chances():
    """The BG/BB's expectation is the integral over the chances of using and of stopping."""
    model = BgBb(1.2, 0.75, 0.66, 2.8)

    def density(x, a, b):
        return np.exp((a - 1) * np.log(x) + (b - 1) * np.log1p(-x) - betaln(a, b))

    stays = quad(lambda s: sum((1 - s) ** t for t in (1, 2, 3)) * density(s, 0.66, 2.8), 0, 1)[0]
    assert model.expected(3) == pytest.approx(stays * 1.2 / 1.95, rel=1e-6)
    anybody = BgBb(1.2, 0.75, 1.0, 2.8)  # gamma of 1 is no special case
    assert anybody.expected_of(2, 3, 4, 5)[0] > 0


def test_spending_is_drawn_to_the_mean_of_all():
    """The fewer purchases are seen, the nearer is what to expect to everybody's mean."""
    model = GammaGamma(6.25, 3.74, 15.44)
    few, many = model.expected([1, 50], [80.0, 80.0])
    assert model.mean < few < many < 80.0
    assert float(model.expected(0, 12.0)) == pytest.approx(model.mean)
    assert GammaGamma(6.0, 0.9, 15.0).mean == np.inf
    made = summary(transactions(1), script().END.isoformat())
    assert abs(link(made.frequency, made.spend)) < 0.1
    assert np.isnan(link([1, 1, 1], [2.0, 3.0, 4.0]))


def test_the_gamma_gamma_likelihood_is_the_density_of_mean_spending():
    """At given parameters the fit's log-likelihood is that of the formula of note 25."""
    customers = summary(transactions(1), "2026-09-30")
    x, z = (v[customers.frequency > 0] for v in (customers.frequency, customers.spend))
    fit = fit_gamma_gamma(x, z)
    p, q, g = fit.estimates.values
    top = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(g)
    top += (p * x - 1) * np.log(z) + p * x * np.log(x) - (p * x + q) * np.log(g + x * z)
    assert fit.estimates.log_likelihood == pytest.approx(top.sum(), rel=1e-9)


def test_the_unit_of_time_and_money_moves_nothing_but_itself():
    """Weeks or days, yuan or cents: the same customers, the same fit."""
    weeks = summary(transactions(1), "2026-09-30")
    days = histories(weeks.frequency, 7.0 * weeks.recency, 7.0 * weeks.age)
    one, other = fit_bgnbd(weeks).estimates, fit_bgnbd(days).estimates
    assert other.values / one.values == pytest.approx([1.0, 7.0, 1.0, 1.0], rel=1e-6)
    assert other.log_se == pytest.approx(one.log_se, rel=1e-6)
    purses = [fit_gamma_gamma(weeks.frequency, k * weeks.spend).estimates for k in (1.0, 100.0)]
    assert purses[1].values / purses[0].values == pytest.approx([1.0, 1.0, 100.0], rel=1e-6)


def test_a_lifetime_is_worth_more_with_more_months_and_less_at_a_discount():
    """The value adds up month by month; at no discount it is purchases times value times margin."""
    customers = summary(transactions(1), "2026-09-30")
    buying, purse = BgNbd(0.8, 12.0, 0.8, 2.8), GammaGamma(4.0, 4.0, 660.0)
    known = {"margin": 0.4, "discount": 0.0}
    year = lifetime_value(buying, purse, customers, months=12, **known)
    history = (customers.frequency, customers.recency, customers.age)
    worth = purse.expected(customers.frequency, customers.spend)
    assert year == pytest.approx(0.4 * worth * buying.expected_of(*history, 52.0), rel=1e-9)
    assert (lifetime_value(buying, purse, customers, months=24, **known) > year).all()
    dear = lifetime_value(buying, purse, customers, months=12, margin=0.4, discount=0.1)
    assert ((dear < year) & (dear > year / 1.1)).all()
    new = new_customer_value(buying, purse, months=12, **known)
    assert new == pytest.approx(0.4 * 880.0 * float(buying.expected([52.0])[0]))
    with pytest.raises(ValueError, match="no value to tell"):
        lifetime_value(buying, purse, customers, months=0, **known)


def test_transactions_become_histories():
    """Frequency counts days after the first one; who never came back has recency 0."""
    rows = [
        ("2026-01-01", "b", 100), ("2026-01-01", "b", 20), ("2026-01-15", "b", 30),
        ("2026-01-29", "b", 50), ("2026-02-05", "a", 10),
    ]  # fmt: skip
    found = summary(pd.DataFrame(rows, columns=["date", "customer", "amount"]), "2026-02-12")
    assert found.customers == ("a", "b")
    assert list(found.frequency) == [0, 2] and list(found.recency) == [0, 4]
    assert list(found.age) == [1, 6] and list(found.spend) == [0, 40]
    assert list(found.orders) == [1, 4] and list(found.total) == [10, 200]


def test_wrong_transactions_are_named_with_what_would_be_right():
    """Every row that cannot be true is told at once, as a spreadsheet counts rows."""
    rows = pd.DataFrame(
        {
            "date": ["2026-01-05", "5.1.2026", "2026-03-01", "2026-01-09", "2026-01-10"],
            "customer": ["a", "b", "c", "", "e"],
            "amount": ["-20", "7", "8", "9", "many"],
            "first_purchase": ["2026-01-07", "", "", "", ""],
        }
    )
    with pytest.raises(ValueError) as refused:
        summary(rows, "2026-02-28")
    assert str(refused.value).splitlines() == [
        "transactions:",
        "row 2: amount -20 is negative: take a return off the purchase that it belongs to, or leave "
        "both out",
        "row 2: date 2026-01-05 is before this customer's first_purchase 2026-01-07: one of the two "
        "is wrong",
        "row 3: date '5.1.2026' is no date; write YYYY-MM-DD",
        "row 4: date 2026-03-01 is after the records' end 2026-02-28",
        "row 5: customer is empty",
        "row 6: amount 'many' is no finite number",
    ]
    with pytest.raises(ValueError, match="no rows"):
        summary(rows.iloc[:0])
    with pytest.raises(ValueError, match="no column 'amount'; did you mean 'amounts'"):
        summary(rows.rename(columns={"amount": "amounts"}))


def test_one_customer_has_a_history_but_no_law():
    """One customer alone is summed up and scored; how customers differ cannot be told from one."""
    rows = pd.DataFrame({"date": ["2026-01-01", "2026-01-20"], "customer": 1, "amount": 5})
    alone = summary(rows, "2026-02-01")
    assert list(rfm_scores(alone)[["r", "f", "m"]].iloc[0]) == [5, 5, 5]
    with pytest.raises(ValueError, match="1 customers, 1 of whom bought again"):
        fit_bgnbd(alone)
    with pytest.raises(ValueError, match="at least 3 are needed"):
        fit_gamma_gamma(alone.frequency, alone.spend)


@pytest.mark.parametrize(
    ("history", "why"),
    [((1, 0, 5), "recency is 0 where nobody came back"), ((0, 2, 5), "customer 1"),
     ((2, 6, 5), "recency <= age"), ((1, -1, 5), "recency -1"), ((0.5, 1, 5), "whole")],
)  # fmt: skip
def test_histories_that_cannot_be_are_refused(history, why):
    """A purchase before the first one, or after the records' end, is no history."""
    with pytest.raises(ValueError, match=why):
        PUBLISHED.alive(*history)


def test_customers_who_never_stop_tell_nothing_of_stopping():
    """Where nobody seems to stop, the fit says so and gives no number."""
    random = np.random.default_rng(5)
    x = 50.0 + random.integers(0, 3, 300)
    with pytest.raises(ValueError, match="some stop"):
        fit_bgnbd(histories(x, np.full(300, 99.99), np.full(300, 100.0)))


@pytest.mark.parametrize("history", [(3, 2, 6), (1, 7, 6), (0, 1, 6), (1.5, 2, 6), (1, 1, 0)])
def test_occasions_that_cannot_be_are_refused(history):
    """Nobody uses more occasions than there were."""
    with pytest.raises(ValueError, match="history 1"):
        fit_bgbb(*([value] for value in history))


def test_fifths_share_equals_and_cells_hold_everybody():
    """Equal customers have equal scores; the table of cells loses nobody and no money."""
    assert list(fifths([1, 1, 1, 1, 9])) == [3, 3, 3, 3, 5]
    assert list(fifths(np.arange(10))) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    customers = summary(transactions(1), "2026-09-30")
    scores = rfm_scores(customers)
    cells = rfm_cells(scores)
    assert cells["customers"].sum() == customers.count
    assert cells["money"].sum() == pytest.approx(customers.total.sum())
    recent = scores.loc[scores["r"] == 5, "weeks_since"].max()
    assert recent <= scores.loc[scores["r"] < 5, "weeks_since"].min()


def test_renewals_have_the_likelihood_of_the_law():
    """One cohort's fit is the top of equation 6 of Fader and Hardie, month by month."""
    alive = np.array([1000.0, 850, 760, 700, 655])
    fit = fit_renewals(survivors(alive))
    own = sbg_log_likelihood(*fit.values, alive[1:], 1000.0)
    assert fit.log_likelihood == pytest.approx(own, abs=1e-8)
    for k, factor in ((0, 1.01), (0, 0.99), (1, 1.01), (1, 0.99)):
        other = fit.values.copy()
        other[k] *= factor
        assert sbg_log_likelihood(*other, alive[1:], 1000.0) < own


def test_yearly_counts_are_refitted_by_month():
    """Counts a year apart of customers who may leave any month give the monthly law, not a yearly one."""
    churn = churn_by_age(np.array([1.0]), np.array([6.0]), 61)[:, 0]
    alive = 1e6 * np.concatenate([[1.0], np.cumprod(1.0 - churn)])
    rows = pd.DataFrame(
        {"year": np.arange(6), "customers": np.round(alive[[0, 12, 24, 36, 48, 60]])}
    )
    assert fit_renewals(renewals_table(rows)).values == pytest.approx([1.0, 6.0], rel=0.01)


def test_wrong_renewals_are_named_with_the_cohort():
    """Customers cannot become more, ages cannot be skipped, and nobody leaving tells nothing."""
    rows = pd.DataFrame(
        [("x", 0, 10), ("x", 1, 12), ("y", 0, 10), ("y", 2, 8), ("z", 0, 5)],
        columns=["cohort", "month", "customers"],
    )
    with pytest.raises(ValueError) as refused:
        renewals_table(rows)
    assert "cohort x: 12 customers after 10" in str(refused.value)
    assert "cohort y: month must be 0, 1, 2, ..., each once; found 0, 2" in str(refused.value)
    for alive, why in (([10, 10], "no customer left"), ([10, 0], "every customer left"),
                       ([10, -1], "not negative"), ([10], "two ages")):  # fmt: skip
        with pytest.raises(ValueError, match=why):
            fit_renewals(survivors(alive))
    for frame, why in ((rows.drop(columns="month"), "'month' or 'year'"), (rows.iloc[:0], "no rows"),
                       (rows.iloc[4:], "second time"),
                       (rows.replace({12: "some"}), "row 3: month and customers")):  # fmt: skip
        with pytest.raises(ValueError, match=why):
            renewals_table(frame)
    with pytest.raises(ValueError, match="seem all alike"):
        fit_renewals(survivors(1e6 * 0.9 ** np.arange(8)))
