"""What one plain word of YAML is, and which characters no editor shows.

Answers: the value of an unquoted scalar in YAML 1.2's core schema. Leaves out: files and places
(places.py, the only module that may import it).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator

_NULL = re.compile(r"(?:null|Null|NULL|~|)\Z")
_BOOL = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_INT = re.compile(r"[-+]?[0-9]+\Z")
_BASED_INT = re.compile(r"(?:0o[0-7]+|0x[0-9a-fA-F]+)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_BIDIRECTIONAL = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_LONGEST_NUMBER = 300


def plain_value(text: str) -> str | int | float | bool | None:
    """The value of an unquoted scalar: nothing, true or false, a number, or else the text.

    Raises ValueError for what would be infinite, no number, or nothing but zeros once rounded.
    """
    if _NULL.match(text):
        return None
    if _BOOL.match(text):
        return text[0] in "tT"
    if len(text) > _LONGEST_NUMBER:
        return text
    if _INT.match(text):
        return int(text)
    if _BASED_INT.match(text):
        return int(text, 0)
    if _NOT_FINITE.match(text):
        raise ValueError("must be finite")
    if not _FLOAT.match(text):
        return text
    value = float(text)
    mantissa = text.lower().partition("e")[0]
    if math.isinf(value) or (value == 0 and re.search("[1-9]", mantissa)):
        raise ValueError("is out of the range of numbers")
    return value


def unseen(text: str) -> Iterator[tuple[int, str]]:
    """Columns (from 1) and names of what an editor does not show, or shows elsewhere."""
    for column, character in enumerate(text, 1):
        if character in "\t\n" or (character == "\r" and column == len(text)):
            continue
        category = unicodedata.category(character)
        if character in _BIDIRECTIONAL or category in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
            yield column, f"U+{ord(character):04X}"
