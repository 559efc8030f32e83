"""The tables by hiring channel: what a hire takes, and until when requisitions may wait."""

from pathlib import Path

import pytest
from tests.fixtures.tiny_study import REPOSITORY, tiny_study

from tandem import load_study
from tandem.charts import channels, hiring


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study."""
    return tiny_study(tmp_path_factory.mktemp("channels"))


def test_a_referral_needs_fewer_candidates_than_a_job_board(project: Path) -> None:
    """The channels' table shows what each takes, and campus hiring only its window."""
    table = channels.channels(load_study("lower-tier-expansion", project=project, draws=24))
    by_name = table.data.set_index(table.data.columns[0])
    wanted = by_name.columns[1]
    assert by_name.loc["Referral", wanted] < by_name.loc["Job boards", wanted]
    assert "autumn, starts in July" in repr(table)
    assert "fast track" not in repr(table)


def test_target_dates_stand_on_the_scenario_s_own_page(project: Path) -> None:
    """A row a role that grows and a column a channel that hires all year; not for variations."""
    study = load_study("lower-tier-expansion", project=project, draws=16)
    table = channels.target_dates(hiring.dates(study, 0.05))
    assert table is not None
    assert list(table.data.columns) == ["Role", "Headhunter", "Referral", "Job boards"]
    assert len(table.data) == 3
    nothing = load_study("do-nothing", project=project, draws=4)
    assert channels.target_dates(hiring.dates(nothing)) is None
    tight = load_study("lower-tier-expansion-tight-labour-market", project=REPOSITORY, draws=4)
    assert channels.target_dates(hiring.dates(tight)) is None
