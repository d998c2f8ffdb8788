"""Binding against real Keras: each layer, called rightly and wrongly, in both living eras.

What is compared is whether a call is refused for its arguments' names or number, with which
exception and in which words; what a layer thinks of the values is not the matter here.
"""

from __future__ import annotations

import importlib
import random
import re
from typing import Any

import pytest

from flatlint.catalogue.binding import BindingConflict, bind
from flatlint.catalogue.eras import Era
from flatlint.catalogue.signatures import Default, Signature, signature_of
from flatlint.catalogue.tables import table_of
from tests.oracle.probe_keywords import VALUES, error_of, required_arguments, required_value

pytestmark = pytest.mark.oracle

PACKAGES = {Era.KERAS_2: "tf_keras", Era.KERAS_3: "keras"}
CALLS_A_LAYER = 40
ABOUT_BINDING = re.compile(
    r"missing \d+ required|positional arguments? but|unexpected keyword|multiple values for"
    r"|not understood|Unrecognized keyword"
)
STRANGE_KEYWORDS = (
    *("output_dim", "nb_filter", "border_mode", "subsample", "dim_ordering", "init", "bias"),
    *("batch_input_shape", "weights", "input_shape", "input_dim", "input_length", "dynamic"),
    *("batch_size", "implementation", "autocast", "name", "trainable", "dtype", "inputs", "shape"),
    *("activity_regularizer", "W_regularizer", "inner_activation", "time_major"),
    *("unit", "kernal_size", "stride", "zzz"),
)
CANNOT_BE_MADE_HERE = {
    "DenseFeatures": "needs feature columns",
    "FlaxLayer": "needs flax",
    "JaxLayer": "needs jax",
    "TorchModuleWrapper": "needs torch",
    "TFSMLayer": "needs a saved model",
    "InputSpec": "is no layer",
}
Call = tuple[tuple[Any, ...], dict[str, Any]]


def layers_of(era: Era) -> list[str]:
    """Public layers; those that a package keeps elsewhere are not asked for here."""
    layers = importlib.import_module(PACKAGES[era]).layers
    return [
        name
        for name in table_of(era)["layers"]
        if hasattr(layers, name) and name not in CANNOT_BE_MADE_HERE
    ]


def sampled_calls(kind: Any, signature: Signature, draw: random.Random) -> list[Call]:
    """Calls that lack, repeat, exceed or misname arguments, and some that do not."""
    required = required_arguments(kind)
    optional = {
        p.name: p.default for p in signature.parameters if not isinstance(p.default, Default)
    }
    calls: list[Call] = [((), {}), ((), required)]
    calls += [((), {k: v for k, v in required.items() if k != left}) for left in required]
    for _ in range(CALLS_A_LAYER):
        some = dict(draw.sample(sorted(optional.items()), draw.randint(0, min(3, len(optional)))))
        by_position = draw.randint(0, len(required))
        positional = tuple(required.values())[:by_position]
        by_name = dict(list(required.items())[by_position:])
        keywords = {**by_name, **some}
        match draw.randint(0, 4):
            case 0 if keywords:
                keywords.pop(draw.choice(sorted(keywords)))
            case 1 | 2:
                strange = draw.choice(STRANGE_KEYWORDS)
                keywords.setdefault(strange, VALUES.get(strange))
            case 3 if positional:
                name = draw.choice(list(required)[:by_position])
                keywords[name] = required_value(kind, name)
            case 4:
                room = len(signature.positional)
                positional = (*positional, *([None] * draw.randint(room, room + 3)))
                keywords = {}
        calls.append((positional, keywords))
    return calls


def refusal_of(signature: Signature, call: Call) -> BindingConflict | None:
    try:
        bind(signature, *call)
    except BindingConflict as conflict:
        return conflict
    return None


@pytest.mark.parametrize("era", [Era.KERAS_2, Era.KERAS_3])
def test_bind_refuses_what_keras_refuses_and_nothing_else(era: Era) -> None:
    package = pytest.importorskip(PACKAGES[era])
    differences = []
    compared = refused = not_about_binding = 0
    for name in layers_of(era):
        kind = getattr(package.layers, name)
        signature = signature_of(era, name)
        assert signature is not None
        draw = random.Random(f"{era.label} {name}")
        for call in sampled_calls(kind, signature, draw):
            error = error_of(kind, *call)
            if error is not None and not ABOUT_BINDING.search(str(error)):
                # Keras looked at a value first; whether it minds the names is not to be seen.
                not_about_binding += 1
                continue
            said = refusal_of(signature, call)
            compared += 1
            refused += error is not None
            theirs = None if error is None else f"{type(error).__name__}: {error}"
            ours = None if said is None else f"{said.exception_type}: {said.keras_message}"
            if (theirs is None) != (ours is None) or _head(theirs) != _head(ours):
                differences.append((name, call, theirs, ours))
    print(
        f"{era.label}: {compared} calls compared, {refused} of them refused by Keras for their "
        f"arguments; {not_about_binding} more left out, refused for a value"
    )
    assert compared > 3000
    assert not differences, "\n".join(map(str, differences[:40]))


def _head(message: str | None) -> str | None:
    """The message without the values that a call was given, and without Python's own hints."""
    if message is None:
        return None
    message = re.sub(r"(?:\w+\.)+(?=\w*Layer\.__init__)", "", message)
    return re.sub(r"\{.*|\. Did you mean.*| \(and \d+ keyword-only.*", "", message)
