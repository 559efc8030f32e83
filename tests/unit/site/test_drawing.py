import pytest

from tandem.site.drawing import UnsafeDrawing, read_drawing

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(body: str, head: str = "") -> str:
    """A figure that holds `body`, after the prologue `head`."""
    return f'{head}<svg {NS} width="432pt" height="216pt">{body}</svg>'


def test_a_figure_of_matplotlib_is_only_a_drawing() -> None:
    """What matplotlib draws passes unchanged, with its letters and its size in pixels."""
    from io import StringIO

    import matplotlib as mpl
    from matplotlib.figure import Figure

    out = StringIO()
    with mpl.rc_context({"svg.fonttype": "none"}):
        figure = Figure(figsize=(6, 3))
        axes = figure.subplots()
        axes.plot([1, 2], [3, 4])
        axes.fill_between([1, 2], [1, 2], [3, 4], hatch="//")
        axes.set_title("Sales grow")
        figure.savefig(out, format="svg")
    drawing = read_drawing(out.getvalue())
    assert "Sales grow" in drawing.texts
    assert (drawing.width, drawing.height) == (576, 288)


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<metadata><script xmlns='http://www.w3.org/2000/svg'>alert(1)</script></metadata>",
        "<rect onclick='alert(1)'/>",
        "<a xlink:href='https://example.org'><text>x</text></a>",
        "<image xlink:href='https://example.org/x.png'/>",
        "<image href='data:image/svg+xml;base64,AAAA'/>",
        "<use xlink:href='other.svg#x'/>",
        "<rect style='fill:url(https://example.org/x)'/>",
        "<style>@import 'https://example.org/x.css';</style>",
        "<style>rect{fill:url(//example.org)}</style>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<animate attributeName='href' values='javascript:alert(1)'/>",
        "<set attributeName='onmouseover' to='alert(1)'/>",
        "<html:script xmlns:html='http://www.w3.org/1999/xhtml'>alert(1)</html:script>",
        "<text>unclosed",
    ],
)
def test_a_figure_that_could_act_is_refused(body: str) -> None:
    """Scripts, handlers, links, foreign parts and references to elsewhere are no drawing."""
    with pytest.raises(UnsafeDrawing):
        read_drawing(svg(body))


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>',
        "<?xml-stylesheet href='https://example.org/x.css'?>",
    ],
)
def test_entities_and_instructions_are_refused(head: str) -> None:
    """A prologue that defines or loads something is refused."""
    with pytest.raises(UnsafeDrawing):
        read_drawing(svg("<text>x</text>", head))


def test_other_documents_are_refused() -> None:
    """A web page is no figure, even where it is well-formed."""
    with pytest.raises(UnsafeDrawing, match="root"):
        read_drawing("<html><body/></html>")


def test_references_inside_the_figure_are_fine() -> None:
    """Clips, patterns and embedded pictures of a figure's own belong to a drawing."""
    body = (
        "<defs><clipPath id='c'><rect/></clipPath></defs>"
        "<g clip-path='url(#c)'><use xlink:href='#c'/>"
        "<image xlink:href='data:image/png;base64,AAAA'/><text>seen</text></g>"
    )
    assert read_drawing(svg(body)).texts == ("seen",)
