"""Ladders of roles and terms of contracts that cannot be: refused with place and reason."""

import shutil
from pathlib import Path

import pytest
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.refusals import Refusal
from tandem.assumptions.schema import Company


def refused(folder: Path, file: str, old: str, new: str) -> str:
    """What is said of the repository's parameters with one text replaced."""
    shutil.copytree(REPOSITORY / "params", folder / "params")
    path = folder / "params" / "base" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(Refusal) as error:
        load_assumptions(folder, Company, "do-nothing", ())
    return str(error.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("roles/sales_manager.yaml", "fed_by: field_rep", "fed_by: feild_rep", "did you mean"),
        ("roles/sales_manager.yaml", "fed_by: field_rep", "fed_by: analyst", "has nobody at core"),
        ("roles/sales_manager.yaml", "fed_by: field_rep\n", "", "has no effect: fed_by"),
        (
            "roles/field_rep.yaml",
            "sources:",
            "fed_by: sales_manager\npromoted_share: {fixed: 0.1, unit: share}\nsources:",
            "promotions go round: field_rep -> ",
        ),
        (
            "roles/sales_manager.yaml",
            "promoted_share: {triangular: [0.3, 0.45, 0.6]",
            "promoted_share: {fixed: 1.2",
            "1.2",
        ),
        ("careers.yaml", "term_months: {fixed: 36", "term_months: {fixed: 0", "term_months"),
    ],
)
def test_what_cannot_be_is_refused(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    """A feeder that is no role or sits elsewhere, a round, a share above 1, a term of no length."""
    message = refused(tmp_path, file, old, new)
    assert said in message
    assert f"params/base/{file}:" in message


def test_turnover_holds_all_who_go_at_the_end_of_a_term(tmp_path: Path) -> None:
    """Where nobody is offered another year, more go than the trainers' turnover of 2026 has."""
    shutil.copytree(REPOSITORY / "params", tmp_path / "params")
    path = tmp_path / "params" / "base" / "careers.yaml"
    text = path.read_text("utf-8").replace("term_months: {fixed: 36", "term_months: {fixed: 12")
    path.write_text(text.replace("{triangular: [0.88, 0.93, 0.97]", "{fixed: 0"), "utf-8")
    with pytest.raises(Refusal) as error:
        load_assumptions(tmp_path, Company, "do-nothing", ())
    assert "go at the end of a fixed term" in str(error.value)
    assert "params/base/roles/trainer.yaml:" in str(error.value)
