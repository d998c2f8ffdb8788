"""The models of `keras.applications`, built symbolically to see their shapes and counts.

    python -m tests.oracle.build_applications

Nothing is computed and no variable gets a value, so that even the largest fits in memory. The facts
go into `flatlint/catalogue/data/keras3.json`; `dump_signatures keras3` keeps them.
"""

from __future__ import annotations

import gc
import importlib
import inspect
import json
import math
import os
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "flatlint" / "catalogue" / "data"
BUILDS: dict[str, dict[str, Any]] = {
    "include_top": {},
    "no_top": {"include_top": False},
    "no_top_avg_224": {"include_top": False, "pooling": "avg", "input_shape": (224, 224, 3)},
}


def build_all() -> dict[str, dict[str, Any]]:
    """Every application by name, with one entry a build."""
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
    keras = importlib.import_module("keras")
    variables = importlib.import_module("keras.src.backend.common.variables")
    state = importlib.import_module("keras.src.backend.common.global_state")
    variables.initialize_all_variables = lambda: state.set_global_attribute(
        "uninitialized_variables", []
    )
    found: dict[str, dict[str, Any]] = {}
    for name, constructor in sorted(vars(keras.applications).items()):
        if name[0].isupper() and callable(constructor):
            found[name] = _facts(keras, constructor)
            print(name, found[name], flush=True)
    return found


def _facts(keras: Any, constructor: Any) -> dict[str, Any]:
    sizes: dict[str, Any] = {}
    module = inspect.getmodule(constructor)
    original = keras.src.applications.imagenet_utils.obtain_input_shape

    def watched(*arguments: Any, **keywords: Any) -> Any:
        given = inspect.signature(original).bind(*arguments, **keywords).arguments
        sizes.update({k: given[k] for k in ("default_size", "min_size")})
        return original(*arguments, **keywords)

    module.imagenet_utils.obtain_input_shape = watched  # type: ignore[union-attr]
    try:
        builds = {build: _built(keras, constructor, given) for build, given in BUILDS.items()}
    finally:
        module.imagenet_utils.obtain_input_shape = original  # type: ignore[union-attr]
    return {**sizes, **builds}


def _built(keras: Any, constructor: Any, given: dict[str, Any]) -> dict[str, Any]:
    scope = importlib.import_module("keras.src.backend.common.stateless_scope").StatelessScope
    with scope():
        model = constructor(weights=None, **given)
        facts = {
            "input_shape": list(model.input.shape),
            "output_shape": list(model.output.shape),
            "total_params": sum(math.prod(w.shape) for w in model.weights),
            "trainable_params": sum(math.prod(w.shape) for w in model.trainable_weights),
            "layers": len(model.layers),
            "model_name": model.name,
        }
    keras.backend.clear_session()
    gc.collect()
    return facts


def main() -> None:
    """Write the facts into the data of Keras 3; those of Keras 2 are taken from there."""
    path = DATA / "keras3.json"
    built = build_all()
    data = json.loads(path.read_text(encoding="utf-8"))
    for name, facts in built.items():
        data["applications"][name]["built"] = facts
    text = json.dumps(data, indent=0, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
