"""A model that is not built yet, built from the shape of its data, as `fit` would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tests.oracle.real_programs.stand_ins import StandIn, World

if TYPE_CHECKING:
    from collections.abc import Callable


def build_from_data(model: Any, data: Any, keras: Any, tf: Any, era: str) -> None:
    """Call a model on inputs shaped like its data: symbolic ones, or zeros if it wants values.

    A model that refuses both stays as it was.
    """
    sample = _sample(data, tf)
    if sample is None or _is_built(model) or getattr(model, "_tried_to_build", False):
        return
    try:
        model._tried_to_build = True
    except Exception:
        World.note("model without attributes")
    if not _takes(model, lambda: _symbolic(sample, keras, era)):
        _takes(model, lambda: _zeros(sample, tf))


def _takes(model: Any, inputs: Callable[[], Any]) -> bool:
    """Whether a model can be called on what is given."""
    try:
        model(inputs())
    except Exception:
        return False
    return True


def _is_built(model: Any) -> bool:
    try:
        return bool(model.built and model.inputs)
    except Exception:
        return False


def _sample(data: Any, tf: Any) -> Any:
    """Something shaped like a batch of the data, or None."""
    if data is None or isinstance(data, StandIn):
        return None
    if isinstance(data, tf.data.Dataset):
        spec = data.element_spec
        return spec[0] if isinstance(spec, tuple) else spec
    if hasattr(data, "shape") or isinstance(data, list | tuple | dict):
        return data
    try:
        batch = next(data) if hasattr(data, "__next__") else data[0]
    except BaseException:
        return None
    return batch[0] if isinstance(batch, tuple | list) else batch


def _shape_and_type(array: Any) -> tuple[tuple[int | None, ...], str]:
    shape = getattr(array, "shape", None)
    array = array if shape else np.asarray(array)
    name = getattr(array.dtype, "name", str(array.dtype))
    if name == "object":
        raise ValueError("no shape in an array of objects")
    return tuple(array.shape), "float32" if name == "float64" else name


def _is_several(sample: Any) -> bool:
    """Whether a list is one of arrays: a list of numbers is one array."""
    if not isinstance(sample, list | tuple) or not sample or hasattr(sample, "_fields"):
        return False
    return not np.isscalar(sample[0]) and not isinstance(sample[0], list | tuple)


def _symbolic(sample: Any, keras: Any, era: str) -> Any:
    if isinstance(sample, dict):
        return {key: _symbolic(value, keras, era) for key, value in sample.items()}
    if _is_several(sample):
        return [_symbolic(value, keras, era) for value in sample]
    shape, kind = _shape_and_type(sample)
    if len(shape) == 1 and era != "keras3":
        shape = (*shape, 1)  # Keras 2 gives flat data a last axis before the model sees it
    return keras.Input(batch_shape=(None, *shape[1:]), dtype=kind)


def _zeros(sample: Any, tf: Any) -> Any:
    if isinstance(sample, dict):
        return {key: _zeros(value, tf) for key, value in sample.items()}
    if _is_several(sample):
        return [_zeros(value, tf) for value in sample]
    shape, kind = _shape_and_type(sample)
    sizes = [2] + [2 if size is None else int(size) for size in shape[1:]]
    return tf.constant(np.full(sizes, "a b c")) if kind == "string" else tf.zeros(sizes, kind)
