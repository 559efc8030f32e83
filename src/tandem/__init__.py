"""Tandem plans market expansion, people and pay as one loop.

What this module answers: how a notebook or a script opens a study.

    from tandem import load_study

    study = load_study("lower-tier-expansion", draws=2000, seed=7)
    study.measures()

What it leaves out: everything else; the layers are listed in ARCHITECTURE.md. Importing it loads
nothing heavy: numpy, pandas and the rest come with the first use of a name below.

Who may import it: anyone outside the package. Modules of the package import the layer they need.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tandem.study import Study, load_study

__all__ = ["Study", "load_study"]


def __getattr__(name: str) -> Any:
    """Load `load_study` and `Study` when they are first asked for."""
    if name in __all__:
        from tandem import study

        return getattr(study, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Names of the face, for completion."""
    return sorted(__all__)
