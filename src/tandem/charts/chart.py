"""Chart: a figure with its title, its finding in words, and its data.

What it answers: the SVG of a figure, byte for byte the same for the same data; what a notebook
shows of it; and what stands in its place for a reader who cannot see it.

What it leaves out: what is drawn (one module per family) and writing files (`Study.record`).

Who may import it: the modules of `tandem.charts`, batch, site, cli and notebooks.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO
from xml.sax.saxutils import quoteattr

import pandas as pd
from matplotlib.figure import Figure

from tandem.charts import theme

__all__ = ["Chart", "TEXT_ONLY", "draw"]

#: Where this is "1" in the environment, a notebook keeps the words of a figure and not its picture.
TEXT_ONLY = "TANDEM_TEXT_ONLY"


@dataclass(frozen=True)
class Chart:
    """One figure: id (a file name), title (the finding), alt text, data, language, and its SVG."""

    id: str
    title: str
    alt: str
    data: pd.DataFrame = field(repr=False)
    language: str
    figure: Figure = field(repr=False, compare=False)
    picture: str = field(repr=False)

    def svg(self) -> str:
        """The figure as SVG with real text."""
        return self.picture

    def __str__(self) -> str:
        return f"{self.title}\n{self.alt}"

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        bundle = {"text/plain": str(self)}
        if os.environ.get(TEXT_ONLY) != "1":
            bundle["image/svg+xml"] = self.svg()
        about = {"figure": self.id, "title": self.title, "alt": self.alt}
        return bundle, {"tandem": about}


def draw(
    id: str,
    title: str,
    alt: str,
    data: pd.DataFrame,
    *,
    units: str,
    height: float,
    language: str,
    paint: Callable[[Figure], None],
) -> Chart:
    """A chart drawn by `paint` on an empty page of the house style.

    `units` is the line under the title that says what is measured and in which unit; `height` is
    that of the axes, inches. Raises theme.MissingFont for Chinese without a Chinese font.
    """
    with theme.applied(language):
        figure = theme.page(title, units, height)
        paint(figure)
        raw = StringIO()
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(raw, format="svg", metadata=nothing)
    return Chart(
        id=id,
        title=title,
        alt=alt,
        data=data,
        language=language,
        figure=figure,
        picture=_finished(raw.getvalue(), alt, language),
    )


def _finished(svg: str, alt: str, language: str) -> str:
    """Without prologue and comments, with the reader's fonts, and with the finding as its label."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    measured = ", ".join(f"'{name}'" for name in theme.require_font(language))
    svg = svg.replace(f"font-family: {measured}; ", "").replace(f"; font-family: {measured}", "")
    svg = svg.replace("</style>", f" text{{font-family: {theme.families(language)}}}</style>", 1)
    label = quoteattr(alt.replace("\n", " "))
    return svg.replace("<svg", f'<svg role="img" aria-label={label}', 1)
