"""A plan names each job, what it is made of, and why it runs; a change runs what depends on it."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.fixtures.tiny_study import notebook, parameters, simulated

from tandem.batch import plan as plans
from tandem.batch.cache import Ledger, NotebookCache
from tandem.batch.jobs import Choice, Job
from tandem.batch.notebook import BadNotebook
from tandem.batch.plan import NothingMatches, Plan, make_plan
from tandem.batch.resolution import Resolution, ScenarioFacts
from tandem.results.provenance import code_hashes
from tandem.results.store import SimulationStore

CHOICE = Choice(draws=64, seed=1)
NAMES = ("do-nothing", "expand", "expand-late")


def facts(name: str, fingerprint: str) -> ScenarioFacts:
    """A scenario that has one lever of its own."""
    return ScenarioFacts(
        name=name,
        label={"en": name, "zh": name},
        description={},
        parent=None,
        levers=[],
        outlooks=[],
        fingerprint=fingerprint,
        files={"params/base/a.yaml": "1", f"params/levers/{name}.yaml": "1"},
        difference=[{"path": "a.b", "set": 1, "line": 7}],
    )


def entry(file: str, per: str, languages: list[str], reads: list[str]) -> dict[str, Any]:
    """A notebook as the settings name it."""
    common = {"languages": languages, "reads": reads, "variations": True, "timeout_s": None}
    return {"file": file, "per": per, **common}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with two notebooks."""
    (tmp_path / "notebooks").mkdir()
    for file in ("brief.ipynb", "people.ipynb"):
        notebook(tmp_path / "notebooks" / file, parameters())
    return tmp_path


@pytest.fixture
def resolution() -> Resolution:
    """Three scenarios, a notebook for each and a brief in two languages."""
    settings = {
        "title": {"en": "Plan", "zh": "计划"},
        "draws": 2000,
        "seed": 7,
        "languages": ["en", "zh"],
        "publisher": "auto",
        "notebooks": [
            entry("brief.ipynb", "study", ["en", "zh"], []),
            entry("people.ipynb", "scenario", ["en"], ["do-nothing"]),
        ],
    }
    scenarios = tuple(facts(name, f"{number}" * 64) for number, name in enumerate(NAMES))
    return Resolution(settings, scenarios, [])


@pytest.fixture
def planned(project: Path, resolution: Resolution) -> Callable[..., Plan]:
    """Make a plan, of something changed if a test says so."""

    def make(changed: Resolution = resolution, choice: Choice = CHOICE) -> Plan:
        return make_plan(project, changed, choice, Ledger(project / "build/cache/ledger.json"))

    return make


def carry_out(project: Path, plan: Plan) -> None:
    """Leave what a run would: results, pages, the ledger."""
    store = SimulationStore(project / "build" / "store")
    cache = NotebookCache(project / "build" / "cache" / "notebooks")
    ledger = Ledger(project / "build/cache/ledger.json")
    page = project / "page"
    page.mkdir(exist_ok=True)
    for job in plan.due:
        if job.kind == "simulate":
            store.save(job.key, *simulated(), {}, anew=True)
        else:
            cache.keep(job.key, page, {}, anew=True)
        ledger.note(job.id, job.key, job.parts, None)
    ledger.save()


def due(plan: Plan) -> dict[str, str | None]:
    """Jobs that run, with their reasons."""
    return {job.id: job.reason for job in plan.due}


@pytest.mark.parametrize(
    ("variations", "pages"),
    [(True, [0, 1, 2]), (False, [0, 1]), ([NAMES[2]], [0, 1, 2]), ([NAMES[0]], [0, 1])],
)
def test_variations_have_the_pages_that_are_theirs(
    planned: Callable[..., Plan],
    resolution: Resolution,
    variations: bool | list[str],
    pages: list[int],
) -> None:
    """A scenario that varies another has all pages, none of a notebook, or those it is named for."""
    brief, people = resolution.settings["notebooks"]
    settings = resolution.settings | {"notebooks": [brief, people | {"variations": variations}]}
    *own, last = resolution.scenarios
    varied = (*own, replace(last, parent=NAMES[1]))
    plan = planned(Resolution(settings, varied, []))
    assert [job.scenario for job in plan.pages] == [NAMES[k] for k in pages]


def test_every_scenario_and_notebook_has_a_job(planned: Callable[..., Plan]) -> None:
    """One simulation a scenario, one job a notebook, scenario and language, in reading order."""
    plan = planned()
    assert [job.id for job in plan.jobs] == [
        *(f"simulate/{name}" for name in NAMES),
        *(f"en/{name}/people" for name in NAMES),
        "en/study/brief",
        "zh/study/brief",
    ]
    assert set(due(plan).values()) == {"never ran"}
    people = plan.pages[1]
    assert people.parameters == {
        "scenario": "expand",
        "draws": 64,
        "seed": 1,
        "language": "en",
        "overrides": [],
    }
    assert set(people.simulations) == {"do-nothing", "expand"}
    assert people.place == "pages/en/expand" and people.name == "people"
    assert set(plan.across[0].simulations) == set(NAMES)
    with pytest.raises(TypeError, match="no notebook"):
        _ = plan.simulations[0].name


def test_nothing_changed_nothing_runs(project: Path, planned: Callable[..., Plan]) -> None:
    """After a run, the same inputs have nothing due, and the same name."""
    first = planned()
    carry_out(project, first)
    second = planned()
    assert due(second) == {}
    assert second.run_id == first.run_id and len(second.run_id) == 12


def test_one_scenario_changed_runs_what_reads_it(
    project: Path, resolution: Resolution, planned: Callable[..., Plan]
) -> None:
    """A lever's change runs its scenario and the notebooks across, and names the lever."""
    carry_out(project, planned())
    files = {"params/base/a.yaml": "1", "params/levers/expand.yaml": "2"}
    moved = replace(resolution.scenarios[1], fingerprint="9" * 64, files=files)
    changed = replace(
        resolution, scenarios=(resolution.scenarios[0], moved, resolution.scenarios[2])
    )
    plan = planned(changed)
    reason = "input changed: params/levers/expand.yaml"
    assert due(plan) == dict.fromkeys(
        ["simulate/expand", "en/expand/people", "en/study/brief", "zh/study/brief"], reason
    )


def test_a_comment_in_a_file_runs_nothing(
    project: Path, resolution: Resolution, planned: Callable[..., Plan]
) -> None:
    """Another byte in a file that assumes the same is no change."""
    carry_out(project, planned())
    files = {"params/base/a.yaml": "2", "params/levers/expand.yaml": "2"}
    row = {"path": "a.b", "set": 1, "line": 8}
    same = replace(resolution.scenarios[1], files=files, difference=[row])
    scenarios = (resolution.scenarios[0], same, resolution.scenarios[2])
    assert due(planned(replace(resolution, scenarios=scenarios))) == {}


def test_the_reference_changed_runs_who_reads_it(
    project: Path, resolution: Resolution, planned: Callable[..., Plan]
) -> None:
    """A notebook that compares with do-nothing runs again when do-nothing moves."""
    carry_out(project, planned())
    moved = replace(resolution.scenarios[0], fingerprint="9" * 64)
    plan = planned(replace(resolution, scenarios=(moved, *resolution.scenarios[1:])))
    assert {f"en/{name}/people" for name in NAMES} <= set(due(plan))
    assert "simulate/expand" not in due(plan)


def test_a_notebook_changed_runs_alone(project: Path, planned: Callable[..., Plan]) -> None:
    """An edited notebook runs for every scenario; nothing is simulated."""
    carry_out(project, planned())
    notebook(project / "notebooks" / "people.ipynb", parameters(), parameters() | {"metadata": {}})
    plan = planned()
    assert due(plan) == {
        f"en/{name}/people": "notebook changed: notebooks/people.ipynb" for name in NAMES
    }


def test_data_changed_runs_every_page_and_no_simulation(
    project: Path, planned: Callable[..., Plan]
) -> None:
    """Pages show candidates and records of people; the simulations read assumptions alone."""
    carry_out(project, planned())
    (project / "data").mkdir(exist_ok=True)
    (project / "data" / "candidates.csv").write_text("candidate\n", "utf-8")
    (project / "data" / "README.md").write_text("Who they are.\n", "utf-8")
    plan = planned()
    assert set(due(plan).values()) == {"input changed: data/candidates.csv"}
    assert set(due(plan)) == {job.id for job in plan.pages + plan.across}


def test_objectives_changed_run_every_page_and_no_simulation(
    project: Path, planned: Callable[..., Plan]
) -> None:
    """Another target changes what pages say, and no future."""
    carry_out(project, planned())
    (project / "params").mkdir(exist_ok=True)
    (project / "params" / "objectives.yaml").write_text("schema: 1\n", "utf-8")
    plan = planned()
    assert set(due(plan).values()) == {"input changed: params/objectives.yaml"}
    assert set(due(plan)) == {job.id for job in plan.pages + plan.across}


@pytest.mark.parametrize(
    ("choice", "reason"),
    [
        (replace(CHOICE, draws=65), "setting changed: draws 64 -> 65"),
        (replace(CHOICE, seed=2), "setting changed: seed 1 -> 2"),
        (replace(CHOICE, overrides=("a.b=3",)), "override changed: a.b=3"),
        (replace(CHOICE, force=True), "--force"),
    ],
)
def test_the_command_line_is_an_input(
    project: Path, planned: Callable[..., Plan], choice: Choice, reason: str
) -> None:
    """Other draws, another seed or a replaced assumption run everything and say so."""
    first = planned()
    carry_out(project, first)
    plan = planned(choice=choice)
    if choice.overrides:  # what an override does to the fingerprint is not this plan's matter
        assert set(due(plan)) == {job.id for job in plan.jobs if job.kind == "notebook"}
    else:
        assert len(plan.due) == len(plan.jobs)
    assert set(due(plan).values()) == {reason}
    assert (plan.run_id == first.run_id) is choice.force


def test_code_and_words_are_inputs_of_pages(
    project: Path,
    resolution: Resolution,
    planned: Callable[..., Plan],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A new chart or a new label makes pages again, and simulates nothing."""
    carry_out(project, planned())
    title = {**resolution.settings, "title": {"en": "Other", "zh": "计划"}}
    assert {job.kind for job in planned(replace(resolution, settings=title)).due} == {"notebook"}

    def repainted(only: Any = (), without: Any = ()) -> dict[str, str]:
        hashes = code_hashes(only, without)
        return {name: "0" if name.startswith("charts/") else h for name, h in hashes.items()}

    monkeypatch.setattr(plans, "code_hashes", repainted)
    plan = planned()
    assert {job.kind for job in plan.due} == {"notebook"}
    assert all(job.reason and job.reason.startswith("code changed: charts/") for job in plan.due)


def test_who_publishes_is_no_input_of_pages(
    project: Path, resolution: Resolution, planned: Callable[..., Plan]
) -> None:
    """Another publisher or time-out computes nothing anew."""
    carry_out(project, planned())
    steered = {**resolution.settings, "publisher": "embedded", "timeout_s": 5.0}
    assert due(planned(replace(resolution, settings=steered))) == {}


def test_a_lost_or_damaged_result_runs_again(project: Path, planned: Callable[..., Plan]) -> None:
    """What is not there whole is made again, and the reason says so."""
    plan = planned()
    carry_out(project, plan)
    store = SimulationStore(project / "build" / "store")
    path = store.shelf.path(plan.simulations[0].key) / "measures.nc"
    path.write_bytes(bytes(path.stat().st_size))
    assert due(planned()) == {"simulate/do-nothing": "its stored result is missing or damaged"}


def test_patterns_choose_scenarios(planned: Callable[..., Plan]) -> None:
    """A pattern runs what it names, and nothing across scenarios unless that is asked for."""
    plan = planned(choice=replace(CHOICE, patterns=("expand*",), across=False))
    assert [job.id for job in plan.jobs] == [
        "simulate/expand",
        "simulate/expand-late",
        "en/expand/people",
        "en/expand-late/people",
    ]
    with pytest.raises(NothingMatches, match="no scenario matches nowhere"):
        planned(choice=replace(CHOICE, patterns=("nowhere",)))


def test_a_pattern_that_publishes_takes_others_as_they_last_were(
    project: Path, resolution: Resolution, planned: Callable[..., Plan]
) -> None:
    """Unchanged scenarios come along from the cache; changed ones are left out by name."""
    choice = replace(CHOICE, patterns=("expand",))
    carry_out(project, planned())
    assert planned(choice=choice).stale == () and due(planned(choice=choice)) == {}

    moved = replace(resolution.scenarios[2], fingerprint="9" * 64)
    plan = planned(replace(resolution, scenarios=(*resolution.scenarios[:2], moved)), choice)
    assert plan.stale == ("expand-late",)
    assert set(due(plan)) == {"en/study/brief", "zh/study/brief"}
    brief: Job = plan.across[0]
    assert brief.left_out == ("expand-late",) and set(brief.simulations) == set(NAMES[:2])
    assert brief.reason is not None and brief.reason.endswith("scenarios changed: expand-late")


def test_force_with_a_pattern_runs_what_it_names(
    project: Path, planned: Callable[..., Plan]
) -> None:
    """`--force` does not reach scenarios that were not named."""
    carry_out(project, planned())
    plan = planned(choice=replace(CHOICE, patterns=("expand",), force=True))
    assert set(due(plan)) == {
        "simulate/expand",
        "en/expand/people",
        "en/study/brief",
        "zh/study/brief",
    }


def test_failed_scenarios_are_left_out_of_what_looks_across(planned: Callable[..., Plan]) -> None:
    """The comparison of what is left is another job than that of all."""
    plan = planned()
    left = plan.across_jobs(["do-nothing"])
    assert [job.id for job in left] == [job.id for job in plan.across]
    assert left[0].key != plan.across[0].key
    assert left[0].parameters["scenario"] == "expand"
    assert plan.across_jobs(NAMES) == []


def test_all_bad_notebooks_are_named(
    project: Path, planned: Callable[..., Plan], resolution: Resolution
) -> None:
    """Nothing runs while a notebook cannot, and each such is named at once."""
    (project / "notebooks" / "brief.ipynb").write_text(json.dumps({}))
    (project / "notebooks" / "people.ipynb").unlink()
    with pytest.raises(BadNotebook) as refused:
        planned()
    lines = str(refused.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "notebooks/brief.ipynb",
        "notebooks/people.ipynb",
    ]
