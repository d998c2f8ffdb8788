"""From values of the program to arguments of the catalogue, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from flatlint.catalogue.arguments import Dialect, OpaqueArgument, UnknownArgument
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.conversions import Unreadable
from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import LayerSpec, ShapeTree
from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.classes import find_in_class
from flatlint.evaluation.iteration import as_tuple
from flatlint.evaluation.libraries import FAMILIES
from flatlint.evaluation.libraries.keras.models.inner_models import InnerModel
from flatlint.evaluation.libraries.keras.nesting import shapes_from, tensors_from
from flatlint.evaluation.libraries.keras.operations.symbolic import entered_layer
from flatlint.evaluation.objects import (
    DictObject,
    Instance,
    LayerObject,
    ListObject,
    SetObject,
    SubclassObject,
)
from flatlint.evaluation.values import (
    BoundMethod,
    Builtin,
    Either,
    Function,
    LibraryMethod,
    Many,
    Module,
    Name,
    Partial,
    Ref,
    Slice,
    UserClass,
    Value,
    shape_value,
)
from flatlint.graph import Array, Tensor, Unknown, WhyUnknown
from flatlint.shapes import Expression, Shape

GIVEN_BY_KERAS = ("mask", "training")
"""Parameters that a `Lambda` fills by itself."""


class CatalogueValues:
    """Lets `bind` read and make arguments of the catalogue."""

    def read(self, value: object) -> object:
        """The Python value; nothing can be read from what the source does not fix."""
        unreadable = isinstance(value, UnknownArgument | OpaqueArgument | Expression)
        return Unreadable.UNREADABLE if unreadable else value

    def make(self, value: object) -> object:
        """Python values are arguments as they are."""
        return value

    def join(self, values: Sequence[object]) -> object:
        """A tuple of arguments."""
        return tuple(values)


def argument_of(run: Interpreter, value: Value, era: Era) -> object:
    """A value as an argument of a layer; layers inside it as the era reads them."""
    match value:
        case Unknown():
            return UnknownArgument(value.reason, value)
        case Either():
            return UnknownArgument(value.undecided.reason, value.undecided)
        case tuple():
            return tuple(argument_of(run, part, era) for part in value)
        case Name(path=path):
            if path.partition(".")[0] in FAMILIES:
                return OpaqueArgument(path)
            return UnknownArgument(f"not in this project: `{path}`")
        case Function() | Builtin() | BoundMethod() | LibraryMethod() | Partial() | UserClass():
            return ProgramFunction(run, value)
        case Tensor(shape=Shape() as shape):
            return shape
        case Tensor() | Array():
            return UnknownArgument("a tensor is passed as an argument")
        case Many() | Slice() | Module():
            return UnknownArgument("a sequence whose length is not known")
        case _:
            return _argument_of_object(run, value, era)


def _argument_of_object(run: Interpreter, value: Value, era: Era) -> object:
    found = run.object_at(value)
    match found:
        case ListObject(items=items, rest=None):
            return [argument_of(run, part, era) for part in items]
        case ListObject():
            return UnknownArgument("a list whose length is not known")
        case DictObject(entries=entries, is_whole=True):
            return {key: argument_of(run, item, era) for key, item in entries.items()}
        case SubclassObject(instance=Instance() as own) if _is_made_to_be_wrapped(run, own):
            return UnknownArgument(f"`{own.cls.name}` of the program is wrapped")
        case LayerObject(layer=layer):
            fitting = [spec for spec in layer.specs if spec.era is era]
            if fitting:
                return fitting[0]
            if isinstance(value, Ref) and type(found) is not LayerObject:
                dialect = Dialect(era, run.image_data_format or "channels_last", layer.class_name)
                return InnerModel(dialect=dialect, run=run, ref=value, apply=_applied(run, value))
            return UnknownArgument(f"flatlint does not model {layer.class_name}")
        case DictObject() | SetObject() | Instance():
            return UnknownArgument("an object of the program")
        case _:
            return found


class ProgramFunction:
    """A function of the program as an argument: called with shapes, it is evaluated on tensors."""

    def __init__(self, run: Interpreter, function: Value) -> None:
        self.run = run
        self.function = function
        self.node = run.here.node

    def __call__(self, inputs: ShapeTree, **given: object) -> ShapeTree:
        """The shapes that the function makes of `inputs` and of other arguments by name."""
        self._require_parameters(given)
        before = len(self.run.recorder.calls)
        arguments = Arguments(
            (tensors_from(inputs),), {n: self._value(v) for n, v in given.items()}
        )
        with entered_layer(self.run):
            value = self.run.call(self.function, arguments, self.node)
        self._pass_on_conflict(before)
        return shapes_from(self.run, value)

    def shape_of(self, inputs: ShapeTree) -> object:
        """What the function says of the shapes themselves: `output_shape=lambda s: (s[0], 1)`."""
        given = Arguments((_sizes_from(self.run, inputs),))
        value = self.run.call(self.function, given, self.node)
        sizes = as_tuple(self.run, value)
        if not isinstance(sizes, tuple):
            return UnknownArgument("the shape that a function of the program gives")
        return tuple(argument_of(self.run, size, Era.KERAS_3) for size in sizes)

    def _pass_on_conflict(self, before: int) -> None:
        """What a library refuses inside of the function becomes a refusal of whoever calls it."""
        calls = self.run.recorder.calls
        made = calls[before:]
        first = next((c.conflict for c in made if c.conflict and c.is_operation), None)
        if first is not None:
            calls[before:] = [replace(c, conflict=None) if c.is_operation else c for c in made]
            raise ShapeConflict(first.message, first.keras)

    def _require_parameters(self, given: Mapping[str, object]) -> None:
        """Refuse a name that the function has no parameter for, and one that nobody gives."""
        if not isinstance(self.function, Function):
            return
        parameters = self.function.node.params
        named = [p.name.value for p in (*parameters.params, *parameters.kwonly_params)]
        defaults = {name for name, _ in self.function.defaults}
        optional = {
            p.name.value
            for p in (*parameters.params, *parameters.kwonly_params)
            if p.default is not None
        }
        if parameters.star_kwarg is None:
            for name in given:
                if name not in named:
                    raise ShapeConflict(
                        f"the function takes no argument `{name}`",
                        f"{self.function.name}() got an unexpected keyword argument {name!r}",
                    )
        for name in named[1:]:
            if name not in {*given, *defaults, *optional, *GIVEN_BY_KERAS}:
                raise ShapeConflict(
                    f"the function needs `{name}`, and nobody gives it",
                    f"{self.function.name}() missing 1 required positional argument: {name!r}",
                )

    def _value(self, argument: object) -> Value:
        """An argument of the catalogue as a value of the program again."""
        if isinstance(argument, list):
            return self.run.allocate(ListObject(tuple(self._value(part) for part in argument)))
        if isinstance(argument, UnknownArgument | OpaqueArgument | dict):
            return self.run.unknown(WhyUnknown.ARGUMENT, "an argument of the function")
        return argument


def _sizes_from(run: Interpreter, tree: ShapeTree) -> Value:
    """The shapes of inputs as a program sees them: a tuple, or a list of tuples."""
    if isinstance(tree, Shape):
        return shape_value(tree)
    if isinstance(tree, list | tuple):
        return run.allocate(ListObject(tuple(_sizes_from(run, part) for part in tree)))
    return run.unknown(WhyUnknown.ARGUMENT, "the shape of the input")


def _applied(run: Interpreter, model: Ref) -> Callable[[Shape], ShapeTree]:
    """What calling a model of the program makes of a shape.

    Keras 3 asks a model in a wrapper for its output shape alone, which no rank of the input is held
    against: what a call would refuse may pass.
    """

    def apply(inputs: Shape) -> ShapeTree:
        before = len(run.recorder.calls)
        value = run.call(model, Arguments((tensors_from(inputs),)), run.here.node)
        held, calls = run.object_at(model), run.recorder.calls
        if Era.KERAS_3 in run.eras and isinstance(held, LayerObject):
            calls[before:] = [
                replace(call, conflict=None) if call.layer is held.layer else call
                for call in calls[before:]
            ]
        return shapes_from(run, value)

    return apply


def _is_made_to_be_wrapped(run: Interpreter, instance: Instance) -> bool:
    """Whether a layer of the program computes something, or has the state that a cell has."""
    has_call = isinstance(find_in_class(run, instance.cls, "call"), Function)
    return has_call or "state_size" in instance.attributes


def layer_specs(value: object) -> list[LayerSpec]:
    """The layer specs in an argument: one, or those of a list."""
    if isinstance(value, LayerSpec):
        return [value]
    if isinstance(value, list | tuple):
        return [spec for part in value for spec in layer_specs(part)]
    return []
