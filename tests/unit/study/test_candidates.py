"""Candidates read from a study's data, and what is refused there."""

import runpy
from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.refusals import Refusal
from tandem.study.candidates import FILE, read_candidates

PROFILES = {"manager": ("insight", "talk"), "rep": ("shops", "talk")}
SOUND = (
    "candidate,applies_for,insight,talk,shops\n"
    "Ann,manager,70,60,\n"
    "Bo,rep,,40.5,80\n"
    "Cai,manager rep,50,55,65\n"
)


def read(folder: Path, text: str | bytes):
    """The candidates of a file."""
    (folder / "data").mkdir(exist_ok=True)
    (folder / FILE).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_candidates(folder, PROFILES)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_candidates_are_read_as_a_spreadsheet_writes_them(tmp_path, mark, end):
    """With a byte order mark or Windows line ends, too; blank where nobody asks."""
    found = read(tmp_path, mark + SOUND.replace("\n", end))
    assert found.names == ("Ann", "Bo", "Cai")
    assert found.applied["manager"].tolist() == [True, False, True]
    assert found.applied["rep"].tolist() == [False, True, True]
    assert found.scores["rep"][1:].tolist() == [[80.0, 40.5], [65.0, 55.0]]
    assert np.isnan(found.scores["rep"][0]).all()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (",80\n", ",\n", ":3:1 shops: has no score, but the profile applied for asks for it"),
        ("70", "seventy", ":2:1 insight: is no number, found seventy"),
        ("70", "nan", ":2:1 insight: a score lies between 0 and 100, found nan"),
        ("70", "170", ":2:1 insight: a score lies between 0 and 100, found 170"),
        ("70", "-1", ":2:1 insight: a score lies between 0 and 100, found -1"),
        ("Bo", "Ann", ":3:1 candidate: stands twice, found Ann"),
        ("Bo", " ", ":3:1 candidate: has no name"),
        ("Bo,rep", "Bo,", ":3:1 applies_for: names no profile; allowed: manager, rep"),
        ("Bo,rep", "Bo,reps", ":3:1 applies_for: no such profile, found reps; did you mean rep?"),
        (",shops", ",shop", ":1:1 lacks the columns shops; allowed: candidate, applies_for"),
        (",shops", ",talk", "has a column twice: talk"),
        ("50,55,65", "50,55", ":4:1 has 4 cells, the first row 5"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path, old, new, why):
    """A candidate whose scores are missing or impossible is never ranked in silence."""
    with pytest.raises(Refusal) as refusal:
        read(tmp_path, SOUND.replace(old, new))
    assert why in str(refusal.value)


def test_all_bad_rows_are_told_at_once(tmp_path):
    """Who mends the file sees the whole of it."""
    with pytest.raises(Refusal) as refusal:
        read(tmp_path, SOUND.replace("70", "x").replace("80", "").replace("65", "999"))
    assert [problem.line for problem in refusal.value.problems] == [2, 3, 4]


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    """The path of the file is told; a spreadsheet saved as such is no text."""
    with pytest.raises(Refusal, match=f"{FILE}:1:1 no such file"):
        read_candidates(tmp_path, PROFILES)
    with pytest.raises(Refusal, match="cannot be read as a text in UTF-8"):
        read(tmp_path, b"PK\x03\x04\xff\xfe")
    with pytest.raises(Refusal, match="lacks the columns"):
        read(tmp_path, "")


def test_no_candidate_is_no_error(tmp_path):
    """A post may find nobody."""
    found = read(tmp_path, SOUND.splitlines()[0] + "\n\n")
    assert found.names == () and found.scores["rep"].shape == (0, 2)


def test_the_committed_candidates_are_those_of_the_script():
    """The script writes the file byte for byte, and what it says of the candidates is true."""
    made = runpy.run_path(str(REPOSITORY / "data" / "make_candidates.py"))
    assert (REPOSITORY / FILE).read_text("utf-8") == made["candidates"]()
    found = read_candidates(REPOSITORY, made["SKILLS"])
    for profile, scores in found.scores.items():
        asked = scores[found.applied[profile]]
        assert len(asked) == sum(profile in names for names in made["APPLICATIONS"])
        error = made["DEVIATION"] / np.sqrt(len(asked))
        assert np.abs(asked.mean(axis=0) - made["MEAN"]).max() < 3.0 * error
        pairs = np.corrcoef(asked, rowvar=False)[np.triu_indices(asked.shape[1], 1)]
        assert pairs.mean() == pytest.approx(made["CORRELATION"], abs=0.2)
