"""The Chinese catalogue: complete, and nothing in it that the code no longer says."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from tests.conftest import ROOT

from tandem.language import DOMAIN, LANGUAGES, catalogue_file

TRANSLATED = [language for language in LANGUAGES if language != "en"]


@cache
def said() -> dict[str, str]:
    """Every sentence that the code marks, with the file that says it."""
    found = extract_from_dir(ROOT / "src", method_map=[("**.py", "python")], keywords={"_": None})
    return {str(message): name for name, _line, message, _comments, _context in found if message}


@cache
def catalogue(language: str) -> Catalog:
    """The catalogue as it stands on the disk."""
    with catalogue_file(language).open("rb") as source:
        return read_po(source, locale=language, domain=DOMAIN, abort_invalid=True)


def entries(language: str) -> Iterator[Message]:
    """Its entries, without the header."""
    return (message for message in catalogue(language) if message.id)


def placeholders(text: str) -> set[str]:
    """Names in braces."""
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: str) -> None:
    """A sentence without a translation would reach a Chinese reader in English, in silence."""
    there = {message.id for message in entries(language) if message.string}
    missing = {text: place for text, place in said().items() if text not in there}
    assert not missing


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess(language: str) -> None:
    """A fuzzy entry is a guess of a tool, and is left out when the catalogue is compiled."""
    assert not [message.id for message in entries(language) if message.fuzzy]


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_left_over(language: str) -> None:
    """An entry that the code no longer says is removed with the sentence."""
    assert not {str(message.id) for message in entries(language)} - set(said())
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_name_the_same_values(language: str) -> None:
    """A translation fills in every value of its sentence, and no other."""
    wrong = [
        message.id
        for message in entries(language)
        if placeholders(str(message.string)) != placeholders(str(message.id))
    ]
    assert not wrong


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_is_sorted(language: str) -> None:
    """Sorted by sentence, two changes to the catalogue seldom touch the same lines."""
    ids = [str(message.id) for message in entries(language)]
    assert ids == sorted(ids)


def test_sentences_are_written_where_they_are_marked() -> None:
    """A sentence that is put together before it is marked cannot be collected."""
    pattern = re.compile(r"(?<![\w.])_\((?!\s*[\"')])")
    marked = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for match in pattern.finditer(path.read_text("utf-8"))
        if f"def {match.group()}" not in path.read_text("utf-8")
    ]
    assert not marked


def test_the_collector_sees_the_code() -> None:
    """A collection that found nothing would make every test above pass."""
    assert len(said()) > 100
    assert said()["in no simulated future"] == "tandem/charts/numbers.py"
