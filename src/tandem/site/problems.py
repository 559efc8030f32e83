"""Problems: what can stop a site from being published, each named with its page.

What it answers: which page breaks which rule, in words that tell where to look.

What it leaves out: finding them (`run`, `gates`, `quarto`); exit codes (the cli).

Who may import it: the modules of `tandem.site`, cli.
"""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Problem", "PublishFailed", "SiteRefused"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One broken rule: the page or file, the rule's name, and what was found."""

    page: str
    rule: str
    found: str

    def __str__(self) -> str:
        return f"{self.page}: {self.rule}: {self.found}"


class PublishFailed(Exception):
    """The site could not be made; the one that was published before still stands."""


class SiteRefused(PublishFailed):
    """The site was made, and a gate found problems in it; the one published before still stands."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"the site was refused ({len(self.problems)} problems):\n{lines}")
