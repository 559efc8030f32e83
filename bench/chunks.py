"""Compares a simulation in chunks with the same one in a single block, as ratios.

Run by `make bench`. Chunks keep memory constant; this shows what they cost or save in time. Ratios
only, since seconds belong to a machine, and nothing is judged: a bound on speed is no test.
"""

import time
from pathlib import Path

from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.schema import Company
from tandem.model.simulate import simulate

SCENARIO = "lower-tier-expansion"
DRAWS, SEED, REPEATS = 1024, 7, 2
CHUNKS = (512, 256, 128)


def seconds(size: int) -> float:
    """Least processor time of a few runs of all draws, `size` at a time."""
    project = Path(__file__).resolve().parents[1]
    assumptions = load_assumptions(project, Company, SCENARIO)
    taken = []
    for _ in range(REPEATS):
        start = time.process_time()
        for first in range(0, DRAWS, size):
            simulate(model_inputs(draw(assumptions, DRAWS, SEED, first, size), SEED))
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> None:
    """Print one ratio a size of chunk."""
    block = seconds(DRAWS)
    print(f"{SCENARIO}, {DRAWS} draws in one block: 1.00")
    for size in CHUNKS:
        print(f"in chunks of {size:>4}: {seconds(size) / block:.2f}")


if __name__ == "__main__":
    main()
