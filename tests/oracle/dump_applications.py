"""Regenerate `flatlint/catalogue/data/applications/*.json`: what the ready-made models are made of.

    python -m tests.oracle.dump_applications [NAME ...]

Each application of the installed keras is built symbolically in several ways; its layers are
written down as class, arguments and inputs, so that their shapes can be worked out for any input
size. An application has a body, and behind it one of four ends: `top`, `avg`, `max`, `none`. Inputs
are counted from 0, which is the input layer. `preprocessing` is the number of layers behind the
input that `include_preprocessing=False` takes away.

A padding that Keras computes from the size of its input (`correct_pad` in keras/src/applications/
imagenet_utils.py) is written as `"correct_pad": kernel`. Widths are those of `alpha=1`.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import inspect
import json
import os
import sys
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "flatlint" / "catalogue" / "data" / "applications"
OTHER_WHEN_OPEN = ("NASNetLarge", "NASNetMobile")
"""Models that compare the widths of two tensors, and are other models where both are open."""
# Together they give every level of a model an even and an odd input.
ODD_SIZES = (225, 241, 255, 331, 211, 237)
KEPT = frozenset(
    [
        "filters",
        "kernel_size",
        "strides",
        "padding",
        "dilation_rate",
        "groups",
        "use_bias",
        "units",
        "axis",
        "pool_size",
        "target_shape",
        "depth_multiplier",
        "keepdims",
        "cropping",
        "size",
        "center",
        "scale",
        "rate",
        "activation",
        "data_format",
        "max_value",
        "negative_slope",
        "shared_axes",
        "noise_shape",
        "offset",
        "mean",
        "variance",
    ]
)
Row = list[Any]


class Configs:
    """The distinct class-and-arguments entries of one application, numbered as they come."""

    def __init__(self) -> None:
        self.entries: list[list[Any]] = []
        self.places: dict[str, int] = {}

    def number_of(self, class_name: str, arguments: dict[str, Any]) -> int:
        """The number of an entry, a new one if it has not been seen."""
        key = json.dumps([class_name, arguments], sort_keys=True)
        if key not in self.places:
            self.places[key] = len(self.entries)
            self.entries.append([class_name, arguments])
        return self.places[key]


def main() -> None:
    """Write one file an application."""
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
    keras = importlib.import_module("keras")
    _leave_variables_empty()
    DATA.mkdir(exist_ok=True)
    names = sys.argv[1:] or [
        name
        for name, held in sorted(vars(keras.applications).items())
        if name[0].isupper() and callable(held)
    ]
    for name in names:
        try:
            facts = application(keras, name)
        except TypeError as error:  # a base class with arguments of its own
            print(name, error)
            continue
        _write(name, facts)
        if "minimalistic" in inspect.signature(getattr(keras.applications, name)).parameters:
            _write(f"{name}.minimalistic", application(keras, name, minimalistic=True))
        if name in OTHER_WHEN_OPEN:
            _write(f"{name}.open", application(keras, name, is_open=True))


def _write(name: str, facts: dict[str, Any]) -> None:
    text = json.dumps(facts, separators=(",", ":"), sort_keys=True)
    (DATA / f"{name}.json").write_text(text + "\n", "utf-8")
    print(name, len(text), len(facts["body"]), flush=True)


def _leave_variables_empty() -> None:
    variables = importlib.import_module("keras.src.backend.common.variables")
    state = importlib.import_module("keras.src.backend.common.global_state")
    variables.initialize_all_variables = lambda: state.set_global_attribute(
        "uninitialized_variables", []
    )


def application(keras: Any, name: str, is_open: bool = False, **always: Any) -> dict[str, Any]:
    """All facts of one application, or of what it is for an input of open height and width."""
    configs = Configs()
    constructor = getattr(keras.applications, name)
    sizes = _sizes(constructor)
    keras.backend.clear_session()
    size = None if is_open else sizes["default"]
    build = Builder(keras, constructor, configs, always)
    whole = build.rows((size, size, 3))
    ends = {
        "none": whole,
        "avg": build.rows((size, size, 3), pooling="avg"),
        "max": build.rows((size, size, 3), pooling="max"),
        "top": build.rows((size, size, 3), include_top=True),
    }
    shared = min(_common(whole, rows) for rows in ends.values())
    if not is_open:
        _mark_computed_padding(configs, whole, [build.rows((odd, odd, 3)) for odd in ODD_SIZES])
    facts = {
        "default_size": sizes["default"],
        "min_size": sizes["min"],
        "flattens": sizes["flattens"],
        "model_name": build.model_name,
        "body": whole[:shared],
        "ends": {end: rows[shared:] for end, rows in ends.items()},
    }
    facts |= _preprocessing(build, whole, size)
    facts["configs"] = configs.entries
    return facts


def _common(left: list[Row], right: list[Row]) -> int:
    """How many layers two models have in common, counted from the input."""
    for number, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return number
    return min(len(left), len(right))


def _mark_computed_padding(configs: Configs, rows: list[Row], others: list[list[Row]]) -> None:
    for number, row in enumerate(rows):
        class_name, arguments = configs.entries[row[1]]
        differing = [other[number] for other in others if other[number][1] != row[1]]
        if not differing:
            continue
        assert class_name == "ZeroPadding2D", row
        kernel = 2 * arguments["padding"][0][1] + 1
        row[1] = configs.number_of("ZeroPadding2D", {"correct_pad": kernel})


def _preprocessing(build: Builder, whole: list[Row], size: int | None) -> dict[str, Any]:
    """How many layers behind the input an argument takes away."""
    found: dict[str, Any] = {}
    parameters = inspect.signature(build.constructor).parameters
    if "include_preprocessing" in parameters:
        rows = build.rows((size, size, 3), include_preprocessing=False)
        found["preprocessing"] = len(whole) - len(rows)
    return found


def _sizes(constructor: Any) -> dict[str, Any]:
    """The default and the least size, and when the top needs a fixed one."""
    module = inspect.getmodule(constructor)
    assert module is not None
    utils = module.imagenet_utils
    original = utils.obtain_input_shape
    seen: list[dict[str, Any]] = []

    class StopError(Exception):
        pass

    def watched(*arguments: Any, **keywords: Any) -> Any:
        seen.append(dict(inspect.signature(original).bind(*arguments, **keywords).arguments))
        raise StopError

    utils.obtain_input_shape = watched
    try:
        for top in (True, False):
            with contextlib.suppress(StopError):
                constructor(weights=None, include_top=top)
    finally:
        utils.obtain_input_shape = original
    if not seen:
        # MobileNetV3 looks at its input by itself, and never asks for a fixed size.
        return {"default": 224, "min": 32, "flattens": [False, False]}
    with_top, without = seen
    return {
        "default": with_top["default_size"],
        "min": with_top["min_size"],
        "flattens": [with_top["require_flatten"], without["require_flatten"]],
    }


class Builder:
    """Builds one application in many ways and writes its layers down."""

    def __init__(
        self, keras: Any, constructor: Any, configs: Configs, always: dict[str, Any]
    ) -> None:
        self.keras = keras
        self.constructor = constructor
        self.configs = configs
        self.always = always
        self.model_name = ""

    def rows(self, input_shape: tuple[int | None, int | None, int], **given: Any) -> list[Row]:
        """`[name, config, inputs]` of every operation behind the input, in order."""
        scope = importlib.import_module("keras.src.backend.common.stateless_scope").StatelessScope
        arguments = {"weights": None, "include_top": False, **self.always, **given}
        with scope():
            model = self.constructor(**self._input(input_shape), **arguments)
            rows = [self._row(model, operation) for operation in model.operations[1:]]
        self.model_name = model.name
        self.keras.backend.clear_session()
        gc.collect()
        return rows

    def _input(self, shape: tuple[int | None, ...]) -> dict[str, Any]:
        """The input as an argument; only as a tensor does an open size go with a top."""
        if None in shape:
            return {"input_tensor": self.keras.Input(shape)}
        return {"input_shape": shape}

    def _row(self, model: Any, operation: Any) -> Row:
        places = {id(op): number for number, op in enumerate(model.operations)}
        node = operation._inbound_nodes[0]
        inputs = [places[id(tensor._keras_history.operation)] for tensor in node.input_tensors]
        class_name = type(operation).__name__
        if not isinstance(operation, self.keras.layers.Layer):
            return [operation.name, self.configs.number_of(f"op {class_name}", {}), inputs]
        if class_name == "Sequential":
            inner = [[type(part).__name__, _arguments(part)] for part in operation.layers]
            return [operation.name, self.configs.number_of(class_name, {"layers": inner}), inputs]
        arguments = _arguments(operation)
        return [operation.name, self.configs.number_of(class_name, arguments), inputs]


def _arguments(layer: Any) -> dict[str, Any]:
    """The arguments of a layer that differ from its defaults and matter for shapes."""
    defaults = {
        name: parameter.default
        for name, parameter in inspect.signature(type(layer).__init__).parameters.items()
    }
    config = layer.get_config()
    kept = {name: _plain(value) for name, value in config.items() if name in KEPT}
    if "projection_dim" in config:
        kept["projection_dim"] = config["projection_dim"]
    kept.pop("data_format", None)
    return {
        name: value
        for name, value in kept.items()
        if name not in defaults or value != _plain(defaults[name])
    }


def _plain(value: Any) -> Any:
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


if __name__ == "__main__":
    main()
