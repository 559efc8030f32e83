"""Preference from choices: what it recovers, what follows from it, what it refuses."""

import numpy as np
import pandas as pd
import pytest
from tests.unit.calibration.marketing import ATTRIBUTES, DATA, part_worths, script, survey

from tandem.assumptions.rows import read_row
from tandem.calibration.choice import choice_rows, fit_choice, willingness_to_pay
from tandem.calibration.choice_survey import choice_table
from tandem.calibration.preference import Change, market_shares, next_product


def offers(*tasks) -> pd.DataFrame:
    """Tasks of (respondent, offers), an offer being (chosen, price, kind)."""
    rows = [
        (who, number, k, *offer)
        for number, (who, shown) in enumerate(tasks)
        for k, offer in enumerate(shown)
    ]
    return pd.DataFrame(
        rows, columns=["respondent", "task", "alternative", "chosen", "price", "kind"]
    )


def mixed(number: int = 40, seed: int = 1) -> pd.DataFrame:
    """Tasks of two offers with choices at random."""
    random = np.random.default_rng(seed)
    taken = random.integers(0, 2, number)
    return offers(
        *(
            (n % 10, [(int(taken[n] == k), random.normal(), "ab"[(n + k) % 2]) for k in (0, 1)])
            for n in range(number)
        )
    )


def held_by(seeds) -> np.ndarray:
    """Share of surveys whose 95 % intervals hold the truth, (errors plain or clustered, attribute)."""
    held = []
    for seed in seeds:
        table = survey(seed)
        fits = [fit_choice(table, clustered) for clustered in (False, True)]
        truth = part_worths(fits[0].names)
        ends = [fit.intervals() for fit in fits]
        held.append([(e[:, 0] <= truth) & (truth <= e[:, 1]) for e in ends])
    return np.mean(held, axis=0)


def test_surveys_show_the_true_preferences():
    """A 95 % interval holds each true part-worth: in 20 surveys, fewer than 16 has a chance of 3 in
    1000 for each of seven.
    """
    assert held_by(range(101, 121)).min() >= 16 / 20


@pytest.mark.heavy
def test_ninety_of_a_hundred_surveys_show_the_true_preferences():
    """In 400 surveys every part-worth is held in at least 90 of 100, and all together in 94 to 96.

    400, because one of seven numbers falls below 90 of a mere 100 in one series out of twelve.
    """
    share = held_by(range(101, 501))
    assert share.min() >= 0.90
    assert np.abs(share.mean(axis=1) - 0.95).max() < 0.01


def test_the_survey_file_shows_the_truth():
    """The file in data/ is what its script writes, and its intervals hold every true part-worth."""
    table = choice_table(pd.read_csv(DATA / "choice_survey.csv"), ATTRIBUTES)
    fit = fit_choice(table)
    assert np.array_equal(table.values, survey(script().SURVEY_SEED).values)
    ends, truth = fit.intervals(), part_worths(fit.names)
    assert ((ends[:, 0] <= truth) & (truth <= ends[:, 1])).all()
    assert 0.1 < fit.pseudo_r2 < 0.4 and (fit.tasks, fit.respondents) == (1440, 240)


def test_two_offers_and_one_attribute_give_the_log_odds():
    """Where 30 of 40 take the offer with an adviser, its part-worth is ln 3, its error known."""
    tasks = [(n, [(int(n < 30), 0.0, 1.0), (int(n >= 30), 0.0, 0.0)]) for n in range(40)]
    table = choice_table(offers(*tasks), ["kind"])
    fit = fit_choice(table, clustered=False)
    assert fit.effects == pytest.approx([np.log(3.0)])
    assert fit.se == pytest.approx([1.0 / np.sqrt(40 * 0.75 * 0.25)])
    assert fit.log_likelihood == pytest.approx(30 * np.log(0.75) + 10 * np.log(0.25))
    assert fit.at_random == pytest.approx(-40 * np.log(2.0))


def test_answers_of_one_person_are_not_independent():
    """Everybody's answers copied once: plain errors shrink by root 2, clustered ones do not."""
    once = mixed(60)
    twice = pd.concat([once, once.assign(task=once["task"] + 1000)])
    first, second = (choice_table(rows, ["price", "kind"]) for rows in (once, twice))
    assert fit_choice(first).se == pytest.approx(fit_choice(second).se)
    ratio = fit_choice(first, False).se / fit_choice(second, False).se
    assert ratio == pytest.approx(np.full(2, np.sqrt(2.0)))


def test_willingness_to_pay_is_the_price_that_undoes_a_benefit():
    """An offer dearer by what its benefit is worth is as good as before; the unit is price's."""
    fit = fit_choice(survey(3))
    paid = willingness_to_pay(fit, "log_price")
    adviser = paid.names.index("service=personal_adviser")
    plain = {"log_price": 0.0}
    better = {"service=personal_adviser": 1.0, "log_price": float(paid.value[adviser])}
    assert market_shares(fit, [plain, better]).share == pytest.approx([0.5, 0.5])
    assert (paid.low < paid.value).all() and (paid.value < paid.high).all()
    draws = np.random.default_rng(1).multivariate_normal(fit.effects, fit.covariance, 20_000)
    k, price = fit.place("service=personal_adviser"), fit.place("log_price")
    assert paid.se[adviser] == pytest.approx(np.std(-draws[:, k] / draws[:, price]), rel=0.05)


def test_shares_add_up_and_their_errors_are_those_of_the_estimates():
    """Shares of offers add up to 1; the delta method agrees with drawing the part-worths."""
    fit = fit_choice(survey(4))
    offered = [
        {"brand=ours": 1.0, "trust": 3.3},
        {"trust": 3.8},
        {"brand=regional_brands": 1.0, "trust": 2.9},
    ]
    found = market_shares(fit, offered)
    assert found.share.sum() == pytest.approx(1.0)
    values = np.array([[row.get(name, 0.0) for name in fit.names] for row in offered])
    draws = np.random.default_rng(2).multivariate_normal(fit.effects, fit.covariance, 20_000)
    weight = np.exp(draws @ values.T)
    drawn = weight / weight.sum(axis=1, keepdims=True)
    assert found.se == pytest.approx(drawn.std(axis=0), rel=0.05)


def test_what_to_build_next_counts_its_cost():
    """A change that wins more customers loses to another once it costs more than it earns."""
    fit = fit_choice(survey(5))
    offered = [{"brand=ours": 1.0, "trust": 3.3}, {"trust": 3.8}]
    adviser = Change("adviser", {"service=personal_adviser": 1.0}, 0.0)
    dear = Change("dear adviser", {"service=personal_adviser": 1.0}, 150.0)
    delivery = Change("delivery", {"delivery=next_day": 1.0}, 10.0)
    gains = next_product(fit, offered, [dear, delivery, adviser], margin=300.0)
    assert [gain.name for gain in gains] == ["adviser", "delivery", "dear adviser"]
    before = market_shares(fit, offered).share[0]
    after = market_shares(fit, [{**offered[0], **adviser.sets}, offered[1]]).share[0]
    assert gains[0].share == pytest.approx(after - before)
    assert gains[0].net == pytest.approx(300.0 * (after - before))
    assert gains[0].net_se == pytest.approx(300.0 * gains[0].share_se)
    assert gains[2].net == pytest.approx(150.0 * after - 300.0 * before)
    assert all(gain.low < gain.net < gain.high for gain in gains)
    with pytest.raises(ValueError, match="sets no attribute"):
        next_product(fit, offered, [Change("nothing", {})], 300.0)
    with pytest.raises(ValueError, match="offer 2 is not among"):
        next_product(fit, offered, [adviser], 300.0, own=2)
    with pytest.raises(ValueError, match="no attribute 'delivery=nextday'; did you mean"):
        market_shares(fit, [{"delivery=nextday": 1.0}, {}])
    with pytest.raises(ValueError, match="one offer is no choice"):
        market_shares(fit, [{}])
    with pytest.raises(ValueError, match="finite"):
        market_shares(fit, [{"trust": np.inf}, {}])


def test_estimates_become_rows_of_the_parameter_files():
    """The price's part-worth replaces the judgement of demand.yaml, as the files' reader takes it."""
    fit = fit_choice(survey(6))
    rows = choice_rows(
        fit, "log_price", "choice survey", [("trust", "demand.favourability_utility")]
    )
    defaults = {"owner": "marketing-insight", "as_of": "2026-09-30"}
    read = read_row(rows["demand.price_logit"], defaults, "utility", 0.1, 20.0)
    assert read.faults == [] and read.texts["evidence"] == "measured"
    assert read.parameters[0] == pytest.approx(-fit.effects[0], rel=1e-3)
    assert rows["demand.favourability_utility"]["normal"][0] == pytest.approx(
        fit.effects[3], rel=1e-3
    )


BAD = [
    ((7, [(1, 0.0, "a")]), "row 82: respondent 7, task 40: one alternative is no choice"),
    ((7, [(0, 0.0, "a"), (0, 1.0, "b")]), "row 82: respondent 7, task 40: none is chosen"),
    ((7, [(1, 0.0, "a"), (1, 1.0, "b")]), r"2 are chosen (rows 82, 83); exactly one"),
    ((7, [(2, 0.0, "a"), (1, 1.0, "b")]), "row 82: chosen 2 is neither 1 nor 0"),
    ((7, [(1, np.inf, "a"), (0, 1.0, "b")]), "row 82: price inf is no finite number"),
    ((7, [(1, 0.0, ""), (0, 1.0, "b")]), "row 82: kind is empty"),
]


@pytest.mark.parametrize(("task", "reason"), BAD)
def test_tasks_that_hold_no_choice_are_refused_by_row(task, reason):
    """A task needs two offers and one choice; each one that has not is named with its row."""
    good = mixed(40)
    extra = offers(task).assign(task=40)
    with pytest.raises(ValueError, match="choice survey:") as refused:
        choice_table(pd.concat([good, extra]), ["price", "kind"])
    assert reason in str(refused.value)


def test_surveys_that_cannot_tell_are_refused():
    """Missing columns, offers shown twice, an attribute that never varies, one person with clusters."""
    good = mixed()
    with pytest.raises(ValueError, match="no column 'prise'; did you mean 'price'"):
        choice_table(good, ["prise"])
    with pytest.raises(ValueError, match="at least one attribute"):
        choice_table(good, [])
    with pytest.raises(ValueError, match="row 3: alternative 0 stands twice"):
        choice_table(good.assign(alternative=0), ["price"])
    with pytest.raises(ValueError, match="kind=a: never differs between the alternatives"):
        choice_table(good.assign(kind="a"), ["price", "kind"])
    with pytest.raises(ValueError, match="two respondents"):
        fit_choice(choice_table(good.assign(respondent=1), ["price"]))
    with pytest.raises(ValueError, match="do not tell apart price, twin"):
        fit_choice(choice_table(good.assign(twin=2.0 * good["price"]), ["price", "twin"]))


def test_perfect_separation_is_refused_by_name():
    """Where everybody takes the cheaper offer no finite part-worth fits, and the attribute is named."""
    good = mixed()
    cheapest = good.groupby("task")["price"].transform("min") == good["price"]
    with pytest.raises(ValueError, match="price separates what was chosen: in 40 comparisons"):
        fit_choice(choice_table(good.assign(chosen=cheapest.astype(int)), ["price"]))
    never = good.assign(chosen=(good["kind"] == "b").astype(int))
    with pytest.raises(ValueError, match="kind=b separates"):
        fit_choice(choice_table(never, ["price", "kind"]))


def test_nothing_is_said_in_money_where_dearer_offers_win():
    """A price effect that is not negative gives no willingness to pay."""
    good = mixed()
    dearest = good.groupby("task")["price"].transform("max") == good["price"]
    taken = dearest.where(good["task"] > 8, ~dearest)
    fit = fit_choice(choice_table(good.assign(chosen=taken.astype(int)), ["price"]))
    with pytest.raises(ValueError, match="dearer offers were not chosen less"):
        willingness_to_pay(fit, "price")
