"""Exits: the codes with which a command ends, and which failure has which.

What it answers: what a scheduler reads from the exit code, what a person reads on standard error.

What it leaves out: finding problems.

Who may import it: the modules of `tandem.cli`.
"""

import contextlib
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import Any

__all__ = ["Exit", "Failure", "explain", "interruptible"]


class Exit(IntEnum):
    """Exit codes; `make` turns every one but 0 into 2, so a scheduler calls `tandem` itself."""

    GOOD = 0
    SOME_FAILED = 1
    REFUSED = 2
    INTERNAL = 3
    LOCKED = 4
    NOTHING_MATCHED = 5
    SITE_REFUSED = 6
    INTERRUPTED = 130


class Failure(Exception):
    """A command cannot do what was asked; the message says why, the code how it ends."""

    def __init__(self, code: Exit, message: str) -> None:
        super().__init__(message)
        self.code = code


def explain(error: BaseException) -> tuple[Exit, list[str]]:
    """Exit code of a failure, and the lines that tell it; a traceback only where nobody foresaw it."""
    from tandem.assumptions.refusals import Refusal
    from tandem.batch.notebook import BadNotebook
    from tandem.batch.plan import NothingMatches
    from tandem.batch.run import Locked
    from tandem.site import PublishFailed, SiteRefused

    kinds: list[tuple[type[BaseException], Exit]] = [
        (Refusal, Exit.REFUSED),
        (BadNotebook, Exit.REFUSED),
        (NothingMatches, Exit.NOTHING_MATCHED),
        (Locked, Exit.LOCKED),
        (SiteRefused, Exit.SITE_REFUSED),
        (PublishFailed, Exit.INTERNAL),
        (OSError, Exit.INTERNAL),
    ]
    if isinstance(error, Failure):
        return error.code, str(error).splitlines()
    if isinstance(error, KeyboardInterrupt):
        return Exit.INTERRUPTED, ["interrupted; what had been done is kept"]
    for kind, code in kinds:
        if isinstance(error, kind):
            return code, (str(error) or type(error).__name__).splitlines()
    lines = "".join(traceback.format_exception(error)).splitlines()
    return Exit.INTERNAL, [*lines, "an error of tandem itself, not of your input"]


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Treat a request to terminate like Ctrl-C, so that what was started is ended in order."""

    def stop(_signal: int, _frame: Any) -> None:
        raise KeyboardInterrupt

    before: Callable[..., Any] | int | None = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def tell(lines: list[str]) -> None:
    """Write lines to standard error."""
    sys.stderr.write("".join(f"{line}\n" for line in lines))
