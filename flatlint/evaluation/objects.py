"""What lives in the state and can change: lists, dicts, instances, layers, models.

Each object is frozen; a change puts another object at the same address, so that a branch can be
taken back and two branches joined.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TypeAlias

from flatlint.catalogue.given_weights import Given
from flatlint.catalogue.spec import Weight
from flatlint.evaluation.bounds import MAX_HELD
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.values import UserClass, Value
from flatlint.graph import (
    CompileCall,
    Layer,
    LayerCall,
    Tensor,
    TensorTree,
    Unknown,
    WhyUnknown,
)


@dataclass(frozen=True)
class ListObject:
    """A list; where its length is not known, `rest` stands for any further element."""

    items: tuple[Value, ...] = ()
    rest: Value | None = None

    def extended(self, items: Sequence[Value], rest: Value | None) -> ListObject:
        """The list with more elements behind it."""
        if self.rest is None and len(self.items) + len(items) <= MAX_HELD:
            return ListObject((*self.items, *items), rest)
        if self.rest is None and self.items:
            return ListObject((), reduce(join_values, self.items)).extended(items, rest)
        # Behind an unknown number of elements no position is known.
        others = [*items, *([] if rest is None else [rest])]
        return ListObject(self.items, reduce(join_values, others, self.rest))


@dataclass(frozen=True)
class IteratorObject:
    """An iterator: the elements that it has yet to give; `rest` stands for any further ones."""

    items: tuple[Value, ...] = ()
    rest: Value | None = None

    def joined(self, other: IteratorObject) -> IteratorObject:
        """What is left of it where branches took different numbers of elements."""
        if len(self.items) == len(other.items) and self.rest is None and other.rest is None:
            return IteratorObject(tuple(map(join_values, self.items, other.items)))
        others = [*self.items, *other.items]
        others += [rest for rest in (self.rest, other.rest) if rest is not None]
        return IteratorObject((), reduce(join_values, others) if others else None)


@dataclass(frozen=True)
class SetObject:
    """A set of known elements, in the order in which they came; `is_whole` if these are all."""

    items: tuple[Value, ...] = ()
    is_whole: bool = True


@dataclass(frozen=True)
class DictObject:
    """A dict; `is_whole` if there are surely no other keys."""

    entries: Mapping[Value, Value] = field(default_factory=dict)
    is_whole: bool = True
    factory: Value = None
    """What makes the value of a missing key, as in a `defaultdict`."""

    def with_value_somewhere(self, value: Value) -> DictObject:
        """The dict with a value for a key that is not known: that of any entry may be replaced."""
        entries = {key: join_values(old, value) for key, old in self.entries.items()}
        return replace(self, entries=entries, is_whole=False)

    def with_all(self, other: object) -> DictObject:
        """The dict with the entries of another one, known or not."""
        dict_ = self
        if not isinstance(other, DictObject) or not other.is_whole:
            unknown = Unknown(WhyUnknown.ARGUMENT, "a value of a dict")
            dict_ = self.with_value_somewhere(unknown)
        known = other.entries if isinstance(other, DictObject) else {}
        return replace(dict_, entries={**dict_.entries, **known})


@dataclass(frozen=True)
class Instance:
    """An object of a class of the program, with its attributes."""

    cls: UserClass
    attributes: Mapping[str, Value] = field(default_factory=dict)
    is_whole: bool = True


@dataclass(frozen=True)
class LayerObject:
    """A Keras layer: what it is, whether it trains, what its first call built."""

    layer: Layer
    trainable: Value = True
    weights: tuple[Weight, ...] | None = None
    is_built: bool = False
    calls: tuple[LayerCall, ...] = ()
    parts: tuple[Value, ...] = ()
    """The layers inside it, of a wrapper or of a layer of the program's own, and what stands for
    further ones."""
    given_weights: Given | None = None
    """The shapes of the arrays that it is to begin with."""
    instance: Instance | None = None
    """Its attributes, where its class is one of the program's own."""


@dataclass(frozen=True)
class SequentialObject(LayerObject):
    """A `Sequential`: its layers in order, and the tensors that run through once it is built."""

    items: tuple[Value, ...] = ()
    is_whole: bool = True
    """Whether `items` are surely all layers, and surely there."""
    inputs: Tensor | None = None
    outputs: tuple[Tensor, ...] = ()
    """The output after each item."""
    compiled: CompileCall | None = None


@dataclass(frozen=True)
class FunctionalObject(LayerObject):
    """A `Model(inputs, outputs)`."""

    inputs: TensorTree = None
    outputs: TensorTree = None
    compiled: CompileCall | None = None


@dataclass(frozen=True)
class SubclassObject(LayerObject):
    """The Keras side of an instance whose class derives from a Keras layer or model."""

    is_model: bool = False
    inputs: TensorTree = None
    outputs: TensorTree = None
    compiled: CompileCall | None = None
    own_weights: tuple[Weight, ...] = ()
    """What `add_weight` made."""


ModelObject: TypeAlias = SequentialObject | FunctionalObject | SubclassObject
"""What has layers within, inputs and outputs, and may be compiled."""
