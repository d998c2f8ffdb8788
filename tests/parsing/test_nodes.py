"""The questions that are asked of syntax nodes, beside libcst's own answers."""

from __future__ import annotations

import libcst as cst
import libcst.matchers as m
import pytest
from libcst.helpers import get_full_name_for_node

from flatlint.parsing.nodes import dotted_name, nodes_within, path_to

PROGRAM = """
import a.b as c  # a comment
for i, (j, k) in enumerate(x[1:2], start=f"{c}"):
    if not i: break
    y = [z + 1 for z in (lambda u: {u: i}[u])(j) if z]
"""


@pytest.mark.parametrize("text", ["a", "a.b", "tensorflow.keras.layers"])
def test_a_dotted_name_is_read_as_libcst_reads_it(text: str) -> None:
    node = cst.parse_expression(text)
    assert dotted_name(node) == get_full_name_for_node(node) == text


@pytest.mark.parametrize("text", ["a().b", "a[0]", "1", "'a'.b"])
def test_what_is_more_than_a_dotted_name_has_none(text: str) -> None:
    assert dotted_name(cst.parse_expression(text)) == ""


@pytest.mark.parametrize("kind", [cst.Name, cst.Break, cst.Arg, cst.Comment, cst.Comma])
def test_nodes_within_are_those_that_libcst_finds(kind: type[cst.CSTNode]) -> None:
    module = cst.parse_module(PROGRAM)
    found = {id(node) for node in nodes_within(module) if isinstance(node, kind)}
    expected = m.findall(module, m.MatchIfTrue(lambda node: isinstance(node, kind)))
    assert found == {id(node) for node in expected}
    assert found


def test_statements_within_come_in_their_order() -> None:
    module = cst.parse_module("import a\nif b:\n    import c\nelse:\n    import d\nimport e\n")
    found = [node for node in nodes_within(module) if isinstance(node, cst.Import)]
    assert [node.names[0].name.value for node in found] == ["a", "c", "d", "e"]


def test_the_path_to_a_node_begins_outside_and_ends_just_around_it() -> None:
    module = cst.parse_module("def f():\n    return [g(x)]\n")
    call = next(node for node in nodes_within(module) if isinstance(node, cst.Call))
    kinds = [type(node).__name__ for node in path_to(call, module)]
    expected = "Module FunctionDef IndentedBlock SimpleStatementLine Return List Element"
    assert kinds == expected.split()


def test_a_node_of_another_tree_has_no_path() -> None:
    assert path_to(cst.Name("x"), cst.parse_module("x = 1")) == []
