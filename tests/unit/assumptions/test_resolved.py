"""What a report shows of the assumptions, and their fingerprint."""

import pytest

from tandem.assumptions.resolved import Assumptions

CORE = "params/base/markets/core.yaml"
LATE = "params/levers/hire-late.yaml"


def test_difference_shows_what_each_patch_changes(study):
    """A report names the path in words, the value before and after, the month and the line."""
    rows = study.load("late").difference()
    assert rows[2] == {
        "path": "hiring.notice",
        "label": {"en": "Notice given to HR", "zh": "提前告知"},
        "where": {"en": "", "zh": ""},
        "unit": "month",
        "base": 2.0,
        "set": 0.0,
        "base_text": "2 month",
        "set_text": "0 month",
        "from": "2026-12",
        "layer": "levers/hire-late",
        "layer_label": {"en": "HR is told late", "zh": "人力部门得知较晚"},
        "file": LATE,
        "line": 5,
    }
    plan = rows[3]
    assert (plan["where"]["en"], plan["label"]["zh"]) == ("Field rep", "薪酬方案")
    assert (plan["unit"], plan["base"], plan["set"]) == (None, "kpi-bonus", "low-base")
    media = rows[1]
    assert media["set_text"] == "triangular(1.5, 1.7, 2) M CNY/month"
    assert media["set"] == pytest.approx(1.726e6, rel=1e-3)


def test_the_register_holds_every_estimate_and_every_patch(study):
    """Each number has its quantiles, range, source, evidence, department, date and place."""
    assumptions = study.load("late")
    rows = assumptions.register()
    assert len(rows) == len(assumptions.estimates) + 3
    leaves = next(row for row in rows if row["path"] == "roles.field_rep.leaves")
    assert leaves["shape"] == "triangular(0.2, 0.3, 0.4) prob/year"
    assert leaves["p10"] < leaves["p50"] < leaves["p90"]
    assert (leaves["layer"], leaves["from"]) == ("base", None)
    assert (leaves["low"], leaves["high"], leaves["owner"]) == (0.0, 0.3, "recruiting")
    assert leaves["as_of"] == "2026-09-30"
    patched = [row for row in rows if row["layer"] != "base"]
    assert [(row["path"], row["from"]) for row in patched] == [
        ("roles.field_rep.leaves", "2026-10"), ("markets.lower_tier.media", "2027-03"),
        ("hiring.notice", "2026-12"),
    ]  # fmt: skip
    assert all(row["label"]["zh"] and row["source"] and row["line"] > 0 for row in rows)


def test_the_place_of_a_path_is_who_set_it_last(study):
    """Base, lever and override each own what they set."""
    assumptions = study.load("late", ["markets.core.media=1e6"])
    assert str(assumptions.place("hiring.notice")) == f"{LATE}:5:3"
    assert str(assumptions.place("markets.core.media")) == "overrides:1:1"
    assert str(assumptions.place("markets.core.switching")) == f"{CORE}:4:1"
    assert assumptions.place("nothing.of.that.name").file == "params/base"


def fingerprint(study, scenario: str = "late", overrides: list[str] | None = None) -> str:
    """The fingerprint as the files are now."""
    found: Assumptions = study.load(scenario, overrides or [])
    return found.fingerprint()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (CORE, "0.12", "0.13"),
        (CORE, "M CNY/month", "k CNY/month"),
        (CORE, "triangular", "pert"),
        (CORE, "channel: offline", "channel: online"),
        (LATE, "2026-12", "2026-11"),
        (LATE, "{fixed: 0,", "{fixed: 0.5,"),
        (LATE, "plan: low-base", "plan: kpi-bonus"),
        ("params/scenarios.yaml", "outlooks: [tight]", "outlooks: []"),
        ("params/base/roles/field_rep.yaml", "[scripts, channels]", "[scripts]"),
    ],
)
def test_the_fingerprint_moves_with_every_value_unit_shape_and_patch(study, file, old, new):
    """Whatever the simulation depends on changes the fingerprint."""
    before = fingerprint(study)
    study.edit(file, old, new)
    assert fingerprint(study) != before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (CORE, '"Panel"', '"Another panel"'),
        (CORE, "Core cities", "Big cities"),
        (CORE, "evidence: benchmark", "evidence: judgement"),
        (CORE, "owner: marketing", "owner: finance"),
        (CORE, "channel: offline", "# a comment\nchannel: offline"),
        (CORE, "fixed: 2, unit: M CNY/month", "fixed: 2000, unit: k CNY/month"),
        (LATE, "HR is told late", "HR is told at launch"),
        ("params/scenarios.yaml", "Launch told late", "Launch, but late"),
    ],
)
def test_the_fingerprint_keeps_still_otherwise(study, file, old, new):
    """Words, sources and the unit that a value was written in change no result."""
    before = fingerprint(study)
    if "but late" in new:
        new = f'"{new}"'
    study.edit(file, old, new)
    assert fingerprint(study) == before


def test_the_fingerprint_does_not_depend_on_the_order_of_the_files(study):
    """Rows in another order, or patches of different paths in another order, are the same."""
    before = fingerprint(study)
    study.edit(CORE, "channel: offline\n", "")
    study.edit(CORE, "label:", "channel: offline\nlabel:")
    study.edit("params/scenarios.yaml", "[launch, hire-late]", "[hire-late, launch]")
    assert fingerprint(study) == before


def test_overrides_are_part_of_the_fingerprint(study):
    """A run with another value by hand is another run; the same value twice is the same."""
    plain = fingerprint(study)
    one = fingerprint(study, overrides=["hiring.notice=1"])
    assert len({plain, one, fingerprint(study, overrides=["hiring.notice=2"])}) == 3
    assert one == fingerprint(study, overrides=["hiring.notice={fixed: 1, unit: month}"])


def test_a_patch_that_came_later_in_the_order_counts_as_later(study):
    """Two patches of one path in another order are another scenario."""
    first = fingerprint(study, overrides=["hiring.notice=1", "hiring.notice@2027-01=2"])
    other = fingerprint(study, overrides=["hiring.notice@2027-01=2", "hiring.notice=1"])
    assert first != other
