"""Times Sobol indices of 20 inputs with a base sample of 1,024: 22,528 runs of the model.

Run by `make bench`. It prints the ratio to one simulation of 1,000 draws, since seconds belong to a
machine, and judges nothing: a bound on speed is no test.
"""

import time
from pathlib import Path

import numpy as np

from tandem import load_study
from tandem.study.contest import contest, outcome
from tandem.uncertainty.sensitivity import base_design, sobol

SCENARIO = "lower-tier-expansion"
INPUTS, ROWS, DRAWS, SEED = 20, 1024, 1000, 7


def main() -> None:
    """Print runs, seconds and the ratio."""
    study = load_study(SCENARIO, draws=2, seed=SEED, project=Path(__file__).resolve().parents[1])
    paths = [item.paths[0] for item in contest([study]).inputs]
    start = time.process_time()
    outcome(
        study,
        {p: np.linspace(0.001, 0.999, DRAWS) for p in paths},
        np.arange(DRAWS),
        correlate=True,
    )
    single = time.process_time() - start

    design = base_design(INPUTS, ROWS, SEED)
    mixed = [design.mixed(np.array([k])) for k in range(INPUTS)]
    uniforms = np.concatenate([design.a, design.b, *mixed], axis=1)
    numbers = np.tile(np.arange(ROWS), INPUTS + 2)
    columns = dict(zip(paths, uniforms, strict=False))  # the first 20; all others at their medians
    start = time.process_time()
    f_a, f_b, *f_ab = outcome(study, columns, numbers, correlate=True).reshape(-1, ROWS)
    found = sobol(f_a, f_b, np.array(f_ab))
    taken = time.process_time() - start
    print(f"{uniforms.shape[1]} runs: {taken:.1f} s, {taken / single:.1f} times {DRAWS} draws")
    print(f"largest total index {found.total.max():.2f}")


if __name__ == "__main__":
    main()
