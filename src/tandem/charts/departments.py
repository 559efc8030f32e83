"""Departments: what a reader calls those who own an assumption or a target.

What it answers: the name of a department of the schema's closed list, in the reader's language.

What it leaves out: who owns what (`params/`).

Who may import it: the modules of `tandem.charts`, and site.
"""

from tandem.language import Translator

__all__ = ["department"]


def department(name: str, _: Translator) -> str:
    """A department of the schema's closed list in words; another one in plain letters."""
    words = {
        "marketing-insight": _("Market insight"),
        "brand": _("Brand"),
        "sales": _("Sales department"),
        "customer-service": _("Customer service"),
        "recruiting": _("Recruiting"),
        "people-analytics": _("People analytics"),
        "compensation": _("Compensation"),
        "training": _("Training"),
        "finance": _("Finance"),
        "legal": _("Legal"),
    }
    return words.get(name) or name.replace("-", " ").replace("_", " ")
