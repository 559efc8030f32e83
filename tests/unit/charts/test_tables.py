import math

import pandas as pd
import pytest

from tandem.charts import Answer, Callout, Column, Note, Point, Points, Table, table

FRAME = pd.DataFrame(
    {
        "who": ["<b>HR</b>", "Marketing"],
        "cost": [12_345_678.0, math.nan],
        "more": [99_000.0, 1.0],
        "heads": [1_234.0, 12.0],
        "share": [0.083, 0.5],
        "chance": [0.57, 0.001],
    }
)
COLUMNS = [
    Column("who", "Who"),
    Column("cost", "Cost", "money", group="money"),
    Column("more", "More", "money", group="money"),
    Column("heads", "Heads", "count"),
    Column("share", "Share", "share"),
    Column("chance", "Chance", "futures"),
]


def made() -> Table:
    """A table with a column of every kind."""
    return table("t", "Who & what", FRAME, COLUMNS, "en")


def test_units_stand_in_the_header() -> None:
    """A column has one unit, in its header; columns of a group have the same one."""
    assert made().headers == (
        "Who", "Cost (M CNY)", "More (M CNY)", "Heads", "Share (%)", "Chance",
    )  # fmt: skip


def test_cells_have_three_digits_and_no_nan() -> None:
    """Numbers are rounded for the reader, and what is missing is a dash."""
    assert made().rows == (
        ("<b>HR</b>", "12.3", "0.0990", "1,230", "8.30", "57 of 100"),
        ("Marketing", "–", "0.00000100", "12", "50.0", "under 1 of 100"),
    )


def test_html_is_escaped_and_numbers_are_marked() -> None:
    """Text from parameters cannot become markup, and numbers can be aligned right."""
    html = made()._repr_html_()
    assert html.startswith('<table class="tandem-table"><caption>Who &amp; what</caption>')
    assert "&lt;b&gt;HR&lt;/b&gt;" in html and "<b>" not in html
    assert html.count('<td class="num">') == 10
    assert html.count('<th scope="col" class="num">') == 5
    assert html.count('<th scope="row">') == 2


def test_plain_text_is_aligned() -> None:
    """The text of a table, which saved notebooks are compared by, is stable and readable."""
    lines = repr(made()).splitlines()
    assert lines[0] == "Who & what"
    assert len({line.index("57 of") for line in lines if "57 of" in line}) == 1
    assert lines[1].startswith("Who        Cost (M CNY)")


def test_data_are_unrounded_and_name_their_unit() -> None:
    """The CSV holds every digit, in the canonical unit, with a header a reader knows."""
    data = made().data
    assert list(data.columns) == [
        "Who", "Cost (CNY)", "More (CNY)", "Heads", "Share (share of one)", "Chance (share of one)",
    ]  # fmt: skip
    assert data["Cost (CNY)"].iloc[0] == 12_345_678.0


def test_an_unknown_column_is_refused() -> None:
    """A table never leaves out a column in silence."""
    with pytest.raises(KeyError):
        table("t", "T", FRAME, [Column("nothing", "Nothing")], "en")


def test_the_answer_is_a_section_with_facts() -> None:
    """The answer reads the same in a notebook and on a page, escaped."""
    answer = Answer("Choose <A>.", "Between 1 & 2.", (("Both met", "in 5 of 100"),))
    html = answer._repr_html_()
    assert '<h2 class="tandem-answer-headline">Choose &lt;A&gt;.</h2>' in html
    assert '<p class="tandem-answer-range">Between 1 &amp; 2.</p>' in html
    assert "<dt>Both met</dt><dd>in 5 of 100</dd>" in html
    assert repr(answer) == "Choose <A>.\nBetween 1 & 2.\nBoth met: in 5 of 100"
    assert Answer("Only this.")._repr_html_() == (
        '<section class="tandem-answer"><h2 class="tandem-answer-headline">Only this.</h2></section>'
    )


def test_points_are_at_most_six_and_in_order() -> None:
    """Six points at most, the heaviest first: a fact, then why it matters."""
    points = Points(Point(f"Fact {n} <x>.", "It matters.") for n in range(9))
    html = points._repr_html_()
    assert html.count("<li>") == 6
    assert "<li><strong>Fact 0 &lt;x&gt;.</strong> It matters.</li>" in html
    assert repr(points).splitlines()[1] == "2. Fact 1 <x>. It matters."


def test_notes_and_callouts_are_escaped() -> None:
    """A remark is text, and a callout says of which kind it is."""
    assert Note("a < b")._repr_html_() == '<p class="tandem-note">a &lt; b</p>'
    callout = Callout("a < b", "warning")
    assert callout._repr_html_() == (
        '<div class="tandem-callout" data-kind="warning"><p>a &lt; b</p></div>'
    )
    assert (repr(Note("a < b")), repr(callout)) == ("a < b", "a < b")
