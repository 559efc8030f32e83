"""From a folder to assumptions, or to everything that is wrong with it."""

import pytest

from tandem.assumptions.loading import scenarios_of

CORE = "params/base/markets/core.yaml"
REP = "params/base/roles/field_rep.yaml"
HIRING = "params/base/hiring.yaml"


def test_a_sound_study_loads(study):
    """Every file of the base becomes its section, every number an estimate with its place."""
    assumptions = study.load()
    core = assumptions.base.markets["core"]
    assert core.channel == "offline"
    assert core.label.zh == "核心城市"
    assert core.switching.parameters == (0.005, 0.01, 0.02)
    assert core.switching.source == "Panel"
    assert core.media.source == "Annual report"
    assert core.media.median == 2e6
    assert (core.media.path, core.media.file, core.media.line) == ("markets.core.media", CORE, 5)
    assert assumptions.base.roles["field_rep"].skills == ("scripts", "channels")
    assert list(assumptions.estimates) == [
        "markets.core.switching", "markets.core.media", "markets.lower_tier.switching",
        "markets.lower_tier.media", "roles.field_rep.quota", "roles.field_rep.leaves",
        "hiring.notice", "hiring.work.posting", "hiring.work.interviews",
    ]  # fmt: skip
    assert assumptions.patches == ()
    assert str(assumptions.place("roles.field_rep.quota")) == f"{REP}:8:1"


def test_all_that_is_wrong_is_said_at_once(study):
    """Twelve slips in eight files give one refusal, in the order of files and lines."""
    study.edit(CORE, "channel: offline", "chanel: offline")
    study.edit(CORE, "fixed: 2", "fixed: 2e9")
    study.edit("params/base/markets/lower_tier.yaml", "channel: offline", "channel: offlin")
    study.edit(REP, "lognormal: [80, 0.2]", "lognormal: [80, '0.2']")
    study.edit(REP, "unit: prob/year", "unit: prob/yr")
    study.edit(HIRING, "interviews", "interview")
    study.edit("params/levers/hire-late.yaml", "field_rep", "feld_rep")
    study.edit("params/levers/hire-late.yaml", "2026-12", "2030-01")
    study.edit("params/levers/launch.yaml", "triangular: [1.5", "triangular: [3.5")
    study.edit("params/scenarios.yaml", "hire-late", "hire-lat")
    study.edit("params/scenarios.yaml", "parent: launch", "parent: lunch")
    study.write("params/outlooks/unused.yaml", "a: &x 1\n")
    assert study.refused() == [
        f"{HIRING}:6:3 hiring.work.interview: unknown; did you mean interviews? "
        "allowed: posting, interviews (unknown-key)",
        f"{CORE}:1:1 markets.core.channel: is missing (missing-key)",
        f"{CORE}:5:9 markets.core.media.fixed: 2e+15 CNY/month is outside the plausible "
        "0 to 1e+07 (out-of-range)",
        f"{CORE}:6:1 markets.core.chanel: unknown; did you mean channel? "
        "allowed: label, switching, media, channel (unknown-key)",
        "params/base/markets/lower_tier.yaml:6:1 markets.lower_tier.channel: is not in the list, "
        "found 'offlin'; did you mean offline? allowed: offline, online (not-allowed)",
        f"{REP}:9:19 roles.field_rep.quota.lognormal.1: expected a number, found '0.2' "
        "(wrong-type)",
        f"{REP}:11:39 roles.field_rep.leaves.unit: unknown unit, found prob/yr; "
        "did you mean prob/year? allowed: prob/day, prob/week, prob/month, prob/year (wrong-unit)",
        "params/levers/hire-late.yaml:3:1 from: is not a simulated month (2026-10 to 2029-12), "
        "found 2030-01 (month)",
        "params/levers/hire-late.yaml:6:3 roles.feld_rep.plan: roles.feld_rep is unknown; "
        "did you mean field_rep? allowed: field_rep (unknown-path)",
        "params/levers/launch.yaml:6:30 markets.lower_tier.media.triangular: "
        "must stand in the order low, mode, high, found [3.5, 1.7, 2] (parameters)",
        "params/outlooks/unused.yaml:1:4 anchors are not allowed (anchor)",
        "params/scenarios.yaml:8:22 scenarios.late.levers.1: no such file in params/levers/, "
        "found hire-lat; did you mean hire-late? allowed: hire-late, launch (unknown-layer)",
        "params/scenarios.yaml:9:5 scenarios.late.parent: no such scenario, found lunch; "
        "did you mean launch? allowed: do-nothing, launch, late (unknown-scenario)",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (CORE, "fixed: 2", "fixed: .nan", ["5:16 media.fixed: must be finite, found .nan"]),
        (CORE, "channel: offline", "media: {fixed: 1, unit: CNY/month}\nchannel: offline",
         ["6:1 media: appears twice"]),
        (CORE, "channel: offline", "channel: 3",
         ["6:1 markets.core.channel: is not in the list, found 3; allowed: offline, online"]),
        (CORE, "zh: 核心城市", "zh: 3", ["3:26 markets.core.label.zh: expected a text, found 3"]),
        (CORE, ", zh: 核心城市", "", ["3:1 markets.core.label.zh: is missing"]),
        (CORE, "zh: 核心城市", 'zh: ""', ["3:26 markets.core.label.zh: string should have at least"]),
        (CORE, "{fixed: 2, unit: M CNY/month}", "2e6",
         ["5:1 markets.core.media: expected a shape, a unit and a source, such as {fixed: 1, unit: "
          "month, ...}, found 2000000.0 (wrong-type)"]),
        (CORE, "owner: marketing", "owner: marketting",
         ["4:1 markets.core.switching.owner: is not in the list, found marketting; "
          "did you mean marketing? allowed: marketing, recruiting, finance",
          "5:1 markets.core.media.owner: is not in the list"]),
        (CORE, "owner: marketing, ", "",
         ["4:1 markets.core.switching: lacks its owner, in the row or in the file's defaults",
          "5:1 markets.core.media: lacks its owner"]),
        (CORE, "defaults: {", "defaults: {low: 1, ", ["2:12 defaults.low: unknown; allowed: source"]),
        (HIRING, "work:", "batch: 1\nwork:", ["4:1 hiring.batch: expected true or false, found 1"]),
        (HIRING, "work:", "batch: yes\nwork:",
         ["4:1 hiring.batch: expected true or false, found 'yes'"]),
        (HIRING, "{fixed: 2, unit: months}", "[2]", ["3:1 hiring.notice: expected a shape"]),
        (REP, "skills: [scripts, channels]", "skills: [scripts, 3]",
         ["13:19 roles.field_rep.skills.1: expected a text, found 3"]),
        (REP, "skills: [scripts, channels]", "skills: scripts",
         ["13:1 roles.field_rep.skills: expected a list, found 'scripts'"]),
        (REP, "plan: kpi-bonus", "plan: kpi-bonos",
         ["12:1 roles.field_rep.plan: no such plan, found kpi-bonos; did you mean kpi-bonus? "
          "allowed: kpi-bonus, low-base (inconsistent)"]),
        (REP, "schema: 1", "schema: 2", ["1:1 schema: must say `schema: 1`, found 2"]),
        (REP, "schema: 1", "schema: true", ["1:1 schema: must say `schema: 1`, found True"]),
    ],
)  # fmt: skip
def test_each_kind_of_slip(study, file, old, new, expected):
    """Each slip is refused at its line and column, and nothing else is complained about."""
    study.edit(file, old, new)
    found = study.refused()
    assert len(found) == len(expected)
    for line, start in zip(found, expected, strict=True):
        assert line.startswith(f"{file}:{start}")


def test_defaults_that_are_none(study):
    """Defaults are keys and values; what they would have given is missing then."""
    line = (study.project / CORE).read_text(encoding="utf-8").splitlines()[1]
    study.edit(CORE, line, "defaults: [a]")
    found = study.refused()
    assert found[0].startswith(f"{CORE}:2:1 defaults: expected some of source, evidence, owner")
    assert sum("markets.core.media: lacks its" in line for line in found) == 4


def test_missing_and_unknown_files(study):
    """A section is a file: a missing, an unknown, a misnamed and a misplaced one are named."""
    (study.project / HIRING).rename(study.project / "params/base/hireing.yaml")
    study.write("params/base/markets/Overseas.yaml", "schema: 1\n")
    study.write("params/base/markets/short_video.yml", "schema: 1\n")
    study.write("params/base/markets/deep/inside.yaml", "schema: 1\n")
    study.write("params/base/roles.yaml", "schema: 1\n")
    study.write("params/base/.hidden.yaml", "not: read")
    study.write("params/base/notes.txt", "not read")
    study.write("params/base/markets/core.yaml~", "not read")
    assert [line.partition(";")[0] for line in study.refused()] == [
        "params/base/hireing.yaml:1:1 hireing: is no section of the schema",
        "params/base/hiring.yaml:1:1 hiring: is missing: no such file, nor a folder of that name "
        "(missing-file)",
        "params/base/markets/Overseas.yaml:1:1 must be named with small letters, digits, - and _, "
        "a letter first (file-name)",
        "params/base/markets/deep:1:1 is not read: folders are one level deep (file-name)",
        "params/base/markets/short_video.yml:1:1 must end in .yaml: rename it to short_video.yaml "
        "(file-name)",
        "params/base/roles:1:1 roles: is both a folder and the file roles.yaml (file-name)",
    ]


def test_a_file_that_cannot_be_read_is_the_only_complaint(study):
    """What a broken file would have held is not reported as missing as well."""
    study.write(HIRING, "notice: [")
    study.write(CORE, "a: *x\n")
    assert [line.split(" ")[0] for line in study.refused()] == [f"{HIRING}:1:10", f"{CORE}:1:4"]


def test_an_empty_folder_is_no_study(study, tmp_path):
    """A folder without parameters is refused in words."""
    study.project = tmp_path / "elsewhere"
    assert any("this is not the folder of a study" in line for line in study.refused())
    assert any(
        line.startswith("params/scenarios.yaml:1:1 cannot be read") for line in study.refused()
    )


def test_links_are_refused(study, tmp_path):
    """No parameter comes from outside the study through a link."""
    outside = tmp_path / "outside.yaml"
    (study.project / HIRING).rename(outside)
    (study.project / HIRING).symlink_to(outside)
    (study.project / "params/base/markets").rename(tmp_path / "markets")
    (study.project / "params/base/markets").symlink_to(tmp_path / "markets")
    found = study.refused()
    assert f"{HIRING}:1:1 is a link (not-a-file)" in found
    assert "params/base/markets:1:1 is a link (file-name)" in found


@pytest.mark.parametrize(
    "name", ["../x", "/etc/passwd", "", "Launch", "launch.yaml", "a/b", "LAUNCH"]
)
def test_layers_are_named_by_plain_names(study, name):
    """A scenario names levers of its own folder only."""
    study.edit("params/scenarios.yaml", "levers: [launch]}", f"levers: ['{name}']}}")
    (line,) = study.refused()
    assert "scenarios.launch.levers.0: no such file in params/levers/" in line


def test_scenario_slips(study):
    """Circles, doubles, unknown keys and impossible names are found."""
    study.write(
        "params/scenarios.yaml",
        "schema: 1\nscenarios:\n"
        "  a: {label: {en: A, zh: 甲}, parent: b}\n"
        "  b: {label: {en: B, zh: 乙}, parent: a, levers: [launch, launch]}\n",
    )
    assert [line.partition(" (")[0] for line in study.refused()] == [
        "params/scenarios.yaml:3:30 scenarios.a.parent: is its own ancestor: a -> b -> a",
        "params/scenarios.yaml:4:30 scenarios.b.parent: is its own ancestor: b -> a -> b",
        "params/scenarios.yaml:4:58 scenarios.b.levers.1: is listed twice, found launch",
    ]
    study.write(
        "params/scenarios.yaml",
        "schema: 1\nscenarios:\n  A b: {label: {en: A, zh: 甲}, lever: [launch]}\n  c: {}\n",
    )
    assert [line.partition("; allowed")[0] for line in study.refused()] == [
        "params/scenarios.yaml:3:3 scenarios.A b: must be named with small letters, digits, - and "
        "_, a letter first, found A b (name)",
        "params/scenarios.yaml:3:32 scenarios.A b.lever: unknown; did you mean levers? "
        "allowed: label, outlooks, headcount, levers, parent (unknown-key)",
        "params/scenarios.yaml:4:3 scenarios.c.label: is missing (missing-key)",
    ]


def test_an_unknown_scenario_is_refused_with_the_nearest(study):
    """Asking for a scenario that does not exist names those that do."""
    (line,) = study.refused(lambda: study.load("do-noting"))
    assert line == (
        "params/scenarios.yaml:1:1 scenarios: has no scenario of that name, found do-noting; "
        "did you mean do-nothing? allowed: do-nothing, launch, late (unknown-scenario)"
    )


def test_unused_layers_are_checked_with_the_project_but_not_with_a_scenario(study):
    """A lever that no scenario uses cannot rot, and does not stop another scenario."""
    study.write("params/levers/unused.yaml", "schema: 1\nlabel: {en: U, zh: 乙}\nset: {a.b: 1}\n")
    assert study.load().patches == ()
    (line,) = study.refused()
    assert line.startswith("params/levers/unused.yaml:3:7 a.b: a is unknown")


def test_scenarios_alone(study):
    """The names of the scenarios can be had without reading the base."""
    (study.project / HIRING).unlink()
    found = scenarios_of(study.project)
    assert list(found) == ["do-nothing", "launch", "late"]
    assert found["late"].parent == "launch"
    assert found["late"].layers == (
        ("outlooks", "tight"), ("levers", "launch"), ("levers", "hire-late"),
    )  # fmt: skip


def test_the_files_of_a_scenario(study):
    """A scenario depends on the base, the list of scenarios and its own layers."""
    base = {CORE, "params/base/markets/lower_tier.yaml", REP, HIRING, "params/scenarios.yaml"}
    every = study.check()
    assert {file for file, _ in every["do-nothing"].files} == base
    assert {file for file, _ in every["launch"].files} == {*base, "params/levers/launch.yaml"}
    assert every["launch"].files == study.load("launch").files
    assert all(len(sha) == 64 for _, sha in every["late"].files)
