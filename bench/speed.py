"""Times what must stay fast: opening the package, one simulation, the same with more draws.

Run by `make bench`. It prints seconds and judges nothing: machines differ, so a bound on speed is
no test.
"""

import subprocess
import sys
import time

SCENARIO = "do-nothing"
DRAWS = (64, 500, 2000)


def seconds(code: str) -> float:
    """Wall time of a fresh Python that runs `code`, in seconds."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def main() -> None:
    """Print one line a measurement."""
    for name in ("tandem", "tandem.study", "papermill"):
        print(f"import {name:<24} {seconds(f'import {name}'):6.2f} s")
    from tandem import load_study

    for draws in DRAWS:
        start = time.perf_counter()
        load_study(SCENARIO, draws=draws, seed=1).measures()
        print(f"{SCENARIO}, {draws:>5} draws {'':<11} {time.perf_counter() - start:6.2f} s")


if __name__ == "__main__":
    main()
