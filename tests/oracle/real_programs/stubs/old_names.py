"""What old programs ask of a newer Keras and what says nothing about shapes."""

from __future__ import annotations

import functools
import importlib
import sys
from typing import Any

from tests.oracle.real_programs.stand_ins import StandInModule, as_numbers, holds_stand_in

_OPTIMIZERS = ("RMSprop", "Adam", "SGD", "Adagrad", "Adadelta", "Adamax", "Nadam")
_RANDOM = (
    "RandomNormal",
    "TruncatedNormal",
    "RandomUniform",
    "VarianceScaling",
    "Orthogonal",
    "OrthogonalInitializer",
)


def install(era: str, keras: Any, tf: Any, source: str) -> None:
    """Accept them, in this process and for good."""
    _accept_old_optimizer_arguments(keras.optimizers)
    _draw_no_random_weights(era, tf, source)
    merging = importlib.import_module(f"{source}.layers.merging.base_merge")
    if not hasattr(merging, "_Merge"):
        merging._Merge = merging.Merge  # type: ignore[attr-defined]
    _give_contrib_a_normalization(keras)
    backend = keras.backend
    for name, answer in (
        ("image_dim_ordering", lambda: "tf"),
        ("set_image_dim_ordering", lambda _: None),
        ("set_learning_phase", lambda _: None),
        ("set_session", lambda _: None),
    ):
        if not hasattr(backend, name):
            setattr(backend, name, answer)
    if era != "keras3":  # which reads the signature of `__init__`
        for kind in (keras.layers.Embedding, keras.layers.Dense):
            kind.__init__ = _without_unknown_weights(kind.__init__)
    backend.clear_session = lambda *_, **__: None  # it would restart the names of layers


def _accept_old_optimizer_arguments(optimizers: Any) -> None:
    for name in dir(optimizers):
        kind = getattr(optimizers, name)
        is_optimizer = isinstance(kind, type) and hasattr(kind, "apply_gradients")
        if is_optimizer and "__init__" in kind.__dict__:
            kind.__init__ = _without_old_arguments(kind.__init__)
    for name in _OPTIMIZERS:
        if not hasattr(optimizers, name.lower()):
            setattr(optimizers, name.lower(), getattr(optimizers, name))


def _without_old_arguments(real: Any) -> Any:
    @functools.wraps(real)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        rate = kwargs.pop("lr", None)
        for old in ("decay", "schedule_decay", "initial_decay"):
            kwargs.pop(old, None)
        if rate is not None and not args:
            kwargs.setdefault("learning_rate", rate)
        try:
            real(self, *args, **kwargs)
        except TypeError:
            real(self)

    return __init__


def _without_unknown_weights(real: Any) -> Any:
    """Initial weights read from a file change no shape."""

    @functools.wraps(real)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        if holds_stand_in(kwargs.get("weights")):
            del kwargs["weights"]
        real(self, *args, **kwargs)

    return __init__


def _draw_no_random_weights(era: str, tf: Any, source: str) -> None:
    """Initial values cost time and mean nothing here."""
    module = "random_initializers" if era == "keras3" else "initializers"
    initializers = importlib.import_module(f"{source}.initializers.{module}")

    def zeros(self: Any, shape: Any, dtype: Any = None, **_: Any) -> Any:
        return tf.zeros(as_numbers(tuple(shape)), dtype or "float32")

    for name in _RANDOM:
        kind = getattr(initializers, name, None)
        if kind is not None and "__call__" in kind.__dict__:
            kind.__call__ = zeros


def _give_contrib_a_normalization(keras: Any) -> None:
    """`InstanceNormalization` of keras_contrib: shapes pass, two weights.

    The package is gone, and many programs that make images use nothing else of it.
    """

    class InstanceNormalization(keras.layers.Layer):  # type: ignore[misc]
        """A scale and an offset for every channel."""

        def __init__(self, axis: int | None = None, **options: Any) -> None:
            known = {key: options[key] for key in ("name", "input_shape") if key in options}
            super().__init__(**known)
            self.axis = axis

        def build(self, input_shape: Any) -> None:
            size = (1,) if self.axis is None else (input_shape[self.axis],)
            self.gamma = self.add_weight(name="gamma", shape=size)
            self.beta = self.add_weight(name="beta", shape=size)

        def call(self, inputs: Any) -> Any:
            return inputs * 1.0

    InstanceNormalization.__module__ = f"{keras.__name__}.contrib"
    room = StandInModule("keras_contrib")
    room.layers = room.normalization = room.instancenormalization = room  # type: ignore[attr-defined]
    room.InstanceNormalization = InstanceNormalization  # type: ignore[attr-defined]
    for path in ("", ".layers", ".layers.normalization"):
        sys.modules[f"keras_contrib{path}"] = room
    sys.modules["keras_contrib.layers.normalization.instancenormalization"] = room
