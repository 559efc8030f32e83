"""Store: each simulation kept once, under the hash of what made it.

What it answers: the paths and the measures of a simulation that was made before, from any process;
or that it must be made. Paths are kept as float32 (seven digits, for figures), measures as float64
(they decide). Both are read back from the disk even by the process that made them, so that a first
run and a second show the same bits.

What it leaves out: what the hash is made of (`tandem.results.provenance`), and simulating.

Who may import it: study, batch and cli.
"""

import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tandem.results.shelf import Shelf

if TYPE_CHECKING:
    import xarray

__all__ = ["MEASURES", "PATHS", "SimulationStore", "StoreError"]

PATHS = "paths.nc"
MEASURES = "measures.nc"


class StoreError(RuntimeError):
    """A simulation was damaged on the disk again right after it had been written."""


class SimulationStore:
    """Simulations of one study, in `<project>/build/store`."""

    def __init__(self, root: Path) -> None:
        self.shelf = Shelf(root, kind="simulation")

    def has(self, key: str) -> bool:
        """Whether the simulation is there with all its files; their content is not read."""
        return self.shelf.about(key) is not None

    def is_good(self, key: str) -> bool:
        """Whether it is there, and its measures are as they were written; paths are not read."""
        return self.has(key) and self.shelf.open(key, [MEASURES]) is not None

    def save(
        self,
        key: str,
        paths: "xarray.Dataset",
        measures: "xarray.Dataset",
        about: Mapping[str, Any],
        *,
        anew: bool = False,
    ) -> None:
        """Keep a simulation; `about` says in JSON what made it. Raises OSError."""

        def write(folder: Path) -> Mapping[str, Any]:
            _write_netcdf(paths, folder / PATHS, "float32")
            _write_netcdf(measures, folder / MEASURES, "float64")
            return about

        self.shelf.put(key, write, anew=anew)

    def paths(self, key: str) -> "xarray.Dataset | None":
        """The paths, read from the disk where they are asked for; None if missing or damaged."""
        return self._read(key, PATHS)

    def measures(self, key: str) -> "xarray.Dataset | None":
        """The measures over `draw`, float64; None if missing or damaged."""
        return self._read(key, MEASURES)

    def ensure(
        self,
        key: str,
        simulate: Callable[[], tuple["xarray.Dataset", "xarray.Dataset"]],
        about: Mapping[str, Any],
        *,
        anew: bool = False,
    ) -> bool:
        """Simulate and keep the result unless it is there and whole; True if it was simulated.

        `anew` simulates in any case. Raises StoreError where the disk does not give back what was
        written.
        """
        if not anew and self.shelf.open(key) is not None:
            return False
        paths, measures = simulate()
        self.save(key, paths, measures, about, anew=anew)
        if self.shelf.open(key) is None:
            raise StoreError(f"{self.shelf.path(key)}: what was written does not read back")
        return True

    def _read(self, key: str, name: str) -> "xarray.Dataset | None":
        """One dataset of an entry, after its SHA-256 was checked."""
        folder = self.shelf.open(key, [name])
        if folder is None:
            return None
        import xarray

        return xarray.open_dataset(folder / name, engine="scipy", decode_times=False)


def _write_netcdf(dataset: "xarray.Dataset", path: Path, precision: str) -> None:
    """Write `dataset` as netCDF 3, its floating-point variables in `precision`.

    The format holds no times of writing: the same dataset gives the same bytes.
    """
    encoding = {
        str(name): {"dtype": precision, "_FillValue": None}
        for name, variable in dataset.variables.items()
        if variable.dtype.kind == "f"
    }
    with warnings.catch_warnings():
        # An integer coordinate goes out as int32, which holds every position there is.
        warnings.filterwarnings("ignore", message=".*int64.*", category=UserWarning)
        dataset.to_netcdf(path, engine="scipy", format="NETCDF3_64BIT", encoding=encoding)
