"""Models of the program as layers inside of other layers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import Field

from flatlint.catalogue.arguments import Anything, Dialect
from flatlint.catalogue.conflict import NotKnown
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.objects import (
    FunctionalObject,
    LayerObject,
    ListObject,
    SequentialObject,
)
from flatlint.evaluation.values import Value
from flatlint.shapes import Shape


class InnerModel(LayerSpec):
    """A model inside a wrapper, which is called like any other layer."""

    run: Anything
    ref: Anything
    apply: Anything
    outputs: dict[Any, Any] = Field(default_factory=dict)

    @property
    def keras_name(self) -> str:
        """The name of its class."""
        return self.dialect.layer if isinstance(self.dialect, Dialect) else "Model"

    def call(self, inputs: ShapeTree, **_: Any) -> ShapeTree:
        """What comes out; the first call builds a model that has no input yet."""
        if not isinstance(inputs, Shape):
            raise NotKnown("a model is wrapped and gets several tensors")
        if inputs not in self.outputs:
            apply: Any = self.apply
            self.outputs[inputs] = apply(inputs)
        output: ShapeTree = self.outputs[inputs]
        return output

    def call_weights(self, inputs: ShapeTree, **_: Any) -> Iterable[Weight]:
        """All variables of the layers inside."""
        self.call(inputs)
        seen: set[int] = set()
        return self._weights_of(self.ref, seen)

    def _weights_of(self, value: Value, seen: set[int]) -> Iterator[Weight]:
        held = self._run.object_at(value)
        if not isinstance(held, LayerObject) or id(held.layer) in seen:
            return
        seen.add(id(held.layer))
        if isinstance(held, SequentialObject | FunctionalObject):
            inner = self._run.object_at(self._run.attribute(value, "layers", self._run.here.node))
            if not isinstance(inner, ListObject) or inner.rest is not None:
                raise NotKnown("the layers of the model inside are not known")
            for part in inner.items:
                yield from self._weights_of(part, seen)
        elif held.weights is None:
            raise NotKnown(f"the variables of {held.layer.class_name} are not known")
        else:
            for weight in held.weights:
                trains = weight.trainable and held.trainable is not False
                yield Weight(weight.name, weight.dims, trains)

    @property
    def _run(self) -> Interpreter:
        run: Any = self.run
        evaluation: Interpreter = run
        return evaluation
