"""Candidates: who applies for which job profile, with a score for each skill, from the study's data.

What it answers: `data/candidates.csv` as arrays, or everything that is wrong with it, each with its
row.

What it leaves out: how well candidates fit and who takes which post (`tandem.study.capability`).

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tandem.assumptions.refusals import Place, Problem, Refusal
from tandem.assumptions.schema.capability import FULL_SCORE

__all__ = ["FILE", "Candidates", "read_candidates"]

#: The file, relative to the study's folder.
FILE = "data/candidates.csv"

_NAME, _APPLIES = "candidate", "applies_for"


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidates in the order of the file.

    names (c,). scores: by profile, (c, k), in the order of the profile's skills, 0 to 100; NaN for
    those who do not apply for it. applied: by profile, (c,).
    """

    names: tuple[str, ...]
    scores: Mapping[str, NDArray[np.float64]]
    applied: Mapping[str, NDArray[np.bool_]]


def read_candidates(project: Path, profiles: Mapping[str, Sequence[str]]) -> Candidates:
    """The candidates of the study in `project`; `profiles` names the skills of each profile.

    Raises Refusal with every problem and its row: no such file, a column that lacks, a candidate
    twice, a profile that does not exist, a score that is missing, no number, or beyond 0 to 100.
    """
    rows = _rows(project, profiles)
    problems: list[Problem] = []
    names: list[str] = []
    found: dict[str, list[list[float]]] = {profile: [] for profile in profiles}
    for line, row in rows:
        name = row[_NAME].strip()
        if not name or name in names:
            message = "stands twice" if name else "has no name"
            problems.append(_problem(line, _NAME, message, found=name))
        names.append(name)
        asked = row[_APPLIES].split()
        problems += [
            _problem(line, _APPLIES, "no such profile", found=other, allowed=tuple(profiles))
            for other in asked
            if other not in profiles
        ]
        if not asked:
            problems.append(_problem(line, _APPLIES, "names no profile", allowed=tuple(profiles)))
        for profile, skills in profiles.items():
            applies = profile in asked
            scores = [
                _score(line, skill, row[skill], problems) if applies else np.nan for skill in skills
            ]
            found[profile].append(scores)
    if problems:
        raise Refusal(problems)
    arrays = {
        profile: np.array(values, dtype=float).reshape(len(names), len(profiles[profile]))
        for profile, values in found.items()
    }
    return Candidates(
        names=tuple(names),
        scores=arrays,
        applied={profile: ~np.isnan(values[:, 0]) for profile, values in arrays.items()},
    )


def _rows(
    project: Path, profiles: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Line and cells of each row, by column; raises Refusal where the file has another form."""
    try:
        text = (project / FILE).read_text("utf-8-sig")
    except FileNotFoundError:
        raise Refusal([_problem(1, "", "no such file: candidates with their scores")]) from None
    except (OSError, UnicodeDecodeError):
        raise Refusal([_problem(1, "", "cannot be read as a text in UTF-8")]) from None
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, [])]
    wanted = [_NAME, _APPLIES, *dict.fromkeys(s for skills in profiles.values() for s in skills)]
    lacking = [name for name in wanted if name not in header]
    twice = [name for name in wanted if header.count(name) > 1]
    if lacking or twice:
        what = [f"lacks the columns {', '.join(lacking)}"] if lacking else []
        what += [f"has a column twice: {', '.join(twice)}"] if twice else []
        raise Refusal([_problem(1, "", "; ".join(what), allowed=tuple(wanted))])
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            message = f"has {len(cells)} cells, the first row {len(header)}"
            raise Refusal([_problem(reader.line_num, "", message)])
        yield reader.line_num, dict(zip(header, cells, strict=True))


def _score(line: int, skill: str, text: str, problems: list[Problem]) -> float:
    """A score; what is wrong with it is added to `problems`."""
    if not text.strip():
        message = "has no score, but the profile applied for asks for it: assess the candidate"
        problems.append(_problem(line, skill, message))
        return 0.0
    try:
        score = float(text)
    except ValueError:
        problems.append(_problem(line, skill, "is no number", found=text))
        return 0.0
    if not 0.0 <= score <= FULL_SCORE:
        message = f"a score lies between 0 and {FULL_SCORE:g}"
        problems.append(_problem(line, skill, message, found=text))
    return score


def _problem(
    line: int, column: str, message: str, *, found: str = "", allowed: tuple[str, ...] = ()
) -> Problem:
    return Problem.at(
        Place(FILE, line), column, message, code="candidates", found=found, allowed=allowed
    )
