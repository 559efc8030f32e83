"""How a problem is printed."""

import pytest

from tandem.assumptions.refusals import SHOWN_PROBLEMS, Place, Problem, Refusal, nearest


def test_a_problem_is_one_line_with_its_place_and_the_nearest_name():
    """The analyst sees the file, the line, the path and what was meant."""
    problem = Problem.at(
        Place("params/levers/hire-late.yaml", 7, 3),
        "roles.field_rep.quotta",
        "unknown",
        code="unknown-key",
        suggestion="quota",
    )
    assert str(problem) == (
        "params/levers/hire-late.yaml:7:3 roles.field_rep.quotta: unknown; "
        "did you mean quota? (unknown-key)"
    )


def test_found_and_allowed_are_shown():
    """What was found and what is allowed stand beside the nearest name."""
    problem = Problem.at(
        Place("a.yaml", 2, 5), "x", "is not in the list", code="not-allowed", found="onlin",
        allowed=("offline", "online"),
    )  # fmt: skip
    assert str(problem) == (
        "a.yaml:2:5 x: is not in the list, found onlin; did you mean online? "
        "allowed: offline, online (not-allowed)"
    )
    far = Problem.at(Place("a.yaml"), "", "is empty", code="c", allowed=("left", "right"))
    assert str(far) == "a.yaml:1:1 is empty; allowed: left, right (c)"


def test_problems_come_in_the_order_of_files_and_lines_once_each():
    """All problems at once, sorted, and none twice."""
    places = [Place("b", 1, 1), Place("a", 10, 1), Place("a", 9, 2), Place("a", 9, 2)]
    refusal = Refusal(Problem.at(place, "", "wrong", code="c") for place in places)
    assert [str(p.place) for p in refusal.problems] == ["a:9:2", "a:10:1", "b:1:1"]
    assert str(refusal).count("\n") == 2


def test_a_flood_of_problems_is_cut():
    """A hostile file does not fill the terminal."""
    refusal = Refusal(Problem.at(Place("a", n), "", "x", code="c") for n in range(5000))
    lines = str(refusal).splitlines()
    assert len(lines) == SHOWN_PROBLEMS + 1
    assert lines[-1] == f"and {5000 - SHOWN_PROBLEMS} more problems"


def test_what_was_found_cannot_speak_to_the_terminal():
    """Escape sequences and endless texts of a file are not printed as they are."""
    problem = Problem.at(
        Place("a"), "k\x1b[2J", "x", code="c", found="\x1b]0;owned\x07" + "y" * 999
    )
    text = str(problem)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert len(text) < 200


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("quotta", "quota"), ("Quota", "quota"), ("base-pay", "base_pay"), ("bas pay", "base_pay"),
        ("zzzz", None), ("", None), ("q" * 100_000, None),
    ],
)  # fmt: skip
def test_nearest(name, expected):
    """Slips of case, of dashes and of single letters are recognised; nothing is forced."""
    assert nearest(name, ["quota", "base_pay", "heads"]) == expected


def test_the_term_that_is_wrong_is_named_however_deep_it_stands():
    """A path of five parts is told to its end, by which the reader finds the term."""
    path = "incentives.low_base_high_commission.components.commission.accelerator"
    told = str(Problem.at(Place("params/base/a.yaml", 16, 3), path, "is missing", code="x"))
    assert f"{path}: is missing" in told
