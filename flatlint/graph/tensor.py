"""Symbolic tensors and the layers and calls that made them: the model as a graph.

The graph needs no table of edges: a tensor knows the call that made it, and the call knows the
tensors that it was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.graph.site import Site
from flatlint.graph.unknown import Unknown
from flatlint.shapes import Shape


@dataclass(frozen=True, eq=False)
class Tensor:
    """A symbolic tensor: the `index`-th output of the call that made it."""

    shape: Shape | Unknown
    made_by: LayerCall | None = None
    index: int = 0
    dtype: str | None = None
    is_either: bool = False
    """Whether it came about in one of several ways, of which `made_by` tells one."""
    is_sparse: bool = False
    """Whether it is a sparse tensor, as an input may begin with one."""
    is_given: bool = False
    """Whether an input begins with a tensor of the program: what has values need not be fed."""


TensorTree: TypeAlias = "Tensor | Sequence[TensorTree] | Mapping[str, TensorTree] | None"
"""Tensors as a call nests them: one, a list, a dict by name."""


@dataclass(frozen=True)
class Conflict:
    """Keras raises here: said for a person, and in Keras's own words."""

    message: str
    keras: str
    guarded: bool = False
    """Whether the program stands ready to catch the exception."""


@dataclass(frozen=True, eq=False)
class Layer:
    """A layer that the program creates, read for each era that the file may belong to."""

    number: int
    class_name: str
    name: str
    specs: tuple[LayerSpec, ...]
    site: Site
    refusal: Conflict | None = None

    @property
    def spec(self) -> LayerSpec | None:
        """The layer as the newest of the eras reads it."""
        return self.specs[-1] if self.specs else None


@dataclass(frozen=True, eq=False)
class LayerCall:
    """A layer applied to tensors: what went in, what came out, what Keras had against it."""

    number: int
    layer: Layer
    inputs: TensorTree
    output: ShapeTree
    site: Site
    weights: tuple[Weight, ...] | None = None
    """The variables of the layer, as its first call makes them; `None` where not known."""
    conflict: Conflict | None = None
    is_operation: bool = False
    """Whether this is a function of a library on tensors rather than a layer of the program."""
    is_pointwise: bool = False
    """Whether the operation does to each position of its one tensor what it does to any other."""
    inside: TensorTree = None
    """The tensors inside a model or a layer of the program that came out as this call's output."""


class Spread(tuple["TensorTree", ...]):
    """What a call got in several arguments, some by keyword, where a plain nest is in one."""

    __slots__ = ()


def tensors_of(tree: TensorTree) -> Iterator[Tensor]:
    """All tensors in a nest, in Keras's order (dicts by sorted key)."""
    match tree:
        case Tensor():
            yield tree
        case Mapping():
            for key in sorted(tree):
                yield from tensors_of(tree[key])
        case Sequence():
            for part in tree:
                yield from tensors_of(part)
        case _:
            return


def shapes_of(tree: ShapeTree) -> Iterator[ShapeTree]:
    """All shapes in a nest, flat and in order; unknown ones among them."""
    match tree:
        case Shape():
            yield tree
        case Mapping():
            for key in sorted(tree):
                yield from shapes_of(tree[key])
        case Sequence():
            for part in tree:
                yield from shapes_of(part)
        case _:
            yield tree
