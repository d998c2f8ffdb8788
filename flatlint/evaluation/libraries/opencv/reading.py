"""Pictures and films read from files: three colours unless the call says otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from flatlint.evaluation.base import Interpreter, method, models
from flatlint.evaluation.libraries.numpy.arrays import array_with
from flatlint.evaluation.values import Name, Value
from flatlint.graph import Array, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Shape

IN_COLOURS: tuple[Dim, ...] = (UNFIXED, UNFIXED, 3)
IN_GREY: tuple[Dim, ...] = (UNFIXED, UNFIXED)
FLAGS: dict[Value, tuple[Dim, ...]] = {
    1: IN_COLOURS,
    0: IN_GREY,
    "IMREAD_COLOR": IN_COLOURS,
    "IMREAD_GRAYSCALE": IN_GREY,
    "CV_LOAD_IMAGE_COLOR": IN_COLOURS,
    "CV_LOAD_IMAGE_GRAYSCALE": IN_GREY,
}
"""The second argument of `imread`, by number or by name."""


@models("cv2.imread")
def imread(run: Interpreter, filename: Value, flags: Value = 1) -> Value:
    """The picture as an array of bytes."""
    return _decoded(run, "imread", flags)


@models("cv2.imdecode")
def imdecode(run: Interpreter, buf: Value, flags: Value = 1) -> Value:
    """The picture that the bytes of a file are."""
    return _decoded(run, "imdecode", flags)


def _decoded(run: Interpreter, what: str, flags: Value) -> Array:
    key = flags.path.rpartition(".")[2] if isinstance(flags, Name) else flags
    axes = FLAGS.get(key) if isinstance(key, int | str) else None
    if axes is None:
        unknown = run.unknown(WhyUnknown.FROM_OUTSIDE, "a picture")
        return array_with(run, unknown, "uint8", what)
    return array_with(run, Shape(axes), "uint8", what)


@dataclass(frozen=True)
class Film:
    """`VideoCapture`: pictures one after another."""


@models("cv2.VideoCapture")
def video_capture(run: Interpreter, *_: Value) -> Value:
    """A camera or a file."""
    return Film()


@method(Film, "read")
def read(run: Interpreter, film: Film) -> Value:
    """Whether there was another picture, and the picture."""
    there = run.unknown(WhyUnknown.FROM_OUTSIDE, "whether the film goes on")
    return there, array_with(run, Shape(IN_COLOURS), "uint8", "VideoCapture.read")
