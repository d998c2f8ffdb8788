"""`Image.open` and `Image.fromarray`; what a picture is once it is open, Keras's room knows too."""

from __future__ import annotations

from flatlint.evaluation.base import Interpreter, method, models
from flatlint.evaluation.libraries.keras.data.pictures import Picture
from flatlint.evaluation.values import Value


@models("PIL.Image.open", "Image.open")
def open_(run: Interpreter, fp: Value, *_: Value, **__: Value) -> Value:
    """A picture of a size and colours that the file says."""
    return Picture()


@models("PIL.Image.fromarray", "Image.fromarray")
def from_array(run: Interpreter, obj: Value, *_: Value, **__: Value) -> Value:
    """A picture of an array."""
    return Picture()


@method(Picture, "rotate", "transpose", "copy", "filter")
def changed(run: Interpreter, picture: Picture, *_: Value, **__: Value) -> Value:
    """Another picture; only a copy surely has the size of the first."""
    return Picture(channels=picture.channels)
