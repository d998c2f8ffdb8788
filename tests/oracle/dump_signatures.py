"""Regenerate `flatlint/catalogue/data/keras*.json` from Keras itself.

    python -m tests.oracle.dump_signatures keras3
    python -m tests.oracle.dump_signatures keras2 KERAS_2_3_1_DIR
    python -m tests.oracle.dump_signatures keras1 KERAS_1_2_2_DIR KERAS_2_3_1_DIR

`keras3` asks the installed keras, `keras2` the installed tf_keras. The directories are unpacked
source distributions (`pip download --no-deps --no-binary :all: keras==1.2.2`), which are parsed and
never imported. What the applications come to is found by `tests.oracle.build_applications`. Which
keywords a layer takes through `**kwargs` is found by passing them.

A signature is written as Python writes parameters; `...` stands for a default that is no literal.
`takes` holds it, `also` the index in `extras` of the keywords accepted through `**kwargs`.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from tests.oracle.parse_sdist import Sdist
from tests.oracle.probe_keywords import accepted_keywords
from tests.oracle.public_names import (
    aliases_of,
    applications_of,
    classes_of,
    functions_of,
    methods_of,
    operations_of,
    public_modules,
    signature_text,
)

DATA = Path(__file__).resolve().parents[2] / "flatlint" / "catalogue" / "data"
SECTIONS = ("losses", "metrics", "optimizers")


class Extras:
    """The distinct sets of keywords taken through `**kwargs`, numbered as they come."""

    def __init__(self) -> None:
        self.sets: list[list[str]] = []

    def entry(self, takes: str, also: list[str]) -> dict[str, Any]:
        """One callable as it stands in the JSON."""
        if not also:
            return {"takes": takes}
        if also not in self.sets:
            self.sets.append(also)
        return {"takes": takes, "also": self.sets.index(also)}

    def of_class(self, kind: Any) -> dict[str, Any]:
        """The constructor of an installed class; `by` names the base that it comes from."""
        entry = self.entry(signature_text(kind), accepted_keywords(kind))
        owner = getattr(kind.__init__, "__qualname__", "").split(".")[0]
        return entry if owner in (kind.__name__, "object") else {**entry, "by": owner}


def installed(package: str) -> dict[str, Any]:
    """Everything that an installed Keras says of itself."""
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
    keras = importlib.import_module(package)
    extras = Extras()
    modules = public_modules(keras)
    layer_homes = [keras.layers, *_submodules(keras.layers)]
    layers = {
        name: kind for home in reversed(layer_homes) for name, kind in classes_of(home).items()
    }
    if package == "tf_keras":
        legacy = importlib.import_module("tf_keras.src.layers.rnn.cudnn_lstm")
        layers["CuDNNLSTM"] = legacy.CuDNNLSTM
        legacy = importlib.import_module("tf_keras.src.layers.rnn.cudnn_gru")
        layers["CuDNNGRU"] = legacy.CuDNNGRU
    data: dict[str, Any] = {"version": f"{package} {keras.__version__}"}
    data["layers"] = {kind.__name__: extras.of_class(kind) for _, kind in sorted(layers.items())}
    data["aliases"] = aliases_of(layers)
    data["layer_functions"] = functions_of(keras.layers)
    data["models"] = {
        name: {"takes": signature_text(kind)} for name, kind in classes_of(keras.models).items()
    }
    data["model_functions"] = functions_of(keras.models)
    data["model_methods"] = methods_of(keras.models.Sequential)
    for section in SECTIONS:
        module = getattr(keras, section)
        found = classes_of(module)
        data[section] = {
            "classes": {name: extras.of_class(kind) for name, kind in found.items()},
            "functions": functions_of(module),
        }
    data["applications"] = applications_of(keras)
    if hasattr(keras, "ops"):
        data["operations"] = operations_of(keras.ops)
    data["modules"] = modules
    data["extras"] = extras.sets
    return data


def _submodules(module: Any) -> list[Any]:
    found = []
    for name in dir(module):
        value = getattr(module, name)
        is_module = type(value).__name__ == "module" and not name.startswith("_")
        if is_module and value.__name__.startswith(module.__name__):
            found += [value, *_submodules(value)]
    return found


def dump_keras3() -> dict[str, Any]:
    """Keras 3, with what `tf.keras` still offers beyond it."""
    data = installed("keras")
    legacy = importlib.import_module("keras._tf_keras.keras")
    through_tensorflow = public_modules(legacy)
    data["tensorflow_modules"] = {
        path: " ".join(more)
        for path, names in through_tensorflow.items()
        if (more := sorted(set(names.split()) - set(data["modules"].get(path, "").split())))
    }
    _keep_builds(data)
    return data


def _keep_builds(data: dict[str, Any]) -> None:
    """What `build_applications` found: Keras 2 builds the same networks as Keras 3."""
    known = _previous("keras3").get("applications", {})
    for name, application in data["applications"].items():
        if "built" in known.get(name, {}):
            application["built"] = known[name]["built"]


def dump_keras2(sdist: Sdist) -> dict[str, Any]:
    """tf_keras, and beside it what standalone Keras 2.0 to 2.3.1 had or accepted in addition."""
    data = installed("tf_keras")
    _keep_builds(data)
    data["standalone"] = _of_sdist(sdist)
    data["interfaces"] = sdist.interfaces()
    return data


def dump_keras1(sdist: Sdist, successor: Sdist) -> dict[str, Any]:
    """Keras 1.2.2, and how 2.3.1 translated its arguments."""
    return {**_of_sdist(sdist), "interfaces": successor.interfaces()}


def _of_sdist(sdist: Sdist) -> dict[str, Any]:
    extras = Extras()
    data: dict[str, Any] = {"version": f"keras {sdist.version}"}
    data["layers"] = {
        name: extras.entry(takes, also) for name, (takes, also) in sdist.layers().items()
    }
    data["aliases"] = sdist.aliases()
    data["layer_functions"] = sdist.layer_functions()
    data["models"] = {name: {"takes": takes} for name, takes in sdist.models().items()}
    data["model_methods"] = sdist.model_methods()
    for section in SECTIONS:
        classes = sdist.classes_in(f"keras.{section}")
        data[section] = {
            "classes": {name: extras.entry(*entry) for name, entry in classes.items()},
            "functions": sdist.functions_in(f"keras.{section}"),
        }
    data["applications"] = sdist.applications()
    data["modules"] = sdist.modules()
    data["extras"] = extras.sets
    return data


def _previous(name: str) -> dict[str, Any]:
    path = DATA / f"{name}.json"
    if not path.exists():
        return {}
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def main(arguments: list[str]) -> None:
    """Write the data file of one era."""
    era, *rest = arguments
    if era == "keras3":
        data = dump_keras3()
    elif era == "keras2":
        data = dump_keras2(Sdist(Path(rest[0])))
    else:
        data = dump_keras1(Sdist(Path(rest[0])), Sdist(Path(rest[1])))
    path = DATA / f"{era}.json"
    text = json.dumps(data, indent=0, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
    print(path, len(text))


if __name__ == "__main__":
    main(sys.argv[1:])
