"""Examples: the arrows in the docstrings of layer specs, read and run.

    (None, 64) -> Dense(10) -> (None, 10)
    [(None, 3), (None, 3)] -> Add() -> (None, 3)
    keras2: (None,) -> Dense(10) -> conflict: rank 2

An arrow says the same of every era that has the layer unless it begins with one. After `conflict:`
stand words of the message, after `unknown:` words of the reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import add, mul, sub, truediv
from typing import Any

from flatlint.catalogue.arguments import Dialect, OpaqueArgument
from flatlint.catalogue.binding import bind
from flatlint.catalogue.eras import Era
from flatlint.catalogue.registry import FAMILIES, spec_class
from flatlint.catalogue.signatures import signature_of
from flatlint.catalogue.spec import LayerSpec, ShapeTree
from flatlint.shapes import Shape

ARROW = re.compile(r"^(?:(keras[123]): +)?([(\[{].*?) +-> +(\w+\(.*\)) +-> +(\S.*)$")


@dataclass(frozen=True)
class Example:
    """One arrow: what goes into which layer, in which era, and what must come of it."""

    era: Era
    inputs: str
    layer: str
    outcome: str

    def __str__(self) -> str:
        return f"{self.era.label}: {self.inputs} -> {self.layer} -> {self.outcome}"

    @property
    def is_conflict(self) -> bool:
        """Whether Keras raises."""
        return self.outcome.startswith("conflict")

    @property
    def is_unknown(self) -> bool:
        """Whether the source does not fix the output."""
        return self.outcome.startswith("unknown")

    @property
    def words(self) -> str:
        """What the message of the conflict must contain."""
        return self.outcome.partition(":")[2].strip()


def examples_of(class_name: str) -> list[Example]:
    """The arrows in the docstring of a spec, once for each era that they speak of."""
    spec = spec_class(class_name)
    assert spec is not None
    found = []
    for line in (vars(spec).get("__doc__") or "").splitlines():
        if arrow := ARROW.match(line.strip()):
            label, inputs, layer, outcome = arrow.groups()
            eras = [Era.from_label(label)] if label else eras_with(layer.partition("(")[0])
            found += [Example(era, inputs, layer, outcome) for era in eras]
    return found


def eras_with(class_name: str) -> list[Era]:
    """The eras that can be asked and that have the layer; Keras 1 only where no other has it."""
    having = [era for era in Era if signature_of(era, class_name)]
    return [era for era in having if era > Era.KERAS_1] or having


def all_examples() -> Iterator[Example]:
    """The arrows of all specs."""
    for names in FAMILIES.values():
        for name in names:
            yield from examples_of(name)


def run(example: Example) -> ShapeTree:
    """The output shape that the spec gives; raises what the spec raises."""
    call = ast.parse(example.layer, mode="eval").body
    spec = value_of(call, example.era)
    assert isinstance(spec, LayerSpec)
    inputs = shapes_in(ast.literal_eval(example.inputs))
    outputs = spec.call(inputs)
    # What the call accepts has weights: a refusal here would come too late.
    list(spec.call_weights(inputs))
    return outputs


def value_of(node: ast.expr, era: Era) -> Any:
    """An argument as the evaluator passes it: a plain value, a layer, an opaque thing."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if spec_class(node.func.id):
            return layer_of(node, node.func.id, era)
        return OpaqueArgument(node.func.id)
    if isinstance(node, ast.List | ast.Tuple):
        items = [value_of(item, era) for item in node.elts]
        return items if isinstance(node, ast.List) else tuple(items)
    if isinstance(node, ast.Name | ast.Attribute | ast.Lambda):
        return OpaqueArgument(ast.unparse(node))
    return number_of(node) if isinstance(node, ast.BinOp) else ast.literal_eval(node)


def number_of(node: ast.expr) -> Any:
    """The value of a sum, a quotient or the like: `1 / 255`."""
    if isinstance(node, ast.BinOp):
        signs = {ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.Div: truediv}
        return signs[type(node.op)](number_of(node.left), number_of(node.right))
    return ast.literal_eval(node)


def layer_of(call: ast.Call, name: str, era: Era) -> LayerSpec:
    """The spec that a constructor call in the given era makes."""
    signature = signature_of(era, name)
    assert signature is not None, f"{era.label} has no {name}"
    spec = spec_class(signature.class_name)
    assert spec is not None
    arguments = bind(
        signature,
        [value_of(argument, era) for argument in call.args],
        {str(keyword.arg): value_of(keyword.value, era) for keyword in call.keywords},
    )
    dialect = Dialect(era=era, layer=signature.keras_name)
    return spec.model_validate({**arguments, "dialect": dialect}, context=dialect)


def shapes_in(value: Any) -> ShapeTree:
    """Tuples of sizes as shapes, whatever they stand in."""
    if isinstance(value, tuple):
        return Shape.of(*value)
    if isinstance(value, list):
        return [shapes_in(item) for item in value]
    return {key: shapes_in(item) for key, item in value.items()}


def plain(tree: Any) -> Any:
    """Shapes as Keras spells them, lists and dicts kept."""
    if isinstance(tree, Shape):
        return tuple(size if isinstance(size, int) else None for size in tree)
    if isinstance(tree, dict):
        return {key: plain(item) for key, item in tree.items()}
    return [plain(item) for item in tree]
