import re
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import font_manager
from tests.unit.charts.synthetic import months

from tandem.charts import bars, comparison, fans, spread, theme
from tandem.charts.chart import TEXT_ONLY, Chart

PATHS = 25e6 + 1e6 * np.random.default_rng(2).normal(size=(39, 50))
SVG = "{http://www.w3.org/2000/svg}"


def fan(language: str = "en", alt: str = "Sales stay near 25 M CNY.") -> Chart:
    """One fan with a line beside it and a marked month."""
    return fans.fan(
        "sales", "Sales stay <flat> & calm", alt, months(), PATHS, kind="money", what="Sales",
        language=language, beside=("target", np.full(39, 27e6)), marks={months()[5]: "launch"},
    )  # fmt: skip


def families() -> dict[str, Chart]:
    """One figure of each family."""
    named = {"language": "en", "what": "Amount", "kind": "money"}
    rows = [
        comparison.Interval("Planned", 1e6, 4e6, 9e6, chosen=True),
        comparison.Interval("Do nothing", 0.0, 0.0, 0.0, note="compared with"),
    ]
    return {
        "fan": fan(),
        "panels": fans.panels(
            "p", "One of three is large", "alt", months(), {"a": PATHS, "b": PATHS / 2, "c": PATHS},
            beside={"a": PATHS[:, 0]}, beside_label="required", **named,
        ),
        "intervals": comparison.intervals("i", "Planned is ahead", "alt", rows, **named),
        "probabilities": comparison.probabilities(
            "q", "Both in 57", "alt", ["Planned", "Do nothing"],
            {"sales": [0.6, 0.04], "both": [0.57, 0.0]}, chosen="Planned", language="en",
        ),
        "stacked": bars.stacked(
            "s", "Most are won", "alt", ["Q4 2026", "Q1 2027", "Q2 2027"],
            {"won": [5e6, 6e6, 7e6], "lost": [1e6, 1e6, 0.0]}, period="quarter", **named,
        ),
        "ranked": bars.ranked("r", "A is first", "alt", {"B": 1e6, "A": 2e6}, item="x", **named),
        "histogram": spread.histogram("h", "Near 25", "alt", PATHS[0], **named),
    }  # fmt: skip


@pytest.mark.parametrize("family", list(families()))
def test_same_data_give_the_same_bytes(family: str) -> None:
    """Identical inputs give identical figures, so that a report can be compared byte by byte."""
    assert families()[family].svg() == families()[family].svg()


@pytest.mark.parametrize(("family", "chart"), families().items(), ids=list(families()))
def test_every_family_keeps_the_house_style(family: str, chart: Chart) -> None:
    """Real text no smaller than 9 points at 5.6 inches, one list of fonts, nothing from elsewhere."""
    root = ElementTree.fromstring(chart.svg())
    texts = ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]
    assert root.attrib["width"] == "403.2pt"
    assert chart.title.split()[0] in " ".join(texts)
    sizes = [float(s) for s in re.findall(r"font-size: ([\d.]+)px", chart.svg())]
    assert min(sizes) >= 9
    assert "Arial" in chart.svg() and "Noto Sans CJK SC" in chart.svg()
    assert "http" not in chart.svg().replace("http://www.w3.org/", "")
    assert not re.search(r"<(script|metadata|image)", chart.svg())
    colours = {c.lower() for c in re.findall(r"#[0-9A-Fa-f]{6}", chart.svg())}
    house = {*theme.PALETTE, *theme.LETTERS, theme.INK, theme.GREY, "#ffffff", "#e3e5e8"}
    assert colours <= {c.lower() for c in house} | {"#000000"}
    assert len(chart.data) > 0 and not chart.data.isna().any().any()


def test_a_figure_is_told_apart_without_colour() -> None:
    """Parts and lines differ by hatch and line style as well as by colour."""
    charts = families()
    assert "stroke-dasharray" in charts["fan"].svg()
    assert "pattern" in charts["stacked"].svg() and "pattern" in charts["probabilities"].svg()
    assert len(set(theme.HATCHES)) == len(theme.PALETTE) == len(set(map(str, theme.LINES)))


def test_words_of_data_are_escaped() -> None:
    """A label from a parameter file is text, whatever it looks like."""
    chart = fan(alt='up "high" <script>alert(1)</script>')
    root = ElementTree.fromstring(chart.svg())
    assert root.attrib["aria-label"] == 'up "high" <script>alert(1)</script>'
    assert not list(root.iter(f"{SVG}script"))
    assert "&lt;flat&gt; &amp; calm" in chart.svg()


def test_a_notebook_shows_picture_and_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook keeps picture, title and finding; told to, it keeps the words alone."""
    monkeypatch.delenv(TEXT_ONLY, raising=False)
    data, metadata = fan()._repr_mimebundle_()
    assert set(data) == {"text/plain", "image/svg+xml"}
    assert data["text/plain"] == "Sales stay <flat> & calm\nSales stay near 25 M CNY."
    assert metadata["tandem"] == {
        "figure": "sales",
        "title": "Sales stay <flat> & calm",
        "alt": "Sales stay near 25 M CNY.",
    }
    monkeypatch.setenv(TEXT_ONLY, "1")
    words, same = fan()._repr_mimebundle_()
    assert set(words) == {"text/plain"} and same == metadata
    assert fan().svg().startswith("<svg")


def test_drawing_leaves_matplotlib_as_it_was() -> None:
    """An analyst's own plots in the same notebook keep their style."""
    before = dict(mpl.rcParams)
    fan()
    assert dict(mpl.rcParams) == before
    assert "pyplot" not in vars(theme)


def test_a_fan_keeps_its_quantiles_as_data() -> None:
    """The CSV beside a figure holds what is drawn, unrounded."""
    chart = fan()
    assert list(chart.data.columns) == ["month", "P10", "median", "P90", "target"]
    assert chart.data["month"].iloc[0] == "2026-10"
    np.testing.assert_allclose(chart.data["median"], np.median(PATHS, axis=1))


def test_bars_are_ranked_by_size() -> None:
    """The largest item stands on top."""
    assert list(families()["ranked"].data["x"]) == ["A", "B"]


def test_the_year_stands_once_below_its_quarters() -> None:
    """Thirteen quarters fit on a telephone because the year is written once."""
    texts = re.findall(r">(Q\d|20\d\d)<", families()["stacked"].svg())
    assert texts.count("2027") == 1 and texts.count("2026") == 1


@pytest.mark.cjk_font
def test_a_chinese_figure_names_chinese_fonts() -> None:
    """A Chinese figure asks the reader's machine for a Chinese font first."""
    svg = fan("zh").svg()
    assert "text{font-family: 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC'" in svg
    assert "中位数" in svg and "万元" in svg


def test_chinese_without_a_font_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a Chinese font the figure is refused, and the package to install is named."""
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    theme.require_font.cache_clear()
    try:
        with pytest.raises(theme.MissingFont, match="fonts-noto-cjk"):
            fan("zh")
        assert theme.require_font("en")
    finally:
        theme.require_font.cache_clear()


def test_long_titles_are_broken_between_words_and_before_no_unit() -> None:
    """A line ends neither inside a word nor between a number and its unit."""
    lines = theme.wrap("Net present value less that of doing nothing, 123 M CNY", 2.0, 10.0)
    assert len(lines) > 2
    assert "123\N{NO-BREAK SPACE}M\N{NO-BREAK SPACE}CNY" in lines[-1]
    assert theme.wrap("", 2.0, 10.0) == []


def test_chinese_breaks_between_letters_but_not_before_a_comma() -> None:
    """Chinese has no spaces; a line does not begin with punctuation."""
    lines = theme.wrap("净现值与维持现状之差，万元；横条：中位数", 1.25, 10.0)
    assert len(lines) > 1
    assert not any(line[0] in "，；：" for line in lines)


def test_names_of_rows_part_at_a_comma() -> None:
    """The two halves of a scenario's name stand on a line each."""
    name = "Lower-tier cities, HR told at launch"
    assert theme.balanced(name, 1.75, 10.0) == ["Lower-tier cities,", "HR told at launch"]
    assert theme.balanced("下沉市场,十月起同步规划人力", 1.75, 10.0) == [
        "下沉市场,",
        "十月起同步规划人力",
    ]
    assert theme.balanced("Customers' satisfaction", 1.2, 10.0) == ["Customers'", "satisfaction"]
    even = theme.balanced("one two three four five six seven eight", 1.75, 10.0)
    assert max(map(len, even)) - min(map(len, even)) <= 6


def test_frames_are_plain() -> None:
    """Data of figures are ordinary tables, whatever the family."""
    assert all(isinstance(chart.data, pd.DataFrame) for chart in families().values())
