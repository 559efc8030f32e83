"""A file of `params/` that is a whole of its own, such as objectives, enquiries and plans.

Answers: one such file as its section of the schema, or everything that is wrong with it. Leaves out
what only one of them can know, such as parts that contradict each other. Only the assumptions may
import it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from tandem.assumptions.base import HEAD, prepared
from tandem.assumptions.checking import validated
from tandem.assumptions.estimate import Section
from tandem.assumptions.files import ParameterFiles, defaults_of
from tandem.assumptions.places import Document
from tandem.assumptions.refusals import Refusal
from tandem.assumptions.schema import OWNERS

T = TypeVar("T", bound=Section)


def declared_file(project: Path, file: str, section: type[T]) -> tuple[T, Document]:
    """The file as ``section``, its defaults filled in, with the document that knows each place.

    Raises Refusal with every problem and its place: no such file, unknown keys, values of the wrong
    kind, numbers without unit or source.
    """
    files = ParameterFiles(Path(project))
    document = files.read(file)
    if document is None:
        raise Refusal(files.problems)
    prepared(document.value, (), defaults_of(document))
    found, problems = validated(section, document.value, document.place, {"owners": OWNERS})
    # what stands at the head of every file was looked at when it was read
    problems = [p for p in problems if p.path.split(".")[0] not in HEAD]
    if found is None or problems or files.problems:
        raise Refusal([*files.problems, *problems])
    return found, document
