"""Honours: titles, praise and the like, which cost no money and act on recognition."""

from dataclasses import dataclass
from typing import ClassVar

from tandem.model.incentives.component import Component, Paid, term
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class Honours(Component):
    """``recognition``: what honours add to the log of recognition, (p, d); no money.

    Engagement moves by it as it does by money spent on recognition, where a doubling is .69.
    """

    label: ClassVar[tuple[str, str]] = ("Honours", "荣誉")
    paid: ClassVar[Paid] = "now"

    recognized: Array = term("log", "Recognition by honours", "荣誉带来的认可", 0, 2, nothing=0)

    def recognition(self) -> Array:
        """What they add."""
        return self.recognized
