"""Study: one scenario opened for questions, and its paired comparison with the others.

What it answers: paths and measures of a scenario at given draws and seed, differences between
scenarios on the same draws, and what a notebook records.

What it leaves out: figures (`tandem.charts`), running many notebooks (`tandem.batch`), pages
(`tandem.site`).

Who may import it: charts, batch, site, cli and notebooks. Its siblings `tandem.calibration` and
`tandem.manpower` may not.
Importing it loads nothing heavy: that comes with the first use of a name below.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tandem.study.study import Study, load_study

__all__ = ["Study", "load_study"]


def __getattr__(name: str) -> Any:
    """Load `load_study` and `Study` when they are first asked for."""
    if name in __all__:
        from tandem.study import study

        return getattr(study, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
