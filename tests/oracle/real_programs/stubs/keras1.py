"""Keras 1 spoken to Keras 2: its names of arguments, its `merge`, its kernels as two numbers.

The pairs of names are those of `keras/legacy/interfaces.py` of Keras 2.3.1, which accepted both.
Initializers, regularizers and constraints are left out altogether: no shape depends on them.
"""

from __future__ import annotations

import functools
import re
from typing import Any

from tests.oracle.real_programs.stand_ins import World

_RENAMED = {
    "nb_filter": "filters",
    "border_mode": "padding",
    "subsample": "strides",
    "subsample_length": "strides",
    "filter_length": "kernel_size",
    "pool_length": "pool_size",
    "stride": "strides",
    "dim_ordering": "data_format",
    "bias": "use_bias",
    "p": "rate",
    "sigma": "stddev",
    "atrous_rate": "dilation_rate",
    "inner_activation": "recurrent_activation",
    "dropout_W": "dropout",
    "dropout_U": "recurrent_dropout",
}
_SILENT = re.compile(
    r"init|inner_init|(W|b|U|beta|gamma)_(regularizer|constraint|init|learning_rate_multiplier)"
    r"|(kernel|bias|embeddings|recurrent|beta|gamma)_(regularizer|constraint|initializer)"
    r"|activity_regularizer|consume_less|mode|forget_bias_init|input_dtype"
)
_VALUES = {"data_format": {"th": "channels_first", "tf": "channels_last", "default": None}}
_KERNELS = {
    "Conv2D": ("nb_row", "nb_col"),
    "SeparableConv2D": ("nb_row", "nb_col"),
    "LocallyConnected2D": ("nb_row", "nb_col"),
    "ConvLSTM2D": ("nb_row", "nb_col"),
    "Conv3D": ("kernel_dim1", "kernel_dim2", "kernel_dim3"),
}
_UNITS = frozenset({"Dense", "SimpleRNN", "GRU", "LSTM"})
_SEQUENCES = frozenset({"Conv1D", "LocallyConnected1D", "SimpleRNN", "GRU", "LSTM"})
_CONVERTED = (
    _UNITS
    | _SEQUENCES
    | set(_KERNELS)
    | {
        "MaxPooling1D",
        "MaxPooling2D",
        "MaxPooling3D",
        "AveragePooling1D",
        "AveragePooling2D",
        "AveragePooling3D",
        "UpSampling1D",
        "UpSampling2D",
        "UpSampling3D",
        "ZeroPadding2D",
        "Cropping2D",
        "Dropout",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "GaussianNoise",
        "GaussianDropout",
        "Embedding",
        "BatchNormalization",
        "Bidirectional",
    }
)
_EVIDENCE = re.compile(
    r"\b(border_mode|nb_epoch|nb_filter|nb_row|dim_ordering|W_regularizer|samples_per_epoch"
    r"|inner_activation|filter_length|pool_length|subsample_length|TimeDistributedDense|MaxoutDense"
    r"|dropout_W|nb_val_samples)\b|\bmerge\(\s*\[.*\bmode\s*=|\bMerge\(\s*\[|\binit\s*=\s*['\"]"
    r"|\bModel\(\s*input\s*="
)


def is_keras1(text: str) -> bool:
    """Whether a program's text has words that only Keras 1 has."""
    return _EVIDENCE.search(text) is not None


def install(keras: Any) -> None:
    """Teach a Keras 2 the words of Keras 1, in this process and for good."""
    for name in sorted(_CONVERTED):
        kind = getattr(keras.layers, name)
        kind.__init__ = _converting(name, kind.__init__)
    _accept_old_models(keras)
    _add_old_names(keras)


def converted(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The arguments of a layer's constructor in the words of Keras 2: `(args, kwargs)`."""
    new = {_RENAMED.get(key, key): value for key, value in kwargs.items()}
    new = {key: value for key, value in new.items() if not _SILENT.fullmatch(key)}
    args = _with_kernel(name, args, new)
    if name in _UNITS and "output_dim" in new:
        new["units"] = new.pop("output_dim")
    if name == "Embedding":
        new.pop("dropout", None)
    if name == "UpSampling1D" and "length" in new:
        new["size"] = new.pop("length")
    if name in _SEQUENCES and ("input_dim" in new or "input_length" in new):
        new["input_shape"] = (new.pop("input_length", None), new.pop("input_dim", None))
    for key, values in _VALUES.items():
        if isinstance(new.get(key), str):
            new[key] = values.get(new[key], new[key])
    return args, new


def _with_kernel(name: str, args: tuple[Any, ...], new: dict[str, Any]) -> tuple[Any, ...]:
    """`Conv2D(32, 3, 3)` and `nb_row=3, nb_col=3` as one `kernel_size`."""
    words = _KERNELS.get(name, ())
    sizes = args[1 : 1 + len(words)]
    if words and len(sizes) == len(words) and all(isinstance(size, int) for size in sizes):
        return (args[0], tuple(sizes), *_named_rest(args[1 + len(words) :], new))
    if words and all(word in new for word in words):
        new["kernel_size"] = tuple(new.pop(word) for word in words)
    return args


def _named_rest(rest: tuple[Any, ...], new: dict[str, Any]) -> tuple[()]:
    """What Keras 1 took next by position: initial values, then the activation."""
    if len(rest) > 1:
        new.setdefault("activation", rest[1])
    return ()


def _converting(name: str, real: Any) -> Any:
    @functools.wraps(real)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        if type(self).__name__ != name and not _words_of_keras1(kwargs):
            real(self, *args, **kwargs)  # a class of Keras 2 that builds on this one
            return
        new_args, new_kwargs = converted(name, args, kwargs)
        if (new_args, set(new_kwargs)) != (args, set(kwargs)):
            World.note("keras1 arguments")
        real(self, *new_args, **new_kwargs)

    return __init__


def _words_of_keras1(kwargs: dict[str, Any]) -> bool:
    return any(key in _RENAMED or key in ("nb_row", "output_dim", "init") for key in kwargs)


def _accept_old_models(keras: Any) -> None:
    """`Model(input=…, output=…)`; the words are read by `__new__` and by `__init__`."""
    from tf_keras.src.engine import functional

    words = {"input": "inputs", "output": "outputs"}

    def renamed(kwargs: dict[str, Any]) -> dict[str, Any]:
        return {words.get(key, key): value for key, value in kwargs.items()}

    model, real_new = keras.Model, keras.Model.__new__
    real_init = functional.Functional.__init__

    def __new__(cls: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N807
        return real_new(cls, *args, **renamed(kwargs))

    @functools.wraps(real_init)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        real_init(self, *args, **renamed(kwargs))

    model.__new__ = __new__
    functional.Functional.__init__ = __init__


def _add_old_names(keras: Any) -> None:
    layers, backend = keras.layers, keras.backend
    merge_class = _merge_class(keras)

    def merge(inputs: Any, mode: str = "sum", concat_axis: int = -1, **options: Any) -> Any:
        kept = {key: options[key] for key in ("name", "dot_axes") if key in options}
        return merge_class(mode=mode, concat_axis=concat_axis, **kept)(inputs)

    class TimeDistributedDense(layers.Dense):  # type: ignore[misc, name-defined]
        """A Dense that says that its input is a sequence."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            length, size = kwargs.pop("input_length", None), kwargs.pop("input_dim", None)
            if size is not None:
                kwargs["input_shape"] = (length, size)
            new_args, new_kwargs = converted("Dense", args, kwargs)
            super().__init__(*new_args, **new_kwargs)

    for old in ("AtrousConvolution1D", "AtrousConvolution2D"):
        base = getattr(layers, old.replace("AtrousConvolution", "Conv"))
        setattr(layers, old, type(old, (_Renamed, base), {"base": base.__name__}))
    layers.Deconvolution2D = _transposed_class(layers.Conv2DTranspose)
    TimeDistributedDense.__module__ = merge_class.__module__ = "keras.layers"
    layers.Merge, layers.merge = merge_class, merge
    layers.TimeDistributedDense = TimeDistributedDense
    keras.regularizers.l1l2 = keras.regularizers.l1_l2
    keras.regularizers.WeightRegularizer = keras.regularizers.l1_l2
    orders = {"th": "channels_first", "tf": "channels_last"}
    formats = {value: key for key, value in orders.items()}
    backend.image_dim_ordering = lambda: formats[backend.image_data_format()]
    backend.set_image_dim_ordering = lambda order: backend.set_image_data_format(orders[order])


class _Renamed:
    """A class of Keras 1 that is another one of Keras 2 with other arguments."""

    base = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        new_args, new_kwargs = converted(self.base, args, kwargs)
        World.note("keras1 arguments")
        super().__init__(*new_args, **new_kwargs)


def _transposed_class(base: Any) -> Any:
    """`Deconvolution2D`, which is told its output's shape and here works it out as well."""

    class Deconvolution2D(base):  # type: ignore[misc]
        """A Conv2DTranspose; where the two shapes differ, nothing is known."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            self.told = kwargs.pop("output_shape", args[3] if len(args) > 3 else None)
            new_args, new_kwargs = converted("Conv2D", args[:3], kwargs)
            super().__init__(*new_args, **new_kwargs)

        def call(self, inputs: Any) -> Any:
            output = super().call(inputs)
            if self.told is not None and tuple(output.shape)[1:] != tuple(self.told)[1:]:
                raise ValueError("not the shape that the program tells")
            return output

    return Deconvolution2D


def _merge_class(keras: Any) -> Any:
    layers = keras.layers
    made_by = {
        "sum": layers.Add,
        "mul": layers.Multiply,
        "ave": layers.Average,
        "max": layers.Maximum,
    }

    class Merge(layers.Layer):  # type: ignore[misc, name-defined]
        """All of Keras 1's merging in one layer; with models given, as first layer, not known."""

        def __init__(self, models: Any = None, mode: str = "sum", **options: Any) -> None:
            if models is not None:
                raise TypeError("a Merge of models cannot be had in Keras 2")
            super().__init__(name=options.get("name"))
            axis = options.get("concat_axis", -1)
            if mode == "concat":
                self.merging = layers.Concatenate(axis=axis)
            elif mode in ("dot", "cos"):
                axes = options.get("dot_axes", -1)
                self.merging = layers.Dot(axes=axes, normalize=mode == "cos")
            else:
                self.merging = made_by[mode]()

        def call(self, inputs: Any) -> Any:
            return self.merging(inputs)

    return Merge
