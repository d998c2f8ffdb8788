"""The functions of `keras.layers` that merge tensors: `add`, `concatenate`, Keras 1's `merge`."""

from __future__ import annotations

from flatlint.catalogue.eras import Era
from flatlint.evaluation.base import Arguments, Interpreter, models
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.libraries.keras.creating import create_layer
from flatlint.evaluation.values import Value
from flatlint.graph import WhyUnknown

CLASSES = {
    "add": "Add",
    "subtract": "Subtract",
    "multiply": "Multiply",
    "average": "Average",
    "maximum": "Maximum",
    "minimum": "Minimum",
    "concatenate": "Concatenate",
    "dot": "Dot",
}
"""Function -> the layer that it makes and calls at once."""

MODES = {"sum": "Add", "mul": "Multiply", "ave": "Average", "max": "Maximum", "dot": "Dot",
         "concat": "Concatenate"}  # fmt: skip
"""Keras 1's `mode` -> the layer of today that does the same."""


def _model(name: str, class_name: str) -> None:
    @models(f"keras.layers.{name}", f"keras.layers.merge.{name}", f"keras.layers.merging.{name}")
    @takes_arguments
    def merge_tensors(run: Interpreter, arguments: Arguments) -> Value:
        keywords = dict(arguments.keywords)
        inputs, *rest = arguments.positional or (keywords.pop("inputs", None),)
        if name == "dot" and not rest and Era.KERAS_3 in run.eras:
            keywords.setdefault("axes", -1)
        # What stands behind the inputs are the parameters of the layer, in their order.
        return _merged(run, class_name, inputs, keywords, tuple(rest))


for _name, _class_name in CLASSES.items():
    _model(_name, _class_name)


def _merged(
    run: Interpreter,
    class_name: str,
    inputs: Value,
    keywords: dict[str, Value],
    positional: tuple[Value, ...] = (),
) -> Value:
    layer = create_layer(run, class_name, Arguments(positional, keywords))
    return run.call(layer, Arguments((inputs,)), run.here.node)


@models("keras.layers.merge", "keras.engine.merge", "keras.engine.topology.merge",
        "keras.layers.core.merge")  # fmt: skip
def merge(
    run: Interpreter,
    inputs: Value,
    mode: Value = "sum",
    concat_axis: Value = -1,
    dot_axes: Value = -1,
    output_shape: Value = None,
    output_mask: Value = None,
    arguments: Value = None,
    name: Value = None,
) -> Value:
    """Keras 1's `merge(inputs, mode="concat", concat_axis=1)`."""
    class_name = MODES.get(mode) if isinstance(mode, str) else None
    if class_name is None:
        return run.unknown(WhyUnknown.NOT_MODELLED, f"`merge` with mode {mode!r}")
    keywords: dict[str, Value] = {} if name is None else {"name": name}
    if class_name == "Concatenate":
        keywords["axis"] = concat_axis
    elif class_name == "Dot":
        keywords["axes"] = dot_axes
    return _merged(run, class_name, inputs, keywords)
