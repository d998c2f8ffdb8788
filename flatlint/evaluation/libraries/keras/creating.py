"""Creating layers: a class of Keras is called, its arguments are bound and judged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flatlint.catalogue.arguments import Dialect, UnknownArgument
from flatlint.catalogue.binding import bind
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.given_weights import Given
from flatlint.catalogue.registry import spec_class
from flatlint.catalogue.signatures import Section, signature_of
from flatlint.catalogue.spec import LayerSpec
from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.iteration import as_tuple
from flatlint.evaluation.libraries.keras.arguments import CatalogueValues, argument_of
from flatlint.evaluation.libraries.keras.naming import next_name
from flatlint.evaluation.objects import LayerObject, ListObject
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import Array, Conflict, Layer
from flatlint.shapes import Shape

ADAPTS = re.compile(r"\badapt\b|\bset_\w+|\bload")
"""What a program says that may fill a layer with vocabulary or bins after it was made."""


def create_layer(
    run: Interpreter,
    class_name: str,
    arguments: Arguments,
    spelled: str | None = None,
    section: Section = Section.LAYERS,
) -> Ref:
    """A new layer; what Keras refuses is recorded with it."""
    specs: list[LayerSpec] = []
    conflicts: list[ShapeConflict] = []
    for era in run.eras:
        try:
            spec = read_spec(run, class_name, arguments, era, spelled or class_name, section)
        except ShapeConflict as conflict:
            conflicts.append(conflict)
        except NotKnown:
            continue
        else:
            if spec is not None:
                specs.append(spec)
    refusal = None
    if conflicts and len(conflicts) == len(run.eras):
        refusal = Conflict(conflicts[-1].message, conflicts[-1].keras, run.is_guarded)
    elif class_name == "Embedding":
        refusal = _table_of_another_size(run, specs, arguments)
    return add_layer(run, class_name, tuple(specs), given_name(arguments), refusal, arguments)


def _table_of_another_size(
    run: Interpreter, specs: list[LayerSpec], arguments: Arguments
) -> Conflict | None:
    """`weights=[matrix]` has to have the rows and columns of the table."""
    given = arguments.keywords.get("weights")
    held = as_tuple(run, given)
    if isinstance(held, tuple) and len(held) == 1:
        given = held[0]
    shape = given.shape if isinstance(given, Array) else None
    if not isinstance(shape, Shape) or len(specs) < len(run.eras):
        return None
    table = next(iter(specs[-1].weights(Shape.of(None))), None)
    if table is None or not _differ(shape, Shape(table.dims)):
        return None
    return Conflict(
        f"Embedding has a table of shape {Shape(table.dims)}, and `weights` gives one of {shape}",
        f"Layer embedding weight shape {Shape(table.dims)} is not compatible with provided weight "
        f"shape {shape}",
        run.is_guarded,
    )


def _differ(one: Shape, other: Shape) -> bool:
    return one.rank != other.rank or any(
        isinstance(a, int) and isinstance(b, int) and a != b
        for a, b in zip(one, other, strict=True)
    )


def is_merging(found: type[LayerSpec] | None) -> bool:
    """Whether this is one of the layers that put several tensors together."""
    return found is not None and found.merges


def given_name(arguments: Arguments) -> str | None:
    """The `name=` of a call, if it is a known string."""
    name = arguments.keywords.get("name")
    return name if isinstance(name, str) else None


def read_spec(
    run: Interpreter,
    class_name: str,
    arguments: Arguments,
    era: Era,
    spelled: str,
    section: Section = Section.LAYERS,
) -> LayerSpec | None:
    """The layer as one era reads it; raises `ShapeConflict` where that era refuses it."""
    found = spec_class(class_name)
    signature = signature_of(era, spelled, section, legacy_keras=run.is_legacy_keras)
    if signature is None and era is Era.KERAS_1 and is_merging(found):
        # `merge(…, mode="concat")` stands for the layer that Keras 2 made of the mode.
        signature = signature_of(Era.KERAS_2, spelled, section)
    if signature is None:
        return None
    bound = bind(
        signature,
        [argument_of(run, value, era) for value in arguments.positional],
        {key: argument_of(run, item, era) for key, item in arguments.keywords.items()},
        open_positional=arguments.open_positional,
        open_keywords=arguments.open_keywords,
        values=CatalogueValues(),
    )
    if found is None or arguments.is_open:
        # Arguments that were not read may change anything.
        return None
    if "is_adapted" in found.model_fields and not ADAPTS.search(run.frame.source.text):
        bound["is_adapted"] = False
    if "data_format" in found.model_fields and bound.get("data_format") is None:
        if run.image_data_format is None:
            bound["data_format"] = UnknownArgument("the image data format")
        elif era is Era.KERAS_1 and not run.is_data_format_set:
            # Releases of Keras 1 differ in their default, and many programs left it to a file.
            run.is_guess = True
    dialect = Dialect(
        era,
        run.image_data_format or "channels_last",
        class_name if section is Section.LAYERS else spelled,
        is_dynamic=bound.get("dynamic") is True,
        release=run.keras_release,
    )
    return found.model_validate({**bound, "dialect": dialect}, context=dialect)


def add_layer(
    run: Interpreter,
    class_name: str,
    specs: tuple[LayerSpec, ...],
    name: str | None,
    refusal: Conflict | None = None,
    arguments: Arguments | None = None,
) -> Ref:
    """Put a layer into the state and the record."""
    layer = Layer(
        len(run.recorder.layers),
        class_name,
        name or next_name(run, class_name),
        specs,
        run.here,
        refusal,
    )
    run.recorder.layers.append(layer)
    trainable = arguments.keywords.get("trainable", True) if arguments else True
    parts = tuple(_layers_in(run, arguments)) if arguments else ()
    for part in parts:
        inner = run.object_at(part)
        if isinstance(inner, LayerObject):
            run.recorder.wrapped.add(inner.layer.number)
    given = _given_weights(run, arguments.keywords.get("weights")) if arguments else None
    return run.allocate(LayerObject(layer, trainable=trainable, parts=parts, given_weights=given))


def _given_weights(run: Interpreter, value: Value) -> Given | None:
    """The shapes of arrays passed as `weights=`; `None` where nothing is known of them."""
    if isinstance(value, Array):
        return value.shape if isinstance(value.shape, Shape) else None
    parts = as_tuple(run, value)
    if not isinstance(parts, tuple):
        return None
    shapes = [part.shape if isinstance(part, Array) else None for part in parts]
    return [shape if isinstance(shape, Shape) else None for shape in shapes]


def _layers_in(run: Interpreter, arguments: Arguments) -> Iterator[Value]:
    """The layers that are passed to a layer: what a wrapper wraps, the cells of an RNN.

    With what stands for any number of further ones, if there may be more.
    """
    for value in (*arguments.positional, *arguments.keywords.values()):
        held = run.object_at(value)
        parts = held.items if isinstance(held, ListObject) else (value,)
        layers = [part for part in parts if isinstance(run.object_at(part), LayerObject)]
        yield from layers
        if layers and isinstance(held, ListObject) and held.rest is not None:
            yield held.rest
