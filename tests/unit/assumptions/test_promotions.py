"""Promotions and targeting: which files are refused, and what a company without them is."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.simulations import SEED
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.refusals import Refusal
from tandem.assumptions.schema import Company
from tandem.model.simulate import simulate

FOLDER = "params/base/promotions"
EVENT = f"{FOLDER}/double_11.yaml"
LATER = f"{FOLDER}/double_12.yaml"
SEARCH = "params/base/touchpoints/search_ads.yaml"
LEVER = "params/levers/big-promotion.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The repository's own assumptions, which a test spoils."""
    shutil.copytree(REPOSITORY / "params", tmp_path / "params")
    return tmp_path


def alter(project: Path, file: str, old: str, new: str) -> int:
    """Replace a text that stands once in a file; the line in which it stands."""
    text = (project / file).read_text("utf-8")
    assert text.count(old) == 1, (file, old)
    (project / file).write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        (EVENT, "discount: {fixed: 0.12", "discount: {fixed: 1.2", "discount"),
        (EVENT, "advertising: {fixed: 800000, unit: CNY, owner: brand}\nref", "advertising: {fixed: -50000, unit: CNY}\nref", "advertising"),
        (EVENT, "month: nov", "month: smarch", "month"),
        (EVENT, "markets: [core, short_video, lower_tier]", "markets: [core, lower_teir]", "did you mean lower_tier"),
        (EVENT, "markets: [core, short_video, lower_tier]", "markets: []", "needs a market that takes part"),
        (EVENT, "markets: [core, short_video, lower_tier]", "markets: [lower_tier]", "are closed in 2026, when it takes place"),
        (LATER, "month: dec", "month: nov", ""),
        (SEARCH, "targeting: {fixed: 0,", "targeting: {fixed: 1.5,", "targeting"),
        (LEVER, "festival_618.discount: {fixed: 0.15", "festival_618.discount: {fixed: 1.15", "discount"),
    ],
)  # fmt: skip
def test_a_wrong_promotion_is_refused_at_its_place(project, file, old, new, reason):
    """A discount above 1, negative spend, no such month or market, a market that is closed in 2026."""
    line = alter(project, file, old, new)
    if not reason:  # two in one month are no fault as long as their days fit into it
        load_assumptions(project, Company, "do-nothing")
        return
    with pytest.raises(Refusal) as refusal:
        load_assumptions(project, Company, "lower-tier-big-promotion")
    assert f"{file}:{line}" in str(refusal.value) and reason in str(refusal.value)


def test_promotional_days_of_a_month_fit_into_it(project):
    """Two promotions of one month, in one market, of 12 and 25 days: refused at the second's days."""
    alter(project, LATER, "month: dec", "month: nov")
    line = alter(project, LATER, "days: {fixed: 4,", "days: {fixed: 25,")
    with pytest.raises(Refusal) as refusal:
        load_assumptions(project, Company, "do-nothing")
    assert f"{LATER}:{line}" in str(refusal.value)
    assert "are more than a month has, in core, lower_tier, short_video" in str(refusal.value)


def test_targeting_says_what_it_gains_and_costs(project):
    """A share of targeted spend without its cost would be targeting for nothing: refused."""
    text = (project / SEARCH).read_text("utf-8")
    lines = [row for row in text.splitlines() if not row.startswith("targeting_cost")]
    (project / SEARCH).write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(Refusal) as refusal:
        load_assumptions(project, Company, "do-nothing")
    assert "touchpoints.search_ads.targeting_cost: is needed where targeting is" in str(
        refusal.value
    )


def test_a_company_without_promotions_is_still_one(project):
    """No calendar, no targeting: the model runs, and no order is gained or missing."""
    shutil.rmtree(project / FOLDER)
    found = load_assumptions(project, Company, "do-nothing")
    run = simulate(model_inputs(draw(found, 3, SEED), SEED))
    assert run.structure.promotions == ()
    assert not run.market["promotion_orders"].any() and np.isfinite(run.market["sales"]).all()
