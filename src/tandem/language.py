"""Language: the catalogue from which every sentence that code makes is taken.

What it answers: which languages a reader may ask for, and how an English sentence with named
placeholders reads in each of them.

    _ = translator("zh")
    _("in {count} of 100 simulated futures", count=83)

The English sentence is the key of the catalogue. The catalogue of a language is a text file,
`locale/<language>/LC_MESSAGES/tandem.po`, compiled in memory when it is first asked for: no binary
is kept. `babel.cfg` at the root of the repository says how sentences are collected from the code.

What it leaves out: labels of parameters, measures, scenarios and roles (they carry both languages
where they are defined), numbers and dates (`tandem.charts.numbers`), and text written by hand in
notebooks and pages.

Who may import it: every layer above `model`. It imports babel only, and only when a catalogue is
read.
"""

import gettext
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

__all__ = ["DOMAIN", "LANGUAGES", "Translator", "UnknownLanguage", "catalogue_file", "translator"]

#: Languages that a reader may ask for; the first is the one in which sentences are written.
LANGUAGES = ("en", "zh")

#: Name of the catalogue files.
DOMAIN = "tandem"


class UnknownLanguage(ValueError):
    """The language asked for is not one of `LANGUAGES`."""

    def __init__(self, language: str) -> None:
        super().__init__(f"language {language!r} is unknown; known: {', '.join(LANGUAGES)}")


class Translator:
    """Sentences in one language; call it with the English sentence and its named values."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, message: str, /, **values: object) -> str:
        """`message` in this language, its `{name}` placeholders filled from `values`.

        Raises KeyError where a placeholder has no value. A sentence that the catalogue lacks comes
        back in English; a health test refuses a catalogue that lacks one.
        """
        text = self._catalogue.gettext(message)
        return text.format(**values) if values else text

    def label(self, labels: Mapping[str, str]) -> str:
        """The label in this language out of {"en": ..., "zh": ...}, else the English one."""
        return labels.get(self.language) or labels["en"]

    def __repr__(self) -> str:
        return f"Translator({self.language!r})"


def catalogue_file(language: str) -> Path:
    """The catalogue of `language`; raises UnknownLanguage. English needs none and has none."""
    if language not in LANGUAGES:
        raise UnknownLanguage(language)
    return Path(__file__).parent / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def translator(language: str) -> Translator:
    """The translator into `language`; raises UnknownLanguage. The catalogue is read once."""
    if language not in LANGUAGES:
        raise UnknownLanguage(language)
    if language == LANGUAGES[0]:
        return Translator(language, gettext.NullTranslations())

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with catalogue_file(language).open("rb") as source:
        catalogue = read_po(source, locale=language, domain=DOMAIN, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translator(language, gettext.GNUTranslations(compiled))
