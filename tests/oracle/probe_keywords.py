"""Which keywords a constructor of real Keras takes through `**kwargs`: found by passing them."""

from __future__ import annotations

import contextlib
import inspect
import io
import re
import warnings
from typing import Any

CONTROL = "no_such_keyword"
EVERYWHERE = (
    "name",
    "dtype",
    "trainable",
    "autocast",
    "activity_regularizer",
    "input_shape",
    "input_dim",
    "input_length",
    "batch_input_shape",
    "batch_shape",
    "batch_size",
    "input_dtype",
    "weights",
    "dynamic",
    "implementation",
    "experimental_autocast",
    "causal",
    "time_major",
    "enable_caching_device",
    "shape",
    "sparse",
    "ragged",
    "seed",
    "lr",
    "decay",
    "clipnorm",
    "clipvalue",
    "global_clipnorm",
    "schedule_decay",
    "epsilon",
    "weight_decay",
    "use_ema",
    "ema_momentum",
    "jit_compile",
    "alpha",
    "fused",
    "renorm",
    "renorm_clipping",
    "renorm_momentum",
    "synchronized",
    "virtual_batch_size",
    "adjustment",
    "max_tokens",
    "bins",
    "force_generator",
    "rng_type",
    "partitioner",
    "data_format",
    "noise_shape",
    "reduction",
    "axis",
    "from_logits",
    "mask",
    "zero_output_for_mask",
)
VALUES: dict[str, Any] = {
    "name": "layer",
    "dtype": "float32",
    "trainable": True,
    "autocast": True,
    "experimental_autocast": True,
    "input_shape": (4, 4),
    "input_dim": 4,
    "input_length": 4,
    "batch_input_shape": (2, 4, 4),
    "batch_shape": (2, 4, 4),
    "batch_size": 2,
    "input_dtype": "float32",
    "dynamic": False,
    "implementation": 1,
    "causal": False,
    "vocabulary_size": 5,
    "lr": 0.1,
    "decay": 0.1,
    "rng_type": "stateful",
    "data_format": "channels_last",
    "weight_decay": 0.1,
    "clipnorm": 1.0,
    "epsilon": 0.1,
    "alpha": 0.1,
    "jit_compile": False,
    "max_tokens": 5,
    "bins": [1.0, 2.0],
    "max_values": 5,
    "mask_value": 0,
    "oov_value": 1,
    "reverse_state_order": False,
    "renorm": False,
    "unroll": False,
    "seed": 1,
    "kernel_initializer": "zeros",
    "groups": 1,
    "score_mode": "dot",
    "dropout": 0.0,
    "keepdims": False,
    "bounding_box_format": "xyxy",
    "factor": 0.2,
    "force_generator": False,
    "shape": (4,),
    "ema_momentum": 0.9,
}


def accepted_keywords(kind: Any) -> list[str]:
    """Keywords beyond the signature that the constructor does not refuse, sorted."""
    parameters = inspect.signature(kind.__init__).parameters
    if kind.__init__ is object.__init__ or not any(
        p.kind is p.VAR_KEYWORD for p in parameters.values()
    ):
        return []
    required = required_arguments(kind)
    without = error_of(kind, (), required)
    if without is not None:
        print(f"{kind.__name__}: no legal call found: {str(without)[:100]}")
    if not _is_refused(kind, required, CONTROL, without):
        print(f"{kind.__name__}: takes any keyword")
        return [CONTROL]
    names = _candidates(kind) - set(parameters)
    return sorted(name for name in names if not _is_refused(kind, required, name, without))


def _candidates(kind: Any) -> set[str]:
    names = set(EVERYWHERE)
    for base in kind.__mro__:
        init = vars(base).get("__init__")
        if init is None or base is object:
            continue
        with contextlib.suppress(TypeError, ValueError, OSError):
            names |= {
                p.name
                for p in inspect.signature(init).parameters.values()
                if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY) and p.name != "self"
            }
            source = inspect.getsource(init)
            names |= set(re.findall(r"kwargs\.(?:pop|get)\(\s*[\"'](\w+)[\"']", source))
            names |= set(re.findall(r"[\"'](\w+)[\"']\s+(?:not )?in kwargs", source))
    return names


def _is_refused(kind: Any, required: dict[str, Any], name: str, without: Exception | None) -> bool:
    """Whether the keyword makes a difference to the error that the call raises, if it does."""
    error = error_of(kind, (), {**required, name: VALUES.get(name)})
    if error is None or str(error) == str(without):
        return False
    if name != CONTROL and not any(word in str(error) for word in (name, "not understood")):
        print(f"{kind.__name__}({name}=…): {type(error).__name__}: {str(error)[:120]}")
    return True


def error_of(kind: Any, positional: tuple[Any, ...], keywords: dict[str, Any]) -> Exception | None:
    """What a constructor raises, in silence otherwise."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            kind(*positional, **keywords)
        except Exception as error:
            return error
    return None


def required_arguments(kind: Any) -> dict[str, Any]:
    """A legal value for each parameter without a default."""
    parameters = inspect.signature(kind.__init__).parameters
    if kind.__name__ == "InputLayer" and "shape" in parameters:
        return {"shape": (4,)}
    if kind.__name__ == "CategoryEncoding":
        return {"num_tokens": 5}
    return {
        p.name: required_value(kind, p.name)
        for p in parameters.values()
        if p.default is p.empty
        and p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)
        and p.name != "self"
    }


def required_value(kind: Any, parameter: str) -> Any:
    """A legal value for a parameter that has no default."""
    layers = __import__(kind.__module__.split(".")[0]).layers
    recurrent = kind.__name__ in ("Bidirectional",)
    values: dict[str, Any] = {
        "layer": layers.LSTM(3) if recurrent else layers.Dense(3),
        "layers": [layers.Dense(3)],
        "cell": layers.LSTMCell(3),
        "cells": [layers.LSTMCell(3)],
        "function": abs,
        "fn": abs,
        "activation": "relu",
        "equation": "ab,bc->ac",
        "output_shape": 3,
        "target_shape": (4, 4),
        "dims": (2, 1),
        "axes": 1,
        "rate": 0.5,
        "stddev": 0.5,
        "scale": 0.5,
        "factor": 4 if kind.__name__ == "RandomPosterization" else 0.2,
        "height_factor": 0.2,
        "width_factor": 0.2,
        "bounding_box_format": "xyxy",
        "tf_module": None,
        "feature_columns": [],
        "class_id": 0,
        "schedule": None,
    }
    return values.get(parameter, 3)
