"""Theme: the one house style of all figures, and the page that a figure is drawn on.

What it answers: colours, line styles and hatches in their order, fonts per language, and an empty
page with its title and its line of units already set.

Figures are narrow (5.6 inches) with large letters, so that they stay readable when a telephone shows
them at 358 pixels. Nothing is told by colour alone: each place in the palette has a line style, a
hatch and a marker of its own, and figures are labelled directly. Layout is measured with the font
that ships inside matplotlib, so that the same figure has the same bytes on every machine; a reader
sees the first font of the list that their machine has, and all of those are narrower.

What it leaves out: what is drawn. No state of pyplot is touched.

Who may import it: the modules of `tandem.charts`.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from unicodedata import east_asian_width

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

__all__ = [
    "GREY",
    "HATCHES",
    "INK",
    "LETTERS",
    "LINES",
    "MARKERS",
    "MissingFont",
    "PALE",
    "PALETTE",
    "SMALL",
    "WIDTH",
    "applied",
    "families",
    "balanced",
    "name_columns",
    "name_rows",
    "page",
    "plain_axes",
    "require_font",
    "row_height",
    "wrap",
]

#: The palette of the UK government's analysis function, checked for colour blindness and contrast.
PALETTE = ("#12436D", "#F46A25", "#28A197", "#801650", "#3D3D3D", "#A285D1")
#: The same hues as letters on white, dark enough to read (4.5:1).
LETTERS = ("#12436D", "#A8400C", "#17665F", "#801650", "#3D3D3D", "#5E3A94")
LINES = ("-", "--", "-.", ":", (0, (6, 1, 1, 1)), (0, (1, 1)))
HATCHES = ("", "////", "....", "xx", "\\\\\\\\", "++")
MARKERS = ("o", "D", "s", "^", "v", "P")
INK = "#222222"
GREY = "#5A5A5A"
PALE = "#D0D4D8"

#: Width of every figure, inches; sizes of letters, points.
WIDTH = 5.6
TITLE, TEXT, SMALL = 12.5, 10.5, 10.0
_MARGIN = 0.08

#: Measured with; shipped inside matplotlib.
_MEASURED = "DejaVu Sans"
#: Any of these measures Chinese letters: all are one em wide.
_CHINESE = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Source Han Sans SC")
_SHOWN = ("Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", _MEASURED)
_SHOWN_CHINESE = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC")


class MissingFont(RuntimeError):
    """No font on this machine has Chinese letters."""

    def __init__(self) -> None:
        super().__init__(
            "no font with Chinese letters was found (looked for: "
            f"{', '.join(_CHINESE)}); on Debian install the package fonts-noto-cjk"
        )


@cache
def require_font(language: str) -> tuple[str, ...]:
    """Names of the fonts that figures in `language` are measured with; raises MissingFont."""
    if language != "zh":
        return (_MEASURED,)
    installed = {font.name for font in font_manager.fontManager.ttflist}
    for name in _CHINESE:
        if name in installed:
            return (_MEASURED, name)
    raise MissingFont


def families(language: str) -> str:
    """The list of fonts as it stands in a figure, first choice first; names are quoted."""
    names = (*_SHOWN_CHINESE, *_SHOWN) if language == "zh" else (*_SHOWN, *_SHOWN_CHINESE)
    return ", ".join(f"'{name}'" for name in names) + ", sans-serif"


@contextmanager
def applied(language: str) -> Iterator[None]:
    """Inside, matplotlib draws and writes in the house style; outside, nothing has changed."""
    style = {
        "font.family": list(require_font(language)),
        "font.size": TEXT,
        "axes.edgecolor": GREY,
        "axes.labelcolor": INK,
        "axes.linewidth": 0.8,
        "axes.titlesize": TEXT,
        "axes.unicode_minus": True,
        "axes.axisbelow": True,
        "figure.facecolor": "white",
        "grid.color": "#E3E5E8",
        "grid.linewidth": 0.8,
        "hatch.linewidth": 0.7,
        "text.color": INK,
        "xtick.color": GREY,
        "ytick.color": GREY,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "xtick.labelsize": SMALL,
        "ytick.labelsize": SMALL,
        "svg.fonttype": "none",
        "svg.hashsalt": "tandem",
        "svg.image_inline": True,
    }
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(style)  # type: ignore[arg-type] # names are closed in matplotlib's stubs
        yield


def page(title: str, units: str, height: float) -> Figure:
    """An empty figure with title and line of units; `height` in inches is left for the axes."""
    lines = wrap(title, WIDTH - 2 * _MARGIN, TITLE)
    below = wrap(units, WIDTH - 2 * _MARGIN, SMALL)
    head = 0.1 + 0.23 * len(lines) + 0.2 * len(below) + 0.08
    total = height + head
    figure = Figure(figsize=(WIDTH, total), layout="constrained")
    FigureCanvasAgg(figure)
    y = total - 0.22
    for line in lines:
        figure.text(_MARGIN / WIDTH, y / total, line, size=TITLE, weight="bold")
        y -= 0.23
    for line in below:
        figure.text(_MARGIN / WIDTH, y / total, line, size=SMALL, color=GREY)
        y -= 0.2
    engine = figure.get_layout_engine()
    assert engine is not None
    engine.set(rect=(0, 0, 1, height / total), w_pad=0.06, h_pad=0.04)  # type: ignore[call-arg]  # stubs lack the engine
    return figure


def plain_axes(axes: Axes, grid: str) -> None:
    """No box; a faint grid along `grid` ("x" or "y"), and a line on the other axis only."""
    for side in ("top", "right", "left" if grid == "y" else "bottom"):
        axes.spines[side].set_visible(False)
    axes.grid(axis=grid)  # type: ignore[arg-type]  # a plain str here
    axes.tick_params(axis="both", length=0, pad=4)


def name_rows(axes: Axes, labels: Sequence[str], bold: Sequence[bool], inches: float) -> None:
    """Names of horizontal rows at the left, first one on top, in lines no wider than `inches`.

    Each line is a text of its own that ends at the axis: a reader's font has other widths.
    """
    plain_axes(axes, "x")
    axes.set_yticks([])
    axes.set_ylim(len(labels) - 0.45, -0.55)
    for place, (label, heavy) in enumerate(zip(labels, bold, strict=True)):
        lines = balanced(label, inches, SMALL)
        for number, line in enumerate(lines):
            down = (number - (len(lines) - 1) / 2) * 1.2 * SMALL
            axes.annotate(
                line,
                (0, place),
                (-6, -down),
                xycoords=axes.get_yaxis_transform(),
                textcoords="offset points",
                ha="right",
                va="center",
                size=SMALL,
                weight="bold" if heavy else "normal",
                annotation_clip=False,
            )


def name_columns(axes: Axes, places: Sequence[float], names: Sequence[str]) -> None:
    """Names below the axis, each line of one a text of its own that is centred on its place."""
    axes.set_xticks(list(places), [""] * len(places))
    for place, name in zip(places, names, strict=True):
        for number, line in enumerate(name.splitlines()):
            axes.annotate(
                line,
                (place, 0),
                (0, -5 - 1.2 * SMALL * number),
                xycoords=axes.get_xaxis_transform(),
                textcoords="offset points",
                ha="center",
                va="top",
                size=SMALL,
                annotation_clip=False,
            )


def balanced(text: str, inches: float, size: float) -> list[str]:
    """`text` in as few lines as `wrap` needs, parted at a comma, else as even as they can be."""
    lines = wrap(text, inches, size)
    if len(lines) == 2:
        for comma in (place for place, letter in enumerate(text) if letter in ",，"):
            halves = [text[: comma + 1], text[comma + 1 :].lstrip()]
            if all(len(wrap(half, inches, size)) == 1 for half in halves):
                return halves
    narrower = inches
    while len(lines) > 1 and narrower > 0.05:  # two words on two lines never become three
        narrower -= 0.05
        tried = wrap(text, narrower, size)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def row_height(labels: Sequence[str], inches: float, least: float) -> float:
    """Height of a row, inches, in which each of `labels` has room: at least `least`."""
    lines = max((len(wrap(label, inches, SMALL)) for label in labels), default=1)
    return max(least, 0.17 * lines + 0.1)


def wrap(text: str, inches: float, size: float) -> list[str]:
    """`text` in lines no wider than `inches` at `size` points; Chinese breaks between letters.

    A number is not parted from its unit.
    """
    text = re.sub(r"(?<=\d) (?=[%Mk])|(?<=[Mk]) (?=CNY)", "\N{NO-BREAK SPACE}", text)
    limit = inches * 72 / size
    lines: list[str] = []
    line = ""
    for token in _tokens(text):
        if line and _ems(line + token.rstrip()) > limit and token[0] not in "，。、；：）！？":
            lines.append(line.rstrip())
            line = ""
        line += token
    return [*lines, line.rstrip()] if line.strip() else lines


def _tokens(text: str) -> Iterator[str]:
    word = ""
    for letter in text:
        if east_asian_width(letter) in "WF":
            if word:
                yield word
            word = ""
            yield letter
        elif letter == " ":
            yield word + letter
            word = ""
        else:
            word += letter
    if word:
        yield word


def _ems(text: str) -> float:
    return sum(1.0 if east_asian_width(letter) in "WF" else 0.6 for letter in text)
