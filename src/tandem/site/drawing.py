"""Drawing: whether an SVG figure is a drawing and nothing else.

What it answers: the figure's bytes are well-formed, hold only elements that draw, and name nothing
outside themselves; and the text that a reader sees in it.

What it leaves out: changing it. A figure that breaks a rule is refused, and one that keeps them is
published with its bytes unchanged.

Who may import it: the modules of `tandem.site`.
"""

import re
from dataclasses import dataclass
from xml.parsers import expat

__all__ = ["Drawing", "UnsafeDrawing", "read_drawing"]

_ELEMENTS = set(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath "
    "title desc style clipPath mask pattern marker linearGradient radialGradient stop image "
    "metadata".split()
)
_LENGTH = re.compile(r"([\d.]+)(pt|px|in|)$")
_PIXELS = {"pt": 96 / 72, "px": 1.0, "in": 96.0, "": 1.0}


class UnsafeDrawing(ValueError):
    """The figure is not well-formed, or could do more than draw."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The texts of a figure in their order, and its size in CSS pixels (None where it says none)."""

    texts: tuple[str, ...]
    width: int | None
    height: int | None


def read_drawing(svg: str) -> Drawing:
    """What stands in `svg`; raises UnsafeDrawing.

    Refused: entities, processing instructions, elements that do not draw (script, foreignObject,
    animation, links), handlers, and any reference but `#name` and an embedded PNG.
    """
    reader = _Reader()
    try:
        reader.parse(svg)
    except expat.ExpatError as error:
        raise UnsafeDrawing(f"not well-formed: {error}") from error
    return Drawing(tuple(reader.texts), reader.width, reader.height)


class _Reader:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self.width: int | None = None
        self.height: int | None = None
        self._path: list[str] = []

    def parse(self, svg: str) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse("an entity")
        parser.ProcessingInstructionHandler = self._refuse("a processing instruction")
        parser.Parse(svg.encode("utf-8"), True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        inert = "metadata" in self._path
        if not self._path:
            if local != "svg":
                raise UnsafeDrawing(f"the root is {local}, not svg")
            self.width, self.height = _pixels(attributes, "width"), _pixels(attributes, "height")
        elif not inert and (space != "http://www.w3.org/2000/svg" or local not in _ELEMENTS):
            raise UnsafeDrawing(f"element {local}")
        if inert and local.lower() in {"script", "foreignobject"}:
            raise UnsafeDrawing(f"element {local}")
        self._path.append(local)
        for key, value in attributes.items():
            _check_attribute(local, key.rpartition(" ")[2].lower(), value, inert)
        if local in {"text", "title", "desc"}:
            self.texts.append("")

    def _end(self, _name: str) -> None:
        self._path.pop()

    def _text(self, data: str) -> None:
        if "style" in self._path:
            _check_style(data)
        elif {"text", "title", "desc"} & set(self._path) and "metadata" not in self._path:
            self.texts[-1] += data

    @staticmethod
    def _refuse(what: str):  # type: ignore[no-untyped-def]  # expat's handlers differ in shape
        def handler(*_: object) -> None:
            raise UnsafeDrawing(what)

        return handler


def _check_attribute(element: str, name: str, value: str, inert: bool) -> None:
    if name.startswith("on"):
        raise UnsafeDrawing(f"handler {name}")
    embedded = element == "image" and value.startswith("data:image/png;base64,")
    if name == "href" and not (inert or embedded or value.startswith("#")):
        raise UnsafeDrawing(f"reference {value[:60]}")
    _check_style(value)


def _check_style(text: str) -> None:
    for target in re.findall(r"url\(\s*['\"]?([^'\")]*)", text):
        if not target.startswith("#"):
            raise UnsafeDrawing(f"reference {target[:60]}")
    if "@import" in text or "javascript:" in text.lower():
        raise UnsafeDrawing("a style that loads")


def _pixels(attributes: dict[str, str], name: str) -> int | None:
    match = _LENGTH.match(attributes.get(name, ""))
    return round(float(match[1]) * _PIXELS[match[2]]) if match else None
