"""Settings: what `params/study.yaml` says about the study as a whole.

What it answers: how many futures are drawn and from which seed, in which languages the report
appears and who publishes it, which notebooks there are, in reading order; and in which folder the
study lies.

What it leaves out: assumptions of any kind (the other files of `params/`) and what a command line
says instead.

Who may import it: study, charts, batch, site and cli.
"""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from tandem import units
from tandem.assumptions.places import Document, read_document
from tandem.assumptions.refusals import Place, Problem, Refusal

__all__ = [
    "Labels",
    "NotebookEntry",
    "ReviewEntry",
    "STUDY_FILE",
    "Settings",
    "check_names",
    "find_project",
    "read_settings",
]

#: The file that makes a folder a study.
STUDY_FILE = "params/study.yaml"

Language = Literal["en", "zh"]
NotebookFile = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*\.ipynb$", max_length=100)]
ScenarioName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Labels(_Form):
    """One text in every language of the product."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)


class NotebookEntry(_Form):
    """One notebook: run for each scenario, or once across scenarios.

    `languages` are those of the study in which it is run; `reads` names scenarios that a notebook
    of one scenario compares it with; `variations` says whether scenarios with a `parent` have a page of
    it, or which of them; `timeout_s` is the time it may take, seconds.
    """

    file: NotebookFile
    per: Literal["scenario", "study"] = "scenario"
    languages: list[Language] = Field(default=["en"], min_length=1)
    reads: list[ScenarioName] = []
    variations: bool | list[ScenarioName] = True
    timeout_s: float | None = Field(default=None, gt=0, le=86_400)

    @property
    def name(self) -> str:
        """The file's name without its ending: what its pages and records are called."""
        return self.file.removesuffix(".ipynb")


class ReviewEntry(_Form):
    """The monthly review: which scenario is reviewed, on which day, and who says what happened.

    It covers the months before the one of `date`; `actuals` is a file of the study's own data.
    """

    scenario: ScenarioName
    date: str
    actuals: str = Field(default="data/actuals.csv", pattern=r"^data/[A-Za-z0-9][\w.-]*\.csv$")

    @field_validator("date")
    @classmethod
    def _within_the_plan(cls, value: str) -> str:
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            raise ValueError("must be a date such as 2027-04-01, in quotes") from None
        first, last = units.month_label(1), units.month_label(units.HORIZON)
        if value != day.isoformat() or not first <= value[:7] <= last:
            raise ValueError(f"must lie in {first} to {last}: a review needs a simulated month")
        return value


class Settings(_Form):
    """`params/study.yaml`; the command line may replace draws and seed for one run."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)

    version: Literal[1] = Field(alias="schema")
    title: Labels
    question: Labels | None = None
    deadline: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    draws: int = Field(ge=2, le=1_000_000)
    seed: int = Field(ge=0, le=2**63 - 1)
    languages: list[Language] = Field(default=["en"], min_length=1)
    publisher: Literal["auto", "quarto", "embedded"] = "auto"
    reference: ScenarioName | None = None
    review: ReviewEntry | None = None
    headline: list[str] = []
    timeout_s: float = Field(default=600.0, gt=0, le=86_400)
    output_mb: float = Field(default=10.0, gt=0, le=200)
    keep_runs: int = Field(default=5, ge=1, le=1000)
    store_gb: float = Field(default=8.0, gt=0, le=10_000)
    notebooks: list[NotebookEntry] = Field(min_length=1)

    @field_validator("timeout_s", "output_mb", "store_gb", mode="before")
    @classmethod
    def _whole_numbers_too(cls, value: Any) -> Any:
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @model_validator(mode="after")
    def _names_differ(self) -> "Settings":
        names = [entry.name.casefold() for entry in self.notebooks]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two notebooks are called {name}")
        return self


def find_project(start: Path | None = None) -> Path:
    """The study's folder: the nearest one, from `start` upwards, that holds `params/study.yaml`.

    `start` is the working folder by default: a notebook's own. Raises Refusal where there is none.
    """
    begin = (start or Path.cwd()).resolve()
    for folder in (begin, *begin.parents):
        if (folder / STUDY_FILE).is_file():
            return folder
    message = "no study here or in a folder above; make one with `tandem init DIR`"
    raise Refusal([Problem.at(Place(STUDY_FILE), "", message, code="no-study")])


def read_settings(project: Path) -> Settings:
    """The settings of the study in `project`; raises Refusal with every problem and its place."""
    document = read_document(project / STUDY_FILE, STUDY_FILE)
    try:
        return Settings.model_validate(_plain(document.value), strict=True)
    except ValidationError as error:
        raise Refusal(_problems(error, document)) from None


def check_names(project: Path, settings: Settings, scenarios: Iterable[str]) -> None:
    """Refuse settings that name a scenario which `scenarios` does not hold; raises Refusal."""
    known = tuple(scenarios)
    named: list[tuple[tuple[str | int, ...], str]] = []
    if settings.reference is not None:
        named.append((("reference",), settings.reference))
    if settings.review is not None:
        named.append((("review", "scenario"), settings.review.scenario))
    for number, entry in enumerate(settings.notebooks):
        lists = {"reads": entry.reads, "variations": entry.variations}
        named += [
            (("notebooks", number, key, n), name)
            for key, names in lists.items()
            if isinstance(names, list)
            for n, name in enumerate(names)
        ]
    unknown = [(path, name) for path, name in named if name not in known]
    if unknown:
        document = read_document(project / STUDY_FILE, STUDY_FILE)
        raise Refusal(
            Problem.at(
                document.place(path),
                ".".join(str(part) for part in path),
                "no such scenario",
                code="unknown-scenario",
                found=name,
                allowed=known,
            )
            for path, name in unknown
        )


def _plain(value: Any) -> Any:
    """Values of the document as dicts and lists."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


def _problems(error: ValidationError, document: Document) -> Iterable[Problem]:
    """pydantic's findings as problems with the place of the value, or of where it is missing."""
    for found in error.errors(include_url=False):
        location = tuple(found["loc"])
        place = document.place(location)
        path = ".".join(str(part) for part in location)
        if found["type"] == "extra_forbidden":
            allowed = _allowed(location)
            name = str(location[-1])
            yield Problem.at(
                place, path, "unknown", found=name, allowed=allowed, code="unknown-key"
            )
        elif found["type"] == "missing":
            yield Problem.at(place, path, "is missing", code="missing")
        else:
            value = "" if isinstance(found["input"], dict | list) else repr(found["input"])
            message = found["msg"].removeprefix("Value error, ")
            message = message[:1].lower() + message[1:]
            yield Problem.at(place, path, message, found=value, suggestion="", code=found["type"])


def _allowed(location: tuple[int | str, ...]) -> tuple[str, ...]:
    """Keys that may stand where an unknown one was found."""
    form: type[BaseModel] = Settings
    if location[0] == "notebooks" and len(location) > 1:
        form = NotebookEntry
    elif location[0] in ("title", "question") and len(location) > 1:
        form = Labels
    elif location[0] == "review" and len(location) > 1:
        form = ReviewEntry
    return tuple(field.alias or name for name, field in form.model_fields.items())
