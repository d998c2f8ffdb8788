"""Settings and facts of Keras itself: backend, image data format, version."""

from __future__ import annotations

from flatlint.evaluation.base import CONSTANTS, Interpreter, answers, models
from flatlint.evaluation.values import Value
from flatlint.evaluation.versions import KERAS, TENSORFLOW, Release
from flatlint.graph import WhyUnknown

CONSTANTS["keras.backend.common._EPSILON"] = 1e-7


@models("keras.backend.epsilon", "keras.config.epsilon")
def epsilon(run: Interpreter) -> Value:
    """A small number, unless the program has set another."""
    return 1e-7


@models("keras.backend.image_data_format", "keras.config.image_data_format")
def image_data_format(run: Interpreter) -> Value:
    """`channels_last` unless the program has set another."""
    if run.image_data_format is None:
        return run.unknown(WhyUnknown.FROM_OUTSIDE, "the image data format")
    return run.image_data_format


@models("keras.backend.image_dim_ordering")
def image_dim_ordering(run: Interpreter) -> Value:
    """Keras 1's name for the same: `tf` or `th`."""
    names = {"channels_first": "th", "channels_last": "tf"}
    if run.image_data_format is None:
        return run.unknown(WhyUnknown.FROM_OUTSIDE, "the image dim ordering")
    return names[run.image_data_format]


@models("keras.backend.set_image_data_format", "keras.config.set_image_data_format",
        "keras.backend.set_image_dim_ordering")  # fmt: skip
def set_image_data_format(run: Interpreter, data_format: Value) -> Value:
    """Sets the format for layers that come after."""
    formats = {"th": "channels_first", "tf": "channels_last"}
    if isinstance(data_format, str):
        chosen = formats.get(data_format, data_format)
        if chosen in formats.values():
            run.image_data_format = chosen
            run.is_data_format_set = True
    return None


@models("keras.backend.backend", "keras.config.backend")
def backend(run: Interpreter) -> Value:
    """TensorFlow, which every era has as its default or only backend."""
    return "tensorflow"


@models("keras.backend.learning_phase")
def learning_phase(run: Interpreter) -> Value:
    """Not known before the program runs."""
    return run.unknown(WhyUnknown.FROM_OUTSIDE, "the learning phase")


@models("keras.backend.clear_session", "keras.utils.clear_session")
def clear_session(run: Interpreter, *_: Value, **__: Value) -> Value:
    """Starts the numbering of layer names anew."""
    for variable in [key for key in run.state.variables if key[0] == -1]:
        run.state.unset_variable(variable)
    return None


@answers("keras.__version__", "keras.version.__version__")
def keras_version(run: Interpreter) -> Value:
    """The release is not known, its era is."""
    return Release.within(KERAS, run.eras)


@models("keras.version")
def version(run: Interpreter) -> Value:
    """`keras.version()` is the same as `keras.__version__`."""
    return keras_version(run)


@answers("tensorflow.__version__", "tensorflow.version.VERSION")
def tensorflow_version(run: Interpreter) -> Value:
    """A release that the Keras of the era runs on."""
    return Release.within(TENSORFLOW, run.eras)
