"""Draws: paired between scenarios, independent of what else is drawn and of the chunks."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tandem import units
from tandem.assumptions.drawing import central, draw, draw_from, hypercube_column

SWITCHING = "markets.core.switching"
LEAVES = "roles.field_rep.leaves"
MEDIA = "markets.lower_tier.media"


def correlate(study, groups: str) -> None:
    """Declare correlated groups."""
    study.write("params/base/correlations.yaml", f"schema: 1\ngroups:\n{groups}")


@given(st.integers(1, 300), st.integers(0, 2**40), st.text(min_size=1, max_size=30))
def test_a_column_has_one_value_in_each_stratum(draws, seed, path):
    """A Latin hypercube covers each n-th of (0, 1) once, whatever the path and the seed."""
    column = hypercube_column(path, draws, seed)
    assert np.array_equal(np.sort((column * draws).astype(int)), np.arange(draws))
    assert 0 < column.min() <= column.max() < 1


def test_columns_are_independent():
    """Columns of different paths and seeds are uncorrelated."""
    columns = [hypercube_column(f"p{i}", 4000, seed) for i in range(6) for seed in (1, 2)]
    off = np.corrcoef(columns) - np.eye(len(columns))
    assert np.abs(off).max() < 0.06


def test_adding_a_parameter_moves_no_other_column(study):
    """A new market leaves the draws of all other paths as they were, bit for bit."""
    before = draw(study.load(), 500, 7)
    core = (study.project / "params/base/markets/core.yaml").read_text(encoding="utf-8")
    study.write("params/base/markets/a_new_one.yaml", core)
    after = draw(study.load(), 500, 7)
    assert set(after.columns) - set(before.columns) == {"markets.a_new_one.switching"}
    for path, column in before.columns.items():
        assert np.array_equal(column, after.columns[path])


def test_a_patched_path_stays_paired(study):
    """A scenario draws a patched path from the same column through its own distribution."""
    plain, late = (draw(study.load(name), 500, 7) for name in ("do-nothing", "late"))
    assert np.array_equal(plain.u(LEAVES), late.u(LEAVES))
    assert np.array_equal(plain.base[LEAVES], late.base[LEAVES])
    patched = late.at(LEAVES)
    assert patched.shape == (1, 500)
    assert np.all(patched > plain.at(LEAVES))
    assert stats.spearmanr(patched[0], plain.at(LEAVES)[0]).statistic == pytest.approx(1.0)
    assert np.array_equal(plain.at(SWITCHING), late.at(SWITCHING))


def test_a_path_that_only_the_patch_makes_uncertain_has_its_column(study):
    """A fixed number of the base may become a range in a lever."""
    launch = draw(study.load("launch"), 400, 7)
    media = launch.at(MEDIA)
    assert media.shape == (units.HORIZON, 400)
    start = units.month_index("2027-03")
    assert np.all(media[:start] == 0)
    assert np.all(media[start:] == media[start])
    assert media[start].std() > 0
    assert np.array_equal(launch.u(MEDIA), hypercube_column(MEDIA, 400, 7))
    assert np.all(launch.base[MEDIA] == 0)


def test_a_chunk_is_a_slice(study):
    """Draws 100 to 250 of 500 are those of the whole, bit for bit."""
    assumptions = study.load("late")
    whole, part = draw(assumptions, 500, 7), draw(assumptions, 500, 7, first=100, count=150)
    assert (part.first, part.count) == (100, 150)
    for path in assumptions.estimates:
        assert np.array_equal(whole.at(path)[:, 100:250], part.at(path))
        assert np.array_equal(whole.base[path][100:250], part.base[path])
    assert draw(assumptions, 500, 7, first=450).count == 50
    for first, count in [(-1, 5), (0, 501), (500, None), (400, 101), (0, 0)]:
        with pytest.raises(ValueError, match="do not lie in"):
            draw(assumptions, 500, 7, first=first, count=count)


def test_the_seed_changes_all_columns(study):
    """Another seed is another sample of the same distributions."""
    one, two = (draw(study.load(), 500, seed) for seed in (1, 2))
    assert not np.array_equal(one.base[SWITCHING], two.base[SWITCHING])
    assert one.base[SWITCHING].mean() == pytest.approx(two.base[SWITCHING].mean(), rel=1e-3)


def test_moments_of_the_draws_are_those_of_the_estimate(study):
    """A hypercube of 500 draws has the mean and the quantiles of the distribution."""
    assumptions = study.load()
    drawn = draw(assumptions, 500, 3)
    for path, estimate in assumptions.estimates.items():
        assert drawn.base[path].mean() == pytest.approx(estimate.mean, rel=5e-3)
        assert np.quantile(drawn.base[path], 0.1) == pytest.approx(estimate.p10, rel=5e-3)
    assert set(drawn.base) == set(assumptions.estimates)
    assert len(drawn.base) == len(assumptions.estimates)


def test_choices_over_the_months(study):
    """A plain field is a list over the months; the lever's value holds from its month on."""
    drawn = central(study.load("late"))
    assert drawn.choice("roles.field_rep.plan") == ["kpi-bonus"] * 2 + ["low-base"] * 37
    assert drawn.choice("markets.core.channel") == ["offline"] * units.HORIZON
    with pytest.raises(KeyError, match=r"no plain field roles.field_rep.plam; did you mean roles"):
        drawn.choice("roles.field_rep.plam")
    with pytest.raises(KeyError, match=r"no plain field hiring\.notice"):
        drawn.choice("hiring.notice")


def test_the_central_draw_stands_at_the_medians(study):
    """One draw, every estimate at its median, patches in force."""
    assumptions = study.load("late")
    drawn = central(assumptions)
    assert drawn.count == 1
    for path, estimate in assumptions.estimates.items():
        assert drawn.base[path] == pytest.approx([estimate.median])
    assert list(drawn.at("hiring.notice")[:, 0]) == [2.0] * 2 + [0.0] * 37


def test_later_patches_win_from_their_month_on(study):
    """Overrides from different months follow each other; the later in order covers the rest."""
    drawn = central(study.load("late", ["hiring.notice@2027-01=1", "hiring.notice@2026-11=3"]))
    assert list(drawn.at("hiring.notice")[:4, 0]) == [2.0, 3.0, 3.0, 3.0]
    drawn = central(study.load("late", ["hiring.notice@2026-11=3", "hiring.notice@2027-01=1"]))
    assert list(drawn.at("hiring.notice")[:4, 0]) == [2.0, 3.0, 3.0, 1.0]
    drawn = central(study.load("do-nothing", ["hiring.notice=3"]))
    assert drawn.at("hiring.notice").shape == (1, 1)


def test_draws_at_given_uniforms(study):
    """A sensitivity design sets some columns; the others stand at their medians."""
    assumptions = study.load()
    drawn = draw_from(assumptions, {SWITCHING: np.array([0.1, 0.9])}, 2)
    estimate = assumptions.estimates[SWITCHING]
    assert list(drawn.at(SWITCHING)[0]) == pytest.approx([estimate.p10, estimate.p90])
    assert np.ptp(drawn.at(LEAVES)) == 0
    assert draw_from(assumptions, {}, 3).at(LEAVES).shape == (1, 3)
    with pytest.raises(KeyError, match=r"did you mean markets\.core\.switching"):
        draw_from(assumptions, {"markets.core.switchin": np.array([0.5])}, 1)
    for bad in ([0.0, 0.5], [0.5, 1.0], [0.5], [np.nan, 0.5]):
        with pytest.raises(ValueError, match="uniforms between 0 and 1"):
            draw_from(assumptions, {SWITCHING: np.array(bad)}, 2)


def test_columns_cannot_be_changed(study):
    """What was drawn once cannot be written over; and it can be sent to another process."""
    drawn = draw(study.load(), 50, 7)
    with pytest.raises(ValueError, match="read-only"):
        drawn.columns[SWITCHING][0] = 0.5
    with pytest.raises(KeyError, match=r"no estimate markets\.core\.plan"):
        drawn.at("markets.core.plan")
    copy = pickle.loads(pickle.dumps(drawn))  # noqa: S301  # our own bytes
    assert np.array_equal(copy.at(SWITCHING), drawn.at(SWITCHING))


class TestCorrelations:
    """Declared groups move together; each path keeps its own distribution."""

    PAIR = f"  - {{paths: [{SWITCHING}, {LEAVES}], rho: 0.6, source: a survey}}\n"

    def test_normal_scores_have_the_declared_correlation(self, study):
        """The copula gives the correlation and leaves the first path's column alone."""
        plain = draw(study.load(), 20_000, 7)
        correlate(study, self.PAIR)
        drawn = draw(study.load(), 20_000, 7)
        scores = stats.norm.ppf([drawn.u(SWITCHING), drawn.u(LEAVES)])
        assert np.corrcoef(scores)[0, 1] == pytest.approx(0.6, abs=0.01)
        assert np.array_equal(drawn.u(SWITCHING), plain.u(SWITCHING))
        assert np.array_equal(drawn.at("roles.field_rep.quota"), plain.at("roles.field_rep.quota"))
        assert stats.kstest(drawn.u(LEAVES), "uniform").pvalue > 0.01

    def test_a_matrix(self, study):
        """Three paths with their own correlations."""
        paths = f"[{SWITCHING}, {LEAVES}, hiring.work.posting]"
        matrix = "[[1, 0.5, -0.3], [0.5, 1, 0], [-0.3, 0, 1]]"
        correlate(study, f"  - {{paths: {paths}, matrix: {matrix}, source: a survey}}\n")
        drawn = draw(study.load(), 20_000, 7)
        columns = [drawn.u(p) for p in (SWITCHING, LEAVES, "hiring.work.posting")]
        found = np.corrcoef(stats.norm.ppf(columns))
        assert found == pytest.approx(
            np.array([[1, 0.5, -0.3], [0.5, 1, 0], [-0.3, 0, 1]]), abs=0.02
        )

    def test_chunks_and_pairs_hold_with_correlations(self, study):
        """A chunk is still a slice, and a patched path of a group is still paired."""
        correlate(study, self.PAIR)
        whole, part = draw(study.load(), 300, 7), draw(study.load(), 300, 7, first=30, count=40)
        assert np.array_equal(whole.u(LEAVES)[30:70], part.u(LEAVES))
        assert np.array_equal(whole.u(LEAVES), draw(study.load("late"), 300, 7).u(LEAVES))

    def test_given_uniforms_are_independent_ones(self, study):
        """A design's columns are correlated by the group, unless one path is moved alone."""
        correlate(study, self.PAIR)
        assumptions = study.load()
        high = {SWITCHING: np.array([0.9])}
        assert draw_from(assumptions, high, 1).u(LEAVES)[0] > 0.7
        assert draw_from(assumptions, high, 1, correlate=False).u(LEAVES)[0] == 0.5
        assert draw_from(assumptions, {}, 1).u(LEAVES)[0] == 0.5

    def test_correlations_are_part_of_the_fingerprint(self, study):
        """Another correlation is another result."""
        found = {study.load().fingerprint()}
        for rho in (0.6, 0.5):
            correlate(study, self.PAIR.replace("0.6", str(rho)))
            found.add(study.load().fingerprint())
        assert len(found) == 3

    @pytest.mark.parametrize(
        ("group", "message"),
        [
            ("{paths: [a.b, hiring.notice], rho: 0.5, source: s}",
             "correlations.groups.0.paths.0: is no estimate of the base, found a.b"),
            ("{paths: [hiring.batch, hiring.notice], rho: 0.5, source: s}",
             "is no estimate of the base, found hiring.batch"),
            ("{paths: [hiring.notice], rho: 0.5, source: s}", "at least 2 items"),
            ("{paths: [hiring.notice, hiring.notice], rho: 0.5, source: s}", "names a path twice"),
            ("{paths: [a, b], source: s}", "needs either rho or matrix"),
            ("{paths: [a, b], rho: 1, source: s}", "less than 1"),
            ("{paths: [a, b, c], rho: -0.9, source: s}", "contradict each other"),
            ("{paths: [a, b], matrix: [[1, 0.5]], source: s}", "2 rows of 2 numbers"),
            ("{paths: [a, b], matrix: [[1, 0.5], [0.4, 1]], source: s}", "must be symmetric"),
            ("{paths: [a, b], matrix: [[2, 0.5], [0.5, 1]], source: s}", "ones on its diagonal"),
            ("{paths: [a, b], rho: 0.5}", "source: is missing"),
        ],
    )  # fmt: skip
    def test_impossible_groups_are_refused(self, study, group, message):
        """A group names estimates, once, with correlations that can be."""
        correlate(study, f"  - {group}\n")
        found = study.refused()
        assert all(line.startswith("params/base/correlations.yaml:3:") for line in found)
        assert any(message in line for line in found)

    def test_a_path_stands_in_one_group(self, study):
        """Two groups would contradict each other."""
        correlate(study, self.PAIR + self.PAIR)
        found = study.refused()
        assert sum("stands in two groups" in line for line in found) == 2
