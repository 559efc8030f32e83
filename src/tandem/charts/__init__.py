"""Charts: one house style, one module per family of figures, and tables.

What it answers: how a result is shown, with title, finding, text for those who cannot see the
figure, and the figure's data. The families (`fans`, `comparison`, `bars`, `spread`) draw any numbers;
the modules by subject (`market`, `workforce`, `pay`, `capability`, `candidates`, `brief`, `verdict`,
`agenda`, `assumptions`) draw a study and say what they found.

What it leaves out: computing results. matplotlib is imported here and nowhere below.

Who may import it: batch, site, cli and notebooks. The names below are loaded when they are first
asked for: a page that only formats a number loads no matplotlib.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tandem.charts.chart import Chart
    from tandem.charts.components import Answer, Callout, Note, Point, Points, present
    from tandem.charts.tables import Column, Table, table

__all__ = [
    "Answer",
    "Callout",
    "Chart",
    "Column",
    "Note",
    "Point",
    "Points",
    "Table",
    "present",
    "table",
]

_HOMES = {"Chart": "chart", "Column": "tables", "Table": "tables", "table": "tables"}


def __getattr__(name: str) -> Any:
    """Load a name of the face when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = import_module(f"{__name__}.{_HOMES.get(name, 'components')}")
    return getattr(home, name)
