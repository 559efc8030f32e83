import pytest

from tandem.language import LANGUAGES, UnknownLanguage, catalogue_file, translator


def test_english_is_said_as_it_is_written() -> None:
    """The English sentence is the key, and named values are filled in."""
    _ = translator("en")
    assert _("{low} to {high}", low=1, high=2) == "1 to 2"
    assert _("a {brace} without values") == "a {brace} without values"


def test_chinese_comes_from_the_catalogue() -> None:
    """The same sentence in Chinese, with the same values."""
    assert translator("zh")("{low} to {high}", low=1, high=2) == "1至2"
    assert translator("zh")("no such sentence") == "no such sentence"


def test_labels_are_chosen_by_language() -> None:
    """A label that is kept in both languages is shown in the reader's; English stands in."""
    labels = {"en": "Sales", "zh": "销售额"}
    assert translator("zh").label(labels) == "销售额"
    assert translator("en").label(labels) == "Sales"
    assert translator("zh").label({"en": "Sales"}) == "Sales"


def test_a_missing_value_is_an_error() -> None:
    """A sentence with a gap is never shown."""
    with pytest.raises(KeyError):
        translator("en")("{low} to {high}", low=1)


def test_an_unknown_language_is_refused() -> None:
    """Only the languages that the product has can be asked for."""
    with pytest.raises(UnknownLanguage, match="known: en, zh"):
        translator("fr")
    with pytest.raises(UnknownLanguage):
        catalogue_file("../zh")
    assert repr(translator(LANGUAGES[1])) == "Translator('zh')"
