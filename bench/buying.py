"""Times the fit of buying (BG/NBD) to the CDNOW sample beside the package lifetimes.

Run by `make bench`. Both fit the same 2,357 customers, the least of a few runs counting; lifetimes runs
in the oracles' environment. It prints seconds and their ratio; machines differ, so no test bounds it.
"""

import time

from tests.fixtures.buyers import cdnow, lifetimes

from tandem.calibration.bgnbd import fit_bgnbd

REPEATS = 5


def main() -> None:
    """Print the times, the ratio and both estimates."""
    customers, theirs = cdnow(), lifetimes()["cdnow"]
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        fit = fit_bgnbd(customers)
        seconds.append(time.perf_counter() - start)
    ours = min(seconds)
    print(f"BG/NBD, {customers.count} customers")
    for name, taken, values in (
        ("tandem", ours, fit.estimates.values.tolist()),
        ("lifetimes", theirs["seconds"], list(theirs["values"].values())),
    ):
        print(f"  {name:<10} {1e3 * taken:8.2f} ms   " + ", ".join(f"{v:.5f}" for v in values))
    print(f"  ratio      {theirs['seconds'] / ours:8.1f}")


if __name__ == "__main__":
    main()
