"""What Keras does not tell of a layer or a model: an attribute that is not there, or not yet."""

from __future__ import annotations

import re
from collections.abc import Sequence

import libcst as cst

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.libraries.keras.models.refusing import agreed, refuse_model
from flatlint.evaluation.libraries.keras.naming import snake_case
from flatlint.evaluation.objects import LayerObject, SequentialObject
from flatlint.evaluation.values import Value
from flatlint.graph import Layer


def refuse_ends(run: Interpreter, held: LayerObject, name: str) -> None:
    """Record where Keras 3 raises on `model.input`, `model.outputs`, `layer.output_shape`.

    Source: keras/src/models/sequential.py and `_get_node_attribute_at_index` in
    keras/src/ops/operation.py: a `Sequential` has an `input` of its own once it was called on a
    symbolic tensor, and `inputs` as soon as it is built. Layers have no shapes to be asked for.
    """
    if isinstance(held, SequentialObject):
        _refuse_of_sequential(run, held, name)
    elif type(held) is LayerObject and name.endswith("_shape") and held.layer.specs:
        _refuse(run, held.layer, ShapeConflict(
            f"layers of Keras 3 have no `{name}`: ask the tensor, "
            f"`layer.{name.removesuffix('_shape')}.shape`",
            f"{held.layer.class_name!r} object has no attribute {name!r}",
        ))  # fmt: skip


def _refuse_of_sequential(run: Interpreter, held: SequentialObject, name: str) -> None:
    is_empty = held.is_whole and not held.items
    if name in ("input", "output"):
        if not held.calls:
            _refuse(run, held.layer, ShapeConflict(
                f"a Sequential has no `{name}` before it is called on a symbolic tensor: "
                f"`model.{name}s[0]` is there as soon as the model is built",
                f"The layer {held.layer.name} has never been called and thus has no defined "
                f"{name}.",
            ))  # fmt: skip
    elif held.is_whole and held.inputs is None and not is_empty and not held.calls:
        what = name.replace("_", " ")
        _refuse(run, held.layer, ShapeConflict(
            f"the Sequential has no `{name}` yet: nothing says what goes in",
            f"Sequential model {held.layer.name!r} has no defined {what} yet.",
        ))  # fmt: skip


def _refuse(run: Interpreter, layer: Layer, refusal: ShapeConflict) -> None:
    conflict = agreed(run, lambda era: refusal if era is Era.KERAS_3 else None)
    if conflict is not None:
        refuse_model(run, layer, conflict)


def refuse_missing_layer(
    run: Interpreter, held: LayerObject, layers: Sequence[Layer | None], name: Value, index: Value
) -> None:
    """Record that `get_layer` finds nothing, where all names of the model are sure."""
    if run.has_renamed_layers or any(
        layer is None or not _is_plainly_named(layer) for layer in layers
    ):
        return
    names = [layer.name for layer in layers if layer is not None]
    if isinstance(index, int) and name is None:
        said = f"Was asked to retrieve layer at index {index} but model only has {len(names)}"
        shown = f"at index {index}"
    elif isinstance(name, str) and index is None and not _is_numbered(name, layers):
        said, shown = f"No such layer: {name}.", repr(name)
    else:
        return
    # Releases of Keras 2 gave the layers of its applications other names, as `fc1000`.
    is_application = any(layer.site == held.layer.site for layer in layers if layer is not None)
    listed = ", ".join(names[-12:])
    refusal = ShapeConflict(f"the model has no layer {shown}; its last ones are {listed}", said)
    conflict = agreed(
        run, lambda era: None if is_application and era is not Era.KERAS_3 else refusal
    )
    if conflict is not None:
        refuse_model(run, held.layer, conflict)


def _is_plainly_named(layer: Layer) -> bool:
    """Whether a layer has the name that its constructor shows, or one that Keras numbers."""
    node = layer.site.node
    if not isinstance(node, cst.Call):
        return False
    if any(argument.star == "**" for argument in node.args):
        return False
    given = [a.value for a in node.args if a.keyword is not None and a.keyword.value == "name"]
    return all(isinstance(value, cst.SimpleString) for value in given)


def _is_numbered(name: str, layers: Sequence[Layer | None]) -> bool:
    """Whether Keras may have given the name itself: how it counts, hangs on what ran before."""
    bases = {snake_case(layer.class_name) for layer in layers if layer is not None}
    return re.sub(r"_\d+$", "", name) in bases | {"input", "input_layer", "model"}
