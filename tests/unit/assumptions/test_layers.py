"""How outlooks, levers and overrides change the base."""

import pytest
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.estimate import Estimate
from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.refusals import Refusal
from tandem.assumptions.schema import Company

LATE = "params/levers/hire-late.yaml"
LAUNCH = "params/levers/launch.yaml"


def test_outlooks_then_levers_in_the_order_of_the_list(study):
    """Patches come in the order in which they apply, each with its month and its file."""
    patches = study.load("late").patches
    assert [(p.path, p.month, p.layer, p.line) for p in patches] == [
        ("roles.field_rep.leaves", 0, "outlooks/tight", 5),
        ("markets.lower_tier.media", 5, "levers/launch", 6),
        ("hiring.notice", 2, "levers/hire-late", 5),
        ("roles.field_rep.plan", 2, "levers/hire-late", 6),
    ]
    assert isinstance(patches[0].value, Estimate)
    assert patches[3].value == "low-base"
    assert patches[2].from_month == "2026-12"


def test_a_patch_inherits_department_and_date_and_nothing_else(study):
    """A lever's row belongs to the department of the base row; its source is its own."""
    row = study.load("late").patches[2].value
    assert (row.owner, row.as_of.isoformat()) == ("recruiting", "2026-09-30")
    assert (row.source, row.evidence) == ("The lever", "judgement")
    study.edit(LATE, ', source: "The lever", evidence: judgement', ", as_of: 2026-10-31")
    found = study.refused()
    assert [line.split(": ", 1)[1] for line in found] == [
        "lacks its evidence, in the row or in the file's defaults (missing-key)",
        "lacks its source, in the row or in the file's defaults (missing-key)",
    ]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("hiring.notce", "unknown; did you mean notice? allowed: notice, fee, work, batch"),
        ("hirng.notice", "hirng is unknown; did you mean hiring? allowed: markets, roles"),
        ("markets.overseas.media", "markets.overseas is unknown; allowed: core, lower_tier"),
        ("hiring.work.postng", "unknown; did you mean posting? allowed: posting, interviews"),
        ("hiring.fee", "is not set in the base, so there is nothing to change"),
        ("hiring", "is a section: set the values in it, one by one; allowed: notice, fee"),
        ("hiring.work", "is a section: set the values in it"),
        ("markets", "is a section: set the values in it, one by one; allowed: core, lower_tier"),
        ("hiring.notice.fixed", "goes into a value: set the whole row"),
        ("", "unknown; allowed: markets"),
        ("hiring..notice", "hiring. is unknown"),
    ],
)
def test_a_patch_touches_only_values_that_exist(study, path, message):
    """Nothing new comes into being through a lever, and sections are not replaced."""
    study.edit(LATE, "hiring.notice:", f'"{path}":')
    (line,) = study.refused()
    assert line.startswith(f"{LATE}:5:3 ")
    assert message in line


def test_a_patched_choice_goes_through_the_schema(study):
    """A choice is checked by its type and by the rules between sections."""
    study.edit(LATE, "roles.field_rep.plan: low-base", "markets.core.channel: onlin")
    (line,) = study.refused()
    assert line.startswith(
        f"{LATE}:6:3 markets.core.channel: is not in the list, found 'onlin'; did you mean online?"
    )
    study.edit(LATE, "markets.core.channel: onlin", "roles.field_rep.plan: low-bas")
    (line,) = study.refused()
    assert line.startswith(f"{LATE}:6:3 roles.field_rep.plan: no such plan, found low-bas")
    study.edit(LATE, "roles.field_rep.plan: low-bas", "roles.field_rep.skills: [a, 1]")
    (line,) = study.refused()
    assert line.startswith(f"{LATE}:6:31 roles.field_rep.skills.1: expected a text, found 1")
    study.edit(LATE, "roles.field_rep.skills: [a, 1]", "roles.field_rep.skills: [a, b]")
    assert study.check()["late"].patches[3].value == ("a", "b")


def test_two_files_may_not_set_the_same_path_in_silence(study):
    """The later of two layers must say that it overrides the earlier."""
    row = "{fixed: 1, unit: month, source: s, evidence: judgement}"
    study.edit(LAUNCH, "set:\n", f"set:\n  hiring.notice: {row}\n")
    (line,) = study.refused()
    assert line == (
        f"{LATE}:5:3 hiring.notice: is also set by {LAUNCH}:6:3 in scenario late; "
        "the later file may say `overrides_earlier: true` (conflict)"
    )
    study.edit(LATE, "from: 2026-12", "from: 2026-12\noverrides_earlier: true")
    patches = study.check()["late"].patches_of("hiring.notice")
    assert [(p.layer, p.value.median) for p in patches] == [
        ("levers/launch", 1.0), ("levers/hire-late", 0.0),
    ]  # fmt: skip
    study.edit(LATE, "overrides_earlier: true", "overrides_earlier: yes")
    assert any("expected true or false, found 'yes'" in line for line in study.refused())


@pytest.mark.parametrize(
    ("month", "message"),
    [
        ("2026-09", "is not a simulated month (2026-10 to 2029-12), found 2026-09"),
        ("2030-01", "is not a simulated month"),
        ("December", "'December' is not a month; write it as 2026-10"),
        ("2026", "expected a text, found 2026"),
        ("", "expected a text, found nothing"),
    ],
)
def test_from_is_a_simulated_month(study, month, message):
    """A lever takes hold within the horizon."""
    study.edit(LATE, "from: 2026-12", f"from: {month}")
    (line,) = study.refused()
    assert line.startswith(f"{LATE}:3:1 from: {message}")


def test_what_a_layer_file_must_have(study):
    """Label and settings are needed; unknown keys are refused."""
    study.write(LATE, "schema: 1\nfrm: 2026-12\nset: {}\n")
    found = [line.partition(" (")[0] for line in study.refused()]
    assert found[0] == f"{LATE}:1:1 label: is missing"
    assert found[1].startswith(
        f"{LATE}:2:1 frm: unknown; did you mean from? allowed: schema, label"
    )
    assert found[2].startswith(f"{LATE}:3:1 set: dictionary should have at least 1 item")
    study.write(LATE, "schema: 1\nlabel: {en: A, zh: 甲}\nset: [1]\n")
    (line,) = study.refused()
    assert line.startswith(f"{LATE}:3:1 set: expected keys and values, found [1]")


def test_a_broken_base_does_not_hide_what_is_wrong_with_the_levers(study):
    """Levers are checked even where a file of the base is wrong, except for what that file holds."""
    study.write("params/base/hiring.yaml", "[")
    study.edit(LATE, "roles.field_rep.plan", "roles.field_rep.paln")
    found = study.refused()
    assert len(found) == 2
    assert "paln: unknown; did you mean plan?" in found[1]


class TestOverrides:
    """What is set on the command line or in a notebook."""

    def test_plain_numbers_are_fixed_in_the_canonical_unit(self, study):
        """`hiring.notice=3` means three months, whatever unit the file used."""
        (patch,) = study.load(overrides=["hiring.notice=3"]).patches
        assert (patch.value.shape, patch.value.parameters, patch.value.unit) == (
            "fixed", (3.0,), "month",
        )  # fmt: skip
        assert patch.month == 0
        assert patch.value.source == "set by hand for this run"
        assert (patch.file, patch.line) == ("overrides", 1)

    def test_rows_units_and_months(self, study):
        """A row may state its unit, and the path its first month."""
        first, second, third = study.load(
            overrides=[
                "hiring.notice@2027-03={triangular: [4, 6, 13], unit: week}",
                "hiring.work.posting={uniform: [2, 4]}",
                "roles.field_rep.plan = low-base",
            ]
        ).patches
        assert (first.month, first.value.parameters[2]) == (5, 3.0)
        assert first.value.line == 1
        assert second.value.unit == "hour"
        assert second.value.line == 2
        assert third.value == "low-base"

    def test_they_come_last_and_need_no_word(self, study):
        """An override wins over a lever of the scenario."""
        patches = study.load("late", ["hiring.notice=6", "hiring.notice@2028-01=1"]).patches
        assert [p.layer for p in patches if p.path == "hiring.notice"] == [
            "levers/hire-late", "overrides", "overrides",
        ]  # fmt: skip

    def test_all_that_is_wrong_with_them_is_said_at_once(self, study):
        """Each override has its number as its line."""
        found = study.refused(
            lambda: study.load(
                overrides=[
                    "hiring.notice",
                    "hiring.notce=1",
                    "hiring.notice=12",
                    "hiring.notice=soon",
                    "hiring.notice=.nan",
                    "hiring.notice@2026-01=1",
                    "hiring.batch=1",
                    "hiring.batch=true",
                    "hiring.batch=false",
                    "hiring.work.posting={uniform: [1, 3], unit: CNY}",
                    "roles.field_rep.plan=[",
                    "roles.field_rep.plan=none",
                    "=1",
                ]
            )
        )
        assert [line.partition(";")[0] for line in found] == [
            "overrides:1:1 expected path=value or path@2027-03=value, found hiring.notice (override)",
            "overrides:2:1 hiring.notce: unknown",
            "overrides:3:1 hiring.notice.fixed: 12 month is outside the plausible 0 to 6",
            "overrides:4:1 hiring.notice: expected a shape, a unit and a source, such as "
            "{fixed: 1, unit: month, ...}, found 'soon' (wrong-type)",
            "overrides:5:1 hiring.notice: must be finite, found .nan (not-finite)",
            "overrides:6:1 hiring.notice: is not a simulated month (2026-10 to 2029-12), "
            "found 2026-01 (month)",
            "overrides:7:1 hiring.batch: expected true or false, found 1 (wrong-type)",
            "overrides:9:1 hiring.batch: is set twice from the same month (conflict)",
            "overrides:10:1 hiring.work.posting.unit: is no unit for a value in hour, found CNY",
            "overrides:11:1 roles.field_rep.plan: cannot be read: expected the node content, "
            "but found '<stream end>' (syntax)",
            "overrides:12:1 roles.field_rep.plan: no such plan, found none",
            "overrides:13:1 expected path=value or path@2027-03=value, found =1 (override)",
        ]


@pytest.mark.parametrize("path", ["finance.opening_cash", "markets.core.sales_2026"])
def test_what_2026_was_is_changed_in_the_base_alone(path):
    """An override of it would move nothing, so it is refused with the place of the base."""
    with pytest.raises(Refusal) as refused:
        load_assumptions(REPOSITORY, Company, "do-nothing", [f"{path}=9e7"])
    (problem,) = refused.value.problems
    file = path.rpartition(".")[0].replace(".", "/")
    assert "is what 2026 was" in problem.message
    assert f"change it at params/base/{file}.yaml:" in problem.message
