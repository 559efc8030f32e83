"""How long people stay: records beside the plan, and records that cannot be true."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.simulations import assumptions
from tests.fixtures.tiny_study import REPOSITORY, tiny_study

from tandem import load_study
from tandem.charts import stay
from tandem.model.workforce import BAND_MONTHS
from tandem.study import Study
from tandem.study.staying import expected_survival


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study with leavers' records."""
    folder = tiny_study(tmp_path_factory.mktemp("stay"))
    (folder / "data").mkdir(exist_ok=True)
    shutil.copy(REPOSITORY / stay.FILE, folder / stay.FILE)
    return folder


@pytest.fixture(scope="module")
def study(project: Path) -> Study:
    """The launch in lower-tier cities."""
    return load_study("lower-tier-expansion", project=project, draws=8)


def test_the_plan_loses_people_as_its_turnover_says() -> None:
    """Survival falls, fastest in the first band; its steady state turns over what 2026 did."""
    share = expected_survival(assumptions("do-nothing"), "field_rep", 600)
    assert share[0] == 1.0 and (np.diff(share) < 0.0).all()
    monthly = 1.0 - share[1:] / share[:-1]
    assert monthly[0] > monthly[int(BAND_MONTHS[0])] > monthly[-1]
    with pytest.raises(ValueError, match="no role 'pilot'"):
        expected_survival(assumptions("do-nothing"), "pilot", 12)


def test_records_stand_beside_the_plan(study: Study) -> None:
    """The curve's title gives both shares after a year, its data every month of five years."""
    chart = stay.staying(study)
    assert chart is not None and len(chart.data) == stay.SHOWN + 1
    seen, low, high, plan = (chart.data.iloc[12, k] for k in (1, 2, 3, 4))
    assert low < seen < high
    assert f"{100 * seen:.1f} %" in chart.title and f"{100 * plan:.1f} %" in chart.title


def test_each_band_s_assumption_is_checked_against_the_records(study: Study) -> None:
    """Four bands; the example's records confirm the assumed hazards within their intervals."""
    found = stay.bands(study)
    assert found is not None
    text = str(found)
    assert "0 to 6 months" in text and "above 60 months" in text


def test_without_records_nothing_is_shown(tmp_path: Path) -> None:
    """A study of one's own starts without leavers' records."""
    study = load_study("do-nothing", project=tiny_study(tmp_path), draws=4)
    (study.project / stay.FILE).unlink(missing_ok=True)
    assert stay.staying(study) is None and stay.bands(study) is None


def test_records_that_cannot_be_true_are_refused_with_their_row(tmp_path: Path) -> None:
    """Nobody leaves before the first day of work: file and row are named."""
    folder = tiny_study(tmp_path)
    (folder / "data").mkdir(exist_ok=True)
    (folder / stay.FILE).write_text(
        "role,start,end,observed_until\nfield_rep,2020-05-01,2019-04-01,2026-09-30\n"
    )
    study = load_study("do-nothing", project=folder, draws=4)
    with pytest.raises(ValueError, match=r"(?s)data/leavers.csv: .*row 2"):
        stay.bands(study)
