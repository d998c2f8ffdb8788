"""Spans of nodes, against libcst's own PositionProvider, which is slower."""

from __future__ import annotations

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from flatlint.parsing.parse import parse
from flatlint.parsing.spans import Span, spans_of
from flatlint.sources.reading import from_text
from flatlint.sources.source_file import Position, SourceFile
from tests.parsing.programs import CONSTRUCTS, SMALL, text_of


def expected_spans(text: str, module: cst.Module) -> dict[cst.CSTNode, Span]:
    """What PositionProvider says of every node, rows and columns turned into offsets."""
    source = SourceFile(None, "", text)
    positions = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    return {
        node: Span(
            source.offset_of(Position(place.start.line, place.start.column + 1)),
            source.offset_of(Position(place.end.line, place.end.column + 1)),
        )
        for node, place in positions.items()
    }


TEXTS = {
    "constructs": CONSTRUCTS,
    "windows": CONSTRUCTS.replace("\n", "\r\n"),
    "old mac": CONSTRUCTS.replace("\n", "\r"),
    "tabs": CONSTRUCTS.replace("    ", "\t"),
    "no line end": CONSTRUCTS.rstrip("\n"),
    "mixed line ends": "a = 1\r\nb = 2\nc = 3\r",
    "wide characters": "ä = '😀'; b = f(ä)\n",
    "empty": "",
    "comment": "# a",
} | {path.name: text_of(path) for path in SMALL[:25]}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_node_has_the_span_that_libcst_gives_it(text: str) -> None:
    module = cst.parse_module(text)
    expected = expected_spans(text, module)
    for node in list(expected):
        if isinstance(node, (cst.Module, cst.TrailingWhitespace, cst.Newline)):
            del expected[node]  # PositionProvider counts a last line end that is not there
    assert spans_of(module, list(expected), text) == expected


def test_a_node_asked_for_alone_has_the_same_span() -> None:
    module = cst.parse_module(CONSTRUCTS)
    for node, span in list(expected_spans(CONSTRUCTS, module).items())[::7]:
        assert spans_of(module, [node]) == {node: span}


@pytest.mark.parametrize(
    "text",
    [
        "pass \n    # a\n  \n# b\nf(x)\n",
        "\x0cf(x)\n",
        "a = 1\n\x0cf(x)\n",
        "if a:\n  b\n \\\n  f(x)\n",
        "\x0c\n\x0cf(x)",
    ],
)
def test_what_libcst_forgets_of_an_indentation_is_counted(text: str) -> None:
    parsed = parse(from_text(text, "x.py"))
    calls: list[cst.CSTNode] = []

    class Calls(cst.CSTVisitor):
        def visit_Call(self, node: cst.Call) -> None:  # noqa: N802 - libcst's name
            calls.append(node)

    parsed.module.visit(Calls())
    (span,) = parsed.spans_of(calls).values()
    assert text[span.start : span.end] == "f(x)"


def test_nodes_of_another_module_have_no_span() -> None:
    other = cst.parse_module("a")
    assert spans_of(cst.parse_module("b"), [other.body[0]]) == {}


def test_no_node_costs_no_pass_over_the_module() -> None:
    assert spans_of(cst.Module(body=["no statement"]), []) == {}  # type: ignore[list-item]
